"""The redline on the review page and the page of two versions."""

import re
from datetime import date

import pytest

from approvals.enums import Node, Outcome
from approvals.services import appraisal
from tests.approvals import builders, walk
from tests.approvals.builders import fresh

REVIEW_QUERIES = 15  # one of them the files: the lawyer's signed paper at least
COMPARE_QUERIES = 6
MOVED_END = "<del>2029-11-30</del><ins>2028-11-30</ins>"


@pytest.fixture
def resubmitted(world, submitted):
    """Returned by 财务, changed in four places of three sections, submitted as version 2."""
    walk.accept(world, submitted)
    task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    walk.sign(world, task, "cosign.finance", Outcome.RETURN, points=["缩短期限"])
    proposal = fresh(submitted)
    builders.change(world, proposal, "overview", ends_on="2028-11-30")
    builders.change(
        world, proposal, "roadmap",
        milestones=[builders.MILESTONES[0], {**builders.MILESTONES[1], "due_on": "2027-03-31"}],
    )  # fmt: skip
    builders.change(
        world, proposal, "contract_elements",
        term="两年。", income_distribution="阵地 45%，合作方 55%，按季结算。",
    )  # fmt: skip
    points = fresh(proposal).return_points
    points.update(answer="已缩短。", answered_at=builders.moment("2026-11-05 09:00"))
    builders.submit(world, builders.decide(world, proposal, "2026-11-05 17:00"), "2026-11-06 09:00")
    return fresh(proposal)


def page(client, proposal, query: str = "", name: str = "review"):
    return client.get(f"/proposals/{proposal.pk}/{name}/{query}")


def compared(client, proposal, query: str = ""):
    return page(client, proposal, query, "compare")


def test_a_later_version_shows_what_changed_without_being_asked(world, resubmitted, log_in):
    answer = page(log_in(world["asset.officer"]), resubmitted)
    html = answer.content.decode()

    assert MOVED_END in html
    assert (
        "阵地 <del>40%</del><ins>45%</ins>，合作方 <del>60%</del><ins>55%</ins>，按季结算。" in html
    )
    assert "<del>2027-02-28</del><ins>2027-03-31</ins>" in html
    assert {one["label"]: one["changes"] for one in answer.context["toc"] if one["changes"]} == {
        "项目概况": 1, "合同要素": 3, "路线图": 1,
    }  # fmt: skip
    assert answer.context["total"] == 5


def test_the_first_version_has_nothing_to_compare_with(world, submitted, log_in):
    answer = page(log_in(world["asset.officer"]), submitted)

    assert "<del>" not in answer.content.decode()
    assert "自我上次意见以来" not in answer.content.decode()


def test_only_the_changes(world, resubmitted, log_in):
    answer = page(log_in(world["asset.officer"]), resubmitted, "?base=1&only=changes")
    html = answer.content.decode()

    assert [one.spec.code for one in answer.context["chapters"]] == [
        "overview", "contract_elements", "roadmap",
    ]  # fmt: skip
    assert [one["url"] for one in answer.context["toc"]] == [
        "#section-overview", "#section-contract_elements", "#section-roadmap", "#points",
    ]  # fmt: skip
    assert MOVED_END in html
    assert "每年服务职工 6 万人次。" not in html  # an answer that did not change
    assert "每季度演练一次。" not in html  # a section that did not


def test_not_comparing_is_a_choice(world, resubmitted, log_in):
    html = page(log_in(world["asset.officer"]), resubmitted, "?base=0").content.decode()

    assert "<del>" not in html
    assert "2026-12-01 至 2028-11-30" in html


def test_since_the_own_last_opinion(world, resubmitted, log_in):
    finance = page(log_in(world["cosign.finance"]), resubmitted).content.decode()
    assert "自我上次意见以来 v1" in finance

    walk.accept(world, resubmitted)
    officer = page(log_in(world["asset.officer"]), resubmitted).content.decode()
    assert "上一版 v1" in officer
    assert "自我上次意见以来" not in officer  # the own opinion is on this very version


@pytest.mark.parametrize("base", ["9", "-1", "x", "%00", "1" * 300, "%F0%9F%98%80", "2"])
def test_a_base_that_is_not_there_gives_a_page_that_helps(world, resubmitted, log_in, base):
    answer = page(log_in(world["asset.officer"]), resubmitted, f"?base={base}")

    assert answer.status_code == 200
    assert "现对照第 1 版" in answer.content.decode()
    assert MOVED_END in answer.content.decode()


