"""The route of a plan: its steps, and how it is pinned when the plan is submitted. Pure."""

from dataclasses import asdict, dataclass

from approvals.enums import Counting, Node, RouteCode, Stage
from approvals.rules.counting import SigningGroup

PARTY_GROUP = "party_group"
CHAIRS_OFFICE = "chairs_office"
BODY_STAGES = {PARTY_GROUP: Stage.PARTY_GROUP, CHAIRS_OFFICE: Stage.CHAIRS_OFFICE}

# The desks a plan passes before the meetings, in order.
NODE_STAGES: dict[Node, Stage] = {
    Node.FORMAL_REVIEW: Stage.FORMAL_REVIEW,
    Node.COUNTERSIGNATURE: Stage.COUNTERSIGNING,
    Node.LEGAL_REVIEW: Stage.LEGAL_REVIEW,
    Node.LEADER_SIGNOFF: Stage.LEADER_SIGNOFF,
}

# What of a route says where it comes from, not where it leads.
NO_STEP = ("fixed_by", "matrix_row", "pinned_on")

# 第十六条：组织人事、党委（纪委）、财务、经审.
STATUTORY_COUNTERSIGNERS = ("personnel", "discipline", "finance", "fund_review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One matrix row as pinned on a plan when it is submitted.

    A step with no working days is not on the route; the meetings' and the reply's days are
    the parameters' where the row fixes none.
    """

    countersigners: tuple[str, ...]
    bodies: tuple[str, ...]
    formal_review_days: int
    countersign_days: int
    legal_review_days: int
    fixed_by: str
    matrix_row: str = ""
    pinned_on: str = ""  # ISO date: the day whose matrix the plan goes by
    groups: tuple[SigningGroup, ...] = ()  # none: everybody in one, all at once
    leader_days: int = 0
    upward_days: int = 0
    meeting_days: int = 0
    reply_days: int = 0
    code: RouteCode = RouteCode.ORDINARY

    @property
    def signing(self) -> tuple[SigningGroup, ...]:
        """The groups of the countersigning, each with its counting."""
        return self.groups or (SigningGroup(self.countersigners),)

    @property
    def steps(self) -> dict:
        """What of the route decides the way; two routes alike in it are the same way."""
        kept = self.as_json() | {"groups": [one.as_json() for one in self.signing]}
        return {name: kept[name] for name in kept if name not in NO_STEP}

    def as_json(self) -> dict:
        """The route as it is pinned."""
        return asdict(self) | {
            "countersigners": list(self.countersigners),
            "bodies": list(self.bodies),
            "groups": [one.as_json() for one in self.groups],
            "code": self.code.value,
        }

    @classmethod
    def from_json(cls, pinned: dict) -> "Route":
        """Read a pinned route back; what an older route does not name has its default."""
        kept = {name: value for name, value in pinned.items() if name in cls.__slots__}
        return cls(
            **kept
            | {
                "countersigners": tuple(pinned["countersigners"]),
                "bodies": tuple(pinned["bodies"]),
                "groups": tuple(SigningGroup.from_json(one) for one in pinned.get("groups", ())),
                "code": RouteCode(pinned.get("code", RouteCode.ORDINARY)),
                "matrix_row": pinned.get("matrix_row") or "",
            }
        )


def group_of(route: Route, department: str) -> SigningGroup:
    """The group in which a department signs."""
    return next(one for one in route.signing if department in one.departments)


def stages_of(route: Route) -> tuple[Stage, ...]:
    """The stages of a plan after submission, in order."""
    return (
        Stage.FORMAL_REVIEW,
        Stage.COUNTERSIGNING,
        Stage.LEGAL_REVIEW,
        *([Stage.LEADER_SIGNOFF] if route.leader_days else []),
        *(BODY_STAGES[body] for body in route.bodies),
        *([Stage.UPWARD] if route.upward_days else []),
        Stage.REPLYING,
    )


def stage_after(route: Route, stage: Stage) -> Stage:
    """The stage that follows on a route; after the reply the plan is approved."""
    stages = stages_of(route)
    place = stages.index(stage)
    return stages[place + 1] if place + 1 < len(stages) else Stage.APPROVED


def is_decided_before(route: Route, stage: Stage) -> bool:
    """Whether a meeting of the route comes before a stage: then it has decided already."""
    stages = stages_of(route)
    before = stages[: stages.index(stage)] if stage in stages else ()
    return any(BODY_STAGES[body] in before for body in route.bodies)


def goes_on_behind_a_meeting(direct_to: str) -> bool:
    """Whether a plan whose desks are asked once more goes straight on behind a meeting.

    That meeting passed it with changes, which are made and confirmed: it has decided on this
    version. A desk that a 直送 goes back to lies before every meeting.
    """
    return bool(direct_to) and direct_to not in NODE_STAGES.values()


def is_whole(counting: Counting) -> bool:
    """Whether everybody of a group has to speak."""
    return counting in Counting.WHOLE
