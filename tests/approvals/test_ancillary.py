"""第十八条「确需提供少量配套性质的准商业服务的，应当按照配套性要求限制经营内容」."""

from datetime import date
from decimal import Decimal

import pytest

from approvals.rules.ancillary import ancillary_kept_small
from approvals.rules.facts import PlanFacts
from approvals.rules.fields import section_spec, unanswered
from approvals.selectors.facts import missing_of
from contracts.rules.content import notes
from contracts.selectors import facts_of
from organizations.models import Parameter
from tests.approvals import builders
from tests.approvals.builders import TODAY, fresh
from tests.approvals.excepting import ANCILLARY, break_rule, granted
from tests.approvals.test_replies import text_of
from tests.contracts import builders as contracts

SNACKS = {"service": "饮品零食", "items": "自动售货机", "area": "100"}


def offered(*rows: dict, **changes) -> PlanFacts:
    facts = {
        "today": TODAY, "kind": "operation_plan", "mode": "external",
        "sections": {"negative_list": ANCILLARY | {"ancillary_services": list(rows)}},
        "venue_area": Decimal(1000), "ancillary_kinds": ("饮品零食", "文印"),
        "ancillary_area_cap": Decimal(10),
    }  # fmt: skip
    return PlanFacts(**facts | changes)


def said(facts: PlanFacts) -> str:
    found = list(ancillary_kept_small(facts))
    assert {one.code for one in found} <= {"18-6"}
    return "".join(one.text for one in found)


def test_ten_per_cent_is_within_and_one_metre_more_is_not():
    assert said(offered(SNACKS)) == ""
    over = said(
        offered(SNACKS | {"area": "60"}, {"service": "文印", "items": "打印", "area": "41"})
    )
    assert "共 101 ㎡，超过阵地建筑面积 1000 ㎡ 的 10%" in over


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (SNACKS | {"service": "影院"}, "“影院”不在许可类别之内（饮品零食、文印）"),
        (SNACKS | {"service": ""}, "“未写类别”不在许可类别之内"),
        (SNACKS | {"items": " "}, "没有写明具体商品和服务"),
        (SNACKS | {"area": ""}, "没有写明面积"),
    ],
)
def test_what_is_outside_the_list_is_refused(row, words):
    assert words in said(offered(row))


def test_without_the_area_of_the_venue_nothing_is_held_against_it():
    assert "没有登记建筑面积" in said(offered(SNACKS, venue_area=None))


def test_no_exception_opens_18_6():
    """The door of 18-5 leads to what 18-6 allows; 18-6 itself has none."""
    facts = offered(SNACKS | {"service": "影院"}, active_exceptions=frozenset({"18-5", "18-6"}))

    assert "不在许可类别之内" in said(facts)


def test_who_offers_none_is_asked_nothing():
    spec = section_spec("negative_list")
    of_18_6 = {one.name for one in spec.fields if one.rule == "18-6"}
    asked = {one.name for one in unanswered(spec, "operation_plan", "external", {})}
    assert not of_18_6 & asked
    yes = {"unrelated_business": "yes"}
    assert of_18_6 <= {one.name for one in unanswered(spec, "operation_plan", "external", yes)}
    none = offered(SNACKS | {"service": "影院"}, sections={"negative_list": {}})
    assert said(none) == ""


def codes(proposal) -> set[str]:
    return {one.code for one in missing_of(fresh(proposal), today=TODAY)} & {"18-5", "18-6"}


def test_an_exception_alone_is_not_enough(world, overall, complete_draft):
    plan = break_rule(world, complete_draft, "18-5")
    assert codes(plan) == {"18-5"}
    granted(world, plan, "18-5")
    assert codes(plan) == set()

    builders.change(world, fresh(plan), "negative_list", ancillary_services=[
        {"service": "影院", "items": "商业放映", "area": "60"}
    ])  # fmt: skip

    assert codes(plan) == {"18-6"}


def test_the_union_sets_kinds_and_cap(world, overall, complete_draft):
    plan = break_rule(world, complete_draft, "18-5")
    for code, value in (("ancillary_kinds", "文印、停车"), ("ancillary_area_cap", "5")):
        Parameter.objects.create(
            union=world.xian, code=code, value=value, valid_from=date(2026, 1, 1)
        )

    texts = [one.text for one in missing_of(plan, today=TODAY) if one.code == "18-6"]

    assert sum("不在许可类别之内（文印、停车）" in text for text in texts) == 2
    assert any("90 ㎡" in text and "5%" in text for text in texts)


def test_the_list_is_on_page_and_papers(world, overall, complete_draft, log_in):
    plan = break_rule(world, complete_draft, "18-5")
    granted(world, plan, "18-5")
    plan = builders.decide(world, fresh(plan), at="2026-10-27 17:00")
    builders.submit(world, plan)
    client = log_in(world["auditor"])

    page = client.get(f"/proposals/{plan.pk}/review/").content.decode()
    paper = text_of(client.get(f"/proposals/{plan.pk}/approval-form.pdf").content)

    assert "自动售货机两台" in page
    assert "便民餐饮（简餐、盒饭），60㎡" in paper


def test_the_contract_says_what_it_may_sell(world, overall, complete_draft):
    plan = break_rule(world, complete_draft, "18-5")
    granted(world, plan, "18-5")
    plan = builders.decide(world, fresh(plan), at="2026-10-27 17:00")

    contract = contracts.drafted(world, plan=contracts.approve(world, plan))
    words = [one.text for one in notes(facts_of(contract, today=TODAY)) if one.code == "18-6"]
    assert len(words) == 2
    assert "便民餐饮（简餐、盒饭），60 ㎡" in words[0]


def test_a_plan_without_any_shows_no_empty_list(world, submitted, log_in):
    page = log_in(world["auditor"]).get(f"/proposals/{submitted.pk}/review/").content.decode()

    assert "配套清单" not in page
