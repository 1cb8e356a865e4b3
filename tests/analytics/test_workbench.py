"""The workbench: what waits for whom, what they did, what is near."""

import importlib
import re
from datetime import date

import pytest

from analytics import selectors
from approvals.models import Proposal
from organizations.rules import Calendar
from tests.approvals.builders import TODAY
from tests.architecture.tree import APPS

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
        shown = answer.context["title"]
        if answer.context["tab"] == tab and counts[shown] is not None:
            assert len(answer.context["rows"]) == counts[shown]


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


@pytest.mark.parametrize(
    ("username", "queries"),
    [
        # session, person with posts; delegations, work, calendar, figures, lists
        ("venue.manager", 7), ("asset.officer", 7), ("province.asset", 7), ("auditor", 7),
        ("cosign.finance", 7), ("expert", 5), ("sysadmin", 5),
    ],
)  # fmt: skip
def test_the_workbench_asks_as_much_for_every_role(
    town, log_in, django_assert_num_queries, username, queries
):
    client = log_in(town[username])
    client.get("/")

    with django_assert_num_queries(queries):
        client.get("/")


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
        assert "到期预警" not in words(answer)
        assert "方案分布" not in words(answer)
        assert log_in(town[username]).get("/deadlines/").status_code == 403


# The formal review was due on 9 November and the report on 21 October: both late on the 20th.
# The venue drafted three plans; the two it submitted are in sight of the union.
TILES = {
    "venue.staff": {"待办": 3, "已超期": 1, "我发起": 3, "退回待答复": 0, "未来 90 天到期": 0},
    "asset.officer": {"待办": 2, "已超期": 1, "范围内方案": 2, "待审核报告": 0, "未来 90 天到期": 0},
    "asset.head": {"待办": 2, "已超期": 1, "范围内方案": 2, "待处理异议": 0, "未来 90 天到期": 0},
    "leader": {"待办": 0, "即将超期": 0, "待批复": 0, "待确认修改": 0, "未来 90 天到期": 0},
    "secretary": {"待办": 0, "即将超期": 0, "待上会议题": 0, "未来 90 天到期": 0},
    "auditor": {"待办": 0, "即将超期": 0, "范围内方案": 2, "履行中合同": 0, "未来 90 天到期": 0},
    "baoji.officer": {
        "待办": 0, "即将超期": 0, "范围内方案": 0, "待审核报告": 0, "未来 90 天到期": 0,
    },
}  # fmt: skip


@pytest.mark.parametrize("username", list(TILES))
def test_each_role_is_told_its_own_numbers(town, log_in, username):
    tiles = log_in(town[username]).get("/").context["tiles"]

    assert {tile["label"]: tile["value"] for tile in tiles} == TILES[username]


@pytest.mark.parametrize("username", list(TILES))
def test_every_number_opens_the_list_it_counts(town, log_in, username):
    client = log_in(town[username])

    for tile in client.get("/").context["tiles"]:
        answer = client.get(tile["url"] if tile["url"].startswith("/") else f"/{tile['url']}")
        assert answer.status_code == 200, tile
        context = answer.context
        if "rows" in context and "tab" in context and tile["url"].startswith("?"):
            assert len(context["rows"]) == tile["value"], tile
        elif "page" in context and "#" not in tile["url"]:
            assert context["page"].paginator.count == tile["value"], tile


def test_the_stages_and_desks_of_the_department(town, log_in):
    context = log_in(town["asset.officer"]).get("/").context

    assert [(one.label, one.count, one.url) for one in context["stages"]] == [
        ("形式审查", 1, "/proposals/?stage=formal_review"),
        ("已批准", 1, "/proposals/?stage=approved"),
    ]
    assert [(one["label"], one["count"], one["late"]) for one in context["desks"]] == [
        ("形式审查", 1, 1)
    ]
    assert context["cities"] is None


def test_the_load_of_a_desk_opens_its_deadlines(town, log_in):
    client = log_in(town["asset.officer"])
    (desk,) = client.get("/").context["desks"]

    assert client.get(desk["url"]).context["page"].paginator.count == desk["count"]


def test_the_province_sees_its_cities_and_no_city_does(town, log_in):
    cities = log_in(town["province.asset"]).get("/").context["cities"]

    assert {one.name: one.count for one in cities if one.count} == {"西安": 2}
    xian = next(one for one in cities if one.name == "西安")
    assert (xian.url, xian.shade) == (f"/cooperations/?union={town.xian.pk}", 4)
    assert len(cities) == 12


@pytest.mark.parametrize(
    ("query", "acts"),
    [
        ({"limit": "late"}, ["填写报告"]),
        ({"limit": "soon"}, []),
        ({"kind": "公开信息"}, ["填报公开信息"]),
        ({"act": "填写尽职调查"}, ["填写尽职调查"]),
        ({"kind": "没有这一类"}, []),
        ({"limit": "x"}, ["填写报告", "填写尽职调查", "填报公开信息"]),
    ],
)
def test_what_waits_can_be_narrowed(town, log_in, query, acts):
    rows = log_in(town["venue.staff"]).get("/", {"tab": "todo", **query}).context["rows"]

    assert [row.act for row in rows] == acts


def test_plans_that_wait_can_be_ticked_for_many_at_once(town, log_in):
    """The contract that waits beside the plan has no box: there is no act on many of it."""
    client = log_in(town["asset.officer"])
    page = client.get("/").content.decode()

    (ticked,) = re.findall(r'<input type="checkbox"[^>]*name="row" value="([^"]+)"', page)
    assert Proposal.objects.get(pk=ticked).title == "职工羽毛球馆合作运营方案"
    assert (
        "批量委派"
        in client.get("/proposals/bulk/", {"act": "assign", "row": ticked}).content.decode()
    )
    assert 'type="checkbox"' not in client.get("/?tab=done").content.decode()
    assert 'class="picked"' not in log_in(town["counsel"]).get("/").content.decode()


def test_entries_lead_where_the_person_may_go(town, log_in):
    for username in WAITING:
        client = log_in(town[username])
        for entry in client.get("/").context["entries"]:
            assert client.get(entry["url"]).status_code in (200, 302), (username, entry)


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


def test_the_gallery_is_for_everybody_who_is_logged_in(town, client, log_in):
    assert client.get("/-/components/").status_code in (302, 403)
    for username in ("sysadmin", "venue.staff"):
        assert log_in(town[username]).get("/-/components/").status_code == 200
