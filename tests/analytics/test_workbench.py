"""The workbench: what waits for whom, what they did, what is near."""

import importlib
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics import selectors
from organizations.rules import Calendar
from tests.approvals.builders import TODAY
from tests.architecture.tree import APPS

QUERIES = 30
VENUE = [
    ("填写尽职调查", "尽职调查：陕西健行体育有限公司"),
    ("填写报告", "资产运营状况分析报告（2026-07-01 至 2026-09-30）"),
    ("填报公开信息", "西安东城工人文化宫公开信息（第 1 版）"),
]
DESK = [
    ("制定评价计划", "职工羽毛球馆合作合同"),
    ("形式审查", "职工羽毛球馆合作运营方案"),
]
WAITING: dict[str, list[tuple[str, str]]] = {
    "venue.staff": VENUE,
    "venue.manager": VENUE,
    "asset.officer": DESK,
    "asset.head": DESK,
    "counsel": [("合同法律审核", "职工羽毛球馆合作合同")],
    "cosign.finance": [],
    "leader": [],
    "secretary": [],
    "auditor": [],
    "expert": [],
    "province.asset": [],
    "county.officer": [],
    "baoji.officer": [],
    "away.manager": [],
    "other.manager": [],
    "sysadmin": [],
}


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def tabs_of(answer) -> list[tuple[str, int]]:
    return [(tab["label"], tab["count"]) for tab in answer.context["tabs"]]


@pytest.mark.parametrize("username", list(WAITING))
def test_each_desk_sees_exactly_what_waits_for_it(town, username):
    waiting = selectors.waiting_for(town[username], today=TODAY)

    assert sorted((item.act, item.title) for item in waiting) == sorted(WAITING[username])


@pytest.mark.parametrize("username", list(WAITING))
def test_the_page_counts_what_it_lists(town, log_in, username):
    client = log_in(town[username])

    for tab in ("todo", "done", "started"):
        answer = client.get("/", {"tab": tab})
        counts = dict(tabs_of(answer))
        assert answer.status_code == 200
        assert counts["待办"] == len(WAITING[username])
        assert ("我发起" in counts) == username.endswith((".staff", ".manager"))
        if answer.context["tab"] == tab:
            assert len(answer.context["rows"]) == counts[answer.context["title"]]


def test_every_source_of_work_is_asked(town):
    offered = {
        f"{app}.{module}"
        for app in APPS
        if app != "analytics"
        for module in ("selectors", "selectors.desks")
        if (found := _module(f"{app}.{module}")) and hasattr(found, "work_of")
    }
    asked = {source.__module__ for source in selectors.SOURCES}

    assert {name.partition(".")[0] for name in offered} == {
        name.partition(".")[0] for name in asked
    }


def _module(name: str):
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


@pytest.mark.parametrize("username", ["baoji.officer", "away.manager", "sysadmin", "expert"])
@pytest.mark.parametrize("url", ["/", "/?tab=done", "/?tab=started", "/deadlines/?within=all"])
def test_nothing_leaks_to_another_city(town, log_in, username, url):
    page = words(log_in(town[username]).get(url))

    for text in ("东城", "羽毛球", "健行", "资产运营状况"):
        assert text not in page


@pytest.mark.parametrize("tab", ["todo", "done", "started"])
@pytest.mark.parametrize("username", ["venue.manager", "asset.officer", "counsel"])
def test_the_workbench_asks_few_questions(town, log_in, username, tab):
    client = log_in(town[username])
    client.get("/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/", {"tab": tab})

    assert len(queries) <= QUERIES


def test_what_was_done_links_to_the_matter(town, log_in):
    answer = log_in(town["venue.manager"]).get("/?tab=done")

    rows = {(row.title, row.act) for row in answer.context["rows"]}
    assert ("职工羽毛球馆合作运营方案", "报送第 1 版") in rows
    assert all(row.url for row in answer.context["rows"] if row.title.startswith("职工羽毛球馆"))


def test_what_was_started_says_where_it_stands(town, log_in):
    rows = log_in(town["venue.staff"]).get("/?tab=started").context["rows"]

    assert [(row.title, row.left) for row in rows] == [
        ("职工羽毛球馆合作运营方案", "形式审查"),
        ("职工羽毛球馆合作运营方案", "已批准"),
        ("东城工人文化宫总体方案", "已批准"),
    ]


def test_administrators_and_experts_see_their_duty_instead_of_business(town, log_in):
    for username, role in (("sysadmin", "系统管理员"), ("expert", "外聘律师、行业专家")):
        answer = log_in(town[username]).get("/")
        assert role in words(answer)
        assert "临近期限" not in words(answer)
        assert [tile["label"] for tile in answer.context["tiles"]] == ["待办", "已超期"]
        assert log_in(town[username]).get("/deadlines/").status_code == 403


@pytest.mark.parametrize("tab", ["x", "<script>", "\0", "长" * 5000, ""])
def test_an_unknown_tab_is_the_first(town, log_in, tab):
    answer = log_in(town["auditor"]).get("/", {"tab": tab})

    assert (answer.status_code, answer.context["tab"]) == (200, "todo")


@pytest.mark.parametrize(
    ("due_on", "words_and_tone"),
    [
        (None, ("不限", "idle")),
        (date(2026, 11, 20), ("今天到期", "warn")),
        (date(2026, 11, 21), ("剩 0 个工作日", "warn")),
        (date(2026, 11, 24), ("剩 2 个工作日", "warn")),
        (date(2026, 11, 25), ("剩 3 个工作日", "ok")),
        (date(2026, 11, 19), ("已超期 1 个工作日", "bad")),
    ],
)
def test_a_limit_is_said_in_working_days(due_on, words_and_tone):
    assert selectors.limit_words(due_on, Calendar({}), today=TODAY) == words_and_tone


def test_a_limit_that_fell_on_a_sunday_is_past_on_monday():
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)

    assert selectors.limit_words(sunday, Calendar({}), today=monday)[1] == "bad"


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({}, True), ({"within": "all"}, True), ({"text": "资产运营"}, True),
        ({"text": "没有这样的"}, False), ({"within": "x"}, True), ({"text": "\0"}, True),
        ({"text": "长" * 61}, True), ({"page": "9" * 30}, True),
    ],
)  # fmt: skip
def test_deadlines_in_scope_are_listed_and_found(town, log_in, query, is_found):
    answer = log_in(town["venue.staff"]).get("/deadlines/", query)

    assert answer.status_code == 200
    assert ("资产运营状况分析报告" in words(answer)) == is_found


def test_the_gallery_is_for_everybody_who_is_logged_in(town, client, log_in):
    assert client.get("/-/components/").status_code in (302, 403)
    for username in ("sysadmin", "venue.staff"):
        assert log_in(town[username]).get("/-/components/").status_code == 200
