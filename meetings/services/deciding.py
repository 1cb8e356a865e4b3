"""The decision on one item."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock
from meetings import permissions, rules, selectors
from meetings.enums import AttendanceStatus, Conclusion, MeetingState, VoteMethod
from meetings.models import AgendaItem, Attendance, Meeting, Vote
from meetings.rules import Decision, Seat, Tally, VoteMark
from meetings.services.agenda import record_item
from organizations.models import TradeUnion


@transaction.atomic
def conclude_item(
    *, item: AgendaItem, votes: Sequence[VoteMark], conclusion: Conclusion | str, resolution: str,
    by: User, at: datetime, required_changes: str = "", confirmer: User | None = None,
    ballot: Tally | None = None, validity: str = "", version: int | None = None,
    command_id: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Record who said what on an item and what the meeting concluded.

    The meeting is locked before the item, so that it cannot close in between. Without
    quorum nothing is recorded. `ballot` is the announced count of a secret ballot.
    """
    if item.meeting_id is None:
        raise ActionBlocked(f"《{item.title}》尚未列入会议，不能表决。请先由会议秘书列入议程。")
    meeting = lock(Meeting.objects.select_related("body__union"), pk=item.meeting_id)
    item = lock(AgendaItem.objects.select_related("body__union"), pk=item.pk, version=version)
    permissions.require_writer(by, meeting.body)
    attendances = {row.member_id: row for row in selectors.attendances_of(meeting)}
    decision = Decision(
        members=len(attendances),
        seats=tuple(
            _seat(row, meeting)
            for row in attendances.values()
            if row.status == AttendanceStatus.PRESENT
        ),
        quorum=meeting.terms.quorum,
        keeps_recused=meeting.keeps_recused,
        votes=tuple(votes),
        conclusion=conclusion,
        resolution=resolution,
        required_changes=required_changes,
        has_confirmer=confirmer is not None,
        ballot=_ballot(meeting, ballot),
        basis=meeting.basis,
    )
    reasons = _deciding_reasons(item, meeting) or rules.decision_reasons(decision)
    if reasons := reasons or _confirmer_reasons(decision, meeting, confirmer):
        raise ActionBlocked(reasons)
    _keep_votes(item, decision, attendances)
    item.required_changes, item.confirmer = required_changes.strip(), confirmer
    item.validity = validity.strip()
    _keep_conclusion(item, decision, at)
    title, figures = _figures(item, meeting)
    record_item(item, "concluded", title, by=by, at=at, command_id=command_id, body=figures)
    return item


def _seat(row: Attendance, meeting: Meeting) -> Seat:
    return Seat(
        member=row.member_id,
        name=row.name,
        is_principal=row.is_principal,
        is_chair=row.member_id == meeting.chair_id,
    )


def _ballot(meeting: Meeting, ballot: Tally | None) -> Tally | None:
    if meeting.vote_method == VoteMethod.SECRET_BALLOT:
        return ballot or Tally()
    return None


def _deciding_reasons(item: AgendaItem, meeting: Meeting) -> list[Reason]:
    if item.meeting_id != meeting.pk:
        return [Reason("议题已不在这次会议的议程上，请刷新页面。")]
    if item.conclusion:
        label = Conclusion(item.conclusion).label
        return [Reason(f"《{item.title}》已形成结论“{label}”，不能重复表决。")]
    if not rules.MEETING.allows("conclude", meeting.state):
        is_early = meeting.state == MeetingState.PLANNED
        text = "请先登记到会情况，再逐项表决。" if is_early else "会议已经结束，不能再登记表决。"
        return [Reason(text)]
    due = selectors.materials_due(meeting)
    late = rules.materials_reason(item.title, item.materials_sent_on, due, meeting.terms)
    return [late] if late else []


def _confirmer_reasons(
    decision: Decision, meeting: Meeting, confirmer: User | None
) -> list[Reason]:
    if decision.conclusion != Conclusion.PASSED_WITH_CHANGES or confirmer is None:
        return []
    if meeting.venue_id:
        text = "阵地班子会议要求修改的，请记为“缓议”，改好方案后再次表决。"
        return [Reason(text, code=rules.VENUE_MEETING, field="conclusion")]
    if not confirmer.is_active or not permissions.may_confirm(confirmer, meeting.body):
        text = f"{confirmer.name}在{meeting.union.name}没有确认修改的岗位，请指定分管领导。"
        return [Reason(text, field="confirmer")]
    return []


