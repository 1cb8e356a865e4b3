"""The clauses are checked by the department and cleared by counsel."""

import pytest

from contracts import services
from contracts.enums import ClauseCode, ContractState
from contracts.models import Contract
from core.errors import ActionBlocked, Refused
from notifications.models import OutboxItem
from tests.contracts import builders
from tests.contracts.refusing import codes_of, refusal

NOW = builders.NOW


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
