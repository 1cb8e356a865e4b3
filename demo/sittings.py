"""Meetings of the demo: called, attended, decided and closed by the secretary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from approvals.services import decisions
from demo.cast import officer
from demo.day import moment
from demo.evidence import paper
from meetings.enums import AttendanceStatus, Choice, Conclusion
from meetings.models import AgendaItem, Body, Meeting, Member
from meetings.papers import body_words
from meetings.rules import Presence, VoteMark
from meetings.selectors import roster_of
from meetings.services import (
    close_meeting,
    keep_record_file,
    place_item,
    plan_meeting,
    register_attendance,
)
from organizations.selectors import working_days

RECORD = "汇报人汇报方案形成过程和各部门会签意见；与会成员逐一发表意见；主要负责人最后表态。"
NO_QUORUM = "到会人数不足，未形成结论。"
NOTICE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Sitting:
    """How a meeting goes: who is away, what is said, what comes of it, how late it is entered."""

    leaves: int = 0
    conclusion: Conclusion = Conclusion.PASSED
    resolution: str = "同意该方案。"
    dissent: Choice = Choice.AGREE  # what all but the first two of those present say
    why: str = "同意。"
    entered_after: int = 0  # working days


UNANIMOUS = Sitting()


def sit_on(item: AgendaItem, *, day: date, sitting: Sitting = UNANIMOUS) -> Meeting:
    """Hold a meeting of the union on one item; too many leaves and nothing is decided."""
    secretary = officer(item.body.union, "secretary")
    members = list(roster_of(item.body, on=day))
    came = members[: len(members) - sitting.leaves]
    notice = working_days().before(day - NOTICE + timedelta(days=1))  # papers go out on workdays
    called = max(moment(notice), item.queued_at + timedelta(minutes=20))
    meeting = call_on(item, day=day, called=called)
    entered = entered_on(day, sitting)
    register_attendance(
        meeting=meeting,
        rows=present(came) + on_leave(members[len(came) :]),
        by=secretary,
        at=moment(entered, 10, 5),
    )
    has_quorum = 3 * len(came) >= 2 * len(members)
    if has_quorum:
        placed = AgendaItem.objects.select_related("body", "meeting").get(pk=item.pk)
        decisions.conclude_agenda_item(
            item=placed,
            votes=voting(came, sitting),
            conclusion=sitting.conclusion,
            resolution=sitting.resolution,
            version=placed.version,
            by=secretary,
            at=moment(entered, 10, 40),
        )
    meeting = close_meeting(
        meeting=meeting,
        record_text=RECORD if has_quorum else NO_QUORUM,
        minutes_text=sitting.resolution if has_quorum else NO_QUORUM,
        minutes_signed_by=_principal(members).name,
        by=secretary,
        at=moment(entered, 11, 30),
        ends_at=moment(day, 11, 20),
    )
    scan = paper(f"{body_words(meeting)}记录（签字件）")
    keep_record_file(
        meeting=meeting, upload=scan, name=scan.name or "", by=secretary, at=moment(entered, 11, 40)
    )
    return meeting


def entered_on(day: date, sitting: Sitting) -> date:
    """The day on which what happened at a meeting is entered."""
    if not sitting.entered_after:
        return day
    return working_days().add(day, sitting.entered_after).day


def call_on(item: AgendaItem, *, day: date, called: datetime) -> Meeting:
    """Call a meeting and put the item on its agenda."""
    body, secretary = item.body, officer(item.body.union, "secretary")
    meeting = plan_meeting(
        body=body,
        session=session_of(body, day),
        starts_at=moment(day, 10, 0),
        place="机关三楼会议室",
        chair=_principal(list(roster_of(body, on=day))),
        invited="资产监管部、办公室负责人",
        by=secretary,
        at=called,
    )
    place_item(
        item=item,
        meeting=meeting,
        reporter=officer(body.union, "head").name,
        materials_sent_on=localdate(called),
        by=secretary,
        at=called,
    )
    return meeting


def _principal(members: Sequence[Member]) -> Member:
    return next(one for one in members if one.is_principal)


def session_of(body: Body, day: date) -> str:
    """The session of a body's next meeting in a year."""
    held = Meeting.objects.filter(body=body, session__startswith=f"{day.year}年").count()
    return f"{day.year}年第{held + 1}次"


def present(members: list[Member]) -> list[Presence]:
    """Members who came."""
    return [Presence(member=one.pk, status=AttendanceStatus.PRESENT) for one in members]


def on_leave(members: list[Member]) -> list[Presence]:
    """Members on leave, with the reason."""
    return [
        Presence(member=one.pk, status=AttendanceStatus.LEAVE, reason="外出开会") for one in members
    ]


def agreeing(members: list[Member]) -> list[VoteMark]:
    """Everybody agrees; the principal speaks last."""
    return voting(members, UNANIMOUS)


def voting(members: list[Member], sitting: Sitting) -> list[VoteMark]:
    """The first two to speak agree, the others as the sitting goes; the principal is the last."""
    ordered = sorted(members, key=lambda one: one.is_principal)
    return [
        VoteMark(
            member=one.pk,
            choice=Choice.AGREE if place <= 2 else sitting.dissent,
            opinion="同意。" if place <= 2 else sitting.why,
            speaking_order=place,
        )
        for place, one in enumerate(ordered, start=1)
    ]
