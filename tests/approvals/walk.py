"""The supervising union's steps on a submitted plan, each by the person whose step it is."""

import uuid
from datetime import timedelta

from approvals.enums import Node, Outcome, Stage, TaskStatus
from approvals.models import Opinion, Proposal, Task
from approvals.services import decisions, opinions, replies
from meetings import services as meetings
from meetings.models import AgendaItem, Meeting
from meetings.rules import Presence, VoteMark
from tests.approvals.builders import World, fresh, moment, signed_record

COUNTERSIGNERS = {
    "cosign.personnel": "personnel",
    "cosign.discipline": "discipline",
    "cosign.finance": "finance",
    "cosign.audit": "fund_review",
}
LONG = "收益测算依据不足，请补充近三年客流数据。"
WORDS = {"a": "agree", "d": "disagree", "s": "abstain", "f": "defer"}


def open_task(proposal: Proposal, node: Node, department: str = "") -> Task:
    return Task.objects.select_related("plan_version", "proposal").get(
        proposal=proposal, node=node, department_kind=department, status=TaskStatus.OPEN
    )


def sign(world: World, task: Task, username: str, outcome=Outcome.AGREE, **changes) -> Opinion:
    """One desk's opinion on what it saw."""
    facts = {
        "text": "同意。" if outcome == Outcome.AGREE else LONG,
        "version": task.version,
        "content_sha256": task.plan_version.sha256,
        "by": world[username],
        "at": moment("2026-11-04 09:00"),
    }
    return opinions.give_opinion(task=task, outcome=outcome, **facts | changes)


def accept(world: World, proposal: Proposal, **changes) -> Proposal:
    sign(world, open_task(proposal, Node.FORMAL_REVIEW), "asset.officer", **changes)
    return fresh(proposal)


def countersign(world: World, proposal: Proposal, **outcomes) -> Proposal:
    """All four departments; `finance={"outcome": ..., ...}` changes what one of them says."""
    for username, department in COUNTERSIGNERS.items():
        changes = outcomes.get(department, {})
        sign(world, open_task(proposal, Node.COUNTERSIGNATURE, department), username, **changes)
    return fresh(proposal)


def countersign_rest(world: World, proposal: Proposal) -> Proposal:
    """The departments that have not signed yet, all agreeing."""
    for username, department in COUNTERSIGNERS.items():
        tasks = proposal.tasks.filter(status=TaskStatus.OPEN, department_kind=department)
        if tasks.exists():
            sign(world, open_task(proposal, Node.COUNTERSIGNATURE, department), username)
    return fresh(proposal)


def open_departments(proposal: Proposal) -> set[str]:
    """The departments whose turn it is to countersign."""
    rows = proposal.tasks.filter(node=Node.COUNTERSIGNATURE, status=TaskStatus.OPEN)
    return set(rows.values_list("department_kind", flat=True))


def clear(world: World, proposal: Proposal, **changes) -> Proposal:
    sign(world, open_task(proposal, Node.LEGAL_REVIEW), "counsel", **changes)
    return fresh(proposal)


def waiting(proposal_pk) -> AgendaItem:
    rows = AgendaItem.objects.select_related("body__union", "meeting")
    return rows.get(subject_id=proposal_pk, conclusion="", withdrawn_at=None)


def seat(world: World, item: AgendaItem, *, present: int = 3, day: str = "2026-11-12") -> Meeting:
    """A meeting of the item's body that has begun, with the item on its agenda."""
    members = list(item.body.members.order_by("order", "pk"))
    meeting = meetings.plan_meeting(
        body=item.body, session=f"2026年第{uuid.uuid4().hex[:12]}次",
        starts_at=moment(f"{day} 09:00"), place="三楼会议室", chair=members[-1],
        by=world["secretary"], at=moment(f"{day} 08:00"),
    )  # fmt: skip
    meetings.place_item(
        item=item, meeting=meeting, reporter="周宁",
        materials_sent_on=moment(f"{day} 08:00").date() - timedelta(days=4),
        by=world["secretary"], at=moment(f"{day} 08:30"),
    )  # fmt: skip
    away = members[: len(members) - present]
    return meetings.register_attendance(
        meeting=meeting,
        rows=[
            Presence(member=one.pk, status="leave", reason="出差")
            if one in away
            else Presence(member=one.pk, status="present")
            for one in members
        ],
        by=world["secretary"],
        at=moment(f"{day} 09:10"),
    )


def votes(meeting: Meeting, choices: str) -> list[VoteMark]:
    seated = meeting.attendances.filter(status="present").order_by("order", "pk")
    return [
        VoteMark(member=row.member_id, choice=WORDS[letter], speaking_order=turn, opinion="无")
        for turn, (row, letter) in enumerate(zip(seated, choices, strict=True), start=1)
    ]


def conclude(world: World, meeting: Meeting, choices: str = "aaa", **changes) -> AgendaItem:
    item = meeting.items.select_related("body__union", "meeting").get()
    facts = {
        "votes": votes(meeting, choices), "conclusion": "passed", "resolution": "同意该方案。",
        "version": item.version, "by": world["secretary"], "at": moment("2026-11-12 10:00"),
    }  # fmt: skip
    item = decisions.conclude_agenda_item(item=item, **facts | changes)
    file_record(world, meeting)
    return item


def file_record(world: World, meeting: Meeting) -> None:
    """The signed record of the meeting is scanned."""
    meetings.keep_record_file(
        meeting=meeting, upload=signed_record(), name="会议记录.png", by=world["secretary"],
        at=moment("2026-11-12 11:00"),
    )  # fmt: skip


def close(world: World, meeting: Meeting) -> Meeting:
    meeting.refresh_from_db()
    return meetings.close_meeting(
        meeting=meeting, record_text="如实记录。", minutes_text="会议纪要。",
        minutes_signed_by="张华", by=world["secretary"], at=moment("2026-11-12 11:00"),
    )  # fmt: skip


def decided(world: World, proposal: Proposal, choices: str = "aaa", **changes) -> Proposal:
    """The next body decides on the plan."""
    meeting = seat(world, waiting(proposal.pk))
    conclude(world, meeting, choices, **changes)
    return fresh(proposal)


def at_meeting(world: World, proposal: Proposal, **outcomes) -> Proposal:
    """Accepted, countersigned, cleared: it waits for the party group."""
    proposal = clear(world, countersign(world, accept(world, proposal), **outcomes))
    assert proposal.stage == Stage.PARTY_GROUP
    return proposal


def at_reply(world: World, proposal: Proposal, **outcomes) -> Proposal:
    proposal = decided(world, decided(world, at_meeting(world, proposal, **outcomes)))
    assert proposal.stage == Stage.REPLYING
    return proposal


def drafted_reply(world: World, proposal: Proposal, **changes):
    facts = {
        "approved_matters": "同意该方案。", "conditions": "签约前补充客流测算。",
        "requirements": "依法签约并备案。", "version": fresh(proposal).version,
        "by": world["asset.officer"], "at": moment("2026-11-16 09:00"),
    }  # fmt: skip
    return replies.draft_reply(proposal=proposal, **facts | changes)


def issued_reply(world: World, proposal: Proposal, **changes):
    facts = {
        "version": fresh(proposal).version, "by": world["leader"],
        "at": moment("2026-11-17 09:00"),
    }  # fmt: skip
    return replies.issue_reply(proposal=proposal, **facts | changes)
