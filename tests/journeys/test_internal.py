"""对内合作 goes the same road with less to prove."""

from datetime import date

import pytest

from tests.journeys import content, reviewing, writing
from tests.journeys.road import Road

TITLE = "西安东城工人文化宫与西安职工服务中心合唱课程共享方案"
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def _write_plan(road: Road) -> None:
    staff = road.by("venue.staff").open("/proposals/").follow("起草方案")
    staff.fill({"方案类别": "对内合作", "方案名称": TITLE}).press("开始填写")
    road.facts |= {"plan": staff.path.removesuffix("edit/"), "title": TITLE}
    tasks = staff.page.locator("#sections").inner_text()
    assert "合同要素" not in tasks
    staff.lacks("资产评估", "尚未填写“合作方”")
    overview = {**content.OVERVIEW}
    del overview["国家产业政策和主导方向核对"]
    writing.write_section(road, "项目概况", overview)
    writing.write_section(road, "合作对象", content.COUNTERPART)
    writing.write_section(road, "论证", content.APPRAISAL | {"论证完成日期": FRIDAY})
    reason = "只在工会系统内共享场地和课程，不涉及资产处置。"
    writing.write_section(road, "重大事项", {"属于须报批的重大事项": "否", "认定理由": reason})
    writing.write_commitments(road)


@pytest.mark.journey
def test_an_internal_cooperation_is_accepted_without_partner_valuation_or_contract(road):
    """西安东城工人文化宫 shares its courses with 西安职工服务中心.

    1. The task list of an internal plan has no contract elements; its partner section asks
       for the other venue, what is shared and the lasting mechanism, and for no company.
    2. Guidance, lawyer, expert and the venue's decision are asked for as always.
    3. It is submitted and accepted. Nothing asked for a valuation.
    """
    _write_plan(road)
    writing.be_guided(road, FRIDAY)
    writing.hear_advice(road, FRIDAY)
    road.by("venue.manager").open(f"{road.facts['plan']}check/").lacks("资产评估", "尽职调查")
    road.move_to(MONDAY)
    writing.decide_at_venue(road, MONDAY)
    writing.submit_plan(road, MONDAY)
    reviewing.accept_plan(road, MONDAY)

    road.by("asset.officer").says("西安职工服务中心", "对内合作").lacks("尽职调查", "资产评估")
    road.assert_quiet(422)
