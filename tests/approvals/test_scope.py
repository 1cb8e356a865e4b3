"""The scope an overall plan sets, on plans that walked the real road (第十三条（三）)."""

from datetime import date

import pytest

from approvals.enums import Stage
from approvals.models import Proposal
from approvals.rules.scope import within_overall_plan
from approvals.selectors.facts import facts_of
from core.errors import ActionBlocked
from tests.approvals import builders, walk
from tests.approvals.builders import fresh
from tests.approvals.test_standing import approved, submitted_amendment

pytestmark = pytest.mark.databases
LAST_DAY_TO_SIGN = date(2027, 11, 17)  # twelve months after the reply of 17 November 2026
TERM_ENDS = date(2029, 11, 30)
A_DAY_BEFORE_SUBMITTING = date(2026, 11, 2)


def written(world, mode="external", **overview) -> Proposal:
    """A complete draft with some answers of its overview changed."""
    draft = builders.complete(world, builders.new_plan(world, mode))
    builders.change(world, draft, "overview", **overview)
    return fresh(draft)


def in_force(world, **overview) -> Proposal:
    """An operation plan that went the whole road to its reply."""
    return approved(world, builders.submit_decided(world, written(world, **overview)))


def scoped(world, overall, **overview) -> Proposal:
    """The overall plan with a scope, approved as an amendment of the one in force."""
    return approved(world, submitted_amendment(world, overall, **overview))


def said(plan, *, on: date) -> list[str]:
    return [one.text for one in within_overall_plan(facts_of(fresh(plan), today=on))]


def test_no_plan_takes_more_space_than_the_overall_plan_gives(world, overall):
    scoped(world, overall, max_area="1000")
    builders.submit_decided(world, written(world, area="1000"))

    with pytest.raises(ActionBlocked, match="合作面积 1001 ㎡超过总体方案确定的 1000 ㎡。"):
        builders.decide(world, written(world, area="1001"))


@pytest.mark.parametrize(("area", "is_refused"), [("400", False), ("401", True)])
def test_the_plans_in_force_are_added_up(world, overall, area, is_refused):
    scoped(world, overall, max_area="1000")
    in_force(world, area="600")
    plan = written(world, area=area)

    found = said(plan, on=A_DAY_BEFORE_SUBMITTING)
    text = "合作面积 401 ㎡，连同其他方案已用 600 ㎡，超过总体方案确定的 1000 ㎡。"
    assert found == ([text] if is_refused else [])


def test_a_draft_or_a_plan_under_review_takes_no_space_until_it_is_approved(world, overall):
    """Of two that fit alone and not together, the second is held at its meeting."""
    scoped(world, overall, max_area="1000")
    first, second = (
        walk.at_meeting(world, builders.submit_decided(world, written(world, area="600")))
        for _ in range(2)
    )

    first = walk.decided(world, walk.decided(world, first))
    walk.drafted_reply(world, first)
    walk.issued_reply(world, first)

    with pytest.raises(ActionBlocked, match="连同其他方案已用 600 ㎡"):
        walk.decided(world, second)


@pytest.mark.parametrize(
    ("on", "is_used"),
    [(LAST_DAY_TO_SIGN, True), (date(2027, 11, 18), False)],
    ids=["last_day", "lapsed"],
)
def test_an_approval_nobody_signed_a_contract_on_uses_no_space_for_ever(
    world, overall, on, is_used
):
    scoped(world, overall, max_area="1000")
    plan = in_force(world, area="600")
    assert plan.sign_by == LAST_DAY_TO_SIGN

    assert bool(said(written(world, area="500"), on=on)) is is_used
    assert plan.is_lapsed(on) is not is_used


@pytest.mark.parametrize(
    ("on", "is_used"), [(TERM_ENDS, True), (date(2029, 12, 1), False)], ids=["last_day", "over"]
)
def test_a_cooperation_whose_term_is_over_gives_its_space_back(world, overall, on, is_used):
    scoped(world, overall, max_area="1000")
    signed = in_force(world, area="600")
    Proposal.objects.filter(pk=signed.pk).update(sign_by=None)  # tests/contracts signs for real

    assert bool(said(written(world, area="500"), on=on)) is is_used


def test_a_term_that_lapsed_unsigned_is_not_added_to_the_next_one(world, overall):
    """第十三条（四）: what counts toward the five years is what was performed."""
    in_force(world, starts_on="2026-12-01", ends_on="2029-11-30")
    renewed = written(world, starts_on="2029-12-01", ends_on="2032-11-30")

    before, after = (
        facts_of(renewed, today=day).joined_starts_on
        for day in (LAST_DAY_TO_SIGN, date(2027, 11, 18))
    )
    assert (before, after) == (date(2026, 12, 1), date(2029, 12, 1))


def test_a_way_that_is_not_in_the_scope_is_refused(world, overall):
    scoped(world, overall, allowed_modes=["internal"])

    with pytest.raises(ActionBlocked, match="合作方式不在总体方案确定的范围内"):
        builders.decide(world, written(world))
    builders.submit_decided(world, written(world, "internal"))


@pytest.mark.parametrize(
    ("kinds", "is_refused"), [(["association"], True), (["legal_person"], False), ([], False)]
)
def test_a_partner_of_another_kind_is_refused(world, overall, kinds, is_refused):
    """The partner is a company; nothing ticked limits nothing."""
    scoped(world, overall, partner_kinds=kinds)
    plan = written(world)

    if is_refused:
        with pytest.raises(ActionBlocked, match="合作方是企业法人，不在总体方案确定的"):
            builders.decide(world, plan)
    else:
        builders.submit_decided(world, plan)


@pytest.mark.parametrize(("years", "is_refused"), [("2", True), ("3", False)])
def test_a_term_longer_than_the_scope_is_refused(world, overall, years, is_refused):
    """1 December 2026 to 30 November 2029 is three years."""
    scoped(world, overall, max_term_years=years)
    plan = written(world)

    if is_refused:
        with pytest.raises(ActionBlocked, match="合作期限超过总体方案确定的最长 2 年"):
            builders.decide(world, plan)
    else:
        builders.submit_decided(world, plan)


def test_what_has_lapsed_says_so(world, overall, log_in):
    plan = in_force(world)
    Proposal.objects.filter(pk=plan.pk).update(sign_by=date(2026, 11, 19))
    leader = log_in(world["leader"])

    assert "逾期失效" in leader.get(f"/proposals/{plan.pk}/review/").content.decode()
    assert "逾期失效" in leader.get("/proposals/").content.decode()
    assert "逾期失效" in leader.get("/cooperations/").content.decode()
    running = leader.get("/cooperations/?tab=running").content.decode()
    assert f"/cooperations/{plan.cooperation_id}/" not in running


def test_a_plan_of_a_venue_has_no_day_to_sign_by(world, overall):
    assert scoped(world, overall, max_area="1000").sign_by is None
    assert Stage(fresh(overall).stage) is Stage.SUPERSEDED