def _keep_votes(item: AgendaItem, decision: Decision, attendances: dict[int, Attendance]) -> None:
    Vote.objects.bulk_create(
        Vote(
            item=item,
            attendance=attendances[vote.member],
            is_recused=vote.is_recused,
            recusal_reason=vote.recusal_reason.strip() if vote.is_recused else "",
            choice=vote.choice,
            opinion=vote.opinion.strip(),
            speaking_order=vote.speaking_order,
        )
        for vote in decision.votes
    )


def _keep_conclusion(item: AgendaItem, decision: Decision, at: datetime) -> None:
    tally = decision.tally
    item.conclusion, item.concluded_at = decision.conclusion, at
    item.resolution = decision.resolution.strip()
    item.members, item.present = decision.members, decision.present
    item.recused, item.keeps_recused = decision.recused, decision.keeps_recused
    item.spoke_last = rules.spoke_last(decision)
    item.agree, item.disagree = tally.agree, tally.disagree
    item.abstain, item.defer = tally.abstain, tally.defer
    item.save_new_version()


def _figures(item: AgendaItem, meeting: Meeting) -> tuple[str, dict]:
    """The sentence and the figures for the ledger: counts, never who said what."""
    label = Conclusion(item.conclusion).label
    title = (
        f"{meeting}：{label}（应到 {item.members}，实到 {item.present}，回避 {item.recused}，"
        f"同意 {item.agree}，不同意 {item.disagree}，弃权 {item.abstain}，缓议 {item.defer}）"
    )
    if not item.keeps_recused and item.recused:
        title += "；回避成员不计入应到"
    if not item.spoke_last:
        title += "；主要负责人（主持人）未末位表态"
    names = ("members", "present", "recused", "agree", "disagree", "abstain", "defer", "spoke_last")
    return title, {name: getattr(item, name) for name in names} | {"conclusion": item.conclusion}


@transaction.atomic
def confirm_changes(
    *, item: AgendaItem, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Confirm, by the person the meeting named, that the changes asked for are made."""
    item = lock(AgendaItem.objects.select_related("body", "confirmer"), pk=item.pk, version=version)
    if item.conclusion != Conclusion.PASSED_WITH_CHANGES or item.confirmer is None:
        raise ActionBlocked("这一议题不是“修改后通过”，无须确认修改。")
    if item.confirmer_id != by.pk:
        raise Refused(f"会议指定由{item.confirmer.name}确认修改，其他人不能代为确认。")
    if item.confirmed_at:
        raise ActionBlocked("修改已经确认过，不必重复确认。")
    item.confirmed_at = at
    item.save_new_version()
    record_item(
        item,
        "changes_confirmed",
        f"确认已按{item.body.name}要求修改到位",
        by=by,
        at=at,
        command_id=command_id,
    )
    return item


@transaction.atomic
def replace_confirmer(
    *, item: AgendaItem, to: User, reason: str, by: User, at: datetime,
    union: TradeUnion | None = None, how: str = "离岗交接",
) -> AgendaItem:  # fmt: skip
    """Name the successor of a confirmer who leaves; who may do so is the hand-over's question.

    Where nobody of the body's own union may confirm, it is somebody of a higher `union`.
    What the meeting decided stays as it was recorded; the ledger keeps both names.
    """
    item = lock(AgendaItem.objects.select_related("body", "confirmer"), pk=item.pk)
    if item.confirmer is None or item.confirmed_at:
        raise ActionBlocked("这一议题没有待确认的修改。")
    if not permissions.may_confirm(to, item.body, union):
        raise ActionBlocked(f"{to.name}没有确认修改的岗位，请交给分管领导。")
    before, item.confirmer = item.confirmer, to
    item.save_new_version()
    title = f"{how}：确认修改的人由{before.name}改为{to.name}：{reason}"
    record_item(item, "confirmer_replaced", title, by=by, at=at)
    return item
