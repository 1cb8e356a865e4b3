"""What stands around the content on the review page: steps, progress, limit, timeline."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from accounts.models import User
from accounts.selectors import name_people
from approvals.enums import Node, Outcome, Stage, TaskStatus
from approvals.models import Opinion, Proposal, ProposalVersion, ReturnPoint, Task
from approvals.rules.route import Route
from approvals.selectors.desks import opinions_alone
from audit.models import Event
from audit.selectors import events_of
from organizations.enums import DepartmentKind
from organizations.rules import Calendar
from organizations.selectors import working_days_to_show

STEPS = ("充分论证", "形式审查", "会签", "法律审核", "集体决策", "批复", "签约")
STEP_OF_STAGE = {
    Stage.DRAFT: 0,
    Stage.VENUE_DECIDED: 0,
    Stage.RETURNED: 0,
    Stage.WITHDRAWN: 0,
    Stage.VOID: 0,
    Stage.FORMAL_REVIEW: 1,
    Stage.COUNTERSIGNING: 2,
    Stage.LEGAL_REVIEW: 3,
    Stage.LEADER_SIGNOFF: 4,
    Stage.PARTY_GROUP: 4,
    Stage.CHAIRS_OFFICE: 4,
    Stage.UPWARD: 4,
    Stage.CHANGES_PENDING: 4,
    Stage.DEFERRED: 4,
    Stage.REJECTED: 4,
    Stage.REPLYING: 5,
    Stage.APPROVED: 6,
    Stage.HALTED: 6,
    Stage.SUPERSEDED: 6,
    Stage.ENDED: 6,
}
STOPPED = {Stage.RETURNED, Stage.DEFERRED, Stage.REJECTED, Stage.WITHDRAWN, Stage.VOID}
STOPPED |= {Stage.HALTED, Stage.SUPERSEDED, Stage.ENDED}
NEAR_DAYS = 2
OPINION_EVENTS = {
    "approvals.formal_review.given",
    "approvals.countersignature.given",
    "approvals.legal_review.given",
    "approvals.leader_signoff.given",
    "approvals.consultation.answered",
}
# The venue's steps before the plan was first submitted that the reviewers read.
EARLY_EVENTS = {
    "approvals.proposal.drafted",
    "approvals.guidance.recorded",
    "approvals.venue.decided",
}
# Said where it stands, in the section's card; that a thread was opened or settled is news.
SAID_ELSEWHERE = {"approvals.thread.replied"}
EVENT_READ = ("code", "title", "actor_name", "position", "at", "body")
SITTING_EVENTS = {"meetings.item.returned", "meetings.item.placed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """Who has spoken and who is waited for, on the present version."""

    tasks: tuple[Task, ...]
    opinions: tuple[Opinion, ...]
    version_no: int
    route: Route | None
    points: tuple[ReturnPoint, ...] = field(default=())

    @property
    def current(self) -> list[Opinion]:
        """The opinions that count: valid ones, in the order they were given."""
        return [one for one in self.opinions if one.is_valid]

    @property
    def is_direct(self) -> bool:
        """Whether the version went straight back to who returned it, past the formal review."""
        return any(
            one.task.node == Node.FORMAL_REVIEW and one.carried_to == self.version_no
            for one in self.current
        )

    @property
    def open_tasks(self) -> list[Task]:
        return [one for one in self.tasks if one.is_desk and one.status in TaskStatus.UNFINISHED]

    @property
    def signed(self) -> dict[str, Opinion]:
        """The countersignature of each department on this version."""
        return {
            one.task.department_kind: one
            for one in self.current
            if one.task.node == Node.COUNTERSIGNATURE
        }


def desks_of(
    proposal: Proposal, versions: Iterable[ProposalVersion], *, reader: User | None = None,
    has_conditions: bool = True, has_points: bool = True,
) -> Desks:  # fmt: skip
    """The tasks, opinions, returns and pinned route of a plan.

    For a `reader` without the opinions that count no longer, but their own. Each table is read
    once and put together here: a join would bring a version's and a person's row again with
    each of a hundred opinions.
    """
    by_pk = {one.pk: one for one in versions}
    now = Q(plan_version__in=[pk for pk, one in by_pk.items() if one.no == proposal.version_no])
    rows = opinions_alone(proposal, has_conditions=has_conditions)
    rows = rows.filter(now | Q(is_valid=True) | Q(by=reader)) if reader else rows
    opinions = sorted(rows, key=lambda one: (one.at, one.pk))
    theirs = Q(pk__in=[one.task_id for one in opinions])
    tasks = sorted(proposal.tasks.filter(now | theirs), key=lambda one: (one.opened_at, one.pk))
    points = list(proposal.return_points.all()) if has_points else []
    hung: list[Task | Opinion | ReturnPoint] = [*tasks, *opinions, *points]
    for row in hung:
        row.plan_version, row.proposal = by_pk[row.plan_version_id], proposal
    known = {one.pk: one for one in tasks}
    for opinion in opinions:
        opinion.task = known[opinion.task_id]
    present = [one for one in tasks if one.plan_version.no == proposal.version_no]
    name_people(present, "assignee", "asked_by")
    name_people((*opinions, *points), "by", "on_behalf_of", "raised_by")
    return Desks(
        tasks=tuple(present),
        opinions=tuple(opinions),
        version_no=proposal.version_no,
        route=Route.from_json(proposal.route) if proposal.route else None,
        points=tuple(sorted(points, key=lambda one: (one.plan_version.no, one.no, one.pk))),
    )


def points_rows(desks: Desks) -> list[dict[str, str]]:
    """What was returned and how it was answered, in words, oldest first."""
    return [
        {
            "where": f"第 {one.plan_version.no} 版第 {one.no} 点",
            "text": one.text,
            "raised": f"{one.raised_by.name} {localtime(one.raised_at):%m-%d}",
            "answer": one.answer,
            "answered": f"{localtime(one.answered_at):%m-%d}" if one.answered_at else "",
        }
        for one in desks.points
    ]


def steps_of(stage: Stage, desks: Desks) -> list[dict[str, Any]]:
    """充分论证 → 形式审查 → 会签 → 法律审核 → 集体决策 → 批复 → 签约, and where the plan stands."""
    now = STEP_OF_STAGE[stage]
    steps = []
    for place, label in enumerate(STEPS):
        state = "done" if place < now else "todo"
        if place == now:
            state = "bad" if stage in STOPPED else "now"
        steps.append({"label": label, "state": state, "url": ""})
    if desks.route and stage is Stage.COUNTERSIGNING:
        steps[2]["label"] = f"会签 {len(desks.signed)}/{len(desks.route.countersigners)}"
    if stage in (Stage.LEADER_SIGNOFF, Stage.UPWARD):
        steps[now]["label"] = stage.label
    if stage in STOPPED:
        steps[now]["label"] = f"{STEPS[now]}（{stage.label}）"
    return steps


def progress_of(desks: Desks, mine: Task | None) -> dict[str, Any]:
    """The bar of the departments that countersign: who agreed, who is waited for."""
    kinds = desks.route.countersigners if desks.route else ()
    waiting = {one.department_kind for one in desks.open_tasks}
    own = mine.department_kind if mine else ""
    parts = []
    for kind in kinds:
        opinion = desks.signed.get(kind)
        if opinion:
            tone, label = Outcome(opinion.outcome).tone, opinion.get_outcome_display()
            if opinion.carried_to == desks.version_no:
                label = f"{label}（第{opinion.plan_version.no}版）"
        elif kind in waiting:
            tone, label = ("info", "由我办理") if kind == own else ("idle", "待办")
        else:
            tone, label = "idle", "未到"
        name = DepartmentKind(kind).label.removesuffix("部门")
        parts.append({"name": name, "tone": tone, "label": label})
    left = len(kinds) - len(desks.signed)
    return {
        "parts": parts,
        "signed": len(desks.signed),
        "total": len(kinds),
        "hint": f"还需 {left} 个部门" if left else "已全部会签",
    }


def limit_of(
    proposal: Proposal, desks: Desks, calendar: Calendar, *, today: date
) -> dict[str, str] | None:
    """剩 n 个工作日 of the nearest open desk, or of the stage where it opens none."""
    due = min((one.due_on for one in desks.open_tasks), default=proposal.due_on)
    return limit_words(due, calendar, today=today)


def limit_on(due: date | None, *, today: date) -> dict[str, str] | None:
    """The same of one day, where the calendar is not at hand."""
    return limit_words(due, working_days_to_show(), today=today) if due else None


def limit_words(due: date | None, calendar: Calendar, *, today: date) -> dict[str, str] | None:
    """How near a limit is, or how long it is over, as a badge."""
    if due is None:
        return None
    left = calendar.between(today, due)
    if due < today:
        return {"tone": "bad", "label": f"已超期 {max(-left, 1)} 个工作日"}
    if left == 0:
        return {"tone": "warn", "label": "今天到期"}
    return {"tone": "warn" if left <= NEAR_DAYS else "info", "label": f"剩 {left} 个工作日"}


def timeline_of(proposal: Proposal, versions: Iterable[ProposalVersion]) -> list[dict[str, Any]]:
    """What was done on this plan, oldest first; opinions in full, with the version they saw."""
    desks = desks_of(proposal, versions)
    opinions = {one.pk: one for one in desks.opinions}
    entries = []
    for event in events_of(proposal.case_id).only(*EVENT_READ):
        body = json.loads(event.body)
        if not _is_of(proposal, event, body):
            continue
        opinion = opinions.get(body.get("opinion")) if event.code in OPINION_EVENTS else None
        entries.append(
            _opinion_entry(event, opinion, desks)
            if opinion
            else _entry(event, url=_changes_url(proposal, event, body))
        )
    return entries


def _changes_url(proposal: Proposal, event: Event, body: dict) -> str:
    """Where a resubmission shows what it changed."""
    no = body.get("version_no") or 0
    if event.code != "approvals.proposal.submitted" or no < 2:
        return ""
    return f"{reverse('approvals:proposal_compare', args=[proposal.pk])}?a={no - 1}&b={no}&only=changes"


def _is_of(proposal: Proposal, event: Event, body: dict) -> bool:
    if event.code in SITTING_EVENTS:
        return body.get("subject") == str(proposal.pk)
    if event.code in SAID_ELSEWHERE:
        return False
    if not event.code.startswith("approvals.") or body.get("proposal") != str(proposal.pk):
        return False
    is_early = body.get("version_no") == 0
    return not proposal.version_no or not is_early or event.code in EARLY_EVENTS


def _entry(event: Event, *, url: str = "") -> dict[str, Any]:
    return {
        "who": event.actor_name,
        "position": event.position,
        "what": event.title,
        "tone": "",
        "label": "",
        "text": "",
        "at": event.at,
        "url": url,
    }


def _opinion_entry(event: Event, opinion: Opinion, desks: Desks) -> dict[str, Any]:
    return {
        "who": opinion.signer,
        "position": opinion.position,
        "what": f"{opinion.task.desk_label}{_standing(opinion, desks.version_no)}",
        "tone": Outcome(opinion.outcome).tone,
        "label": opinion.get_outcome_display(),
        "text": "\n".join(_lines(opinion, desks)),
        "at": event.at,
        "url": "",
    }


def _standing(opinion: Opinion, version_no: int) -> str:
    """What became of an opinion: of which version it speaks, whether it still stands, and why."""
    no = opinion.plan_version.no
    if opinion.taken_back_at:
        return " · 已取回"
    if opinion.is_valid and opinion.carried_to == version_no:
        return f" · 对应第{no}版，所依据的内容未变，继续有效"
    if opinion.void_reason:
        return f" · 对应第{no}版，已失效：{opinion.void_reason}"
    return f" · 对应第{no}版" if no != version_no or not opinion.is_valid else ""


def _lines(opinion: Opinion, desks: Desks) -> list[str]:
    lines = [opinion.text] if opinion.text else []
    if opinion.outcome == Outcome.RETURN:
        lines += [
            f"{one.no}. {one.text}"
            for one in desks.points
            if one.plan_version_id == opinion.plan_version_id and one.raised_by_id == opinion.by_id
        ]
    for number, condition in enumerate(opinion.listed_conditions, start=1):
        lines.append(f"条件{number}（{condition.state.label}）：{condition.text}")
    if resolution := getattr(opinion, "resolution", None):
        lines.append(f"处理意见（{resolution.by.name}）：{resolution.text}")
    return lines
