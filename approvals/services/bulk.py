"""Many plans at one go: each row goes through the service of its own act, and has its own answer.

No row knows of the others: what one is refused leaves the rest as they are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from approvals import allowed, permissions
from approvals.models import Proposal, Task
from approvals.selectors.delegations import delegations_to
from approvals.selectors.desks import open_tasks_of
from approvals.services import consulting, handling, urging
from core.errors import DomainError

NOT_YOURS = "现在没有由您办理的环节。"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one row, or may become of it: (allowed, reason), in a sentence."""

    proposal: Proposal
    desk: str
    is_done: bool
    reason: str


def urgeable(plans: Iterable[Proposal], *, by: User, at: datetime) -> list[Answer]:
    """Which desks may be urged now, each with the reason when not; nothing is done."""
    found = []
    for plan in plans:
        tasks = list(open_tasks_of(plan).filter(parent=None))
        found += [_may_urge(plan, task, by=by, at=at) for task in tasks]
        if not tasks:
            reason = urging.why_stage_not_urged(plan, by=by, on=at.date())
            label = urging.label_of(plan)
            found.append(Answer(plan, label, is_done=not reason, reason=reason or "可以催办"))
    return found


def _may_urge(plan: Proposal, task: Task, *, by: User, at: datetime) -> Answer:
    task.proposal = plan
    reason = handling.why_not_urged(task, by=by, on=at.date())
    return Answer(plan, task.desk_label, is_done=not reason, reason=reason or "可以催办")


def urge_plans(*, plans: Iterable[Proposal], text: str, by: User, at: datetime) -> list[Answer]:
    """催办 every open desk of the plans, or the stage where it opens none."""
    found = []
    for plan in plans:
        tasks = list(open_tasks_of(plan).filter(parent=None))
        for task in tasks:
            task.proposal = plan

            def act(task: Task = task) -> object:
                return handling.urge(task=task, text=text, by=by, at=at)

            found.append(_answer(plan, task.desk_label, act, done="已催办"))
        if not tasks:

            def act_on_stage(plan: Proposal = plan) -> object:
                return urging.urge_stage(proposal=plan, text=text, by=by, at=at)

            found.append(_answer(plan, urging.label_of(plan), act_on_stage, done="已催办"))
    return found


def assignable(plans: Iterable[Proposal], *, by: User) -> list[Answer]:
    """Of which plans this person has a desk's work to have prepared; nothing is done."""
    found = []
    for plan in plans:
        task = _own_desk(plan, by)
        if task is None:
            found.append(Answer(plan, "", is_done=False, reason=NOT_YOURS))
            continue
        reason = allowed.why_not_shared(by, task)
        found.append(Answer(plan, task.desk_label, not reason, reason or "可以委派"))
    return found


def assign_plans(
    *, plans: Iterable[Proposal], helper: User, question: str, by: User, at: datetime
) -> list[Answer]:
    """委派 one's own desk's work on each of the plans to one helper; it comes back to the desk."""
    found = []
    for plan in plans:
        task = _own_desk(plan, by)
        if task is None:
            found.append(Answer(plan, "", is_done=False, reason=NOT_YOURS))
            continue

        def act(task: Task = task) -> object:
            return consulting.assign(
                task=task, helper=helper, question=question, version=task.version, by=by, at=at
            )

        found.append(_answer(plan, task.desk_label, act, done=f"已委派{helper.name}"))
    return found


def _own_desk(plan: Proposal, by: User) -> Task | None:
    task = permissions.turn_of(by, open_tasks_of(plan), delegations_to(by))
    return task if task is not None and task.is_desk else None


def _answer(plan: Proposal, desk: str, act: Callable[[], object], *, done: str) -> Answer:
    try:
        with transaction.atomic():
            act()
    except DomainError as refusal:
        reason = "；".join(one.text for one in refusal.reasons)
        return Answer(plan, desk, is_done=False, reason=reason)
    return Answer(plan, desk, is_done=True, reason=done)
