"""第六条、第十一条: who makes which plan, and what each must say."""

from dataclasses import replace
from datetime import date

import pytest

from planning.rules import PROCEDURE, TEXTS, Content, Period, Step, reasons_against

PERIOD = {"starts_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31)}
FIRST = Step(content="摸底", criteria="台账齐全", owner="周宁", due_on=date(2026, 3, 1))
SECOND = Step(content="试点", criteria="总结通过", owner="周宁", due_on=date(2026, 9, 1))


def plan(kind: str, level: str = "city", **changes) -> Content:
    """A complete plan, but for what is changed."""
    texts = {text.name: f"{text.label}。" for text in TEXTS[kind]}
    if "regulation_basis" in texts:
        texts["regulation_basis"] = "依据省总《实施细则》第六条。"
    whole = Content(kind=kind, union_level=level, texts=texts, steps=[FIRST, SECOND], **PERIOD)
    return replace(whole, **changes)


def fields(content: Content) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in reasons_against(content)]


@pytest.mark.parametrize("kind", list(TEXTS))
def test_a_complete_plan_goes_to_the_meeting(kind):
    assert reasons_against(plan(kind)) == []


@pytest.mark.parametrize("level", ["province", "city", "county", "industry"])
def test_every_union_makes_an_implementation_plan(level):
    """「各级主管工会……制定……实施规划」."""
    assert reasons_against(plan("implementation_plan", level)) == []


@pytest.mark.parametrize(("level", "found"), [
    ("city", []), ("county", []), ("province", [("6-2", "kind")]), ("industry", [("6-2", "kind")]),
])  # fmt: skip
def test_a_local_scheme_is_made_by_a_city_or_a_county(level, found):
    assert fields(plan("local_scheme", level)) == found


@pytest.mark.parametrize("name", ["basis_economy", "basis_needs", "basis_work"])
def test_no_basis_of_the_three_is_left_out_or_copied(name):
    """「根据本地区、本行业经济和社会发展状况，结合职工群众高品质生活需要和工会工作实际」."""
    whole = plan("implementation_plan")
    assert fields(replace(whole, texts={**whole.texts, name: " "})) == [("6-1", name)]
    copied = {**whole.texts, name: whole.texts["goals"]}
    assert [code for code, _ in fields(replace(whole, texts=copied))] == ["6-1"]


def test_a_local_scheme_cites_the_regulation():
    whole = plan("local_scheme")
    silent = {**whole.texts, "regulation_basis": "依据上级文件。"}
    assert fields(replace(whole, texts=silent)) == [("6-2", "regulation_basis")]


def test_the_provincial_scheme_may_be_missing_because_it_came_later():
    """《实施方案》「随后制定印发」."""
    whole = plan("local_scheme")
    assert reasons_against(replace(whole, texts={**whole.texts, "provincial_basis": ""})) == []


@pytest.mark.parametrize(("starts", "ends", "is_free"), [
    (date(2026, 1, 1), date(2026, 12, 31), False),
    (date(2023, 1, 1), date(2026, 1, 1), False),  # shares one day
    (date(2023, 1, 1), date(2025, 12, 31), True),
    (date(2029, 1, 1), date(2030, 12, 31), True),
])  # fmt: skip
def test_plans_of_a_kind_do_not_overlap(starts, ends, is_free):
    other = Period(title="旧规划", starts_on=starts, ends_on=ends)
    found = fields(plan("implementation_plan", others=[other]))
    assert found == ([] if is_free else [("6-1", "starts_on")])


def test_a_period_is_asked_for_and_runs_forward():
    assert fields(plan("implementation_plan", ends_on=None)) == [("6-1", "starts_on")]
    backwards = plan(
        "implementation_plan", ends_on=date(2025, 1, 1), steps=[replace(FIRST, due_on=None)]
    )
    assert ("6-1", "ends_on") in fields(backwards)


def test_a_phased_plan_has_two_steps_in_order():
    """「分步骤推进」：one step is no phase; a later step is not due before an earlier one."""
    assert fields(plan("phased_work_plan", steps=[FIRST])) == [("11-1", "steps")]
    assert fields(plan("phased_work_plan", steps=[SECOND, FIRST])) == [("11-1", "steps")]
    assert fields(plan("implementation_plan", steps=[SECOND, FIRST])) == []


@pytest.mark.parametrize("name", ["content", "criteria", "owner", "due_on"])
def test_a_step_says_what_by_when_by_whom_and_how_it_is_judged(name):
    bare = replace(FIRST, **{name: None if name == "due_on" else ""})
    assert fields(plan("implementation_plan", steps=[bare])) == [("6-1", "steps")]


def test_a_step_lies_within_the_period():
    late = replace(SECOND, due_on=date(2029, 1, 1))
    assert fields(plan("phased_work_plan", steps=[FIRST, late])) == [("11-1", "steps")]


def test_the_road_waits_for_the_meeting_before_the_issue():
    assert not PROCEDURE.allows("issue", "draft")
    assert not PROCEDURE.allows("issue", "queued")
    assert PROCEDURE.turn("queued").side.label == "会议秘书"
    assert PROCEDURE.turn("decided").side.label == "分管领导"
