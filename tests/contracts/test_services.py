"""The acts on a contract: the whole road, and each refusal with its sentence."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from approvals.models import Condition, Opinion, Proposal, RuleException, Task
from approvals.services import standing
from audit.models import Event
from audit.selectors import ledger_faults
from contracts import selectors, services
from contracts.enums import Action, ClauseCode, ContractState, GateCode
from contracts.models import Clause, Contract, Gate, Valuation
from contracts.services import AssetEntry
from core.errors import ActionBlocked, DomainError, Refused, StaleVersion
from core.work import gather
from documents.selectors import document_by_code
from notifications.models import Deadline, OutboxItem
from partners.models import DueDiligenceItem
from tests.approvals.builders import moment
from tests.contracts import builders

NOW = builders.NOW


def refusal(act, *arguments, error=ActionBlocked, **fields) -> str:
    """What the act answers; nothing may have been written."""
    before = Event.objects.count()
    with pytest.raises(error) as caught, transaction.atomic():
        act(*arguments, **fields)
    assert Event.objects.count() == before
    assert all(
        reason.text.endswith(("。", "：", "件")) or reason.code for reason in caught.value.reasons
    )
    return " ".join(reason.text for reason in caught.value.reasons)


def codes_of(error: DomainError) -> list[str]:
    return [reason.code for reason in error.reasons]


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


def test_submitting_gives_every_reason(town):
    contract = builders.drafted(town)

    with pytest.raises(ActionBlocked) as caught:
        services.submit_for_check(
            contract=contract, version=contract.version, by=town["venue.staff"], at=NOW
        )

    codes = codes_of(caught.value)
    assert codes.count("13-4-2") == 9
    assert codes.count("13-4-3") == 1
    assert codes.count("18-8") == 5
    assert {"18-2", "13-4-1"} <= set(codes)
    assert len(codes) == 17


def test_submitting_tells_the_asset_department(town):
    builders.submitted(town)

    told = OutboxItem.objects.filter(title="待办：合同条款核查").order_by("recipient__username")
    assert [item.recipient.username for item in told] == ["asset.head", "asset.officer"]


def test_a_changed_clause_is_checked_anew(town):
    contract = builders.submitted(town)
    services.check_clauses(
        contract=contract, verdicts={"exit": (False, "退出条件不清"), "term": (True, "")},
        is_cleared=False, note="退出条款须写明清退时限。", version=contract.version,
        by=town["asset.officer"], at=NOW,
    )  # fmt: skip
    contract = builders.fresh(contract)
    assert contract.state == ContractState.DRAFT
    assert contract.check_note == "退出条款须写明清退时限。"

    services.save_clauses(
        contract=contract,
        clauses=builders.clauses(exit={"quotation": "两次整改不到位的，甲方书面通知后三十日内清退。"}),
        version=contract.version, by=town["venue.staff"], at=NOW,
    )  # fmt: skip

    verdicts = dict(contract.clauses.order_by("pk").values_list("code", "reviewer_ok"))
    assert verdicts["exit"] is None
    assert verdicts["term"] is True


def test_clauses_are_passed_only_when_each_is_good(town):
    contract = builders.submitted(town)
    verdicts = dict.fromkeys(ClauseCode.values, (True, ""))
    fields = {
        "contract": contract, "is_cleared": True, "note": "", "version": contract.version,
        "by": town["asset.officer"], "at": NOW,
    }  # fmt: skip

    text = refusal(services.check_clauses, verdicts=verdicts | {"exit": (False, "不清")}, **fields)
    assert "“退出机制”核查不符合" in text
    del verdicts["term"]
    assert "“合作期限”尚未核查" in refusal(services.check_clauses, verdicts=verdicts, **fields)


def test_returning_needs_words(town):
    contract = builders.submitted(town)

    text = refusal(
        services.check_clauses, contract=contract, verdicts={}, is_cleared=False, note="改",
        version=contract.version, by=town["asset.officer"], at=NOW,
    )  # fmt: skip
    assert "至少 10 个字" in text


@pytest.mark.parametrize("who", ["province.asset", "baoji.officer", "county.officer", "counsel"])
def test_clauses_are_checked_at_the_supervising_union_only(town, who):
    contract = builders.submitted(town)

    refusal(
        services.check_clauses, contract=contract, verdicts={}, is_cleared=True, note="",
        version=contract.version, by=town[who], at=NOW, error=Refused,
    )  # fmt: skip


def test_drafter_checker_and_counsel_are_three_people(town):
    contract = builders.submitted(town)
    Contract.objects.filter(pk=contract.pk).update(drafted_by=town["asset.officer"])
    fields = {"contract": contract, "version": contract.version, "at": NOW, "error": Refused}
    text = refusal(
        services.check_clauses, verdicts={}, is_cleared=True, note="", by=town["asset.officer"],
        **fields,
    )  # fmt: skip
    assert "起草人" in text

    contract = builders.checked(town)
    Contract.objects.filter(pk=contract.pk).update(checked_by=town["counsel"])
    fields["contract"], fields["version"] = contract, contract.version
    text = refusal(
        services.review_legally, opinion="条款合法有效，可以签订合同。", is_cleared=True,
        by=town["counsel"], **fields,
    )  # fmt: skip
    assert "另一人" in text


def test_counsel_returns_with_an_opinion(town):
    contract = builders.checked(town)
    fields = {"is_cleared": False, "by": town["counsel"], "at": NOW, "version": contract.version}

    assert "至少 10 个字" in refusal(
        services.review_legally, contract=contract, opinion="不行", **fields
    )
    services.review_legally(contract=contract, opinion="违约责任条款缺失，须补充后重报。", **fields)

    contract = builders.fresh(contract)
    assert contract.state == ContractState.DRAFT
    assert contract.legal_by == town["counsel"]
    assert OutboxItem.objects.filter(title__startswith="合同已退回").exists()


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


def test_files_are_taken_in_their_time_only(town):
    contract = builders.drafted(town)
    fields = {"name": "附件.png", "by": town["venue.staff"], "at": NOW}

    services.add_file(contract=contract, kind="annex", upload=builders.picture(), **fields)
    assert [f.name for f in selectors.files_of(contract)["annex"]] == ["附件.png"]
    text = refusal(
        services.add_file, contract=contract, kind="signed", upload=builders.picture(), **fields
    )
    assert "登记签订之后" in text
    submitted = builders.submitted(town, "internal")
    text = refusal(
        services.add_file, contract=submitted, kind="annex", upload=builders.picture(), **fields
    )
    assert "已提交核查" in text


def test_a_file_that_is_not_what_its_name_says_is_refused(town):
    contract = builders.drafted(town)

    refusal(
        services.add_file, contract=contract, kind="annex", upload=BytesIO(b"hello"),
        name="附件.pdf", by=town["venue.staff"], at=NOW,
    )  # fmt: skip
    assert selectors.files_of(contract)["annex"] == []


def test_a_signed_contract_is_not_void(town):
    contract = builders.signed(town)

    text = refusal(
        services.void_contract, contract=contract, reason="x", version=contract.version,
        by=town["venue.manager"], at=NOW,
    )  # fmt: skip
    assert Action.VOID.label in text


@pytest.mark.parametrize(
    ("state", "turns"),
    [
        (ContractState.DRAFT, {"venue.staff": "起草合同", "venue.manager": "起草合同"}),
        (
            ContractState.CLAUSE_CHECK,
            {"asset.officer": "合同条款核查", "asset.head": "合同条款核查"},
        ),
        (ContractState.LEGAL_REVIEW, {"counsel": "合同法律审核"}),
        (ContractState.READY, {"venue.manager": "签订合同"}),
        (
            ContractState.SIGNED,
            {
                "asset.officer": "合同备案", "asset.head": "合同备案",
                "venue.staff": "明确安全责任人", "venue.manager": "明确安全责任人",
            },
        ),
        (
            ContractState.FILED,
            {"venue.staff": "明确安全责任人", "venue.manager": "明确安全责任人"},
        ),
        (ContractState.EFFECTIVE, {}),
    ],
)  # fmt: skip
def test_a_contract_waits_for_whoever_has_the_turn(town, state, turns):
    builders.ROAD[state](town)

    found = {
        name: [item.act for item in gather(selectors.work_of(town[name], today=NOW.date()))]
        for name in town.people
    }
    assert {name: acts for name, acts in found.items() if acts} == {
        name: [act] for name, act in turns.items()
    }


def test_an_approved_plan_waits_for_its_contract(town):
    plan = builders.approved_plan(town)

    (item,) = gather(selectors.work_of(town["venue.staff"], today=NOW.date()))
    assert item.url == f"/contracts/new/?proposal={plan.pk}"
    assert gather(selectors.work_of(town["other.manager"], today=NOW.date())) == []


def test_all_gates_closed_wait_for_the_department(town):
    builders.close_gates(town, builders.filed(town))

    (item,) = gather(selectors.work_of(town["asset.officer"], today=NOW.date()))
    assert item.act == "确认合同生效"


def test_work_takes_one_query(town, django_assert_num_queries):
    builders.drafted(town)
    builders.approved_plan(town)
    user = town["venue.staff"]
    user.posts()

    with django_assert_num_queries(1):
        gather(selectors.work_of(user, today=NOW.date()))


def test_expiring_keeps_to_the_scope_and_the_days(town):
    contract = builders.effective(town)
    Contract.objects.filter(pk=contract.pk).update(ends_on=date(2027, 1, 19))

    for who, days, expected in (
        ("asset.officer", 180, [contract]),
        ("province.asset", 60, [contract]),
        ("asset.officer", 59, []),
        ("baoji.officer", 180, []),
    ):
        found = selectors.expiring(town[who], today=NOW.date(), days=days)
        assert list(found) == expected


def test_every_clause_of_a_contract_stands_once(town):
    contract = builders.drafted(town)

    with pytest.raises(IntegrityError), transaction.atomic():
        Clause.objects.create(contract=contract, code="exit")
