"""Whose turn it is: the open tasks a person may act on, and what they did."""

from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import Case, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import (
    NODE_PERMISSIONS,
    ExceptionState,
    Node,
    Stage,
    TaskStatus,
    desk_label,
)
from approvals.models import (
    Circulation,
    Condition,
    ExpertEngagement,
    Opinion,
    OpinionDraft,
    Proposal,
    RuleException,
    Task,
)
from approvals.selectors.clearances import clearance_work
from approvals.selectors.conditions import condition_work
from approvals.selectors.delegations import delegations_to
from approvals.selectors.facts import AGAINST, COUNTED
from approvals.selectors.withdrawals import withdrawal_work
from core.work import Work, WorkItem, WorkLine, work


def _asked_of(user: User) -> Q:
    """The open tasks this person may act on: their own desks', delegated ones, what they were asked.

    A desk's task is anybody's who sits there until it is transferred to one person.
    """
    own = Q(assignee=None) | Q(assignee=user)
    mine = (_desks_of(user) & own) | Q(assignee=user, parent__isnull=False)
    for delegation in delegations_to(user):
        theirs = Q(assignee=None) | Q(assignee=delegation.principal)
        desk = _desks_of(delegation.principal) & theirs & Q(node=delegation.node)
        if not delegation.includes_waiting:
            desk &= Q(opened_at__date__gte=delegation.valid_from)
        mine |= desk & Q(union=delegation.union_id) & delegation.covered_tasks()
    return mine & Q(status=TaskStatus.OPEN, proposal__suspended_at=None)


def _desks_of(user: User) -> Q:
    """The desks of the route at which this person's posts sit."""
    desks = Q(pk__in=[])
    for post in user.posts():
        for node, permission in NODE_PERMISSIONS.items():
            if post.union_id is None or post.venue_id or permission not in post.card.permissions:
                continue
            desk = Q(node=node, parent=None, union=post.union_id)
            desks |= desk & Q(department_kind__in=["", post.department_kind])
    return desks


def tasks_for(user: User) -> QuerySet[Task]:
    """The open tasks this person may act on, the nearest limit first."""
    tasks = Task.objects.filter(_asked_of(user))
    return tasks.select_related("proposal__venue", "proposal__supervising_union").order_by(
        "due_on", "pk"
    )


def open_tasks_of(proposal: Proposal) -> QuerySet[Task]:
    """The desks a plan lies on now, the nearest limit first."""
    return proposal.tasks.filter(status=TaskStatus.OPEN).order_by("due_on", "pk")


def tasks_done_by(user: User) -> QuerySet[Task]:
    """What this person has decided, the latest first."""
    tasks = Task.objects.filter(done_by=user).select_related("proposal__venue", "opinion")
    return tasks.order_by("-done_at", "pk")


def proposals_started_by(user: User) -> QuerySet[Proposal]:
    """The plans this person drafted or submitted, the latest first."""
    mine = Proposal.objects.visible_to(user).filter(Q(drafted_by=user) | Q(submitted_by=user))
    return mine.select_related("venue", "supervising_union").order_by("-updated_at", "-pk")


def draft_of(user: User, task: Task) -> OpinionDraft | None:
    """This person's own unsent opinion on a task; nobody else's."""
    return OpinionDraft.objects.filter(task=task, by=user).first()


def opinions_of(proposal: Proposal) -> QuerySet[Opinion]:
    """Every opinion given on a plan, all versions, in the order they were given."""
    rows = opinions_alone(proposal, has_conditions=True)
    rows = rows.select_related("task", "by", "on_behalf_of", "plan_version", "resolution__by")
    return rows.defer("plan_version__snapshot").order_by("at", "pk")


