"""The checks a plan must pass before it is decided on and submitted. Pure.

Each check quotes its article and answers with a sentence or None. `findings` gathers
every one of them: the live list beside the draft, the check page, the service that
submits and the API all read the same list.
"""

from collections.abc import Iterator
from dataclasses import replace

from approvals.enums import CooperationMode, ExpertKind, SectionCode
from approvals.rules.ancillary import ancillary_kept_small
from approvals.rules.clearing import can_be_cleared, is_cleared
from approvals.rules.evidence import venue_record_filed
from approvals.rules.facts import DiligenceFact, PlanFacts
from approvals.rules.fields import fields_of, sections_of, unanswered
from approvals.rules.findings import Check, Finding, Severity, day_of
from approvals.rules.lease import INDICATORS, LeaseVerdict, Screen
from approvals.rules.mode_checks import MODE_CHECKS
from approvals.rules.requirements import (
    SPONSOR_CONDITIONS,
    Need,
    Requirement,
    need,
    severity,
)
from approvals.rules.scope import (
    replaced_plan_stands,
    under_overall_plan,
    whole_venue_explained,
)
from approvals.rules.screening import QUESTION_INDICATORS, lease_screen
from approvals.rules.term import TermVerdict, judge_term, whole_years

# 原则上: only these can be set aside by an approved exception.
EXCEPTIONABLE = frozenset({"10-1", "10-2", "10-3", "10-4", "10-5", "10-6", "13-4-4", "18-5"})

DILIGENCE_TITLES = {
    "10-1": "政治可靠",
    "10-2": "能够独立承担民事责任",
    "10-3": "资质和专业技术能力",
    "10-4": "商业信誉和财务会计制度",
    "10-5": "依法缴纳税收和社会保障资金",
    "10-6": "没有重大违法、失信、拒不执行等不良记录",
}


def sections_answered(facts: PlanFacts) -> Iterator[Finding]:
    """Every required question of every section of this kind of plan."""
    for spec in sections_of(facts.kind, facts.mode):
        data = dict(facts.sections.get(spec.code.value, {}))
        for one in unanswered(spec, facts.kind, facts.mode, data):
            rule = one.rule or spec.rule
            text = f"{spec.code.label}：尚未填写“{one.label}”。"
            yield Finding(text, rule, spec.code.value, one.name)


