"""The floor below which no row of the authority matrix may go. Pure.

A row may tighten the regulation, never loosen it: 阵地集体决策 and 上级主管部门审批 stand on
every route (第十八条), the four departments of 第十六条 always sign, a meeting decides
(第十三条（三）), and what fixed the row is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from approvals.enums import Counting, PlanKind, RouteCode
from approvals.rules.checks import Finding
from approvals.rules.counting import SigningGroup
from approvals.rules.route import BODY_STAGES, STATUTORY_COUNTERSIGNERS, is_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """A row of the matrix as the floor sees it."""

    plan_kind: str
    is_major: bool | None
    code: RouteCode
    groups: tuple[SigningGroup, ...]
    bodies: tuple[str, ...]
    one_body_reason: str
    days: tuple[int, ...]  # of the steps every route has
    has_record: bool  # the meeting that fixed it: a recorded item, or name, session and day
    fixed_on: date | None
    valid_from: date
    amount_figure: str = ""
    amount_over: Decimal | None = None
    amount_upto: Decimal | None = None
    years_over: int | None = None
    years_upto: int | None = None
    is_province: bool = False


def below_floor(row: RowFacts) -> Iterator[Finding]:
    """What is wrong with a matrix row, with the field and the article."""
    yield from _record(row)
    yield from _signing(row)
    yield from _bodies(row)
    yield from _ranges(row)
    yield from _code(row)
    if any(day < 1 for day in row.days):
        yield Finding("办理时限须至少 1 个工作日。", "13-3-3", field="formal_review_days")


def _record(row: RowFacts) -> Iterator[Finding]:
    if not row.has_record:
        text = "须写明确定本条目的会议：选择已登记的议题，或者写明会议名称、次数和日期。"
        yield Finding(text, "13-3-3", field="fixed_by")
    elif row.fixed_on and row.valid_from < row.fixed_on:
        text = "生效日早于确定本条目的会议日期，条目不能追溯生效。"
        yield Finding(text, "13-3-3", field="valid_from")


def _signing(row: RowFacts) -> Iterator[Finding]:
    named = [kind for group in row.groups for kind in group.departments]
    if set(STATUTORY_COUNTERSIGNERS) - set(named):
        text = "组织人事、党委（纪委）、财务、经审四个部门都须会签。"
        yield Finding(text, "16-1", field="countersigners")
    if len(named) != len(set(named)):
        text = "同一部门只能在一个会签组中，请删去重复的部门。"
        yield Finding(text, "16-1", field="group_departments")
    for group in row.groups:
        yield from _group(group)


def _group(group: SigningGroup) -> Iterator[Finding]:
    statutory = set(group.departments) & set(STATUTORY_COUNTERSIGNERS)
    if statutory and not is_whole(group.counting):
        text = "法定四个部门都须签署意见，不能按或签、票签计算；只有增加的部门可以。"
        yield Finding(text, "16-1", field="group_counting")
    size = len(group.departments)
    if not size:
        yield Finding("会签组须至少有一个部门。", "16-1", field="group_departments")
    elif not is_whole(group.counting) and size < 2:
        text = "或签、票签的会签组须至少有两个部门；只有一个部门的请选“全部签署”。"
        yield Finding(text, "16-1", field="group_departments")
    elif group.counting is Counting.RATIO and not 2 * group.need > size >= group.need:
        text = f"票签须超过半数同意，且不超过部门数：{size} 个部门须 {size // 2 + 1} 至 {size} 个。"
        yield Finding(text, "16-1", field="group_need")


def _bodies(row: RowFacts) -> Iterator[Finding]:
    bodies = row.bodies
    if any(body not in BODY_STAGES for body in bodies) or len(set(bodies)) != len(bodies):
        yield Finding(
            "决策会议只能从党组会议、主席办公会议中选择，且不重复。", "13-3-1", field="bodies"
        )
    elif not bodies and row.plan_kind == PlanKind.OVERALL_PLAN:
        text = "总体方案由主管工会集体审议决定，不能授权下放。"
        yield Finding(text, "13-3-2", field="bodies")
    elif not bodies:
        text = "须至少选择一个集体决策会议；只由阵地自行决定的路由不成立（第十八条）。"
        yield Finding(text, "18-3", field="bodies")
    elif len(bodies) == 1 and not row.one_body_reason.strip():
        text = "细则写明“党组会议、主席办公会议”；只经一个会议的，须写明作出这一决定的依据。"
        yield Finding(text, "13-3-1", field="one_body_reason")


def _ranges(row: RowFacts) -> Iterator[Finding]:
    has_amount = row.amount_over is not None or row.amount_upto is not None
    if has_amount and not row.amount_figure:
        yield Finding("写了金额，须选明按哪个金额计算。", "13-3-3", field="amount_figure")
    if row.amount_figure and not has_amount:
        text = "选了按金额区分，须填写金额下限或上限。"
        yield Finding(text, "13-3-3", field="amount_over")
    if _is_empty(row.amount_over, row.amount_upto):
        yield Finding("金额上限须大于下限。", "13-3-3", field="amount_upto")
    if _is_empty(row.years_over, row.years_upto):
        yield Finding("期限上限须大于下限。", "13-3-3", field="years_upto")


def _is_empty(over: Decimal | int | None, upto: Decimal | int | None) -> bool:
    return over is not None and upto is not None and over >= upto


def _code(row: RowFacts) -> Iterator[Finding]:
    if row.code is not RouteCode.PROV_DIRECT_27:
        return
    if not row.is_province:
        text = "这一路由只由省总工会为本级直属企事业单位设置。"
        yield Finding(text, "13-2-3", field="code")
    if row.is_major is not True:
        text = "这一路由只适用于重大事项，请在“重大事项”中选择“重大事项”。"
        yield Finding(text, "13-2-3", field="is_major")
