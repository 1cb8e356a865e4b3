"""A route and a row of the matrix in words."""

from approvals.enums import CooperationMode, Counting, PlanKind, RouteCode, Stage
from approvals.models import AuthorityMatrixRow
from approvals.rules.counting import SigningGroup
from approvals.rules.route import Route, stages_of
from approvals.rules.schedule import DESK_LABELS
from approvals.rules.selecting import amount_text, term_text
from meetings.enums import DecisionBodyKind
from organizations.enums import DepartmentKind


def names(departments) -> str:
    """组织人事、党委（纪委）、财务."""
    return "、".join(DepartmentKind(one).label.removesuffix("部门") for one in departments)


def group_words(group: SigningGroup) -> str:
    """How one group signs."""
    who = names(group.departments)
    if group.counting is Counting.RATIO:
        return f"{who}（{len(group.departments)} 个部门中 {group.need} 个同意即通过）"
    if group.counting is Counting.ANY:
        return f"{who}（任一部门签署即可）"
    if group.counting is Counting.SEQUENCE:
        return f"{who}（依次，全部签署）"
    return f"{who}（同时，全部签署）"


def signing_words(route: Route) -> str:
    return "；".join(group_words(one) for one in route.signing)


def bodies_words(route: Route) -> str:
    return " → ".join(DecisionBodyKind(one).label for one in route.bodies)


def steps_words(route: Route) -> list[str]:
    """The steps of a route in order, each with what decides it."""
    days = {
        Stage.FORMAL_REVIEW: route.formal_review_days,
        Stage.COUNTERSIGNING: route.countersign_days,
        Stage.LEGAL_REVIEW: route.legal_review_days,
        Stage.LEADER_SIGNOFF: route.leader_days,
        Stage.PARTY_GROUP: route.meeting_days,
        Stage.CHAIRS_OFFICE: route.meeting_days,
        Stage.UPWARD: route.upward_days,
        Stage.REPLYING: route.reply_days,
    }
    lines = []
    for stage in stages_of(route):
        label = DESK_LABELS[stage]
        if stage is Stage.COUNTERSIGNING:
            label = f"{label}：{signing_words(route)}"
        lines.append(f"{label}，{days[stage]} 个工作日" if days[stage] else label)
    return lines


def route_rows(route: Route) -> list[tuple[str, str]]:
    """The pinned route as label and text."""
    rows = [("确定本条目的会议", route.fixed_by)]
    if route.code is not RouteCode.ORDINARY:
        rows.insert(0, ("路由", route.code.label))
    rows.append(("会签部门", signing_words(route)))
    if route.leader_days:
        rows.append(("分管领导签批", f"{route.leader_days} 个工作日"))
    rows.append(("决策会议", "、".join(DecisionBodyKind(one).label for one in route.bodies)))
    if route.upward_days:
        rows.append(("报上级工会", f"批复 {route.upward_days} 个工作日"))
    rows.append(
        (
            "办理时限",
            f"形式审查 {route.formal_review_days} 个、会签 {route.countersign_days} 个、"
            f"法律审核 {route.legal_review_days} 个工作日",
        )
    )
    return rows


def matter_words(row: AuthorityMatrixRow) -> str:
    """For what a row is: kind, mode, major or not, amount, term."""
    test = row.test
    parts = (
        PlanKind(row.plan_kind).label,
        CooperationMode(row.mode).label if row.mode else "",
        {True: "重大事项", False: "非重大事项", None: ""}[row.is_major],
        amount_text(test),
        term_text(test),
    )
    return " · ".join(filter(None, parts))
