"""A contract is drafted on an approved plan, and what cannot be kept is refused."""

from datetime import date

import pytest

from approvals.models import Proposal
from approvals.services import standing
from audit.selectors import ledger_faults
from contracts import selectors, services
from contracts.enums import ClauseCode, ContractState, GateCode
from contracts.models import Contract
from core.errors import Refused, StaleVersion
from tests.approvals.builders import moment
from tests.contracts import builders
from tests.contracts.refusing import refusal

NOW = builders.NOW


@pytest.mark.parametrize("mode", ["external", "internal"])
def test_the_road_to_effect(town, mode):
    contract = builders.effective(town, mode)

    assert contract.state == ContractState.EFFECTIVE
    assert contract.filing_number == "ZCHT-610100-2026-0001"
    assert contract.effective_on == date(2026, 11, 20)
    assert selectors.effective_contract_of(contract.cooperation) == contract
    assert selectors.open_gates(contract) == []
    assert (selectors.valuation_of(contract) is not None) is (mode == "external")
    assert list(ledger_faults()) == []
    titles = [event["what"] for event in selectors.timeline_of(contract)]
    assert titles[0] == "合同生效（2026-11-20）"
    assert titles[-1] == f"起草合同 {contract.number}"


def test_drafting_takes_over_what_the_plan_says(town):
    contract = builders.drafted(town)

    assert contract.number == "HT-2026-0001"
    assert (contract.starts_on, contract.ends_on) == (date(2026, 12, 1), date(2029, 11, 30))
    assert contract.partner == town.partner
    assert contract.has_partner_fixed_investment is True
    assert contract.fixed_assets == [{"item": "运动地板", "quantity": "8", "amount": "400000.00"}]
    assert contract.disposal_method == "free_transfer"
    assert [clause.code for clause in selectors.clauses_of(contract)] == ClauseCode.values
    assert [gate.code for gate in selectors.gates_of(contract)] == GateCode.values
    assert contract.bans_seal is None
    assert contract.unit_2 == town.xian


def test_nothing_goes_further_while_the_overall_plan_is_halted(town, overall):
    waiting, ready = builders.approved_plan(town), builders.ready(town)
    change = {
        "proposal": overall,
        "reason": "消防检查发现隐患。",
        "by": town["asset.head"],
        "at": NOW,
    }
    standing.halt_plan(version=overall.version, **change)

    assert "中止实施" in refusal(builders.drafted, town, plan=waiting)
    assert "中止实施" in refusal(builders.sign, town, ready)

    overall.refresh_from_db()
    standing.take_up_plan(version=overall.version, **change)
    assert builders.sign(town, builders.fresh(ready)).state == ContractState.SIGNED


def test_a_plan_has_one_contract_until_that_is_void(town):
    contract = builders.drafted(town)
    again = {"proposal": contract.proposal, "title": "又一份", "by": town["venue.staff"], "at": NOW}

    assert "已有一份合同" in refusal(services.draft_contract, **again)

    services.void_contract(
        contract=contract, reason="合作方退出", version=contract.version,
        by=town["venue.manager"], at=NOW,
    )  # fmt: skip
    assert services.draft_contract(**again).number == "HT-2026-0002"


def test_a_plan_not_approved_or_lapsed_carries_no_contract(town):
    plan = builders.approved_plan(town)
    fields = {"proposal": plan, "title": "合同", "by": town["venue.staff"]}

    later = moment("2027-11-11 09:00")
    assert "逾期失效" in refusal(services.draft_contract, **fields, at=later)
    Proposal.objects.filter(pk=plan.pk).update(stage="replying", decided_at=None)
    assert "尚未批准" in refusal(services.draft_contract, **fields, at=NOW)


def test_an_overall_plan_carries_no_contract(town):
    overall = Proposal.objects.get(kind="overall_plan")

    text = refusal(
        services.draft_contract, proposal=overall, title="x", by=town["venue.staff"], at=NOW
    )
    assert "总体方案不能" in text


@pytest.mark.parametrize("who", ["other.manager", "asset.officer", "away.manager", "auditor"])
def test_only_the_own_venue_drafts(town, who):
    plan = builders.approved_plan(town)

    refusal(services.draft_contract, proposal=plan, title="x", by=town[who], at=NOW, error=Refused)
    assert not Contract.objects.exists()


def test_a_renewal_follows_the_contract_before_it(town):
    first = builders.effective(town)
    plan = builders.approved_plan(town)
    Proposal.objects.filter(pk=plan.pk).update(starts_on="2029-12-01", ends_on="2032-11-30")

    second = builders.drafted(town, plan=plan)

    assert second.predecessor == first
    facts = selectors.facts_of(second, today=NOW.date())
    assert facts.joined_starts_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "合同名称"),
        ({"ends_on": date(2026, 11, 30)}, "终止日早于起始日"),
        ({"contributed_assets": [{"name": "馆", "nature": "x"}]}, "有形资产还是无形资产"),
        (
            {"contributed_assets": [{"name": "馆", "nature": "tangible"}] * 2},
            "重名",
        ),
    ],
)
def test_a_draft_that_cannot_be_kept_is_refused(town, changes, words):
    contract = builders.drafted(town)

    text = refusal(
        services.update_contract, contract=contract, entry=builders.entry(contract, **changes),
        version=contract.version, by=town["venue.staff"], at=NOW,
    )  # fmt: skip
    assert words in text


def test_writing_on_an_old_version_is_refused(town):
    contract = builders.drafted(town)
    fields = {
        "contract": contract,
        "version": contract.version,
        "by": town["venue.staff"],
        "at": NOW,
    }
    services.update_contract(entry=builders.entry(contract), **fields)

    refusal(services.update_contract, entry=builders.entry(contract), error=StaleVersion, **fields)
    refusal(services.save_clauses, clauses=builders.clauses(), error=StaleVersion, **fields)


def test_a_submitted_contract_is_not_written_any_more(town):
    contract = builders.submitted(town)

    text = refusal(
        services.save_clauses, contract=contract, clauses=builders.clauses(),
        version=contract.version, by=town["venue.staff"], at=NOW,
    )  # fmt: skip
    assert "条款核查" in text
    assert "修改" in text