def test_what_the_venue_writes_after_submitting_is_in_no_redline(world, resubmitted, log_in):
    walk.sign(
        world, walk.open_task(resubmitted, Node.FORMAL_REVIEW), "asset.officer", Outcome.RETURN,
        points=["再改"], at=builders.moment("2026-11-09 09:00"),
    )  # fmt: skip
    builders.change(world, fresh(resubmitted), "safety", emergency="尚未报送的新措施。")
    client = log_in(world["venue.staff"])

    for html in (page(client, resubmitted), compared(client, resubmitted, "?a=1&b=2")):
        assert "尚未报送的新措施。" not in html.content.decode()
        assert MOVED_END in html.content.decode()


def test_the_compare_page_shows_every_field_of_both(world, resubmitted, log_in):
    html = compared(log_in(world["auditor"]), resubmitted, "?a=1&b=2").content.decode()

    assert MOVED_END in html
    assert "每年服务职工 6 万人次。" in html
    assert "六项条件核验" in html
    assert re.search(r"问题.*缩短期限", html, re.DOTALL)
    assert '<option value="1" selected>' in html


def test_the_compare_page_of_changes_only(world, resubmitted, log_in):
    answer = compared(log_in(world["auditor"]), resubmitted, "?a=1&b=2&only=changes")

    assert MOVED_END in answer.content.decode()
    assert "每年服务职工 6 万人次。" not in answer.content.decode()
    assert answer.context["total"] == 6  # the five, and the answered point


@pytest.mark.parametrize(
    "query", ["?a=7&b=2", "?a=x", "?b=", "?a=2&b=2", "?a=%00&b=-1", "?a=1&a=9"]
)
def test_versions_asked_for_by_hand_give_a_page_that_helps(world, resubmitted, log_in, query):
    answer = compared(log_in(world["asset.officer"]), resubmitted, query)

    assert answer.status_code == 200
    assert "选择版本" in answer.content.decode()


def test_one_version_alone_says_that_there_is_nothing_to_compare(world, submitted, draft, log_in):
    client = log_in(world["venue.staff"])

    assert "只报送过一版" in compared(client, submitted, "?a=1&b=2").content.decode()
    assert "还没有报送" in compared(client, builders.new_plan(world), "").content.decode()


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("venue.staff", 200),
        ("asset.officer", 200),
        ("auditor", 200),
        ("province.asset", 200),
        ("baoji.officer", 404),
        ("county.officer", 404),
        ("other.manager", 404),
        ("expert", 403),
        ("sysadmin", 403),
    ],
)
def test_who_compares(world, resubmitted, log_in, username, status):
    assert compared(log_in(world[username]), resubmitted).status_code == status


def test_an_outside_expert_reads_the_plan_and_no_earlier_version(world, resubmitted, log_in):
    walk.sign(
        world, walk.open_task(resubmitted, Node.FORMAL_REVIEW), "asset.officer", Outcome.RETURN,
        points=["再请一位律师"], at=builders.moment("2026-11-09 09:00"),
    )  # fmt: skip
    appraisal.engage_expert(
        proposal=fresh(resubmitted), kind="lawyer", name="郑律", firm="西安公信所",
        licence_no="16101", activity="consultation", username="expert",
        access_from=date(2026, 11, 1), access_until=date(2026, 11, 30),
        by=world["venue.staff"], at=builders.moment("2026-11-10 09:00"),
    )  # fmt: skip
    client = log_in(world["expert"])

    answer = page(client, resubmitted, "?base=1")

    assert answer.status_code == 200
    assert "<del>" not in answer.content.decode()
    assert "2029-11-30" not in answer.content.decode()
    assert compared(client, resubmitted, "?a=1&b=2").status_code == 403


def test_the_pages_stay_within_their_queries(world, resubmitted, log_in, django_assert_num_queries):
    client = log_in(world["asset.officer"])
    page(client, resubmitted)

    with django_assert_num_queries(REVIEW_QUERIES):
        page(client, resubmitted)
    with django_assert_num_queries(COMPARE_QUERIES):
        compared(client, resubmitted, "?a=1&b=2")
