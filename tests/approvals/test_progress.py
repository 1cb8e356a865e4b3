"""The four states of a section, and where a point of a return belongs."""

import pytest

from approvals.enums import SectionCode
from approvals.rules.checks import Finding
from approvals.rules.fields import SECTIONS, sections_of
from approvals.rules.progress import GROUPS, Place, SectionState, place_of, state_of

EMPTY = Finding("安全与应急：尚未填写“应急管理措施”。", "17-4", "safety", "emergency")
WRONG = Finding("路线图第 1 行的完成日期晚于合作终止日。", "17-2", "roadmap", "milestones")


@pytest.mark.parametrize(
    ("is_written", "has_open_point", "found", "expected"),
    [
        (False, False, [], SectionState.UNTOUCHED),
        (False, False, [EMPTY], SectionState.UNTOUCHED),
        (True, False, [EMPTY], SectionState.WRITING),
        (True, False, [], SectionState.DONE),
        (True, False, [WRONG], SectionState.TO_MEND),
        (True, False, [EMPTY, WRONG], SectionState.TO_MEND),
        (True, True, [], SectionState.TO_MEND),  # complete, but returned
        (True, True, [EMPTY], SectionState.TO_MEND),
    ],
)
def test_a_section_is_in_one_of_four_states(is_written, has_open_point, found, expected):
    state = state_of(
        is_written=is_written, has_open_point=has_open_point, found=found, unanswered={EMPTY}
    )

    assert state is expected


def test_the_states_are_called_as_the_design_calls_them():
    assert [state.value for state in SectionState] == ["未开始", "填写中", "需补正", "已完成"]


def test_every_section_stands_in_exactly_one_group():
    grouped = [code for _title, codes in GROUPS for code in codes]

    assert sorted(grouped) == sorted(SectionCode)
    assert len(grouped) == len(SECTIONS) == 14


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("合同要素：请补充退出条件。", Place("contract_elements")),
        ("退出机制：请写明退出条件。", Place("contract_elements", "exit")),
        ("“困难职工优惠措施”：请量化。", Place("discounts", "workers_in_need")),
        (" 四性 ： 请写明公益场次。", Place("four_properties")),
        ("合同要素:半角冒号也认。", Place("contract_elements")),
        ("请补充客流测算依据。", None),
        ("问题如下：合同要素不全。", None),
        ("合同要素请补充。", None),
        ("", None),
        ("：空。", None),
    ],
)
def test_a_point_that_names_its_place_is_found_there(text, place):
    specs = sections_of("operation_plan", "external")

    assert place_of(text, specs, kind="operation_plan", mode="external") == place


def test_a_place_the_plan_does_not_have_is_no_place():
    specs = sections_of("operation_plan", "internal")

    found = place_of("合同要素：请补充。", specs, kind="operation_plan", mode="internal")

    assert found is None
