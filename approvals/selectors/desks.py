"""Whose turn it is: the open tasks a person may act on, and what they did."""

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import NODE_PERMISSIONS, ExceptionState, Outcome, Stage, TaskStatus
from approvals.models import (
    ExpertEngagement,
    Opinion,
    OpinionDraft,
    Proposal,
    RuleException,
    Task,
)
from core.work import WorkItem


def tasks_for(user: User) -> QuerySet[Task]:
    """The open tasks at the desks this person's posts sit at, the nearest limit first."""
    mine = Q(pk__in=[])
    for post in user.posts():
        for node, permission in NODE_PERMISSIONS.items():
            if post.union_id is None or post.venue_id or permission not in post.card.permissions:
                continue
            desk = Q(node=node, proposal__supervising_union=post.union_id)
            mine |= desk & Q(department_kind__in=["", post.department_kind])
    tasks = Task.objects.filter(mine, status=TaskStatus.OPEN)
    return tasks.select_related("proposal__venue", "proposal__supervising_union").order_by(
        "due_on", "pk"
    )


def task_for(user: User, proposal: Proposal) -> Task | None:
    """This person's open task on a plan, or None."""
    tasks = tasks_for(user).filter(proposal=proposal)
    return tasks.select_related("plan_version", "proposal__supervising_union").first()


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
    opinions = proposal.opinions.select_related("task", "by", "plan_version", "resolution__by")
    return opinions.prefetch_related("conditions").order_by("at", "pk")


def is_disputed(proposal: Proposal) -> bool:
    """有异议：a valid 不同意 stands on the present version."""
    return proposal.opinions.filter(outcome=Outcome.DISAGREE, is_valid=True).exists()


def work_of(user: User, *, today: date) -> list[WorkItem]:
    """What waits for this person on plans: desk tasks, replies, confirmations, returned drafts."""
    work = [
        WorkItem(
            title=task.proposal.title,
            act=task.desk_label,
            url=reverse("approvals:proposal_review", args=[task.proposal_id]),
            source=task.proposal.venue.name,
            since=task.opened_at,
            due_on=task.due_on,
        )
        for task in tasks_for(user)
    ]
    venues = {post.venue_id for post in user.posts()}
    waiting = Proposal.objects.filter(turn_of(user)).select_related("venue")
    for proposal in waiting.order_by("updated_at", "pk").distinct():
        act, page = proposal.get_stage_display(), "proposal_review"
        if proposal.stage in Stage.WITH_VENUE and proposal.venue_id in venues:
            page = "proposal_edit"
        elif proposal.stage == Stage.DRAFT:
            act, page = "指导论证", "guidance"
        work.append(
            WorkItem(
                title=proposal.title,
                act=act,
                url=reverse(f"approvals:{page}", args=[proposal.pk]),
                source=proposal.venue.name,
                since=proposal.updated_at,
            )
        )
    return work + _exception_work(user) + _advice_work(user, today=today)


def turn_of(user: User) -> Q:
    """The plans whose turn is this person's beside the desk tasks."""
    turn = Q(stage=Stage.CHANGES_PENDING, decisions__item__confirmer=user)
    for post in user.posts():
        if post.venue_id and Permission.PROPOSAL_WRITE in post.card.permissions:
            stages = [Stage.DRAFT, Stage.RETURNED, Stage.DEFERRED, Stage.CHANGES_PENDING]
            if Permission.PROPOSAL_SUBMIT in post.card.permissions:
                stages.append(Stage.VENUE_DECIDED)
            turn |= Q(venue=post.venue_id, stage__in=stages)
        elif post.union_id:
            turn |= _union_turn(post)
    return turn


def _union_turn(post: Post) -> Q:
    here = Q(supervising_union=post.union_id)
    turn = Q(pk__in=[])
    if Permission.REPLY_DRAFT in post.card.permissions:
        turn |= here & Q(stage=Stage.REPLYING, reply=None)
    if Permission.REPLY_ISSUE in post.card.permissions:
        turn |= here & Q(stage=Stage.REPLYING, reply__isnull=False)
    if Permission.GUIDANCE_RECORD in post.card.permissions:
        turn |= here & Q(stage=Stage.DRAFT, shared_at__isnull=False, guidance=None)
    if Permission.OBJECTION_RESOLVE in post.card.permissions:
        turn |= here & Q(
            stage__in=[Stage.PARTY_GROUP, Stage.CHAIRS_OFFICE],
            opinions__outcome=Outcome.DISAGREE,
            opinions__is_valid=True,
            opinions__resolution=None,
        )
    return turn


def _advice_work(user: User, *, today: date) -> list[WorkItem]:
    """The plans a lawyer or expert is asked about and has not yet given an opinion on."""
    if not user.can(Permission.EXPERT_OPINION):
        return []
    asked = ExpertEngagement.objects.filter(
        user=user,
        opinion="",
        access_from__lte=today,
        access_until__gte=today,
        proposal__stage__in=[*Stage.WRITABLE, Stage.VENUE_DECIDED],
    ).select_related("proposal__venue")
    return [
        WorkItem(
            title=one.proposal.title,
            act="出具意见",
            url=reverse("approvals:expert_opinion", args=[one.proposal_id, one.pk]),
            source=one.proposal.venue.name,
            due_on=one.access_until,
        )
        for one in asked.order_by("access_until", "pk")
    ]


def _exception_work(user: User) -> list[WorkItem]:
    unions = [
        post.union_id
        for post in user.posts()
        if post.union_id and Permission.LEGAL_REVIEW in post.card.permissions
    ]
    exceptions = RuleException.objects.filter(
        state=ExceptionState.SUBMITTED, proposal__supervising_union__in=unions
    ).select_related("proposal__venue")
    return [
        WorkItem(
            title=f"例外审批（{one.rule_code}）：{one.proposal.title}",
            act="法律审核",
            url=reverse("approvals:exception", args=[one.pk]),
            source=one.proposal.venue.name,
            since=one.submitted_at,
        )
        for one in exceptions.order_by("submitted_at", "pk")
    ]
