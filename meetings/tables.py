"""Meetings, items that wait for one, and bodies as lists."""

from collections.abc import Iterable
from typing import Any

from core.addresses import address_of
from core.cells import Badge, Link, Several, Value
from core.tables import Column, Table
from meetings.enums import DecisionBodyKind, MeetingState, ResolutionState
from meetings.models.resolutions import owner_text
from organizations.tables import WaitingTable, held_column


class MeetingTable(Table):
    """One meeting a line."""

    name, title, default_sort = "meetings", "会议", "-starts"
    reads = (
        "session", "starts_at", "place", "state", "minutes_number", "is_late_entry", "body__name",
        "union__name", "chair__name",
    )  # fmt: skip
    columns = (
        Column("meeting", "会议"),
        Column("union", "工会", sort="union__path"),
        Column("starts", "时间", sort="starts_at", css="nowrap"),
        Column("place", "地点"),
        Column("chair", "主持人", css="nowrap"),
        Column("minutes", "纪要文号", sort="minutes_number", css="nowrap"),
        Column("state", "状态"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        state = _badge(MeetingState(row.state))
        return (
            Link(f"{row.body__name}{row.session}", address_of("meetings:meeting_detail", row.pk)),
            row.union__name,
            row.starts_at,
            row.place,
            row.chair__name,
            row.minutes_number,
            Several((state, Badge("补录", "warn"))) if row.is_late_entry else state,
        )


class WaitingItemTable(WaitingTable):
    """One item a line that no meeting has taken up yet, the longest waiting first."""

    name, title, default_sort = "waiting-items", "待上会议题", "-held"
    reads = ("title", "url", "version_no", "queued_at", "body__name", "union__name")
    columns = (
        Column("title", "议题", sort="title"),
        Column("body", "决策机构"),
        Column("union", "工会", sort="union__path"),
        Column("version", "版本", css="nowrap"),
        Column("queued", "提请时间", sort="queued_at", css="nowrap"),
        held_column("-queued_at"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        return (
            Link(row.title, row.url),
            row.body__name,
            row.union__name,
            f"第 {row.version_no} 版",
            row.queued_at,
            self.held(row.queued_at),
        )


def _badge(state: MeetingState | ResolutionState) -> Badge:
    return Badge(state.label, state.tone)


class ResolutionTable(Table):
    """One thing a meeting asked for a line, the nearest day first."""

    name, title, default_sort = "resolutions", "议定事项", "due"
    reads = (
        "text", "department_kind", "owner", "due_on", "state", "meeting__session",
        "meeting__body__name", "union__name",
    )  # fmt: skip
    columns = (
        Column("text", "事项"),
        Column("meeting", "会议"),
        Column("union", "工会", sort="union__path"),
        Column("owner", "责任部门、责任人"),
        Column("due", "时限", sort="due_on", css="nowrap"),
        Column("state", "状态"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        state = _badge(ResolutionState(row.state))
        is_late = row.state != ResolutionState.CLOSED and row.due_on < self.today
        return (
            Link(row.text, address_of("meetings:resolution_detail", row.pk)),
            f"{row.meeting__body__name}{row.meeting__session}",
            row.union__name,
            owner_text(row.department_kind, row.owner),
            row.due_on,
            Several((state, Badge("已超期", "bad"))) if is_late else state,
        )


class BodyTable(Table):
    """One body a line, with the quorum its union fixed."""

    name, title, default_sort = "bodies", "决策机构", "union"
    reads = ("name", "kind", "substitute_for", "union__name", "share", "whole")
    columns = (
        Column("name", "机构", sort="name"),
        Column("kind", "类别"),
        Column("union", "工会", sort="union__path"),
        Column("quorum", "到会下限"),
        Column("substitute", "代行职责说明"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        return (
            Link(row.name, address_of("meetings:body_detail", row.pk)),
            DecisionBodyKind(row.kind).label,
            row.union__name,
            f"应到成员的 {row.share}/{row.whole}" if row.whole else "",
            row.substitute_for,
        )
