"""The last day to sign on an approved plan (2.2): what ends it, and what follows when it passes."""

from datetime import date

from approvals.models import Proposal
from contracts import selectors
from contracts.enums import ContractState
from tests.contracts import builders
from tests.contracts.refusing import refusal


def test_signing_ends_the_day_to_sign_by_and_nothing_lapses_any_more(town):
    plan = builders.approved_plan(town)
    Proposal.objects.filter(pk=plan.pk).update(sign_by=date(2027, 11, 10))

    contract = builders.signed(town, plan=plan)

    plan.refresh_from_db()
    assert (plan.sign_by, plan.is_lapsed(date(2030, 1, 1))) == (None, False)
    assert contract.state == ContractState.SIGNED


def test_a_lapsed_plan_is_not_offered_and_carries_no_contract(town):
    plan = builders.approved_plan(town)
    Proposal.objects.filter(pk=plan.pk).update(sign_by=date(2026, 11, 10))

    offered = [
        list(selectors.plans_without_contract(town["venue.staff"], today=date(2026, 11, day)))
        for day in (10, 11)
    ]
    assert offered == [[plan], []]
    assert "2026-11-10 逾期失效" in refusal(builders.drafted, town, plan=plan)
