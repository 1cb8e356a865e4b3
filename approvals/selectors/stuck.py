"""The invariant of the procedure, looked for: an open matter always waits for somebody.

A plan in review has an unfinished desk, an agenda item or a person whose turn it is. What
has none of them is stuck: nobody's list shows it, no reminder speaks of it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import NODE_PERMISSIONS, Stage, TaskStatus
from approvals.models import Decision, Proposal, Task
from meetings.models import AgendaItem
from organizations.models import TradeUnion

AT_A_MEETING = (Stage.PARTY_GROUP, Stage.CHAIRS_OFFICE)
BY_A_PERSON = (Stage.CHANGES_PENDING, Stage.UPWARD, Stage.REPLYING)
HANDOVER = "须经离岗交接改由在岗的分管领导确认。"
AT_A_DESK = tuple(one for one in Stage.IN_REVIEW if one not in (*AT_A_MEETING, *BY_A_PERSON))


@dataclass(frozen=True, slots=True)
class Stuck:
    """A plan nobody can move on, why in one sentence, and the page that mends it, if one does."""

    proposal: Proposal
    reason: str
    mend: str = ""


def stuck_plans(*, today: date) -> list[Stuck]:
    """Every plan in review that waits for nobody; a suspended one waits for its keeper."""
    rows = Proposal.objects.filter(stage__in=Stage.IN_REVIEW, suspended_at=None)
    rows = rows.select_related("supervising_union").order_by("pk")
    holders = Holders(today)
    return [
        *_without_desk(rows.filter(stage__in=AT_A_DESK)),
        *_without_gate(rows.filter(stage__in=AT_A_MEETING)),
        *_without_secretary(rows.filter(stage__in=AT_A_MEETING), holders),
        *_at_empty_desks(holders),
        *_without_turn(rows, holders),
    ]


def _without_desk(rows: QuerySet[Proposal]) -> Iterator[Stuck]:
    tasks = Task.objects.filter(proposal=OuterRef("pk"), status__in=TaskStatus.UNFINISHED)
    for plan in rows.filter(~Exists(tasks)):
        yield Stuck(plan, f"方案处于“{plan.get_stage_display()}”，却没有任何待办。")


def _without_gate(rows: QuerySet[Proposal]) -> Iterator[Stuck]:
    items = AgendaItem.objects.filter(
        subject_id=OuterRef("pk"), conclusion="", withdrawn_at=None, subject_kind="proposal"
    )
    for plan in rows.filter(~Exists(items)):
        yield Stuck(
            plan,
            f"方案处于“{plan.get_stage_display()}”，却没有待上会的议题。",
            page("proposal_queue", plan.pk),
        )


def _without_secretary(rows: QuerySet[Proposal], holders: "Holders") -> Iterator[Stuck]:
    """Nobody is in post who could put the plan on an agenda and record what the meeting says."""
    for plan in rows:
        if not holders.any(Permission.MEETING_WRITE, plan.supervising_union_id):
            yield Stuck(
                plan,
                f"方案处于“{plan.get_stage_display()}”，“会议秘书”没有在岗人员，无人安排上会。",
            )


def page(name: str, pk: object) -> str:
    """The address of the page that mends a stuck plan."""
    return reverse(f"approvals:{name}", args=[pk])


def _at_empty_desks(holders: "Holders") -> Iterator[Stuck]:
    """Desks at which nobody sits: the clock runs and nobody hears it."""
    tasks = Task.objects.filter(
        status=TaskStatus.OPEN, proposal__suspended_at=None, proposal__stage__in=Stage.IN_REVIEW
    ).select_related("proposal__supervising_union", "assignee")
    for task in tasks.order_by("pk"):
        plan = task.proposal
        mend = page("task_move_up", task.pk) if task.is_desk else ""
        if task.assignee:
            if not task.assignee.is_active:
                yield Stuck(plan, f"“{task.desk_label}”由{task.assignee.name}办理，账号已经停用。")
            elif not holders.seats(task):
                yield Stuck(plan, f"“{task.desk_label}”由{task.assignee.name}办理，已不在岗。")
            continue
        duty = NODE_PERMISSIONS[task.node]
        if not holders.any(duty, task.union_id, task.department_kind):
            yield Stuck(plan, f"“{task.desk_label}”没有在岗人员。", mend)


def _without_turn(rows: QuerySet[Proposal], holders: "Holders") -> Iterator[Stuck]:
    reply = (Permission.REPLY_DRAFT, "拟写批复"), (Permission.REPLY_ISSUE, "签发批复")
    for plan in rows.filter(stage=Stage.REPLYING):
        yield from _without_duty(plan, holders, *reply)
    for plan in rows.filter(stage=Stage.UPWARD):
        yield from _without_duty(plan, holders, (Permission.REPLY_DRAFT, "登记上级工会批复"))
    pending = rows.filter(stage=Stage.CHANGES_PENDING)
    named = Decision.objects.filter(proposal__in=pending).select_related("item__confirmer")
    latest = {one.proposal_id: one.item.confirmer for one in named.order_by("at", "pk")}
    for plan in pending:
        confirmer = latest.get(plan.pk)
        unions = (plan.supervising_union_id, plan.moved_to_id)
        if confirmer is None or not any(holders.confirms(confirmer, one) for one in unions):
            who = confirmer.name if confirmer else "人"
            yield Stuck(plan, f"会议指定确认修改的{who}已不在岗，{HANDOVER}")


def _without_duty(
    plan: Proposal, holders: "Holders", *duties: tuple[Permission, str]
) -> Iterator[Stuck]:
    for duty, label in duties:
        if not any(holders.any(duty, one) for one in (plan.supervising_union_id, plan.moved_to_id)):
            yield Stuck(plan, f"“{label}”没有在岗人员。", page("proposal_move_up", plan.pk))


class Holders:
    """Who sits where on a day, read once."""

    def __init__(self, today: date, *, unions: set[int] | None = None) -> None:
        posts = Post.objects.in_force(today).filter(venue_id=None, user__is_active=True)
        if unions is not None:
            posts = posts.filter(union__in=unions)
        self._at: dict[int | None, list[Post]] = defaultdict(list)
        for post in posts.select_related("user").order_by("pk"):
            self._at[post.union_id].append(post)

    def any(self, duty: Permission, union_id: int | None, department: str = "") -> bool:
        return bool(self.people(duty, union_id, department))

    def people(self, duty: Permission, union_id: int | None, department: str = "") -> list[User]:
        """Who answers for a duty at a union, each once."""
        found = [
            post.user
            for post in self._at[union_id]
            if duty in post.card.permissions and department in ("", post.department_kind)
        ]
        return list(dict.fromkeys(found))

    def confirms(self, user: User, union_id: int | None) -> bool:
        """Whether the person a meeting named still has a post by which changes are confirmed."""
        return any(
            post.user_id == user.pk and Permission.CHANGES_CONFIRM in post.card.permissions
            for post in self._at[union_id]
        )

    def seats(self, task: Task) -> bool:
        """Whether the person a task names still has the post from which they act."""
        duty = NODE_PERMISSIONS.get(task.node, Permission.ERRAND_WRITE)
        return any(
            post.user_id == task.assignee_id
            and duty in post.card.permissions
            and task.department_kind in ("", post.department_kind)
            for post in self._at[task.union_id]
        )


def keepers_above(union: TradeUnion, *, today: date) -> list[Post]:
    """Who keeps the procedure of a union; where nobody does, of the nearest union above."""
    line = [union, *reversed(list(union.get_ancestors()))]
    posts = Post.objects.in_force(today).holding(Permission.PROCEDURE_KEEP)
    posts = posts.filter(union__in=line, venue_id=None, user__is_active=True)
    found = list(posts.select_related("user").order_by("pk"))
    for place in line:
        if here := [post for post in found if post.union_id == place.pk]:
            return here
    return []
