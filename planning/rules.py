"""What a union's plan must say, who may make it, and its road. Pure.

第六条 and 第十一条. The regulation does not say which meeting decides on these plans; the
union says it with each plan.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.errors import Reason
from core.procedure import Act, Procedure, Side, Stop
from organizations.enums import UnionLevel
from planning.enums import UnionPlanKind, UnionPlanState

MAX_STEPS = 30
LEAST_PHASES = 2
REGULATION = "实施细则"
SCHEME_MAKERS = (UnionLevel.CITY, UnionLevel.COUNTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text a plan consists of."""

    name: str
    label: str
    hint: str = ""
    is_required: bool = True


BASIS = (
    Text(name="basis_economy", label="依据一：本地区、本行业经济和社会发展状况"),
    Text(name="basis_needs", label="依据二：职工群众高品质生活需要"),
    Text(name="basis_work", label="依据三：工会工作实际"),
)
GOALS = Text(name="goals", label="目标")
SAFEGUARDS = Text(name="safeguards", label="保障措施", is_required=False)
TEXTS: dict[str, tuple[Text, ...]] = {
    UnionPlanKind.IMPLEMENTATION_PLAN: (*BASIS, GOALS, SAFEGUARDS),
    UnionPlanKind.LOCAL_SCHEME: (
        Text(
            name="regulation_basis",
            label="依据省总《实施细则》的内容",
            hint="写明依据《实施细则》的条款，例如“依据省总《实施细则》第六条”。",
        ),
        Text(
            name="provincial_basis",
            label="依据省总《实施方案》的内容",
            hint="《实施方案》由省总随后制定印发；本单位尚未收到的可以不填，收到后修订补上。",
            is_required=False,
        ),
        Text(name="situation", label="本地服务阵地情况"),
        GOALS,
        Text(name="measures", label="推进方式和措施"),
        SAFEGUARDS,
    ),
    UnionPlanKind.PHASED_WORK_PLAN: (
        Text(name="difficulty", label="直接实施的困难"),
        Text(name="approach", label="试点先行、逐步推开的安排"),
        GOALS,
        Text(name="owner", label="责任部门和责任人"),
    ),
}
STEP_LABELS = {
    UnionPlanKind.IMPLEMENTATION_PLAN: "任务",
    UnionPlanKind.LOCAL_SCHEME: "任务",
    UnionPlanKind.PHASED_WORK_PLAN: "步骤",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One task of a plan, or one step of a phased one."""

    content: str = ""
    criteria: str = ""
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days for which another plan of the same kind is in force."""

    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that the rules may know of a plan."""

    kind: str
    union_level: str
    starts_on: date | None = None
    ends_on: date | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    steps: Sequence[Step] = ()
    others: Sequence[Period] = ()  # in force beside it: not the one it replaces

    @property
    def rule(self) -> str:
        return UnionPlanKind(self.kind).rule

    @property
    def step_label(self) -> str:
        return STEP_LABELS[UnionPlanKind(self.kind)]


def maker_reason(kind: str, level: str) -> Reason | None:
    """第六条「设区的市级或者县级总工会应当……制定具体方案」：no other union makes one."""
    if kind == UnionPlanKind.LOCAL_SCHEME and level not in SCHEME_MAKERS:
        text = "具体方案由设区的市级或者县级总工会制定；本级工会请制定实施规划。"
        return Reason(text, "6-2", "kind")
    return None


def made_by_the_right_union(plan: Content) -> Iterator[Reason]:
    """第六条：a 具体方案 is made by a city's or a county's union."""
    if reason := maker_reason(plan.kind, plan.union_level):
        yield reason


def texts_written(plan: Content) -> Iterator[Reason]:
    """第六条、第十一条：each part is written, and none in the words of another."""
    seen: dict[str, str] = {}
    for text in TEXTS[plan.kind]:
        said = "".join(plan.texts.get(text.name, "").split())
        if text.is_required and not said:
            yield Reason(f"请填写“{text.label}”。", plan.rule, text.name)
        elif said and said in seen:
            words = f"“{text.label}”与“{seen[said]}”文字完全相同，请分别写明。"
            yield Reason(words, plan.rule, text.name)
        seen.setdefault(said, text.label)


def regulation_cited(plan: Content) -> Iterator[Reason]:
    """第六条「应当根据省总《实施细则》和《实施方案》……制定具体方案」."""
    said = plan.texts.get("regulation_basis", "")
    if plan.kind == UnionPlanKind.LOCAL_SCHEME and said.strip() and REGULATION not in said:
        text = "“依据省总《实施细则》的内容”没有提到《实施细则》，请写明依据的条款。"
        yield Reason(text, "6-2", "regulation_basis")


def period_set(plan: Content) -> Iterator[Reason]:
    """A plan is for a time, and one plan of a kind at a time."""
    if plan.starts_on is None or plan.ends_on is None:
        yield Reason("请填写起止日期。", plan.rule, "starts_on")
        return
    if plan.ends_on < plan.starts_on:
        yield Reason("终止日期早于起始日期，请核对。", plan.rule, "ends_on")
    for other in plan.others:
        if plan.starts_on <= other.ends_on and other.starts_on <= plan.ends_on:
            text = (
                f"与实施中的《{other.title}》（{other.starts_on} 至 {other.ends_on}）期限重叠，"
                "请调整期限，或在原方案页上“修订”。"
            )
            yield Reason(text, plan.rule, "starts_on")


def steps_set(plan: Content) -> Iterator[Reason]:
    """目标、任务; of a phased plan at least two steps, one after the other (第十一条)."""
    label, least = plan.step_label, 1
    if plan.kind == UnionPlanKind.PHASED_WORK_PLAN:
        least = LEAST_PHASES
    if len(plan.steps) < least:
        yield Reason(f"请至少列出 {least} 个{label}。", plan.rule, "steps")
    for number, step in enumerate(plan.steps, start=1):
        yield from _step_reasons(plan, number, step)


def _step_reasons(plan: Content, number: int, step: Step) -> Iterator[Reason]:
    names = {"content": "内容", "criteria": "完成标准", "owner": "责任人", "due_on": "完成时限"}
    missing = [words for name, words in names.items() if not getattr(step, name)]
    place = f"第 {number} 个{plan.step_label}"
    if missing:
        yield Reason(f"{place}没有填写{'、'.join(missing)}。", plan.rule, "steps")
    if step.due_on is None:
        return
    if plan.starts_on and plan.ends_on and not plan.starts_on <= step.due_on <= plan.ends_on:
        yield Reason(f"{place}的完成时限不在起止日期之内。", plan.rule, "steps")
    before = [one.due_on for one in plan.steps[: number - 1] if one.due_on]
    is_ordered = plan.kind == UnionPlanKind.PHASED_WORK_PLAN
    if is_ordered and before and step.due_on < max(before):
        text = f"{place}的完成时限早于前一个步骤，步骤须依次推进。"
        yield Reason(text, "11-1", "steps")


CHECKS = (made_by_the_right_union, period_set, texts_written, regulation_cited, steps_set)


def reasons_against(plan: Content) -> list[Reason]:
    """Every reason why the plan cannot go to the meeting; empty when it can."""
    return [reason for check in CHECKS for reason in check(plan)]


S = UnionPlanState
PROCEDURE = Procedure(
    states=S,
    acts=(
        Act(
            name="submit", label="写好后提请会议决定", sources=(S.DRAFT,), targets=(S.QUEUED,),
            side=Side.DEPARTMENT, checks=CHECKS,
        ),
        Act(
            name="decide", label="会议审议", sources=(S.QUEUED,),
            targets=(S.DECIDED, S.DRAFT, S.REJECTED), side=Side.SECRETARY,
        ),
        Act(
            name="recall", label="列入会议之前取回", sources=(S.QUEUED,), targets=(S.DRAFT,),
            side=Side.DEPARTMENT, is_turn=False,
        ),
        Act(
            name="issue", label="印发实施", sources=(S.DECIDED,), targets=(S.IN_FORCE,),
            side=Side.LEADER, checks=(period_set,),
        ),
        Act(
            name="finish_step", label="登记任务、步骤完成", sources=(S.IN_FORCE,),
            targets=(S.IN_FORCE, S.COMPLETED), side=Side.DEPARTMENT, is_turn=False,
        ),
        Act(
            name="replace", label="修订后的新版印发", sources=(S.IN_FORCE,), targets=(S.REPLACED,),
            side=Side.SYSTEM, is_turn=False,
        ),
        Act(
            name="void", label="作废草稿", sources=(S.DRAFT,), targets=(S.VOID,),
            side=Side.DEPARTMENT, is_turn=False,
        ),
    ),
    stops=(
        Stop(label="起草", states=(S.DRAFT, S.VOID)),
        Stop(label="会议决定", states=(S.QUEUED, S.REJECTED)),
        Stop(label="印发", states=(S.DECIDED,)),
        Stop(label="实施", states=(S.IN_FORCE, S.COMPLETED, S.REPLACED)),
    ),
    failed=frozenset({S.REJECTED.value, S.VOID.value}),
)  # fmt: skip
