"""When a submitted plan will be through: the route's limits one after another, by the calendar.

Pure. The limits of the desks come from the authority matrix; the regulation and the matrix
name none for the meetings and the reply, there the parameters of the union serve.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from approvals.enums import Stage
from approvals.rules.route import Route, stages_of
from organizations.rules import SYSTEM_DEFAULT, Calendar, ParameterValue

MATRIX = "主管工会决策权限清单"
DESK_LABELS = {
    Stage.FORMAL_REVIEW: "形式审查",
    Stage.COUNTERSIGNING: "会签",
    Stage.LEGAL_REVIEW: "法律审核",
    Stage.LEADER_SIGNOFF: "分管领导签批",
    Stage.PARTY_GROUP: "党组会议",
    Stage.CHAIRS_OFFICE: "主席办公会议",
    Stage.UPWARD: "上级工会批复",
    Stage.REPLYING: "批复",
}
# The stages beside the route's own, as a reminder names them: what is waited for.
WAIT_LABELS = DESK_LABELS | {
    Stage.RETURNED: "答复退回意见",
    Stage.DEFERRED: "缓议后修改",
    Stage.CHANGES_PENDING: "会议要求的修改",
}
MEETINGS = (Stage.PARTY_GROUP, Stage.CHAIRS_OFFICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One step of the way: how many working days it has, and who fixed that."""

    stage: Stage
    label: str
    days: int
    source: str

    @property
    def is_default(self) -> bool:
        return self.source == SYSTEM_DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A step with the day by which it is expected to be done."""

    leg: Leg
    day: date
    note: str  # 节假日安排未公布, where a year's holidays are not known yet


def own_days(route: Route) -> dict[Stage, int]:
    """The working days the route itself gives each stage; none where the parameters serve."""
    return {
        Stage.FORMAL_REVIEW: route.formal_review_days,
        Stage.COUNTERSIGNING: route.countersign_days,
        Stage.LEGAL_REVIEW: route.legal_review_days,
        Stage.LEADER_SIGNOFF: route.leader_days,
        Stage.PARTY_GROUP: route.meeting_days,
        Stage.CHAIRS_OFFICE: route.meeting_days,
        Stage.UPWARD: route.upward_days,
        Stage.REPLYING: route.reply_days,
    }


def parameter_for(stage: Stage, *, is_with_venue: bool) -> str:
    """Which parameter of the union limits a stage the route gives no days.

    `is_with_venue` is whether the venue is waited for: a change a meeting required is first
    made by the venue, then confirmed by the named person.
    """
    if is_with_venue:
        return "correction_days"
    if stage is Stage.CHANGES_PENDING:
        return "confirmation_days"
    return "meeting_days" if stage in MEETINGS else "reply_days"


def legs_of(route: Route, *, meeting: ParameterValue, reply: ParameterValue) -> list[Leg]:
    """The steps after submission in order."""
    own = own_days(route)
    legs = []
    for stage in stages_of(route):
        if own[stage]:
            days, source = own[stage], MATRIX
        else:
            value = meeting if stage in MEETINGS else reply
            days, source = int(value.value), value.source
        legs.append(Leg(stage=stage, label=DESK_LABELS[stage], days=days, source=source))
    return legs


def stops_of(legs: Iterable[Leg], *, start: date, calendar: Calendar) -> list[Stop]:
    """Each step begins where the one before is expected to end; the day of submission is not counted."""
    stops, day = [], start
    for leg in legs:
        due = calendar.add(day, leg.days)
        day = due.day
        stops.append(Stop(leg=leg, day=day, note=due.note))
    return stops
