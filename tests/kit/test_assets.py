"""What is served as files: pinned, self-hosted, within the browser floor and the budgets."""

import gzip
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from core.bundles import BUNDLES

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
OWN_CSS = sorted((STATIC / "css").glob("*.css"))
OWN_JS = sorted((STATIC / "js").glob("*.js"))
BEYOND_CHROMIUM_86 = re.compile(r"color-mix|:has\(|@layer|@container|oklch|:is\(|inset:|\d+dvh")
VENDORED = tomllib.loads((STATIC / "vendor" / "vendor.toml").read_text())["file"]
PAIRS = [
    (text, surface)
    for text in ("ink", "ink-2", "ink-3", "primary")
    for surface in ("bg", "card", "card-2")
] + [
    ("ok", "ok-soft"),
    ("warn", "warn-soft"),
    ("bad", "bad-soft"),
    ("idle", "idle-soft"),
    ("primary-strong", "primary-soft"),
    ("ink-3", "warn-soft"),
    ("ink-3", "primary-soft"),
    ("card", "primary"),
    ("card", "bad"),
    ("card", "brand"),
]


def _colours() -> dict[str, str]:
    text = (STATIC / "css" / "tokens.css").read_text()
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", text))
    return {
        name: value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])
        for name, value in found.items()
    }


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("entry", VENDORED, ids=lambda entry: entry["path"])
def test_vendored_file_is_the_one_recorded(entry):
    content = (STATIC / entry["path"]).read_bytes()

    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert (STATIC / entry["licence_file"]).is_file()


@pytest.mark.parametrize(("text", "surface"), PAIRS)
def test_text_reaches_contrast(text, surface):
    colours = _colours()
    light, dark = sorted((_luminance(colours[text]), _luminance(colours[surface])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("path", OWN_CSS, ids=lambda path: path.name)
def test_styles_stay_within_the_browser_floor(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    assert BEYOND_CHROMIUM_86.findall(text) == []
    assert text.count("{") == text.count("}")
    assert re.findall(r"url\((?!\.\./)[^)]*\)", text) == []


@pytest.mark.parametrize("path", OWN_JS, ids=lambda path: path.name)
def test_scripts_hold_to_the_content_policy_and_the_floor(path):
    text = path.read_text()

    assert re.findall(r"\beval\(|new Function|\.style\.|\?\?=|\.at\(|structuredClone", text) == []
    assert len(gzip.compress(text.encode())) < 4096


def test_no_page_loads_from_elsewhere_or_inline():
    foreign = re.compile(
        r"(?:src|href)=\"https?://|<style|style=\"|<script(?![^>]*\bsrc=)|\son[a-z]{3,}=\""
    )
    pages = [path for path in _templates() if "print" not in path.parts]

    found = {str(path): foreign.findall(path.read_text()) for path in pages}

    assert {path: hits for path, hits in found.items() if hits} == {}


def test_every_icon_named_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons/sprite.svg").read_text()))
    named = set()
    for path in _templates():
        text = path.read_text()
        named |= set(re.findall(r'<c-icon name="([\w-]+)"', text))
        named |= set(re.findall(r'\bicon="([\w-]+)"', text))
        named |= set(re.findall(r"sprite\.svg' %}#([\w-]+)", text))

    assert named - sprite == set()


def test_every_static_file_named_exists():
    named = set()
    for path in _templates():
        named |= set(re.findall(r"{% static '([^']+)' %}", path.read_text()))

    assert {name for name in named if not (STATIC / name).is_file()} == set()


def test_public_page_stays_in_budget():
    parts = [*BUNDLES["css/kit.css"], *BUNDLES["js/public.js"], "icons/sprite.svg"]

    total = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in parts)

    assert total < 60 * 1024  # leaves 20 of 80 KB to the page itself
