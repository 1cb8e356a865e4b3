"""An exception revoked or expired: what rested on it stops, and it says so everywhere."""

from datetime import date

import pytest

from approvals.enums import ExceptionState, Stage
from approvals.models import Proposal, RuleException
from approvals.rules.checks import EXCEPTIONABLE
from approvals.selectors.facts import missing_of
from approvals.services import exceptions, expiring, replies
from audit.selectors import events_of
from core.errors import ActionBlocked
from notifications.models import Deadline, OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment
from tests.approvals.excepting import break_rule, drafted, granted, revoked, submitted_one

LAST = date(2026, 11, 18)
AFTER = moment("2026-11-19 08:00")


def lacking(proposal, day: date) -> set[str]:
    return {one.code for one in missing_of(fresh(proposal), today=day)}


@pytest.mark.parametrize("code", sorted(EXCEPTIONABLE))
def test_an_exception_ends_with_its_last_day(world, overall, complete_draft, code):
    plan = break_rule(world, complete_draft, code)
    assert code in lacking(plan, LAST)

    one = granted(world, plan, code, valid_until=LAST)

    assert code not in lacking(plan, LAST)
    assert code in lacking(plan, AFTER.date())
    assert one.state == ExceptionState.APPROVED  # what was decided stays written


def at_reply_by_exception(world, complete_draft, **changes):
    plan = break_rule(world, complete_draft, "13-4-4")
    one = granted(world, plan, **changes)
    proposal = builders.decide(world, fresh(plan), at="2026-10-27 17:00")
    builders.submit(world, proposal)
    proposal = walk.at_reply(world, fresh(proposal))
    walk.drafted_reply(world, proposal)
    return one, fresh(proposal)


def issue(world, proposal, at: str = "2026-11-19 09:00"):
    return replies.issue_reply(
        proposal=proposal, version=fresh(proposal).version, by=world["leader"], at=moment(at)
    )


def test_no_reply_is_issued_after_the_revocation(world, overall, complete_draft):
    one, proposal = at_reply_by_exception(world, complete_draft)
    revoked(world, one, at="2026-11-16 15:00")

    with pytest.raises(ActionBlocked, match="超过 5 年") as refusal:
        issue(world, proposal)

    assert {reason.code for reason in refusal.value.reasons} == {"13-4-4"}
    assert fresh(proposal).stage == Stage.REPLYING


def test_no_reply_is_issued_after_the_last_day(world, overall, complete_draft):
    _, proposal = at_reply_by_exception(world, complete_draft, valid_until=LAST)

    with pytest.raises(ActionBlocked, match="超过 5 年"):
        issue(world, proposal)

    assert issue(world, proposal, "2026-11-18 09:00").issued_on == LAST


def test_the_end_is_announced_and_then_checked_once(world, overall, complete_draft):
    plan = break_rule(world, complete_draft, "13-4-4")
    one = granted(world, plan, valid_until=date(2026, 11, 30))
    watch = Deadline.objects.get(kind="approvals.exception", subject_id=one.pk)
    assert [(row.fire_on, row.label) for row in watch.alerts.order_by("fire_on")] == [
        (date(2026, 10, 31), "例外还有 30 天到期"),
        (date(2026, 11, 30), "例外今天到期"),
    ]
    told = OutboxItem.objects.filter(title__startswith="例外已过期", channel="inapp")

    assert expiring.recheck_expired(now=moment("2026-11-30 23:00")) == 0
    assert expiring.recheck_expired(now=moment("2026-12-01 00:10")) == 1
    assert expiring.recheck_expired(now=moment("2026-12-02 00:10")) == 0

    people = {row.recipient.username for row in told.select_related("recipient")}
    assert people == {"venue.staff", "venue.manager", "asset.officer", "asset.head"}
    assert all("超过 5 年" in row.body and "改正之前不能报送" in row.body for row in told)
    watch.refresh_from_db()
    assert watch.closed_at is not None


def test_what_was_revoked_is_not_watched_any_more(world, overall, complete_draft):
    one = revoked(world, granted(world, break_rule(world, complete_draft, "13-4-4")))

    assert Deadline.objects.get(subject_id=one.pk, kind="approvals.exception").closed_at is not None
    assert expiring.recheck_expired(now=moment("2029-12-01 00:10")) == 0


@pytest.fixture
def expired(world, overall, complete_draft):
    """Granted until 18 November, looked at on the 20th."""
    return granted(world, break_rule(world, complete_draft, "13-4-4"), valid_until=LAST)


def test_expired_is_said_on_every_page(world, expired, log_in):
    plan = expired.proposal
    builders.decide(world, fresh(plan), at="2026-10-27 17:00")
    builders.submit(world, fresh(plan))
    officer = log_in(world["asset.officer"])
    pages = (
        f"/exceptions/{expired.pk}/",
        f"/proposals/{plan.pk}/review/",
        f"/cooperations/{plan.cooperation_id}/",
        "/exceptions/?state=expired",
    )
    for url in pages:
        text = officer.get(url).content.decode()
        assert "已过期" in text, url
        assert expired.number in text, url
    page = officer.get(f"/exceptions/{expired.pk}/").content.decode()
    assert "超过 5 年" in page  # checked again, live
    assert "撤销例外" not in page
    assert expired.number not in officer.get("/exceptions/?state=approved").content.decode()


def test_expired_cannot_be_revoked_and_makes_room_for_another(world, expired):
    with pytest.raises(ActionBlocked, match="尚未过期"):
        revoked(world, expired, at="2026-11-19 08:00")

    drafted(world, fresh(expired.proposal), at=AFTER)

    expired.refresh_from_db()
    assert expired.state == ExceptionState.EXPIRED
    assert expired.proposal.exceptions.count() == 2
    assert events_of(expired.proposal.case_id).filter(code="approvals.exception.renewed").exists()


def test_one_still_standing_makes_no_room(world, expired):
    with pytest.raises(ActionBlocked, match="不能重复申请"):
        drafted(world, fresh(expired.proposal), at=moment("2026-11-18 23:00"))


@pytest.mark.parametrize("stage", sorted(Stage.DROPPED))
def test_a_plan_that_is_over_gets_no_exception(world, complete_draft, stage):
    """Neither drafted nor sent on nor reviewed: nothing rests on it any more."""
    own, sent = drafted(world, complete_draft), submitted_one(world, complete_draft, "10-3")
    Proposal.objects.filter(pk=complete_draft.pk).update(stage=stage)
    at = moment("2026-11-13 09:00")
    act = {"exception": own, "version": own.version, "at": at}

    with pytest.raises(ActionBlocked, match="已经办结") as refusal:
        drafted(world, fresh(complete_draft), "10-1")
    assert Stage(stage).label in refusal.value.reasons[0].text
    with pytest.raises(ActionBlocked, match="已经办结"):
        exceptions.submit_exception(**act, by=world["venue.manager"])
    with pytest.raises(ActionBlocked, match="已经办结"):
        exceptions.review_exception(
            exception=sent, opinion="可以上会。", is_cleared=True, version=sent.version,
            by=world["counsel"], at=at,
        )  # fmt: skip
    assert RuleException.objects.get(pk=own.pk).state == ExceptionState.DRAFT


def test_the_page_of_a_plan_that_is_over_offers_no_exception(world, complete_draft, log_in):
    client, url = log_in(world["venue.staff"]), f"/proposals/{complete_draft.pk}/review/"
    assert "申请例外" in client.get(url).content.decode()

    Proposal.objects.filter(pk=complete_draft.pk).update(stage=Stage.VOID)

    assert "申请例外" not in client.get(url).content.decode()
