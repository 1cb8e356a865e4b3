"""Whatever an address says, the answer is the list."""

from urllib.parse import quote

import pytest

from approvals.models import Proposal
from tests.lists.pages import LISTS
from tests.lists.reading import FEW, keys, shown

pytestmark = pytest.mark.django_db
IGNORED = "无效，已忽略"
WAITING = [
    "approvals:proposal_list",
    "approvals:exception_list",
    "contracts:contract_list",
    "supervision:report_list",
    "supervision:rectification_list",
    "evaluations:evaluation_list",
    "disclosures:disclosure_list",
]

# What people and programs put into addresses → whether the page must say that it left it out.
HOSTILE = {
    "text=%00": True,
    "text=%25": False,
    "text=_": False,
    "text=" + quote("'\"><script>alert(1)</script>"): False,
    "text=" + quote("😀👨‍👩‍👧"): False,
    "text=" + quote("'; DROP TABLE accounts_user; --"): False,
    "text=" + "长" * 10_000: True,
    "text=%ED%A0%80%FF": False,
    "text=" + quote("\u202e\u0007 甲"): False,
    "text=++++": False,
    "text=a&text=b": False,
    "page=0": True,
    "page=-1": True,
    "page=" + "9" * 40: True,
    "page=%C2%B2": True,
    "page=1.5": True,
    "sort=password": True,
    "sort=--due": True,
    "sort=pk": True,
    "sort=__class__": True,
    "sort=%00": True,
    "tab=nonsense": True,
    "tab=__class__": True,
    "state=nonsense&union=x": True,
    "union=" + "9" * 40: True,
    "venue=not-a-venue": True,
    "since=2026-02-30": True,
    "until=0000-00-00": True,
    "since=%00": True,
    "case=1": True,
    "cooperation=1": True,
    "<b>=<i>": True,
    "&".join(f"x{n}={n}" for n in range(60)): True,
    "size=lg": False,
    "": False,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_any_address(enter, name):
    page = LISTS[name]
    client = enter(page.reader)
    for query, is_named in HOSTILE.items():
        answer = client.get(f"{page.path}?{query}")
        html = answer.content.decode()

        assert answer.status_code == 200, query[:60]
        assert (IGNORED in html) is is_named, query[:60]
        assert "<script>alert" not in html
        assert "<i>" not in html
        assert len(html) < 200_000


def test_a_sentence_names_what_was_left_out(enter):
    html = enter("asset.officer").get("/proposals/?stage=x&foo=b%22ar&sort=y").content.decode()

    assert "地址里的条件“阶段：x”无效，已忽略。" in html
    assert "地址里的条件“foo=b&quot;ar”无效，已忽略。" in html
    assert "地址里的条件“sort=y”无效，已忽略。" in html


def test_a_union_of_others_is_no_condition(full, enter):
    """What lies outside one's scope is not offered, so it cannot be asked for."""
    listing = shown(enter("asset.officer"), f"/proposals/?union={full.baoji.pk}")

    assert listing.problems == [f"地址里的条件“工会：{full.baoji.pk}”无效，已忽略。"]
    assert listing.page.total > 0


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_sorted_by_every_head_both_ways(enter, name):
    page = LISTS[name]
    client = enter(page.reader)
    table = shown(client, page.path).table
    for column in table.columns:
        if not column.sort:
            continue
        up = keys(client, f"{page.path}?sort={column.name}")
        down = keys(client, f"{page.path}?sort=-{column.name}")
        listing = shown(client, f"{page.path}?sort=-{column.name}")

        assert len(up) >= FEW
        if listing.page.last == 1 and not column.has_gaps:
            assert up == down[::-1], column.name
        if column.on_page:
            directions = [one.direction for one in listing.table.headings if one.direction]
            assert directions == ["descending"], column.name


def test_a_sorted_head_says_so_and_leads_the_other_way(enter):
    client = enter("asset.officer")

    up = client.get("/proposals/?sort=updated&stage=formal_review").content.decode()
    down = client.get("/proposals/").content.decode()

    assert (
        'aria-sort="ascending"><a href="/proposals/?stage=formal_review&amp;sort=-updated">' in up
    )
    assert 'aria-sort="descending"><a href="/proposals/?sort=updated">' in down
    assert up.count("aria-sort") == 1


def test_the_longest_held_comes_first_and_the_settled_last(full, enter):
    listing = shown(enter("asset.officer"), "/proposals/?sort=-held")
    since = [row.held_since for row in listing.page.rows]
    held = [one for one in since if one]

    assert held == sorted(held)
    assert since[len(held) :] == [None] * (len(since) - len(held))


@pytest.mark.parametrize("name", WAITING)
def test_a_list_says_who_has_it_since_when(enter, name):
    page = LISTS[name]

    html = enter(page.reader).get(page.path).content.decode()

    assert "现由谁办理" in html
    assert "停留工作日" in html


@pytest.mark.parametrize(
    ("path", "held", "late"),
    [
        # the task was opened on 2 November; limit 9 November; today is Friday 20 November 2026
        ("/proposals/?tab=late", "资产监管部门", "超期 9 个工作日"),
        # due 15 working days after 30 September, without the holiday of 1 to 8 October
        ("/reports/?tab=late", "阵地", "超期"),
    ],
)
def test_the_late_ones_say_so_in_words_and_colour(enter, path, held, late):
    html = enter("asset.officer").get(path).content.decode()

    assert f">{held}</td>" in html
    assert f'<span class="said bad-text">{late}' in html


def test_countersigning_names_the_departments_that_have_not_signed(full, enter):
    plan = Proposal.objects.filter(number__isnull=False, stage="formal_review").first()
    Proposal.objects.filter(pk=plan.pk).update(stage="countersigning")
    plan.tasks.update(node="countersignature", department_kind="finance")

    html = enter("asset.officer").get("/proposals/?stage=countersigning").content.decode()

    assert ">财务</td>" in html


def test_words_are_looked_for_as_they_stand(full, enter):
    client = enter("asset.officer")

    assert keys(client, "/partners/?text=" + quote("健行 体育"))
    assert keys(client, "/partners/?text=" + quote("健行 没有")) == []
    assert keys(client, "/partners/?text=%25") == []
    assert keys(client, "/partners/?text=_") == []


def test_a_union_stands_for_all_below_it(full, enter):
    client = enter("province.asset")

    in_xian = keys(client, f"/venues/?union={full.xian.pk}")
    everywhere = keys(client, f"/venues/?union={full.province.pk}")

    assert in_xian
    assert set(in_xian) < set(everywhere)
    assert set(everywhere) == set(keys(client, "/venues/"))


def test_a_page_past_the_end_leads_to_the_last(enter):
    html = enter("asset.officer").get("/partners/?page=9&sort=-uscc").content.decode()

    assert "没有第 9 页" in html
    assert f"共 {FEW + 1} 条，到第 1 页为止" in html
    assert 'href="/partners/?sort=-uscc">查看最后一页' in html


def test_the_conditions_in_force_are_chips_that_come_off(enter):
    query = "kind=operation_plan&text=" + quote("羽毛球") + "&page=1&junk=1"
    html = enter("asset.officer").get(f"/proposals/?{query}").content.decode()

    assert "去掉条件 类别：具体运作方案" in html
    assert f'href="/proposals/?text={quote("羽毛球")}"' in html
    assert "筛选 · 2 个条件" in html
    assert 'name="junk"' not in html


def test_a_tab_keeps_its_conditions_and_the_bar_keeps_the_tab(enter):
    html = enter("asset.officer").get("/proposals/?tab=review&sort=due").content.decode()

    assert '<input type="hidden" name="tab" value="review">' in html
    assert '<input type="hidden" name="sort" value="due">' in html
