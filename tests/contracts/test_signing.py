"""Valuation, signature and what must stand before it."""

from datetime import date
from decimal import Decimal

import pytest

from approvals.models import Condition, Opinion, Proposal, RuleException, Task
from contracts import selectors, services
from contracts.enums import ContractState
from contracts.models import Valuation
from contracts.services import AssetEntry
from core.errors import Refused
from partners.models import DueDiligenceItem
from tests.contracts import builders
from tests.contracts.refusing import refusal

NOW = builders.NOW


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"base_date": date(2026, 10, 21), "valid_until": date(2027, 9, 1)}, "基准日晚于报告日"),
        ({"reported_on": date(2026, 11, 21)}, "报告日不能晚于今天"),
        ({"valid_until": date(2027, 10, 1)}, "2027-09-30"),
        ({"valid_until": date(2026, 10, 19)}, "有效期至"),
        ({"valuer_uscc": "91610103MA6TBQ0M55"}, "校验位"),
        ({"valuer": "陕西健行体育有限公司"}, "独立"),
        ({"appraiser": "高健"}, "法定代表人"),
        ({"assets": []}, "至少列明一项"),
        (
            {"assets": [AssetEntry(name="馆", nature="tangible", value=Decimal(-1), clause_ref="")]},
            "负数",
        ),
        (
            {"assets": [AssetEntry(name="馆", nature="", value=Decimal(1), clause_ref="")]},
            "有形资产还是无形资产",
        ),
        (
            {"assets": [AssetEntry(name="馆", nature="tangible", value=Decimal(1), clause_ref="")] * 2},
            "重名",
        ),
    ],
)  # fmt: skip
def test_a_valuation_that_cannot_stand_is_refused(town, changes, words):
    contract = builders.drafted(town)

    text = refusal(
        services.record_valuation, contract=contract, entry=builders.valuation(**changes),
        by=town["venue.staff"], at=NOW,
    )  # fmt: skip
    assert words in text
    assert not Valuation.objects.exists()


def test_a_later_valuation_stands_in_place_of_an_earlier(town):
    contract = builders.written(town)
    newer = builders.valuation(base_date=date(2026, 10, 1), report_no="二号")
    services.record_valuation(contract=contract, entry=newer, by=town["venue.staff"], at=NOW)

    assert selectors.valuation_of(contract).report_no == "二号"
    assert Valuation.objects.count() == 2


def test_internal_cooperation_records_no_valuation(town):
    contract = builders.drafted(town, "internal")

    text = refusal(
        services.record_valuation, contract=contract, entry=builders.valuation(),
        by=town["venue.staff"], at=NOW,
    )  # fmt: skip
    assert "对内合作不要求资产评估" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signed_on": date(2026, 11, 17)}, "不能晚于今天"),
        ({"signed_on": date(2026, 11, 9)}, "早于批复日"),
        ({"signed_on": date(2026, 10, 19)}, "早于阵地集体决策"),
        ({"copies": 1}, "至少签订 2 份"),
        ({"partner_signatory": ""}, "合作方签字人"),
        ({"signatory_authority": " "}, "授权文件"),
    ],
)
def test_a_signature_out_of_order_is_refused(town, changes, words):
    contract = builders.ready(town)

    assert words in refusal(builders.sign, town, contract, **changes)
    assert builders.fresh(contract).signed_on is None


def test_the_staff_does_not_sign(town):
    contract = builders.ready(town)

    refusal(builders.sign, town, contract, by=town["venue.staff"], error=Refused)


def test_an_old_credit_check_stops_the_signing(town):
    contract = builders.ready(town)
    DueDiligenceItem.objects.filter(code="10-6").update(checked_on=date(2026, 10, 16))

    assert "须重新核查" in refusal(builders.sign, town, contract)


def test_a_contract_without_valuation_is_not_signed(town):
    contract = builders.ready(town)
    contract.cooperation.valuations.get().assets.all().delete()

    assert "没有评估" in refusal(builders.sign, town, contract)


def test_an_open_condition_stops_the_signing_until_it_is_met(town):
    contract = builders.ready(town)
    plan = contract.proposal
    version = plan.versions.get()
    task = Task.objects.create(
        proposal=plan, plan_version=version, node="countersignature", department_kind="finance",
        status="cancelled", opened_at=NOW, due_on=NOW.date(),
    )  # fmt: skip
    opinion = Opinion.objects.create(
        task=task, proposal=plan, plan_version=version, outcome="conditional", text="须补充保险",
        by=town["cosign.finance"], position="财务", at=NOW, content_sha256="0" * 64,
    )  # fmt: skip
    condition = Condition.objects.create(opinion=opinion, proposal=plan, text="补充公众责任险")

    assert "补充公众责任险" in refusal(builders.sign, town, contract)
    condition.met_by, condition.met_at = town["cosign.finance"], NOW
    condition.save()
    assert builders.sign(town, contract).state == ContractState.SIGNED


def test_over_five_years_passes_with_the_exception_of_the_plan(town):
    plan = builders.approved_plan(town)
    Proposal.objects.filter(pk=plan.pk).update(ends_on="2032-11-30")
    contract = builders.written(town, plan=plan)
    submit = {"contract": contract, "version": contract.version, "by": town["venue.staff"]}

    assert "超过 5 年" in refusal(services.submit_for_check, at=NOW, **submit)

    exception = RuleException(
        proposal=plan, venue_id=plan.venue_id, number="LW-2026-0001", rule_code="13-4-4",
        state="approved", facts="x", reason="x", risk="x", mitigation="x", lawyer_opinion="x",
        valid_until=date(2027, 11, 30), drafted_by=town["venue.staff"], decided_at=NOW,
    )  # fmt: skip
    exception.place_like(plan)
    exception.save()
    services.submit_for_check(at=NOW, **submit)

    contract = builders.fresh(contract)
    printed = selectors.filing_context(contract, today=NOW.date(), filer=None)
    assert printed["exceptions"][0]["number"] == "LW-2026-0001"
    assert "经例外审批超过 5 年" in " ".join(printed["flags"])