def opinions_alone(proposal: Proposal, *, has_conditions: bool) -> QuerySet[Opinion]:
    """The same in no order, for whoever knows the tasks, people and versions they hang on."""
    rows = proposal.opinions.select_related("resolution__by")
    if not has_conditions:
        return rows.prefetch_related(Prefetch("conditions", Condition.objects.none()))
    return rows.prefetch_related("conditions__met_by", "conditions__evidence")


def work_of(user: User, *, today: date) -> list[Work]:
    """What waits for this person on plans: desk tasks, replies, confirmations, returned drafts."""
    venues = {post.venue_id for post in user.posts()}
    turns = Proposal.objects.filter(turn_of(user)).distinct()
    return [
        *_desk_work(user),
        work(
            "proposal", turns, partial(_turn_item, venues=venues),
            parent="venue_id", title="title", source="venue__name", since="updated_at",
            word="stage",
            due_on="due_on",
            note=Case(When(reply__isnull=False, then=Value("reply")), default=Value("")),
        ),
        *_exception_work(user),
        *clearance_work(user),
        *condition_work(user),
        *withdrawal_work(user, today=today),
        *_advice_work(user, today=today),
    ]  # fmt: skip


def _desk_work(user: User) -> list[Work]:
    if not user.can(Permission.PROPOSAL_READ):
        return []
    return [
        work(
            "task",
            Task.objects.filter(_asked_of(user)),
            _task_item,
            parent="proposal_id",
            title="proposal__title",
            source=Coalesce("asked_by__name", "proposal__venue__name"),
            since="opened_at",
            due_on="due_on",
            word="node",
            note="department_kind",
        ),
        work(
            "circulation",
            Circulation.objects.filter(to_user=user, read_at=None),
            _circulation_item,
            title="proposal__title",
            source="sent_by__name",
            since="sent_at",
        ),
    ]


ASKED_PAGES = {Node.CONSULTATION: "task_answer", Node.ASSIGNMENT: "task_report"}


def _task_item(line: WorkLine) -> WorkItem:
    page = ASKED_PAGES.get(Node(line.word))
    return WorkItem(
        kind="方案",
        title=line.title,
        act=desk_label(line.word, line.note),
        url=reverse(f"approvals:{page}", args=[line.pk])
        if page
        else reverse("approvals:proposal_review", args=[line.parent]),
        source=line.source,
        since=line.since,
        due_on=line.due_on,
        pick=line.parent,
    )


def _circulation_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="方案",
        title=line.title,
        act="传阅",
        url=reverse("approvals:circulation_read", args=[line.pk]),
        source=line.source,
        since=line.since,
    )


# What a plan asks of its venue, and of the union above, stage by stage.
OWN_ACTS: dict[Stage, str] = {
    Stage.DRAFT: "继续起草",
    Stage.VENUE_DECIDED: "核对并报送",
    Stage.RETURNED: "答复退回意见",
    Stage.DEFERRED: "缓议后修改",
    Stage.WITHDRAWN: "撤回后修改",
    Stage.CHANGES_PENDING: "按会议意见修改",
}
UNION_ACTS: dict[Stage, str] = {
    Stage.DRAFT: "指导论证",
    Stage.PARTY_GROUP: "处理不同意意见",
    Stage.CHAIRS_OFFICE: "处理不同意意见",
    Stage.UPWARD: "登记上级工会批复",
    Stage.CHANGES_PENDING: "确认修改到位",
    Stage.REPLYING: "拟写批复",
}


