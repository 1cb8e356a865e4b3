"""Desks at which nobody may act: nobody sits there, or everybody who does had a part in the matter."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from approvals import permissions
from approvals.enums import NODE_PERMISSIONS, Stage, TaskStatus
from approvals.models import ExpertEngagement, Involvement, Opinion, Proposal, Section, Task
from approvals.selectors.stuck import Holders, Stuck, page

BARRED = "“{label}”的在岗人员均已参与本方案，不能办理。"


def barred_desks(*, today: date) -> Iterator[Stuck]:
    """The open desks of all plans at which somebody sits, and nobody there may act."""
    rows = Task.objects.filter(
        status=TaskStatus.OPEN, parent=None, assignee=None, proposal__suspended_at=None,
        proposal__stage__in=Stage.IN_REVIEW,
    ).select_related("proposal__supervising_union", "plan_version", "union")  # fmt: skip
    tasks = list(rows.order_by("pk"))
    for task, is_empty in _unmanned(tasks, Holders(today)):
        if not is_empty:
            reason = BARRED.format(label=task.desk_label)
            yield Stuck(task.proposal, reason, page("task_move_up", task.pk))


def unmanned_desks(tasks: Collection[Task], *, today: date) -> list[Task]:
    """Of the open desks of a plan, those at which nobody may act now."""
    open_desks = [one for one in tasks if one.status == TaskStatus.OPEN and not one.assignee_id]
    if not open_desks:
        return []
    holders = Holders(today, unions={task.desk_union.pk for task in open_desks})
    return [task for task, _is_empty in _unmanned(open_desks, holders)]


def _unmanned(tasks: Collection[Task], holders: Holders) -> Iterator[tuple[Task, bool]]:
    """Only where everybody who sits there had some part in the plan is each of them asked after."""
    parts = _parts_in({task.proposal_id for task in tasks})
    for task in tasks:
        duty, union = NODE_PERMISSIONS[task.node], task.desk_union
        people = holders.people(duty, union.pk, task.department_kind)
        if {one.pk for one in people} - parts[task.proposal_id]:
            continue
        if not any(permissions.may_act_at(one, task, union) for one in people):
            yield task, not people


def _parts_in(plans: set[UUID]) -> dict[UUID, set[UUID | None]]:
    """Who had any part in each plan: more people than are barred, never fewer."""
    found: dict[UUID, set[UUID | None]] = defaultdict(set)
    for rows, *names in (
        (Proposal.objects.filter(pk__in=plans), "pk", "drafted_by", "submitted_by"),
        (Section.objects.filter(proposal__in=plans), "proposal", "updated_by"),
        (ExpertEngagement.objects.filter(proposal__in=plans), "proposal", "user"),
        (
            Involvement.objects.filter(cooperation__proposals__in=plans),
            "cooperation__proposals",
            "person",
        ),
        (Opinion.objects.filter(proposal__in=plans), "proposal", "by", "on_behalf_of"),
    ):
        for plan, *people in rows.values_list(*names):
            found[plan].update(people)
    return found
