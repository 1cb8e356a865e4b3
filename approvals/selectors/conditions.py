"""附条件: what stands between an approved plan and its contract, and whose turn it is."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import NODE_PERMISSIONS
from approvals.models import Condition, Proposal
from core.work import Work, WorkItem, WorkLine, work

PURPOSE = "condition:"  # of a file that shows how a condition was met; no part of the plan


def conditions_of(proposal: Proposal) -> QuerySet[Condition]:
    """The conditions that stand: of opinions that count, in the order they were set."""
    rows = proposal.conditions.filter(opinion__is_valid=True)
    return rows.select_related("opinion__task", "met_by", "evidence").order_by(
        "opinion__at", "opinion_id", "position"
    )


def open_conditions(proposal: Proposal) -> tuple[str, ...]:
    """What must still be confirmed before the contract is signed, in the departments' words."""
    rows = proposal.conditions.filter(met_at=None, opinion__is_valid=True)
    return tuple(
        rows.order_by("opinion__at", "opinion_id", "position").values_list("text", flat=True)
    )


def confirmers_of(condition: Condition, *, today: date) -> list[User]:
    """The people of the department that set a condition."""
    task = condition.opinion.task
    posts = Post.objects.in_force(today).holding(NODE_PERMISSIONS[task.node])
    posts = posts.filter(union=condition.proposal.supervising_union, venue_id=None)
    if task.department_kind:
        posts = posts.filter(department_kind=task.department_kind)
    return list({post.user for post in posts.select_related("user").order_by("pk")})


def condition_work(user: User) -> list[Work]:
    """The conditions this person has to meet for the venue, or to confirm for a department."""
    return [
        work(
            "condition" if is_met else "condition_reported",
            rows,
            _to_meet if is_met else _to_confirm,
            title="proposal__title", source="proposal__venue__name", since="opinion__at",
        )
        for rows, is_met in ((_of_venue(user), True), (_of_departments(user), False))
        if rows is not None
    ]  # fmt: skip


def _of_venue(user: User) -> QuerySet[Condition] | None:
    duty = Permission.PROPOSAL_WRITE
    venues = [one.venue_id for one in user.posts() if one.venue_id and duty in one.card.permissions]
    if not venues:
        return None
    rows = Condition.objects.filter(proposal__venue_id__in=venues, opinion__is_valid=True)
    return rows.filter(met_at=None, reported_at=None)


def _of_departments(user: User) -> QuerySet[Condition] | None:
    duty, found = Permission.CONDITION_CONFIRM, None
    for post in user.posts():
        if post.union_id is None or post.venue_id or duty not in post.card.permissions:
            continue
        nodes = [node for node, one in NODE_PERMISSIONS.items() if one in post.card.permissions]
        rows = Condition.objects.filter(
            proposal__supervising_union=post.union_id,
            opinion__task__node__in=nodes,
            opinion__task__department_kind__in=["", post.department_kind],
            opinion__is_valid=True,
            met_at=None,
            reported_at__isnull=False,
        )
        found = rows if found is None else found | rows
    return found


def _to_meet(line: WorkLine) -> WorkItem:
    return _item(line, "落实所附条件", "condition_report")


def _to_confirm(line: WorkLine) -> WorkItem:
    return _item(line, "确认条件落实", "condition_met")


def _item(line: WorkLine, act: str, page: str) -> WorkItem:
    return WorkItem(
        kind="方案", title=line.title, act=act, url=reverse(f"approvals:{page}", args=[line.pk]),
        source=line.source, since=line.since,
    )  # fmt: skip