def _turn_item(line: WorkLine, *, venues: set[UUID | None]) -> WorkItem:
    stage, is_own = Stage(line.word), line.parent in venues
    page = "proposal_review"
    if is_own and stage in Stage.WITH_VENUE:
        page = "proposal_edit"
    elif stage is Stage.DRAFT:
        page = "guidance"
    return WorkItem(
        kind="方案",
        title=line.title,
        act="签发批复" if line.note else (OWN_ACTS if is_own else UNION_ACTS)[stage],
        url=reverse(f"approvals:{page}", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=line.due_on,
        pick=line.pk,
    )


def turn_of(user: User) -> Q:
    """The plans whose turn is this person's beside the desk tasks."""
    turn = Q(stage=Stage.CHANGES_PENDING, decisions__item__confirmer=user)
    for post in user.posts():
        if post.venue_id and Permission.PROPOSAL_WRITE in post.card.permissions:
            stages = list(Stage.WRITABLE)
            if Permission.PROPOSAL_SUBMIT in post.card.permissions:
                stages.append(Stage.VENUE_DECIDED)
            turn |= Q(venue=post.venue_id, stage__in=stages)
        elif post.union_id:
            turn |= _union_turn(post)
    return turn


def _union_turn(post: Post) -> Q:
    here = Q(supervising_union=post.union_id)
    duty = here | Q(moved_to=post.union_id)
    turn = Q(pk__in=[])
    if Permission.REPLY_DRAFT in post.card.permissions:
        turn |= duty & (Q(stage=Stage.REPLYING, reply=None) | Q(stage=Stage.UPWARD))
    if Permission.REPLY_ISSUE in post.card.permissions:
        turn |= duty & Q(stage=Stage.REPLYING, reply__isnull=False)
    if Permission.GUIDANCE_RECORD in post.card.permissions:
        turn |= here & Q(stage=Stage.DRAFT, shared_at__isnull=False, guidance=None)
    if Permission.OBJECTION_RESOLVE in post.card.permissions:
        turn |= duty & Q(
            stage__in=[Stage.PARTY_GROUP, Stage.CHAIRS_OFFICE],
            opinions__in=Opinion.objects.filter(COUNTED, AGAINST),
            opinions__is_valid=True,
            opinions__resolution=None,
        )
    return turn


def _advice_work(user: User, *, today: date) -> list[Work]:
    """The plans a lawyer or expert is asked about and has not yet given an opinion on."""
    if not user.can(Permission.EXPERT_OPINION):
        return []
    asked = ExpertEngagement.objects.filter(
        user=user,
        opinion="",
        access_from__lte=today,
        access_until__gte=today,
        ended_at=None,
        proposal__stage__in=[*Stage.WRITABLE, Stage.VENUE_DECIDED],
    )
    return [
        work(
            "advice",
            asked,
            _advice_item,
            parent="proposal_id",
            title="proposal__title",
            source="proposal__venue__name",
            due_on="access_until",
        )
    ]


def _advice_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="方案",
        title=line.title,
        act="出具意见",
        url=reverse("approvals:expert_opinion", args=[line.parent, line.pk]),
        source=line.source,
        due_on=line.due_on,
    )


def exception_turn_of(user: User) -> Q:
    """The exceptions whose turn is this person's: to submit for the venue, to review for counsel."""
    turn = Q()
    for post in user.posts():
        if post.venue_id and Permission.EXCEPTION_WRITE in post.card.permissions:
            turn |= Q(venue_id=post.venue_id, state=ExceptionState.DRAFT)
        elif post.union_id and Permission.LEGAL_REVIEW in post.card.permissions:
            turn |= Q(proposal__supervising_union=post.union_id, state=ExceptionState.SUBMITTED)
    return turn


def _exception_work(user: User) -> list[Work]:
    unions = [
        post.union_id
        for post in user.posts()
        if post.union_id and Permission.LEGAL_REVIEW in post.card.permissions
    ]
    if not unions:
        return []
    exceptions = RuleException.objects.filter(
        state=ExceptionState.SUBMITTED, proposal__supervising_union__in=unions
    )
    return [
        work(
            "exception",
            exceptions,
            _exception_item,
            title="proposal__title",
            source="proposal__venue__name",
            since="submitted_at",
            due_on="due_on",
            word="rule_code",
        )
    ]


def _exception_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="例外",
        title=f"例外审批（{line.word}）：{line.title}",
        act="法律审核",
        url=reverse("approvals:exception", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=line.due_on,
    )
