"""What hangs on a plan is shown to everybody who decides on it, not behind a link."""

from datetime import date, timedelta

import pytest

from approvals.models import RuleException
from approvals.services import exceptions
from meetings.models import AgendaItem, Meeting
from tests.approvals import walk
from tests.approvals.builders import TODAY, moment
from tests.approvals.test_clearing import ask as ask_clearance

REASON = "羽毛球馆改造投资大，五年收不回成本。"


def ask(world, plan, rule="13-4-4", *, submitted=True) -> RuleException:
    """An exception from 原则上不超过五年, on its way to the party group."""
    one = exceptions.draft_exception(
        proposal=plan, rule_code=rule, facts="期限三年。", reason=REASON, risk="可控。",
        mitigation="每年复核。", lawyer_opinion="可以。", valid_until=date(2027, 6, 30),
        by=world["venue.staff"], at=moment("2026-11-03 09:00"),
    )  # fmt: skip
    if submitted:
        exceptions.submit_exception(
            exception=one, version=one.version, by=world["venue.manager"],
            at=moment("2026-11-03 10:00"),
        )  # fmt: skip
    one.refresh_from_db()
    return one


@pytest.fixture
def seated(world, submitted) -> AgendaItem:
    """The plan on the agenda of a party group that has begun."""
    plan = walk.at_meeting(world, submitted)
    meeting = walk.seat(world, walk.waiting(plan.pk))
    return meeting.items.get()


def pages(log_in, world, item) -> list[str]:
    client = log_in(world["secretary"])
    urls = (f"/meetings/{item.meeting_id}/", f"/agenda/{item.pk}/decide/")
    return [client.get(url).content.decode() for url in urls]


def test_a_plan_without_anything_has_no_marks(world, seated, log_in):
    for page in pages(log_in, world, seated):
        assert "表决前须知" not in page


@pytest.mark.parametrize(("changes", "words"), [
    ({}, "已报送，待法律审核"),
    ({"state": "approved"}, "已批准"),
    ({"state": "approved", "valid_until": TODAY - timedelta(days=1)}, "已过期"),
    ({"state": "revoked"}, "已撤销"),
    ({"state": "rejected"}, "不予批准"),
])  # fmt: skip
def test_every_exception_submitted_stands_in_the_item(
    world, submitted, seated, log_in, changes, words
):
    one = ask(world, submitted)
    RuleException.objects.filter(pk=one.pk).update(**changes)

    for page in pages(log_in, world, seated):
        assert one.number in page
        assert f">{words}<" in page
        assert REASON in page
        assert f"/exceptions/{one.pk}/" in page


def test_what_the_venue_has_not_submitted_is_its_own(world, submitted, seated, log_in):
    ask(world, submitted, submitted=False)

    for page in pages(log_in, world, seated):
        assert REASON not in page


def test_a_late_entry_of_the_venues_own_meeting_is_marked(world, submitted, seated, log_in):
    own = Meeting.objects.get(venue_id=world.venue.pk)
    Meeting.objects.filter(pk=own.pk).update(is_late_entry=True)

    for page in pages(log_in, world, seated):
        assert ">补录<" in page
        assert f"文化宫班子会议{own.session}（2026-10-20）" in page


def test_signs_of_a_lease_stand_in_the_item(world, submitted, seated, log_in):
    """A plan that needs more inspection says so at the table; the voting page names the signs."""
    type(submitted).objects.filter(pk=submitted.pk).update(needs_inspection=True)
    section = submitted.sections.get(code="negative_list")
    section.data |= {"fixed_income": "yes"}  # DL-01, 30 points: WATCH
    section.save()

    meeting, voting = pages(log_in, world, seated)

    assert "须加强检查" in meeting
    assert "须加强检查" in voting
    assert "DL-01" in voting
    assert "筛查得分 30 分" in voting


def test_a_clearance_stands_in_the_item(world, submitted, seated, log_in):
    type(submitted).objects.filter(pk=submitted.pk).update(stage="draft")
    section = submitted.sections.get(code="negative_list")
    section.data |= {"fixed_income": "yes", "area_price": "yes"}  # 30 + 25
    section.save()
    submitted.refresh_from_db()
    one = ask_clearance(world, submitted)

    for page in pages(log_in, world, seated):
        assert "疑似变相出租承包（55 分）" in page
        assert f"/clearances/{one.pk}/" in page


def test_what_was_decided_carries_no_marks_of_today(world, submitted, seated, log_in):
    one = ask(world, submitted)
    walk.conclude(world, seated.meeting)

    page = pages(log_in, world, seated)[0]

    assert one.number not in page


def test_the_marks_cost_one_question_however_many(
    world, submitted, seated, log_in, django_assert_num_queries
):
    client, url = log_in(world["secretary"]), f"/meetings/{seated.meeting_id}/"
    client.get(url)
    with django_assert_num_queries(9) as bare:
        client.get(url)
    ask(world, submitted)
    ask(world, submitted, rule="18-5")
    with django_assert_num_queries(len(bare)):
        client.get(url)
