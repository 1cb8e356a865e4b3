"""第十八条: what of a plan the screen reads, and the signs that other sections answer."""

from dataclasses import replace

import pytest

from approvals.rules.facts import PlanFacts
from approvals.rules.screening import lease_screen, texts_of
from tests.approvals.builders import TODAY

NONE = {"model_workers": "无", "workers_in_need": "没有优惠", "members": "不设优惠"}
PLAN = PlanFacts(today=TODAY, kind="operation_plan", mode="external")


def signs(facts: PlanFacts) -> list[str]:
    return [hit.indicator.code for hit in lease_screen(facts).hits]


def answered(**sections: dict) -> PlanFacts:
    return replace(PLAN, sections=sections)


@pytest.mark.parametrize(
    ("share", "discounts", "found"),
    [
        ("0", NONE, ["DL-07"]),
        ("0.00", NONE, ["DL-07"]),
        ("1", NONE, []),  # some welfare
        ("0", NONE | {"members": "会员八折"}, []),  # some discount
        ("", NONE, []),  # not answered yet
        ("0", NONE | {"members": ""}, []),
    ],
)
def test_neither_welfare_nor_discount_is_a_sign(share, discounts, found):
    facts = answered(four_properties={"welfare_share": share}, discounts=discounts)

    assert signs(facts) == found
    assert lease_screen(facts).score == (15 if found else 0)


def test_a_business_outside_the_venues_own_is_a_hard_sign():
    result = lease_screen(replace(PLAN, is_core_business=False))

    assert [(hit.indicator.code, hit.indicator.is_hard) for hit in result.hits] == [("DL-09", True)]
    assert result.verdict == "suspect"


@pytest.mark.parametrize(
    ("constraint", "leaving", "found"),
    [
        ("违约按次扣减分成。", "提前三个月通知。", ["DL-12"]),
        ("违约按次扣减分成。", "阶段评价不合格的终止合作。", []),
        ("满意度低于八十分的限期整改。", "提前三个月通知。", []),
        ("违约按次扣减分成。", "", []),  # not answered yet
    ],
)
def test_no_exit_tied_to_quality_is_a_sign(constraint, leaving, found):
    facts = answered(contract_elements={"constraint": constraint, "exit": leaving})

    assert signs(facts) == found
    assert lease_screen(facts).score == (15 if found else 0)


@pytest.mark.parametrize(
    ("title", "sections"),
    [
        ("羽毛球馆承包方案", {}),
        ("方案", {"overview": {"content": "羽毛球馆承包给合作方。"}}),
        ("方案", {"partner": {"visitors": "冯岚、承包人"}}),
        ("方案", {"roadmap": {"milestones": [{"name": "签约"}, {"deliverable": "承包合同"}]}}),
        ("方案", {"contract_elements": {"fixed_assets": [{"item": "承包经营权", "amount": "1"}]}}),
    ],
    ids=["title", "long", "text", "row", "row_beside_figures"],
)
def test_the_screen_reads_every_text_of_a_plan(title, sections):
    texts = texts_of("operation_plan", "external", title, sections)

    assert signs(replace(PLAN, texts=texts)) == ["DL-06"]


def test_what_is_not_asked_of_this_way_is_not_read():
    sections = {"contract_elements": {"exit": "承包到期退出。"}}

    assert (
        signs(replace(PLAN, texts=texts_of("operation_plan", "internal", "方案", sections))) == []
    )
