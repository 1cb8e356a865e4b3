"""Files, voiding, and who a contract waits for."""

from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from contracts import selectors, services
from contracts.enums import Action, ContractState
from contracts.models import Clause, Contract
from core.work import gather
from tests.contracts import builders
from tests.contracts.refusing import refusal

NOW = builders.NOW


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
