"""Rules about text that no linter of ours knows."""

import re

import pytest

from tests.architecture.tree import APPS, ROOT, name_of, python_files, stylesheets, templates

# Not understood by the browsers that stand in union offices (Chromium 78 and later).
CSS_DENIED = re.compile(r"color-mix|:has\(|@layer|@container|oklch")
OUTSIDE_ASSET = re.compile(
    r"""(?:\b(?:src|srcset|action|poster)\s*=\s*["']?|<link\b[^>]*\bhref\s*=\s*["']?"""
    r"""|url\(\s*["']?|@import\s+["']?)\s*(?:https?:)?//""",
    re.IGNORECASE,
)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=[\"']|\son(?:click|change|submit|load|input|error|focus|blur|toggle|key\w+|mouse\w+)=|javascript:"
)
CLOCK = re.compile(
    r"\bdate\.today\(|\bdatetime\.(?:now|utcnow|today)\(|\btimezone\.now\(|\btimezone\.local(?:date|time)\(\)"
)
# The kernel's clock itself; recorded_at is the one row time that no act may choose.
# A lease and a lock-out of axes are the machine's business and keep the machine's time.
CLOCK_READERS = {
    "core/clock.py",
    "audit/services.py",
    "audit/models.py",
    "accounts/views/posts.py",
    "notifications/management/commands/run_due.py",
}
# Print pages are laid out by WeasyPrint, not by a browser under the portal's CSP.
PRINT = "templates/print/"


def found(pattern, paths):
    return [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_page_loads_from_another_host():
    assert found(OUTSIDE_ASSET, [*templates(), *stylesheets()]) == []


@pytest.mark.parametrize(
    "line",
    [
        '<script src="https://cdn.example.cn/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example.cn/x.css">',
        "@import 'http://fonts.example.cn/x.css';",
        "background: url(https://example.cn/x.png)",
    ],
)
def test_an_asset_of_another_host_is_found(line):
    assert OUTSIDE_ASSET.search(line)


def test_style_sheets_keep_to_what_old_browsers_know():
    assert found(CSS_DENIED, stylesheets()) == []


def test_pages_carry_no_inline_script_or_style():
    pages = [path for path in templates() if not name_of(path).startswith(PRINT)]

    assert found(INLINE, pages) == []


def test_the_clock_is_read_in_one_place():
    modules = [path for path in python_files() if name_of(path) not in CLOCK_READERS]

    assert found(CLOCK, modules) == []


def test_every_dependency_has_its_reason():
    unexplained = [
        f"{name}: {line}"
        for name in ("requirements.in", "requirements-dev.in")
        for line in (ROOT / name).read_text().splitlines()
        if line.strip() and not line.startswith("#") and not re.search(r"\s# \S+ \S+", line)
    ]

    assert unexplained == []


def test_locked_requirements_carry_hashes_and_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^[\w.\[\]-]+==\S+", text, re.MULTILINE)

        assert pins
        assert len(re.findall(r"^[\w.\[\]-]+==\S+ \\\n    --hash=", text, re.MULTILINE)) == len(
            pins
        )
        assert "://" not in text


def test_every_direct_dependency_is_locked():
    for name in ("requirements", "requirements-dev"):
        locked = (ROOT / f"{name}.txt").read_text().replace("_", "-").lower()
        wanted = re.findall(r"^([A-Za-z][\w-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)

        assert [one for one in wanted if f"\n{one.replace('_', '-').lower()}==" not in locked] == []


def test_there_is_no_django_admin_and_no_signal_receiver():
    names = re.compile(r"django\.contrib\.admin|@receiver|\.connect\(.*sender=")

    assert found(names, python_files()) == []
    assert [app for app in APPS if (ROOT / app / "admin.py").exists()] == []
    assert [app for app in APPS if (ROOT / app / "utils.py").exists()] == []
