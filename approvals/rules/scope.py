"""The scope an overall plan sets, and the venue that is not handed over whole. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from approvals.enums import PlanKind, Stage
from approvals.rules.facts import OverallFact, PlanFacts
from approvals.rules.findings import Finding
from approvals.rules.term import TermVerdict, judge_term
from partners.enums import SubjectKind


def area_of(answer: str) -> Decimal:
    """A kept area in square metres; nothing answered is nothing given away."""
    return Decimal(answer) if answer.isdecimal() else Decimal(0)


NO_OVERALL = "本阵地没有已批准实施的总体方案，须先报批总体方案。"
NOT_IN_FORCE = {
    Stage.HALTED: "本阵地的总体方案已被主管工会中止实施，恢复实施之后才能报批具体运作方案。",
    Stage.ENDED: "本阵地的总体方案已经终止实施，须先报批新的总体方案。",
}
REPLACED_IS_OVER = "所变更的总体方案已不在实施中，不能再变更；请放弃本稿，另行起草总体方案。"


def overall_plan_stands(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（三）：there is an overall plan in force, neither halted nor ended."""
    if not facts.is_operation or (facts.overall and facts.overall.is_in_force):
        return
    text = NOT_IN_FORCE.get(facts.overall.stage, NO_OVERALL) if facts.overall else NO_OVERALL
    yield Finding(text, "13-3-2", "overall_plan")


def replaced_plan_stands(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（三）：an amendment changes a plan that is still in force, or only halted."""
    if facts.replaced_stage is not None and facts.replaced_stage not in Stage.STANDING:
        yield Finding(REPLACED_IS_OVER, "13-3-2")


def under_overall_plan(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（三）：an operation plan stands under an overall plan in force, inside its scope."""
    yield from overall_plan_stands(facts)
    yield from within_overall_plan(facts)


def within_overall_plan(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（三）：an operation plan keeps to the ways, term, space and partners of that plan."""
    if not facts.is_operation or facts.overall is None or not facts.overall.is_in_force:
        return
    if facts.overall.modes and facts.mode not in facts.overall.modes:
        text = "合作方式不在总体方案确定的范围内，须先变更总体方案。"
        yield Finding(text, "13-3-2", "overview")
    yield from _term_in_scope(facts, facts.overall)
    yield from _space_in_scope(facts, facts.overall)
    yield from _partner_in_scope(facts, facts.overall)


def _term_in_scope(facts: PlanFacts, overall: OverallFact) -> Iterator[Finding]:
    limit = overall.max_term_years
    has_exception = "13-4-4" in facts.active_exceptions
    if not limit or not facts.starts_on or not facts.ends_on or has_exception:
        return
    if judge_term(facts.starts_on, facts.ends_on, max_years=limit) is TermVerdict.OVER:
        text = f"合作期限超过总体方案确定的最长 {limit} 年。"
        yield Finding(text, "13-3-2", "overview", "ends_on")


def _space_in_scope(facts: PlanFacts, overall: OverallFact) -> Iterator[Finding]:
    area = area_of(facts.answer("overview", "area"))
    if overall.max_area is None or overall.used_area + area <= overall.max_area:
        return
    others = f"，连同其他方案已用 {overall.used_area} ㎡，" if overall.used_area else ""
    text = f"合作面积 {area} ㎡{others}超过总体方案确定的 {overall.max_area} ㎡。"
    yield Finding(text, "13-3-2", "overview", "area")


def _partner_in_scope(facts: PlanFacts, overall: OverallFact) -> Iterator[Finding]:
    kind = facts.partner_kind
    if kind and overall.partner_kinds and kind not in overall.partner_kinds:
        text = f"合作方是{SubjectKind(kind).label}，不在总体方案确定的合作方主体类型内。"
        yield Finding(text, "13-3-2", "partner", "partner")


def whole_venue_explained(facts: PlanFacts) -> Iterator[Finding]:
    """第十二条（二）「通过自主经营和社会化市场化运作的互补融合」：no venue is handed over whole
    without a reason given."""
    if not facts.venue_area or facts.answer("overview", "whole_reason").strip():
        return
    is_overall = facts.kind == PlanKind.OVERALL_PLAN
    name = "max_area" if is_overall else "area"
    given = area_of(facts.answer("overview", name))
    if given and given + facts.partner_area >= facts.venue_area:
        whom = "全部空间都用于合作" if is_overall else "全部空间都交给这一合作方"
        text = (
            f"项目概况：{whom}（阵地建筑面积 {facts.venue_area} ㎡），须写明理由和自营服务的安排。"
        )
        yield Finding(text, "12-2b", "overview", "whole_reason")
