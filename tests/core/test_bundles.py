"""The kit's files arrive as one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string

from core.bundles import BUNDLES, join

STATIC = Path(settings.BASE_DIR) / "static"
BUNDLED = {"staticfiles": {"BACKEND": "core.bundles.BundledStorage"}}


@pytest.fixture
def collected(settings, tmp_path):
    """A folder of static files as an installation collects them."""
    settings.STORAGES = settings.STORAGES | BUNDLED
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def head_of(page: str) -> list[str]:
    text = render_to_string(page)
    return re.findall(r'<(?:link rel="stylesheet" href|script type="module" src)="([^"]+)"', text)


def test_a_page_asks_for_one_style_sheet_and_one_script(collected):
    found = head_of("layouts/portal.html")

    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", name) for name in found] == [
        "/static/css/kit.css",
        "/static/js/kit.js",
    ]
    for name in found:
        file = collected / name.removeprefix("/static/")
        assert file.is_file()
        assert file.with_name(f"{file.name}.gz").is_file()


def test_the_bundle_holds_every_part_and_finds_its_pictures(collected):
    sheet = next(collected.glob("css/kit.????????????.css")).read_text()

    assert sheet.count("caret.") == 2
    for name in re.findall(r"url\(\"?(\.\./[^)\"]+)\"?\)", sheet):
        assert (collected / "css" / name).resolve().is_file(), name
    assert "--primary: #1b5fc1" in sheet  # of the tokens
    assert "html{" not in sheet.partition("Bootstrap")[0]


def test_collecting_again_follows_a_change(collected, settings, tmp_path_factory):
    before = head_of("layouts/portal.html")
    other = tmp_path_factory.mktemp("changed")
    for part in BUNDLES["js/kit.js"]:
        target = other / part
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text((STATIC / part).read_text() + "// changed\n")
    settings.STATICFILES_DIRS = [other, *settings.STATICFILES_DIRS]

    call_command("collectstatic", interactive=False, verbosity=0, clear=True)

    sheet, script = head_of("layouts/portal.html")
    assert sheet == before[0]
    assert script != before[1]
    assert (collected / script.removeprefix("/static/")).read_text().count("// changed") == 5


def test_without_a_collected_folder_the_parts_are_loaded():
    assert head_of("layouts/public.html") == [
        f"/static/{part}" for name in ("css/kit.css", "js/public.js") for part in BUNDLES[name]
    ]


def test_scripts_of_one_bundle_share_no_names():
    assert (
        join("js/x.js", ["const a = 1;", "const a = 2;"])
        == "{\nconst a = 1;\n}\n{\nconst a = 2;\n}"
    )
    for name, parts in BUNDLES.items():
        for part in parts:
            assert (STATIC / part).is_file(), name
            if part.endswith(".js"):  # a module's own import cannot stand in a block
                assert re.findall(r"^(?:import|export)\b", (STATIC / part).read_text(), re.M) == []
