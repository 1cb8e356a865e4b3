"""Who made, approved or signed a cooperation does not evaluate it; the union above does, if need be."""

import pytest

from accounts.roles import Role
from approvals.enums import Duty
from approvals.models import Involvement
from core.errors import Refused
from core.work import gather
from evaluations import selectors
from evaluations.models import Evaluation
from evaluations.rules import default_plan
from notifications.models import OutboxItem
from supervision import selectors as orders
from supervision import services as supervision
from supervision.models import Rectification
from tests.approvals.builders import appoint, moment
from tests.contracts import builders as papers
from tests.evaluations import builders

LATER = moment("2027-12-10 10:00")
DAY = LATER.date()


@pytest.fixture
def checked(town) -> Evaluation:
    """The first stage of a contract whose clauses asset.officer checked, its year over."""
    contract = papers.checked(town)
    rows = default_plan(contract.starts_on, contract.ends_on)
    return builders.planned(town, contract=contract, rows=rows)


@pytest.fixture
def province_head(town):
    town.people["province.head"] = appoint(
        "province.head", "省部长", Role.ASSET_HEAD, town.province, department_kind="asset"
    )
    return "province.head"


def acts_of(user) -> list[str]:
    return [item.act for item in gather(selectors.work_of(user, today=DAY))]


def score(town, evaluation: Evaluation, who: str, **changes) -> Evaluation:
    return builders.score(town, evaluation, by=town[who], at=LATER, **changes)


def confirm(town, evaluation: Evaluation, who: str) -> Evaluation:
    return builders.confirm(town, evaluation, by=town[who], at=LATER)


def test_who_checked_the_clauses_does_not_score_and_is_told_who_does(town, checked):
    with pytest.raises(Refused) as refusal:
        score(town, checked, "asset.officer")

    assert str(refusal.value) == (
        "您在本合作项目中办理过“合同条款核查”（审批），起草、审批、签约、评价须由不同的人办理。"
        "请由吴部长（资产监管部部长）办理。"
    )
    assert Evaluation.objects.get(pk=checked.pk).total is None
    assert "阶段评价打分" not in acts_of(town["asset.officer"])
    assert "阶段评价打分" in acts_of(town["asset.head"])


def test_who_had_no_part_scores(town, checked):
    """The twin: the same officer's colleague."""
    scored = score(town, checked, "asset.head")

    assert scored.scored_by == town["asset.head"]
    duty = Involvement.objects.get(cooperation=checked.cooperation, person=town["asset.head"])
    assert (duty.duty, duty.act) == (Duty.EVALUATOR, "评价打分")


def test_a_small_unions_confirmation_comes_up(town, checked, province_head, log_in):
    """The city has one officer who checked and one head who scored: the province confirms."""
    scored = score(town, checked, "asset.head")

    with pytest.raises(Refused, match="上提一级，由陕西省总工会省部长（资产监管部部长）办理。"):
        confirm(town, scored, "asset.head")
    told = OutboxItem.objects.filter(title__startswith="评价待确认", channel="inapp")
    assert [one.recipient.username for one in told] == [province_head]
    assert "阶段评价确认" in acts_of(town[province_head])
    page = log_in(town[province_head]).get(f"/evaluations/{scored.pk}/").content.decode()
    assert "确认为" in page
    assert confirm(town, scored, province_head).confirmed_by == town[province_head]


def test_the_province_does_not_confirm_while_the_city_can(town, checked, province_head):
    town.people["asset.second"] = appoint(
        "asset.second", "副部长", Role.ASSET_HEAD, town.xian, department_kind="asset"
    )
    scored = score(town, checked, "asset.head")

    with pytest.raises(Refused, match="应由西安市总工会的对应岗位办理"):
        confirm(town, scored, province_head)
    assert "阶段评价确认" not in acts_of(town[province_head])
    assert "阶段评价确认" in acts_of(town["asset.second"])
    assert confirm(town, scored, "asset.second").confirmed_by == town["asset.second"]


def test_nobody_anywhere_is_said(town, checked):
    scored = score(town, checked, "asset.head")

    with pytest.raises(Refused, match="西安市总工会和上级工会都没有其他可以办理的在岗人员"):
        confirm(town, scored, "asset.head")


def test_the_page_tells_the_checker_why_not(town, log_in):
    contract = papers.checked(town)
    evaluation = builders.planned(
        town, contract=contract, rows=default_plan(contract.starts_on, contract.ends_on)
    )
    Evaluation.objects.filter(pk=evaluation.pk).update(
        period_from="2026-01-01", period_to="2026-11-19", due_on="2026-12-31"
    )  # over on the day of these tests

    client = log_in(town["asset.officer"])
    page = client.get(f"/evaluations/{evaluation.pk}/").content.decode()
    form = client.get(f"/evaluations/{evaluation.pk}/score/").content.decode()
    assert ("不能由您打分" in form, "请由吴部长" in form) == (True, True)
    free = log_in(town["asset.head"]).get(f"/evaluations/{evaluation.pk}/").content.decode()

    assert ("请由吴部长（资产监管部部长）办理。" in page, f"/{evaluation.pk}/score/" in page) == (
        True,
        False,
    )
    assert ("请由吴部长" in free, f"/{evaluation.pk}/score/" in free) == (False, True)


def test_a_rectification_is_verified_by_no_approver(town, checked, province_head):
    scored = score(
        town, checked, "asset.head", answers=builders.INDEX_56, actuals=builders.FULL_ACTUALS,
        problems="职工满意度低。", requirements="三十日内恢复晚间开放并复测满意度。",
    )  # fmt: skip
    confirm(town, scored, province_head)
    order = supervision.report_rectification(
        rectification=Rectification.objects.get(), report="已恢复晚间开放并重新调查满意度。",
        version=1, by=town["venue.manager"], at=LATER,
    )  # fmt: skip
    verdict = {"has_passed": True, "note": "复测满意度指数 83，核对属实。", "at": LATER}

    with pytest.raises(Refused, match=r"合同条款核查.*请由吴部长（资产监管部部长）办理。"):
        supervision.review_rectification(
            rectification=order, version=order.version, by=town["asset.officer"], **verdict
        )
    officer = gather(orders.work_of(town["asset.officer"], today=DAY))
    head = gather(orders.work_of(town["asset.head"], today=DAY))
    assert (len(officer), len(head)) == (0, 1)
    done = supervision.review_rectification(
        rectification=order, version=order.version, by=town["asset.head"], **verdict
    )
    assert done.reviewed_by == town["asset.head"]
