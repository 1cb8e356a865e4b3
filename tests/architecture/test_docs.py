"""What the documents name exists, and the two README files say the same."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.urls import Resolver404, resolve

from demo.day import PASSWORD
from demo.people import ACCOUNTS_SHOWN
from script.screenshots import SHOTS
from tests.architecture.tree import ROOT

README, README_ZH = ROOT / "README.md", ROOT / "README.zh-CN.md"
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCS = [README, README_ZH, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")), *ADRS]
# Made when the portal runs, or by the operator: named in the documents, not in the tree.
AT_RUN_TIME = re.compile(r"var(/|$)|\.env$")
ADR_PARTS = ["## Context", "## Decision", "## Consequences"]
ADR_LINES = 40


def quoted(text: str) -> list[str]:
    """Everything set as code: in backticks, and the words of fenced blocks."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.M))
    return [*inline, *(word for block in fenced for word in block.split())]


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)#:]+)\)", text)


def paths(text: str) -> list[str]:
    """The paths of this tree a document names: a file with its ending, or a folder."""
    known = {path.name for path in ROOT.iterdir() if path.is_dir()}
    named = [
        one
        for one in quoted(text)
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", one)
        and ((one.split("/")[0] in known and "/" in one) or re.search(r"\.(md|yml|toml|in)$", one))
    ]
    return [one for one in named if not AT_RUN_TIME.match(one)]


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_named_paths_exist(page):
    text = page.read_text()
    missing = [one for one in paths(text) if not (ROOT / one).exists()]
    broken = [one for one in links(text) if not (page.parent / one).exists()]

    assert missing + broken == []


def test_a_missing_path_is_seen():
    assert paths("see `docs/nowhere.md` and\n```sh\nscript/nothing --port 1\n```\n") == [
        "docs/nowhere.md",
        "script/nothing",
    ]


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_named_commands_exist(page):
    named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text()))

    assert named - set(get_commands()) == set()


def test_tour_goes_through_ten_files():
    heads = re.findall(r"^## (\d+)\. `([^`]+)`", (ROOT / "docs/tour.md").read_text(), re.MULTILINE)

    assert [int(number) for number, _ in heads] == list(range(1, 11))
    assert [path for _, path in heads if not (ROOT / path).is_file()] == []


def names_in_code(text: str) -> set[str]:
    return set(re.findall(r"`([A-Za-z_]{4,})`", text))


def test_tour_names_what_the_code_has():
    code = "\n".join(
        path.read_text() for path in ROOT.glob("*/**/*.py") if path.parts[-2] != "migrations"
    )
    text = (ROOT / "docs/tour.md").read_text()

    assert [name for name in names_in_code(text) if not re.search(rf"\b{name}\b", code)] == []


@pytest.mark.parametrize("page", ADRS, ids=lambda page: page.stem)
def test_decision_is_short_and_whole(page):
    lines = page.read_text().splitlines()

    assert len(lines) <= ADR_LINES
    assert lines[0].startswith(f"# {page.name[:4]} ")
    assert [line for line in lines if line.startswith("## ")] == ADR_PARTS


def test_decisions_are_numbered_without_gaps():
    assert [page.name[:4] for page in ADRS] == [f"{n:04d}" for n in range(1, len(ADRS) + 1)]


def table(text: str, pattern: str) -> list[tuple[str, ...]]:
    return re.findall(pattern, text, re.MULTILINE)


def test_the_two_readme_files_are_equal():
    english, chinese = README.read_text(), README_ZH.read_text()
    for pattern in (
        r"^(#+) ",
        r"^\| `([\w.]+)` \|",
        r"^\| (\d+) \| (\S+) \|",
        r"^(\d+)\. ",
        r"^(script/\w+)",
        r"`(manage\.py \w+|script/\w+|--\w[\w-]*)`",
    ):
        assert table(english, pattern) == table(chinese, pattern) != [], pattern


def test_articles_are_all_there_with_a_known_state():
    rows = table(README.read_text(), r"^\| (\d+) \| (\S+) \|")

    assert [int(number) for number, _ in rows] == list(range(1, 26))
    assert {state for _, state in rows} <= {"已实现", "部分", "未实现"}


def test_accounts_are_those_of_the_demo():
    named = table(README.read_text(), r"^\| `([\w.]+)` \|")

    assert sorted(named) == sorted(username for username, _ in ACCOUNTS_SHOWN)
    assert PASSWORD in README.read_text()


def test_every_setting_read_is_documented_and_every_documented_one_is_read():
    settings = (ROOT / "unionops/settings/base.py").read_text()
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", settings))
    documented = set(table((ROOT / "docs/operations.md").read_text(), r"^\| `([A-Z_]+)` \|"))

    assert documented == read


@pytest.mark.django_db
def test_first_accounts_are_made_as_described(capsys):
    text = (ROOT / "docs/operations.md").read_text()
    written = re.search(r"manage\.py (create_admins .+)", text)[1]
    call_command("load_reference", verbosity=0)

    call_command(*written.split())

    users = get_user_model().objects.order_by("username")
    assert [user.username for user in users] == ["audadmin", "secadmin", "sysadmin"]
    assert all(user.must_change_password and len(user.posts()) == 1 for user in users)
    assert "secadmin" in capsys.readouterr().out


def pictures_of(page) -> list[str]:
    return re.findall(r"!\[[^\]]+\]\(docs/pictures/([\w-]+)\.png\)", page.read_text())


def test_both_readme_files_show_the_pictures_the_script_makes():
    names = [shot.name for shot in SHOTS]

    assert len(names) == len(set(names)) == 12
    assert sorted(pictures_of(README)) == sorted(pictures_of(README_ZH)) == sorted(names)


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_picture_starts_at_a_page_there_is_as_somebody_there_is(shot):
    stories = "\n".join(path.read_text() for path in (ROOT / "demo").rglob("*.py"))
    stories += "\n".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    known = {username for username, _ in ACCOUNTS_SHOWN} | {""}

    resolve(urlsplit(shot.start).path)
    assert shot.who in known
    # A title is followed as the demo writes it; `v1` stands in a template as a variable.
    # A contract is named after its plan.
    titles = [one.replace("合同", "方案") for one in shot.follow if "v1" not in one]
    assert [one for one in titles if one not in stories] == []
    assert (ROOT / "docs/pictures" / f"{shot.name}.png").stat().st_size <= 200 * 1024


def test_a_page_that_is_not_there_is_seen():
    with pytest.raises(Resolver404):
        resolve("/nowhere/")
