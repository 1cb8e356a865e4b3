"""The screens of the writing flow: what they say, what they cost."""

import re
from html import unescape

import pytest
from django.urls import reverse

from approvals.models import Proposal
from approvals.services import opinions
from tests.approvals import builders
from tests.approvals.builders import moment
from tests.harness.acting import post_act


def page(name, proposal, *args):
    return reverse(f"approvals:{name}", args=[proposal.pk, *args])


def words(response):
    """The text of a page, its marks and spaces taken away."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def staff(world, log_in):
    return log_in(world["venue.staff"])


@pytest.fixture
def manager(world, log_in):
    return log_in(world["venue.manager"])


def returned(world, proposal, points):
    task = proposal.tasks.get()
    opinions.give_opinion(
        task=task, outcome="return", text="请按下列意见补正后重新报送。", version=task.version,
        content_sha256=task.plan_version.sha256, points=points, by=world["asset.officer"],
        at=moment("2026-11-04 09:00"),
    )  # fmt: skip
    return builders.fresh(proposal)


# --- starting a plan -----------------------------------------------------------------------------


def test_the_cards_are_the_ways_of_article_14_each_with_its_clause(world, staff):
    text = words(staff.get("/proposals/new/"))

    for way, clause in (
        ("总体方案", "第十三条（三）"), ("对外合作", "第十四条（二）"), ("对内合作", "第十四条（一）"),
        ("承接服务", "第十四条（三）"), ("接受社会赞助", "第十四条（四）"),
        ("其它方式", "第十四条第二款"),
    ):  # fmt: skip
        assert re.search(rf"{way} \*?.{{0,8}}依据 {re.escape(clause)}", text), way


def test_all_five_ways_are_to_be_picked_each_with_its_demands(world, staff):
    html = staff.get("/proposals/new/").content.decode()

    offered = re.findall(r'name="choice" value="(\w+)"', html)
    ways = ["internal", "external", "undertaking", "sponsorship", "other"]
    assert offered == ["overall_plan", *ways]
    assert html.count("签约前资产评估") == 2  # 对外合作、其它方式, and nobody else
    assert html.count("先由主管工会发起或者同意") == 1
    assert html.count("记录（缺少不影响报送）") == 3  # 对内, 承接, 赞助


@pytest.mark.parametrize("mode", ["undertaking", "sponsorship", "other"])
def test_each_new_way_starts_a_draft_with_its_own_section(world, overall, staff, mode):
    response = post_act(staff, "/proposals/new/", {"choice": mode, "title": "新方式方案"})

    draft = Proposal.objects.get(mode=mode)
    own = {"other": "control"}.get(mode, mode)
    assert response.status_code == 302
    assert staff.get(f"/proposals/{draft.pk}/edit/{own}/").status_code == 200


def test_a_venue_with_an_overall_plan_is_led_to_it(world, overall, staff):
    response = staff.get("/proposals/new/")

    assert "本阵地已有总体方案（已批准）；要调整方式、面积、期限等，请办理变更。" in words(response)
    assert page("proposal_amend", overall) in response.content.decode()
    assert 'value="overall_plan"' not in response.content.decode()


def test_a_venue_without_one_may_draft_and_is_told(world, staff):
    text = words(staff.get("/proposals/new/"))

    assert text.count("本阵地还没有批准的总体方案。可以先起草，报送前须先批准总体方案。") == 5


@pytest.mark.parametrize("choice", ["", "甲\x00", "9" * 400])
def test_a_way_that_cannot_be_carried_is_refused_and_the_title_stays(world, staff, choice):
    response = post_act(staff, "/proposals/new/", {"choice": choice, "title": "捐赠方案"})

    assert response.status_code == 422
    assert 'value="捐赠方案"' in response.content.decode()
    assert not Proposal.objects.exists()


# --- the task list -------------------------------------------------------------------------------


def states_on(response):
    """The state of every section as the task list shows it."""
    tasks = re.findall(r"<li>(.*?)</li>", response.content.decode(), re.DOTALL)
    rows = [
        re.search(r'^<a href="[^"]*/edit/(\w+)/">.*<span class="tag \w+">([^<]*)<', one, re.DOTALL)
        for one in tasks
    ]
    return dict(row.groups() for row in rows if row)


def test_the_task_list_shows_the_four_states(world, staff, draft):
    builders.write(world, draft, "safety", {"measures": "每日巡检。", "emergency": "每季演练。"})
    builders.write(world, draft, "discounts", {"members": "五折。"})
    builders.write(world, draft, "five_constants", {"name": "no"})

    response = staff.get(page("proposal_edit", draft))

    found = states_on(response)
    assert len(found) == 11
    assert found["safety"] == "已完成"
    assert found["discounts"] == "填写中"
    assert found["five_constants"] == "需补正"
    assert found["roadmap"] == "未开始"
    assert "1/11 节已完成" in words(response)


def test_a_point_that_names_a_section_marks_it_until_answered(world, staff, submitted):
    proposal = returned(
        world,
        submitted,
        ["合同要素：请补充退出条件。", "困难职工优惠措施：请量化。", "请核对全文。"],
    )

    response = staff.get(page("proposal_edit", proposal))

    found = states_on(response)
    assert (found["contract_elements"], found["discounts"]) == ("需补正", "需补正")
    assert found["safety"] == "已完成"
    html = response.content.decode()
    assert f"{page('section_edit', proposal, 'discounts')}#id_workers_in_need" in html
    assert html.index("请核对全文。") < html.index("节已完成")  # pinned above everything

    point = proposal.return_points.get(no=1)
    post_act(staff, page("return_points", proposal), {f"answer_{point.pk}": "已补充。"})

    assert states_on(staff.get(page("proposal_edit", proposal)))["contract_elements"] == "已完成"


def test_the_button_says_why_it_is_dead_and_where_the_reasons_are(world, staff, draft):
    html = staff.get(page("proposal_edit", draft)).content.decode()

    count = int(re.search(r"报送前还有 (\d+) 项", html)[1])
    assert f"还有 {count} 项没有满足" in html
    assert 'aria-disabled="true"' in html
    assert len(re.findall(r'<ul class="blockers">(.*?)</ul>', html, re.DOTALL)) > 0
    assert sum(block.count("<li>") for block in re.findall(
        r'<ul class="blockers">(.*?)</ul>', html, re.DOTALL)) == count  # fmt: skip


def test_staff_are_told_who_submits(world, staff, complete_draft):
    builders.decide(world, complete_draft)

    text = words(staff.get(page("proposal_edit", complete_draft)))

    assert "由阵地负责人核对并报送。" in text
    assert "先看核对页" not in text


# Pinned: nothing here grows with what is written.
QUERIES = {"proposal_edit": 26, "section_edit": 25, "proposal_check": 32, "return_points": 3}


@pytest.mark.parametrize(("name", "count"), QUERIES.items())
def test_the_pages_cost_what_they_cost(
    world, manager, complete_draft, name, count, django_assert_num_queries
):
    args = ("appraisal",) if name == "section_edit" else ()

    with django_assert_num_queries(count):
        manager.get(page(name, complete_draft, *args))


# --- one section ---------------------------------------------------------------------------------


def test_two_days_that_follow_each_other_share_a_line(world, staff, draft):
    html = staff.get(page("section_edit", draft, "overview")).content.decode()

    pairs = re.findall(r'<div class="pair">(.*?)</div>\s*<div class="field', html, re.DOTALL)
    assert len(pairs) == 1
    assert 'name="starts_on"' in pairs[0]
    assert 'name="ends_on"' in pairs[0]


@pytest.mark.parametrize(("text", "rows"), [("短。", 2), ("长" * 440, 11), ("行\n" * 30, 14)])
def test_a_box_is_as_high_as_its_text(world, staff, draft, text, rows):
    builders.write(world, draft, "safety", {"measures": text})

    html = staff.get(page("section_edit", draft, "safety")).content.decode()

    assert re.search(rf'<textarea[^>]*name="measures"[^>]*rows="{rows}"', html)


def test_the_section_leads_on(world, staff, draft):
    fields = {"measures": "每日巡检。", "next": "1"}

    last = post_act(staff, page("section_edit", draft, "safety"), fields)
    middle = post_act(staff, page("section_edit", draft, "discounts"), {"next": "1"})

    assert last.url == page("proposal_edit", draft)
    assert middle.url == page("section_edit", draft, "roadmap")


def test_a_decided_plan_is_not_saved_by_itself_and_says_so(world, staff, complete_draft):
    builders.decide(world, complete_draft)

    html = staff.get(page("section_edit", complete_draft, "safety")).content.decode()

    assert "data-autosave=" not in html
    assert "本页不自动保存，按“保存”才生效" in html


# --- check and result ----------------------------------------------------------------------------


def test_every_answer_has_its_own_way_to_be_changed(world, manager, complete_draft):
    html = manager.get(page("proposal_check", complete_draft)).content.decode()

    links = re.findall(r'<a href="[^"]*/edit/(\w+)/#id_(\w+)">修改<', html)
    asked = [
        (code, name) for code, data in builders.external_sections(world).items() for name in data
    ] + [("overview", "area"), ("overview", "whole_reason"), ("partner", "volunteers")]
    assert sorted(links) == sorted(asked)


def test_what_is_wrong_stands_at_its_answer_with_its_weight(world, manager, complete_draft):
    builders.change(world, complete_draft, "overview", ends_on="2034-11-30")
    builders.change(world, complete_draft, "safety", emergency="")

    response = manager.get(page("proposal_check", complete_draft))

    text = words(response)
    assert re.search(
        r"合作终止日 2034-11-30 .{0,10}合作期限为8年.{0,30}原则上 依据 第十三条（四）", text
    )
    assert re.search(r"应急管理措施 （未填写） .{0,10}尚未填写。 必须满足 依据 第十七条", text)


def test_the_result_says_who_has_it_and_when_it_should_be_through(world, manager, submitted):
    """Submitted on Monday 2026-11-02 with 5, 5, 3 days and the defaults 10, 10, 5.

    11-09, 11-16, 11-19, 12-03, 12-17, 12-24: weekdays counted by hand, no holiday between.
    """
    text = words(manager.get(page("proposal_submitted", submitted)))

    assert "HZ-2026-0001" in text
    assert "西安市总工会资产监管部门 · 形式审查 应于 2026-11-09 前办结。" in text
    assert "预计办结 2026-12-24" in text
    for step in (
        "形式审查 5 个工作日 2026-11-09", "会签 5 个工作日 2026-11-16",
        "法律审核 3 个工作日 2026-11-19", "党组会议 10 个工作日 · 系统默认 2026-12-03",
        "主席办公会议 10 个工作日 · 系统默认 2026-12-17", "批复 5 个工作日 · 系统默认 2026-12-24",
    ):  # fmt: skip
        assert step in text


def test_points_lead_to_their_places(world, staff, submitted):
    proposal = returned(world, submitted, ["退出机制：请写明。", "请核对全文。"])

    html = staff.get(page("return_points", proposal)).content.decode()

    assert f'href="{page("section_edit", proposal, "contract_elements")}#id_exit"' in html
    assert "有的意见没有写明在哪一节" in html


def test_an_answer_too_long_stays_as_typed(world, staff, submitted):
    proposal = returned(world, submitted, ["请核对全文。"])
    point = proposal.return_points.get()

    response = post_act(staff, page("return_points", proposal), {f"answer_{point.pk}": "长" * 2001})

    assert response.status_code == 422
    assert "最多 2000 字，现有 2001 字" in response.content.decode()
    assert "长" * 2001 in response.content.decode()


def test_the_venues_meeting_says_how_many_are_needed(world, manager, complete_draft):
    """A board of three with a quorum of two thirds: two must come, two must agree."""
    text = words(manager.get(page("venue_decision", complete_draft)))

    assert "应到 3 人 ，实到不少于 2 人才能形成结论，同意不少于 2 票才能通过" in text


def test_the_exception_form_shows_what_this_plan_lacks(world, staff, complete_draft):
    builders.change(world, complete_draft, "overview", ends_on="2034-11-30")
    url = page("exception_new", complete_draft)

    text = words(staff.get(f"{url}?rule=13-4-4"))

    assert "合作期限为8年，超过 5 年" in text
    assert "合作协议期限原则上不超过 5 年" in text


@pytest.mark.parametrize("rule", ["18-8", "nonsense", "甲" * 200, "<b>", ""])
def test_the_exception_form_opens_for_any_address(world, staff, complete_draft, rule):
    response = staff.get(page("exception_new", complete_draft), {"rule": rule})

    assert response.status_code == 200
    assert "<b>" not in response.content.decode().replace("<b>不能申请例外</b>", "")
