"""A signed contract is filed, its gates close, it takes effect."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from approvals.models import Proposal
from audit.models import Event
from contracts import selectors, services
from contracts.enums import ContractState, GateCode
from contracts.models import Gate
from core.errors import Refused
from documents.selectors import document_by_code
from notifications.models import Deadline
from tests.approvals.builders import moment
from tests.contracts import builders
from tests.contracts.refusing import refusal

NOW = builders.NOW


def test_signing_sets_the_filing_deadline_and_filing_ends_it(town):
    contract = builders.signed(town)
    deadline = Deadline.objects.get(kind="contracts.filing", subject_id=contract.pk)
    assert contract.filing_due_on == deadline.due_on == date(2026, 11, 30)
    assert deadline.closed_at is None

    services.file_contract(
        contract=contract, version=contract.version, by=town["asset.officer"], at=NOW
    )

    deadline.refresh_from_db()
    assert deadline.closed_at == NOW


def test_late_filing_is_recorded_not_refused(town):
    contract = builders.filed(town, at=moment("2026-12-01 09:00"))

    assert contract.state == ContractState.FILED
    assert contract.is_filed_late
    snapshot = contract.filing_form.snapshot
    assert "超过备案时限后备案" in snapshot


def test_filing_waits_for_the_signed_copy(town):
    contract = builders.sign(town, builders.ready(town))

    text = refusal(
        services.file_contract, contract=contract, version=contract.version,
        by=town["asset.officer"], at=NOW,
    )  # fmt: skip
    assert "扫描件" in text


def test_filing_issues_the_form_once_with_its_number(town):
    contract = builders.filed(town)

    form = contract.filing_form
    assert form.number == contract.filing_number
    assert form.pdf.size > 1000
    assert document_by_code(form.verify_code) == form
    text = refusal(
        services.file_contract, contract=contract, version=contract.version,
        by=town["asset.officer"], at=NOW,
    )  # fmt: skip
    assert "不能办理“备案”" in text


def test_filing_numbers_follow_each_other(town):
    builders.filed(town)
    second = builders.filed(town, "internal")

    assert second.filing_number == "ZCHT-610100-2026-0002"


def test_each_open_gate_holds_the_effect_back(town):
    contract = builders.close_gates(town, builders.filed(town))
    effect = {
        "contract": contract, "effective_on": date(2026, 11, 20), "version": contract.version,
        "by": town["asset.officer"], "at": NOW,
    }  # fmt: skip

    for code in GateCode:
        services.reopen_gate(
            contract=contract, code=code, evidence="撤回", by=town["asset.officer"], at=NOW
        )
        assert GateCode(code).keeper in refusal(services.put_into_effect, **effect)
        services.close_gate(
            contract=contract, code=code, evidence="重新满足", by=town["asset.officer"], at=NOW
        )

    assert services.put_into_effect(**effect).state == ContractState.EFFECTIVE


def test_closing_a_gate_twice_says_it_once(town):
    contract = builders.drafted(town)
    fields = {"contract": contract, "code": GateCode.DISCLOSURE, "by": town["asset.officer"]}
    services.close_gate(evidence="已公布", at=NOW, **fields)
    events = Event.objects.count()

    services.close_gate(evidence="已公布", at=NOW + timedelta(hours=1), **fields)

    assert Event.objects.count() == events
    assert Gate.objects.get(contract=contract, code=GateCode.DISCLOSURE).closed_at == NOW


def test_a_contract_in_effect_keeps_its_gates(town):
    contract = builders.effective(town)

    services.reopen_gate(
        contract=contract, code=GateCode.DISCLOSURE, evidence="下线", by=town["asset.officer"],
        at=NOW,
    )  # fmt: skip

    assert selectors.open_gates(contract) == []


def test_a_closed_gate_has_its_closer_in_the_database(town):
    gate = builders.drafted(town).gates.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Gate.objects.filter(pk=gate.pk).update(is_open=False)


def test_the_safety_officer_is_named_by_the_own_venue(town):
    contract = builders.filed(town)
    fields = {"contract": contract, "duties": "巡检", "at": NOW}

    refusal(
        services.name_safety_officer, name="甲", by=town["other.manager"], error=Refused, **fields
    )
    assert "姓名" in refusal(
        services.name_safety_officer, name=" ", by=town["venue.staff"], **fields
    )
    services.name_safety_officer(name="陈晨", by=town["venue.staff"], **fields)
    assert [gate.code for gate in selectors.open_gates(contract)] == [
        GateCode.EVALUATION_PLAN, GateCode.DISCLOSURE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 11, 15), "早于签订日"), (date(2026, 11, 21), "还没有到")],
)
def test_the_effective_day_lies_between_signing_and_today(town, day, words):
    contract = builders.close_gates(town, builders.filed(town))

    text = refusal(
        services.put_into_effect, contract=contract, effective_on=day, version=contract.version,
        by=town["asset.officer"], at=NOW,
    )  # fmt: skip
    assert words in text


def test_effect_sets_six_alerts_for_venue_and_department(town):
    contract = builders.effective(town)

    deadline = Deadline.objects.get(kind="contracts.expiry", subject_id=contract.pk)
    assert deadline.due_on == date(2029, 11, 30)
    alerts = list(deadline.alerts.order_by("fire_on").values_list("fire_on", "label"))
    assert [(deadline.due_on - day).days for day, _ in alerts] == [180, 90, 60, 30, 7, 1]
    assert alerts[0][1] == "合同还有 180 天到期"
    audiences = deadline.audiences.order_by("permission").values_list("permission", "venue_id")
    assert list(audiences) == [("contract.file", None), ("contract.write", contract.venue_id)]


def test_alerts_already_past_are_not_set(town):
    plan = builders.approved_plan(town)
    Proposal.objects.filter(pk=plan.pk).update(ends_on="2026-12-31")
    contract = builders.effective(town, plan=plan)

    deadline = Deadline.objects.get(kind="contracts.expiry", subject_id=contract.pk)
    days = [(deadline.due_on - alert.fire_on).days for alert in deadline.alerts.all()]
    assert sorted(days) == [1, 7, 30]
