"""The route of a plan and the floor below which no authority matrix may go. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from approvals.enums import Node, PlanKind, Stage
from approvals.rules.checks import Finding

PARTY_GROUP = "party_group"
CHAIRS_OFFICE = "chairs_office"
BODY_STAGES = {PARTY_GROUP: Stage.PARTY_GROUP, CHAIRS_OFFICE: Stage.CHAIRS_OFFICE}

# The desks a plan passes before the meetings, in order.
NODE_STAGES: dict[Node, Stage] = {
    Node.FORMAL_REVIEW: Stage.FORMAL_REVIEW,
    Node.COUNTERSIGNATURE: Stage.COUNTERSIGNING,
    Node.LEGAL_REVIEW: Stage.LEGAL_REVIEW,
}

# 第十六条：组织人事、党委（纪委）、财务、经审.
STATUTORY_COUNTERSIGNERS = ("personnel", "discipline", "finance", "fund_review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One matrix row as pinned on a plan when it is submitted."""

    countersigners: tuple[str, ...]
    bodies: tuple[str, ...]
    formal_review_days: int
    countersign_days: int
    legal_review_days: int
    fixed_by: str
    matrix_row: str = ""

    def as_json(self) -> dict:
        """The route as it is pinned."""
        return {
            "countersigners": list(self.countersigners),
            "bodies": list(self.bodies),
            "formal_review_days": self.formal_review_days,
            "countersign_days": self.countersign_days,
            "legal_review_days": self.legal_review_days,
            "fixed_by": self.fixed_by,
            "matrix_row": self.matrix_row,
        }

    @classmethod
    def from_json(cls, pinned: dict) -> "Route":
        """Read a pinned route back."""
        return cls(
            countersigners=tuple(pinned["countersigners"]),
            bodies=tuple(pinned["bodies"]),
            formal_review_days=pinned["formal_review_days"],
            countersign_days=pinned["countersign_days"],
            legal_review_days=pinned["legal_review_days"],
            fixed_by=pinned["fixed_by"],
            matrix_row=pinned.get("matrix_row") or "",
        )


def stages_of(route: Route) -> tuple[Stage, ...]:
    """The stages of a plan after submission, in order."""
    bodies = tuple(BODY_STAGES[body] for body in route.bodies)
    return (Stage.FORMAL_REVIEW, Stage.COUNTERSIGNING, Stage.LEGAL_REVIEW, *bodies, Stage.REPLYING)


def stage_after(route: Route, stage: Stage) -> Stage:
    """The stage that follows on a route; after the reply the plan is approved."""
    stages = stages_of(route)
    place = stages.index(stage)
    return stages[place + 1] if place + 1 < len(stages) else Stage.APPROVED


def below_floor(
    *, plan_kind: str, is_major: bool | None, countersigners: tuple[str, ...],
    bodies: tuple[str, ...], days: tuple[int, ...], fixed_by: str,
) -> Iterator[Finding]:  # fmt: skip
    """What is wrong with a matrix row: it may tighten the regulation, never loosen it."""
    if not fixed_by.strip():
        text = "须写明确定本条目的会议（名称、次数、日期）。"
        yield Finding(text, "13-3-3", field="fixed_by")
    missing = [kind for kind in STATUTORY_COUNTERSIGNERS if kind not in countersigners]
    if missing:
        text = "组织人事、党委（纪委）、财务、经审四个部门都须会签。"
        yield Finding(text, "16-1", field="countersigners")
    if any(body not in BODY_STAGES for body in bodies) or len(set(bodies)) != len(bodies):
        yield Finding(
            "决策会议只能从党组会议、主席办公会议中选择，且不重复。", "13-3-1", field="bodies"
        )
    if not bodies:
        if plan_kind == PlanKind.OVERALL_PLAN:
            text = "总体方案由主管工会集体审议决定，不能授权下放。"
            yield Finding(text, "13-3-2", field="bodies")
        else:
            yield Finding("须至少选择一个集体决策会议。", "13-3-1", field="bodies")
    if any(day < 1 for day in days):
        yield Finding("办理时限须至少 1 个工作日。", "13-3-3", field="formal_review_days")
