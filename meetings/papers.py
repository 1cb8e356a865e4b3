"""What the papers of a meeting print: plain values in reading order, never live objects."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate, localtime

from documents.rules import format_day, printable
from meetings import selectors
from meetings.enums import AttendanceStatus, VoteMethod
from meetings.models import AgendaItem, Attendance, Meeting, Resolution, Vote

MINUTES_TEMPLATE = "print/minutes.html"
RECORD_TEMPLATE = "print/meeting_record.html"
NOTHING = "—"
ORDINALS = "一二三四五六七八九十"


def body_words(meeting: Meeting) -> str:
    """西安市总工会党组会议: a body's name as the papers of its meetings write it."""
    name = meeting.body.name
    return name if name.endswith("会议") else f"{name}会议"


def minutes_title(meeting: Meeting) -> str:
    return f"{body_words(meeting)}纪要（{meeting.session}）"


def record_title(meeting: Meeting) -> str:
    return f"{body_words(meeting)}记录（{meeting.session}）"


def lines_of(text: str) -> list[str]:
    """The lines somebody typed, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _names(rows: Iterable[Attendance], status: AttendanceStatus) -> list[Attendance]:
    return [row for row in rows if row.status == status]


def minutes_context(meeting: Meeting, *, copy_to: str = "") -> dict[str, Any]:
    """会议纪要 in the 纪要 format of GB/T 9704: what was agreed, who was there."""
    roster = list(selectors.attendances_of(meeting))
    items = list(selectors.items_of_meeting(meeting))
    away = _names(roster, AttendanceStatus.LEAVE)
    absent = _names(roster, AttendanceStatus.ABSENT)
    present = _names(roster, AttendanceStatus.PRESENT)
    return {
        "letterhead": f"{body_words(meeting)}纪要",
        "signature": meeting.union.name,
        "printed_by": meeting.union.name,
        "printed_on": format_day(meeting.minutes_signed_on) if meeting.minutes_signed_on else "",
        "minutes_signer": meeting.minutes_signed_by or NOTHING,
        "late": "本次会议为会后补录。" if meeting.is_late_entry else "",
        "substitute": _substitute(meeting),
        "opening": _opening(meeting),
        "text": lines_of(meeting.minutes_text),
        "items": [_minutes_item(item) for item in items if item.conclusion],
        "resolutions": [_resolution(one) for one in resolutions_of(meeting)],
        "present": "、".join(row.name for row in present),
        "away": "、".join(f"{row.name}（{row.reason}）" for row in away),
        "absent": "、".join(row.name for row in absent),
        "invited": meeting.invited,
        "copy_to": copy_to,
    }


def _substitute(meeting: Meeting) -> str:
    """A union without a party group says by what body it decides, and why."""
    said = meeting.body.substitute_for
    return f"代行职责说明：{said}" if said else ""


def resolutions_of(meeting: Meeting) -> list[Resolution]:
    return list(meeting.resolutions.order_by("no", "pk"))


def _opening(meeting: Meeting) -> str:
    start = localtime(meeting.starts_at)
    until = f"至{localtime(meeting.ends_at):%H:%M}" if meeting.ends_at else ""
    words = body_words(meeting)
    return (
        f"{format_day(start)}{start:%H:%M}{until}，{meeting.chair.name}在{meeting.place}主持召开"
        f"{words}（{meeting.session}）。现将会议议定事项纪要如下："
    )


def _minutes_item(item: AgendaItem) -> dict[str, str]:
    place = ORDINALS[item.order - 1] if item.order <= len(ORDINALS) else str(item.order)
    away = [vote.attendance.name for vote in item.votes.all() if vote.is_recused]
    return {
        "heading": f"{place}、{item.title}",
        "conclusion": f"会议结论：{item.get_conclusion_display()}。{counts_of(item)}。",
        "resolution": item.resolution,
        "changes": f"须修改：{item.required_changes}" if item.required_changes else "",
        "recused": f"{'、'.join(away)}回避并离席，未参加讨论和表决。" if away else "",
    }


def counts_of(item: AgendaItem) -> str:
    """The count of the votes; never who said what."""
    text = f"应到{item.members}人，实到{item.present}人"
    if not item.is_voted:
        return f"{text}，未达到到会下限"
    if item.recused:
        kept = "计入应到" if item.keeps_recused else "不计入应到"
        text += f"，回避{item.recused}人（{kept}）"
    return (
        f"{text}；同意{item.agree}票，不同意{item.disagree}票，"
        f"弃权{item.abstain}票，缓议{item.defer}票"
    )


def _resolution(one: Resolution) -> str:
    return f"{one.no}. {one.text}（责任：{one.owner_text}；时限：{format_day(one.due_on)}）"


def record_context(meeting: Meeting) -> dict[str, Any]:
    """集体决策会议记录: everything, for the circle that may know it; signed by hand and scanned."""
    roster = list(selectors.attendances_of(meeting))
    items = list(selectors.items_of_meeting(meeting))
    verdicts = selectors.verdicts_of(meeting, items)
    counts = {status: len(_names(roster, status)) for status in AttendanceStatus}
    return {
        "basics": _basics(meeting, len(roster), counts),
        "late": "补录" if meeting.is_late_entry else "否",
        "roster": [
            {
                "name": row.name,
                "title": f"{row.title}（主要负责人）" if row.is_principal else row.title,
                "status": row.get_status_display() if row.status else "未登记",
                "reason": row.reason or NOTHING,
                "written": row.written_opinion,
            }
            for row in roster
        ],
        "items": [_record_item(meeting, item, verdicts.get(item.pk)) for item in items],
        "text": meeting.record_text or NOTHING,
        "resolutions": [_resolution(one) for one in resolutions_of(meeting)],
    }


def _basics(meeting: Meeting, members: int, counts: dict[AttendanceStatus, int]) -> list:
    start = printable(meeting.starts_at)
    ended = f"至 {localtime(meeting.ends_at):%H:%M}" if meeting.ends_at else "（未登记结束时间）"
    terms = meeting.terms
    return [
        ("会议", f"{body_words(meeting)}（{meeting.session}）"),
        ("时间", f"{start} {ended}"),
        *([("代行职责", meeting.body.substitute_for)] if meeting.body.substitute_for else []),
        ("地点", meeting.place),
        ("主持人、记录人", f"主持：{meeting.chair.name}　记录：{meeting.recorder.name}"),
        (
            "到会",
            f"应到 {members} 人，实到 {counts[AttendanceStatus.PRESENT]} 人，"
            f"请假 {counts[AttendanceStatus.LEAVE]} 人，缺席 {counts[AttendanceStatus.ABSENT]} 人",
        ),
        ("列席", meeting.invited or NOTHING),
        ("表决方式", VoteMethod(meeting.vote_method).label),
        (
            "议事规则",
            f"到会不少于{terms.quorum_text}且超过半数；同意票超过应到成员半数；"
            f"{terms.recusal_text}；材料{terms.materials_text}（{terms.source}）",
        ),
        ("补录", "补录：会后规定工作日之后登记" if meeting.is_late_entry else "否"),
        ("知悉范围", "记录人和本级会议秘书、参加会议的成员、分管领导、审计人员"),
    ]


def _record_item(meeting: Meeting, item: AgendaItem, verdict: Any) -> dict[str, Any]:
    is_secret = meeting.vote_method == VoteMethod.SECRET_BALLOT
    return {
        "heading": f"议题 {item.order}　{item.title}",
        "reporter": item.reporter or NOTHING,
        "materials": printable(item.materials_sent_on) or NOTHING,
        "version": f"第 {item.version_no} 版 {item.content_sha256[:8]}",
        "votes": [_record_vote(vote, is_secret=is_secret) for vote in item.votes.all()],
        "counts": counts_of(item) if item.conclusion else "尚未表决",
        "last_word": _last_word(item),
        "conclusion": item.get_conclusion_display() if item.conclusion else NOTHING,
        "resolution": item.resolution or NOTHING,
        "changes": item.required_changes,
        "verdict": verdict.label if verdict else NOTHING,
        "checks": [f"{one.rule}：{one.label}，{one.text}" for one in verdict.checks]
        if verdict
        else [],
    }


def _last_word(item: AgendaItem) -> str:
    if item.spoke_last is None:
        return NOTHING
    return "是" if item.spoke_last else "否：主要负责人（主持人）未末位表态"


def _record_vote(vote: Vote, *, is_secret: bool) -> dict[str, str]:
    said = "无记名" if is_secret else vote.get_choice_display()
    return {
        "turn": str(vote.speaking_order or NOTHING),
        "name": vote.attendance.name,
        "choice": "回避、离席" if vote.is_recused else said or NOTHING,
        "opinion": vote.recusal_reason if vote.is_recused else vote.opinion or NOTHING,
    }


def minutes_file_name(meeting: Meeting) -> str:
    return f"{minutes_title(meeting)}.pdf"


def record_file_name(meeting: Meeting) -> str:
    return f"{record_title(meeting)}{localdate(meeting.starts_at):%Y%m%d}.pdf"