def appraised_in_three_parts(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（一）「对项目的必要性、可行性、操作性进行深入研究」：three separate parts."""
    parts = {"necessity": "必要性", "feasibility": "可行性", "operability": "操作性"}
    seen: dict[str, str] = {}
    for name, label in parts.items():
        text = "".join(facts.answer("appraisal", name).split())
        if text and text in seen:
            sentence = f"论证：“{label}”与“{seen[text]}”文字完全相同，三部分须分别论证。"
            yield Finding(sentence, "13-1-1", "appraisal", name)
        seen.setdefault(text, label)


def experts_engaged(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（一）「聘请委托律师、行业专家进行会商、考察、质询、评估」.

    Who has a conflict never counts, and stands in the way only until another of the same kind
    has given an opinion: somebody's honest statement does not end the plan.
    """
    weight = severity(Requirement.EXPERTS, facts.mode)
    heard = {one.kind for one in facts.experts if one.counts}
    for kind in ExpertKind:
        if kind not in heard:
            text = f"论证：还缺少一名已声明无利害关系并出具意见的{kind.label}。"
            yield Finding(text, "13-1-2", "experts", severity=weight)
    for one in facts.experts:
        if one.has_conflict:
            if one.kind not in heard and not one.is_ended:
                text = f"论证：{one.name}声明有利害关系，其意见不能采用，请结束聘请并另聘。"
                yield Finding(text, "13-1-2", "experts", severity=weight)
        elif one.opinion and not one.is_answered:
            text = f"论证：{one.name}的意见尚未逐条答复采纳情况。"
            yield Finding(text, "13-1-2", "experts", severity=weight)


def guided_by_union(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（一）「主管工会指导所属职工服务阵地……」：the union's record of its guidance.

    The guidance is on whom to engage, so it binds where lawyer and expert do.
    """
    if facts.guided_on is None:
        text = "论证：尚无主管工会的指导记录，请联系主管工会资产监管部门登记。"
        weight = severity(Requirement.EXPERTS, facts.mode)
        yield Finding(text, "13-1-2", "guidance", severity=weight)


def venue_ready(facts: PlanFacts) -> Iterator[Finding]:
    """第九条：the four conditions, assessed and reviewed."""
    if not facts.is_venue_ready:
        text = "阵地条件自评尚未通过主管部门审核；不具备条件的按第十一条分步推进。"
        yield Finding(text, "9-0", "readiness")


def phases_finished(facts: PlanFacts) -> Iterator[Finding]:
    """第十一条「由主管工会制定具体工作方案，根据实际情况分步骤推进」：the steps come first."""
    if facts.phases_left and not facts.is_operation:
        text = (
            f"主管工会为本阵地制定的具体工作方案还有 {facts.phases_left} 个步骤没有完成，"
            "全部完成并具备条件后才能报送总体方案。"
        )
        yield Finding(text, "11-1", "readiness")


def union_has_planned(facts: PlanFacts) -> Iterator[Finding]:
    """第六条：the union's own plans are its duty; a venue is not held up by what the union lacks."""
    for code, name in facts.missing_union_plans:
        text = f"主管工会没有实施中的{name}，由主管工会补齐，不影响本方案报送。"
        yield Finding(text, code, "readiness", severity=Severity.RECORD)


def supervised_by_name(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（二）「谁主管、谁负责」：a named supervisor and a designated department."""
    if not facts.has_supervisor:
        yield Finding("主管工会尚未指定本阵地的监管责任人。", "13-2-1", "venue")
    if not facts.has_asset_department:
        yield Finding("主管工会尚未明确承担资产监管职责的部门，不能受理。", "5-3", "venue")


def route_decided(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（三）「决策权限由主管工会根据实际研究确定」：a matrix row in force."""
    if facts.route_refusal:
        yield Finding(facts.route_refusal, "12-5", "route")


def partner_qualified(facts: PlanFacts) -> Iterator[Finding]:
    """第十条「原则上应具备以下条件」：待核 blocks; 不符合 needs an exception.

    Of a sponsor only 政治可靠 and 无不良记录 are asked; where the matrix says ○ all of it is
    recorded only.
    """
    cell = need(Requirement.PARTNER_CONDITIONS, facts.mode)
    if not facts.is_operation or cell is Need.NONE or not facts.has_partner:
        return
    found = _conditions(facts)
    if cell is Need.MUST:
        yield from found
        return
    for one in found:
        if facts.mode != CooperationMode.SPONSORSHIP or one.code in {*SPONSOR_CONDITIONS, "10-0"}:
            yield replace(one, severity=Severity.RECORD)


def _conditions(facts: PlanFacts) -> Iterator[Finding]:
    if facts.partner_subject_refusal:
        yield Finding(facts.partner_subject_refusal, "10-2", "partner", "partner")
    if not facts.diligence:
        yield Finding("合作对象：尚未对合作方开展六项尽职调查。", "10-0", "partner", "partner")
    for code, fact in facts.diligence.items():
        if finding := _condition_finding(code, fact):
            yield finding
    if facts.diligence and not facts.diligence_concluded:
        yield Finding("合作对象：尽职调查尚未形成结论。", "10-0", "partner")


def _condition_finding(code: str, fact: DiligenceFact) -> Finding | None:
    title = DILIGENCE_TITLES[code]
    if fact.finding == "unverified":
        return Finding(f"合作对象：“{title}”待核，须核查出结论后才能报送。", code, "partner")
    if fact.finding == "unmet":
        text = f"合作对象：“{title}”不符合，须办理例外审批或更换合作方。"
        return Finding(text, code, "partner", severity=Severity.SOFT)
    if fact.is_expired:
        return Finding(f"合作对象：“{title}”的核查结果已过有效期，须重新核查。", code, "partner")
    return None


def visited_by_two(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（一）「全面充分考察评估」：at least two people visit, not in the future."""
    if need(Requirement.PARTNER_APPRAISAL, facts.mode) is not Need.MUST:
        return
    visitors = facts.answer("partner", "visitors")
    names = [
        name for name in visitors.replace("，", "、").replace(",", "、").split("、") if name.strip()
    ]
    if visitors and len(set(names)) < 2:
        text = "合作对象：实地考察须不少于两人，请用顿号分隔写明姓名。"
        yield Finding(text, "13-1-3", "partner", "visitors")


def fixed_assets_settled(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（四）：the fixed-asset question against the investment that was stated."""
    if need(Requirement.CLAUSES, facts.mode) is not Need.MUST:
        return
    rows = facts.sections.get("contract_elements", {}).get("fixed_assets") or []
    if facts.has_partner_fixed_investment is False and rows:
        text = "合同要素：已列出合作方固定资产投入清单，却回答“没有固定资产投入”，请核对。"
        yield Finding(text, "13-4-3", "contract_elements", "has_partner_fixed_investment")
    vague = facts.answer("contract_elements", "disposal_rule")
    if "另行协商" in vague:
        text = "合同要素：固定资产处置不能写“另行协商”，须写明计价规则和移交期限。"
        yield Finding(text, "13-4-3", "contract_elements", "disposal_rule")


def term_within_five_years(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（四）「合作协议期限原则上不超过 5 年」, renewals added up."""
    if not facts.is_operation or not facts.starts_on or not facts.ends_on:
        return
    if facts.ends_on < facts.starts_on:
        yield Finding("合作终止日早于起始日，请核对两个日期。", "13-4-4", "overview", "ends_on")
        return
    start = facts.joined_starts_on or facts.starts_on
    if judge_term(start, facts.ends_on) is not TermVerdict.OVER:
        return
    words = whole_years(start, facts.ends_on)
    added = "（含与同一合作方前后相接的合同）" if start != facts.starts_on else ""
    if need(Requirement.TERM, facts.mode) is Need.MUST:
        text = f"合作期限{added}为{words}，超过 5 年，须办理例外审批或缩短期限。"
        yield Finding(text, "13-4-4", "overview", "ends_on", Severity.SOFT)
    else:
        text = f"合作期限{added}为{words}，超过 5 年。"
        yield Finding(text, "13-4-4", "overview", "ends_on", Severity.RECORD)


def negative_list_clear(facts: PlanFacts) -> Iterator[Finding]:
    """第十八条：what is forbidden is forbidden; 与工会服务无关 is 原则上不得."""
    spec = next(
        one for one in sections_of(facts.kind, facts.mode) if one.code == SectionCode.NEGATIVE_LIST
    )
    by_score = {name for name, code in QUESTION_INDICATORS.items() if not INDICATORS[code].is_hard}
    for one in fields_of(spec, facts.kind, facts.mode):
        if facts.answer("negative_list", one.name) != "yes" or one.name in by_score:
            continue
        if one.rule == "18-5":
            text = (
                "负面清单：含与工会服务无关的商业经营，须删去；确需少量配套性准商业服务的，"
                "列明配套服务清单并办理例外审批。"
            )
            yield Finding(text, "18-5", "negative_list", one.name, Severity.SOFT)
        else:
            text = f"负面清单：“{one.label}”属于禁止事项，须先改正方案。"
            yield Finding(text, one.rule, "negative_list", one.name)


def not_a_disguised_lease(facts: PlanFacts) -> Iterator[Finding]:
    """第十八条「禁止以租代管、承包经营，坚决抵制变相出租承包行为」."""
    result = lease_screen(facts)
    if result.verdict is LeaseVerdict.SUSPECT and not is_cleared(result, facts.cleared_signs):
        signs = "；".join(f"{hit.indicator.sentence}（{hit.evidence}）" for hit in result.hits)
        text = f"负面清单：疑似变相出租承包（{result.score} 分）：{signs}。请修改后重新筛查{_other_way(result)}。"
        yield Finding(text, "18-1", "negative_list")


def _other_way(result: Screen) -> str:
    if not can_be_cleared(result):
        return "；含硬性迹象，不能申请解除"
    return "，或者附律师书面意见申请解除（须纪委、经审同意并经主管工会会议决定）"


def constants_kept(facts: PlanFacts) -> Iterator[Finding]:
    """第十八条「名称不变、产权关系不变、隶属关系不变、服务功能不变、主责主业不变」."""
    labels = {
        "name": "名称",
        "ownership": "产权关系",
        "affiliation": "隶属关系",
        "function": "服务功能",
        "core_business": "主责主业",
    }
    for name, label in labels.items():
        if facts.answer("five_constants", name) == "no":
            text = f"五不变：{label}将发生改变，方案不能报送。"
            yield Finding(text, "18-2", "five_constants", name)


def dates_in_order(facts: PlanFacts) -> Iterator[Finding]:
    """论证 ≤ 专家意见 ≤ 阵地集体决策 ≤ 今日；none lies in the future."""
    appraised = day_of(facts.answer("appraisal", "concluded_on"))
    if appraised and appraised > facts.today:
        yield Finding("论证完成日期在今天之后。", "13-1-1", "appraisal", "concluded_on")
    visited = day_of(facts.answer("partner", "visited_on"))
    if visited and visited > facts.today:
        yield Finding("实地考察日期在今天之后。", "13-1-3", "partner", "visited_on")
    relied_on = [one for one in facts.experts if not one.has_conflict]
    for one in relied_on:
        if one.opined_on and appraised and one.opined_on < appraised:
            text = f"{one.name}的意见日期早于论证完成日期，须先论证、后出具意见。"
            yield Finding(text, "13-1-2", "experts")
    decided = facts.venue_decision
    if decided is None:
        return
    latest = [one.opined_on for one in relied_on if one.opined_on]
    if appraised and decided.held_on < appraised:
        yield Finding("阵地集体决策早于论证完成日期。", "13-3-1", "venue_decision")
    if latest and decided.held_on < max(latest):
        yield Finding("阵地集体决策早于律师、专家意见日期。", "13-3-1", "venue_decision")


def milestones_within_term(facts: PlanFacts) -> Iterator[Finding]:
    """第十七条「路线图、时间表及责任分工」：each step named, owned, dated, not after the end."""
    rows = facts.sections.get("roadmap", {}).get("milestones") or []
    for number, row in enumerate(rows, start=1):
        missing = [
            label
            for name, label in (("name", "工作"), ("owner", "责任人"), ("due_on", "完成日期"))
            if not row.get(name)
        ]
        if missing:
            text = f"路线图第 {number} 行缺少{'、'.join(missing)}。"
            yield Finding(text, "17-2", "roadmap", "milestones")
        due = day_of(row.get("due_on"))
        if due and facts.ends_on and due > facts.ends_on:
            text = f"路线图第 {number} 行的完成日期晚于合作终止日。"
            yield Finding(text, "17-2", "roadmap", "milestones")


def venue_decided(facts: PlanFacts) -> Iterator[Finding]:
    """第十七条「按照“三重一大”要求实行集体决策」、第十八条「不得未经集体决策……」."""
    decision = facts.venue_decision
    if decision is None or not decision.is_passed:
        yield Finding("阵地尚未集体决策通过本方案。", "18-3", "venue_decision")
    elif not decision.is_current:
        text = "方案在阵地集体决策之后又有修改，须对现在的内容重新集体决策。"
        yield Finding(text, "18-3", "venue_decision")


def points_answered(facts: PlanFacts) -> Iterator[Finding]:
    """A returned plan answers every point before it is submitted again."""
    if facts.unanswered_points:
        text = f"还有 {facts.unanswered_points} 条退回意见没有答复。"
        yield Finding(text, "13-2-1", "return_points")


CONTENT_CHECKS: tuple[Check, ...] = (
    venue_ready,
    phases_finished,
    union_has_planned,
    supervised_by_name,
    route_decided,
    under_overall_plan,
    replaced_plan_stands,
    whole_venue_explained,
    sections_answered,
    appraised_in_three_parts,
    guided_by_union,
    experts_engaged,
    partner_qualified,
    visited_by_two,
    fixed_assets_settled,
    term_within_five_years,
    *MODE_CHECKS,
    negative_list_clear,
    ancillary_kept_small,
    not_a_disguised_lease,
    constants_kept,
    milestones_within_term,
    dates_in_order,
)
DECISION_CHECKS: tuple[Check, ...] = (venue_decided, venue_record_filed)
SUBMISSION_CHECKS: tuple[Check, ...] = (*CONTENT_CHECKS, points_answered, *DECISION_CHECKS)


def findings(facts: PlanFacts, checks: tuple[Check, ...] = SUBMISSION_CHECKS) -> list[Finding]:
    """Everything that stands in the way, soft findings with an approved exception left out."""
    return [
        finding
        for check in checks
        for finding in check(facts)
        if finding.severity is not Severity.RECORD
        and not (finding.severity is Severity.SOFT and finding.code in facts.active_exceptions)
    ]


def records(facts: PlanFacts, checks: tuple[Check, ...] = CONTENT_CHECKS) -> list[Finding]:
    """What the way of cooperation asks for the record (○): shown as missing, blocks nothing."""
    return [
        finding
        for check in checks
        for finding in check(facts)
        if finding.severity is Severity.RECORD
    ]
