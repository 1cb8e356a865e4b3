"""Meetings of the demo: called, attended, decided and closed by the secretary."""

from datetime import date, timedelta

from approvals.services import decisions
from demo.day import moment
from demo.people import person
from meetings.enums import AttendanceStatus, Choice, Conclusion
from meetings.models import AgendaItem, Body, Meeting, Member
from meetings.rules import Presence, VoteMark
from meetings.selectors import roster_of
from meetings.services import close_meeting, place_item, plan_meeting, register_attendance

RECORD = "汇报人汇报方案形成过程和各部门会签意见；与会成员逐一发表意见；主要负责人最后表态。"
NO_QUORUM = "到会人数不足，未形成结论。"


def sit_on(item: AgendaItem, *, day: date, leaves: int = 0, resolution: str) -> Meeting:
    """Hold a meeting of the union on one item; too many leaves and nothing is decided."""
    secretary = person("secretary")
    members = list(roster_of(item.body, on=day))
    came, away = members[: len(members) - leaves], members[len(members) - leaves :]
    meeting = _call(item, members, day)
    register_attendance(
        meeting=meeting,
        rows=present(came) + on_leave(away),
        by=secretary,
        at=moment(day, 10, 5),
    )
    has_quorum = 3 * len(came) >= 2 * len(members)
    if has_quorum:
        placed = AgendaItem.objects.select_related("body", "meeting").get(pk=item.pk)
        decisions.conclude_agenda_item(
            item=placed,
            votes=agreeing(came),
            conclusion=Conclusion.PASSED,
            resolution=resolution,
            version=placed.version,
            by=secretary,
            at=moment(day, 10, 40),
        )
    return close_meeting(
        meeting=meeting,
        record_text=RECORD,
        minutes_text=resolution if has_quorum else NO_QUORUM,
        minutes_signed_by="孟广成",
        by=secretary,
        at=moment(day, 11, 30),
        ends_at=moment(day, 11, 20),
    )


def _call(item: AgendaItem, members: list[Member], day: date) -> Meeting:
    secretary = person("secretary")
    meeting = plan_meeting(
        body=item.body,
        session=session_of(item.body, day),
        starts_at=moment(day, 10, 0),
        place="机关三楼会议室",
        chair=next(one for one in members if one.is_principal),
        invited="资产监管部、办公室负责人",
        by=secretary,
        at=moment(day - timedelta(days=3)),
    )
    place_item(
        item=item,
        meeting=meeting,
        reporter="韩立军",
        materials_sent_on=day - timedelta(days=2),
        by=secretary,
        at=moment(day - timedelta(days=2)),
    )
    return meeting


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
    ordered = sorted(members, key=lambda one: one.is_principal)
    return [
        VoteMark(member=one.pk, choice=Choice.AGREE, opinion="同意。", speaking_order=place)
        for place, one in enumerate(ordered, start=1)
    ]
