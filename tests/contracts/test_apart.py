"""起草、审批、签约 are different people's: refused by name, moved up, held by the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Post
from accounts.roles import Role
from approvals.enums import Duty
from approvals.models import Involvement
from contracts import selectors, services
from contracts.enums import ClauseCode, ContractState
from contracts.models import Contract
from core.errors import Refused
from core.work import gather
from notifications.models import OutboxItem
from tests.approvals.builders import TODAY, appoint, moment
from tests.contracts import builders

NOW = builders.NOW


def duties(contract: Contract) -> dict[str, tuple[str, str]]:
    rows = Involvement.objects.filter(cooperation=contract.cooperation).select_related("person")
    return {one.person.username: (one.duty, one.act) for one in rows}


def acts_of(user) -> list[str]:
    return [item.act for item in gather(selectors.work_of(user, today=TODAY))]


def review(contract: Contract, by) -> Contract:
    return services.review_legally(
        contract=contract, opinion="条款合法有效，权利义务明确，可以签订。", is_cleared=True,
        version=contract.version, by=by, at=NOW,
    )  # fmt: skip


@pytest.fixture
def second_head(town):
    """Another head of the venue, who drafted nothing."""
    town.people["venue.second"] = appoint(
        "venue.second", "副馆长", Role.VENUE_MANAGER, town.xian, venue_id=town.venue.pk
    )
    return town["venue.second"]


def drafted_by_the_head(town) -> Contract:
    """The head of the venue drew the contract up; the rest went its way."""
    plan = builders.approved_plan(town)
    contract = services.draft_contract(
        proposal=plan, title="职工羽毛球馆合作合同", by=town["venue.manager"],
        at=moment("2026-11-11 09:00"),
    )  # fmt: skip
    deed = {"by": town["venue.staff"], "at": moment("2026-11-11 10:00")}
    contract = builders.fresh(contract)
    services.update_contract(
        contract=contract, entry=builders.entry(contract), version=contract.version, **deed
    )
    contract = builders.fresh(contract)
    services.save_clauses(
        contract=contract, clauses=builders.clauses(), version=contract.version, **deed
    )
    services.record_valuation(contract=builders.fresh(contract), entry=builders.valuation(), **deed)
    contract = builders.fresh(contract)
    services.submit_for_check(contract=contract, version=contract.version, **deed)
    contract = builders.fresh(contract)
    services.check_clauses(
        contract=contract, verdicts=dict.fromkeys(ClauseCode.values, (True, "")), is_cleared=True,
        note="条款齐全。", version=contract.version, by=town["asset.officer"], at=NOW,
    )  # fmt: skip
    review(builders.fresh(contract), town["counsel"])
    return builders.fresh(contract)


def test_every_act_says_whose_duty_it_is(town):
    contract = builders.effective(town)

    assert duties(contract) == {
        "venue.staff": (Duty.DRAFTER, "起草方案"),
        "asset.officer": (Duty.APPROVER, "合同条款核查"),
        "counsel": (Duty.APPROVER, "合同法律审核"),
        "venue.manager": (Duty.SIGNER, "签订合同"),
    }


def test_who_drew_the_contract_up_does_not_sign_it(town):
    contract = drafted_by_the_head(town)

    with pytest.raises(Refused) as refusal:
        builders.sign(town, contract)

    assert "“起草合同”（起草）" in str(refusal.value)
    assert "请西安市总工会在本阵地另行安排负责人岗位" in str(refusal.value)
    assert builders.fresh(contract).state == ContractState.READY
    assert "签订合同" not in acts_of(town["venue.manager"])


def test_another_head_is_named_and_signs(town, second_head, log_in):
    contract = drafted_by_the_head(town)

    page = log_in(town["venue.manager"]).get(f"/contracts/{contract.pk}/sign/").content.decode()
    assert "请由副馆长登记签订。" in page
    assert "签订合同" in acts_of(town["venue.second"])
    signed = builders.sign(town, contract, by=town["venue.second"])
    assert signed.state == ContractState.SIGNED
    assert duties(signed)["venue.second"] == (Duty.SIGNER, "签订合同")


def test_a_head_who_only_submitted_the_plan_signs(town):
    """Submitting is no approval: the twin of the drafter who does not sign."""
    signed = builders.signed(town)

    assert signed.proposal.submitted_by == signed.signed_by == town["venue.manager"]


def test_who_drew_up_does_not_check_though_they_hold_a_post_at_the_union(town):
    """One person with two posts: drew the plan up at the venue, sits in the asset department."""
    contract = builders.submitted(town)
    Post.objects.create(
        user=town["venue.staff"], role=Role.ASSET_OFFICER, union=town.xian, title="兼职审核员",
        department_kind="asset", valid_from=date(2020, 1, 1),
    )  # fmt: skip

    with pytest.raises(Refused) as refusal:
        services.check_clauses(
            contract=contract, verdicts={}, is_cleared=False, note="请补充退出条件的约定。",
            version=contract.version, by=town["venue.staff"], at=NOW,
        )  # fmt: skip

    assert "请由吴部长（资产监管部部长）、周宁（资产监管部经办人）办理。" in str(refusal.value)


def test_where_nobody_else_reviews_it_comes_up_to_the_union_above(town, log_in):
    """The city has one counsel, who checked the clauses with a second post."""
    town.people["province.counsel"] = appoint(
        "province.counsel", "省法务", Role.COUNSEL, town.province
    )
    Post.objects.create(
        user=town["counsel"], role=Role.ASSET_OFFICER, union=town.xian, title="兼职审核员",
        department_kind="asset", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    contract = builders.submitted(town)
    services.check_clauses(
        contract=contract, verdicts=dict.fromkeys(ClauseCode.values, (True, "")), is_cleared=True,
        note="条款齐全。", version=contract.version, by=town["counsel"], at=NOW,
    )  # fmt: skip
    contract = builders.fresh(contract)

    with pytest.raises(Refused) as refusal:
        review(contract, town["counsel"])
    assert "上提一级，由陕西省总工会省法务（法律顾问）办理。" in str(refusal.value)
    told = OutboxItem.objects.filter(title="待办：合同法律审核", channel="inapp")
    assert [one.recipient.username for one in told] == ["province.counsel"]
    assert acts_of(town["province.counsel"]) == ["合同法律审核"]
    page = log_in(town["province.counsel"]).get(f"/contracts/{contract.pk}/legal/")
    assert page.status_code == 200
    review(contract, town["province.counsel"])
    assert builders.fresh(contract).legal_by == town["province.counsel"]


def test_the_union_above_waits_while_somebody_below_may(town, log_in):
    """The twin: a free counsel in the city, and the province has nothing to do with it."""
    town.people["province.counsel"] = appoint(
        "province.counsel", "省法务", Role.COUNSEL, town.province
    )
    contract = builders.checked(town)

    with pytest.raises(Refused, match="应由西安市总工会的对应岗位办理"):
        review(contract, town["province.counsel"])
    assert acts_of(town["province.counsel"]) == []
    assert acts_of(town["counsel"]) == ["合同法律审核"]
    page = log_in(town["province.counsel"]).get(f"/contracts/{contract.pk}/legal/")
    assert page.status_code == 403


PAIRS = [("checked_by", "drafted_by"), ("legal_by", "checked_by"), ("signed_by", "drafted_by"),
         ("signed_by", "checked_by"), ("signed_by", "legal_by"), ("legal_by", "drafted_by")]  # fmt: skip


@pytest.mark.parametrize(("later", "earlier"), PAIRS)
def test_the_database_holds_the_contract_apart(town, later, earlier):
    contract = builders.signed(town)
    rows = Contract.objects.filter(pk=contract.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**{later: getattr(contract, earlier)})
    assert rows.update(**{later: town["leader"]}) == 1  # the twin: somebody else


def test_the_database_holds_one_duty_for_each(town):
    contract = builders.signed(town)
    row = {"cooperation": contract.cooperation, "duty": Duty.EVALUATOR, "act": "评价", "since": NOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        Involvement.objects.create(person=town["asset.officer"], **row)
    assert Involvement.objects.create(person=town["asset.head"], **row).pk
