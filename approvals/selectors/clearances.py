"""Reads of 解除疑似认定: who waits for whom, and what a person may do."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from approvals.enums import ClearanceState
from approvals.models import Concurrence, LeaseClearance, Proposal
from approvals.rules.clearing import CONCURRING, can_be_cleared, is_cleared
from approvals.rules.facts import PlanFacts
from approvals.rules.screening import lease_screen
from core.work import Work, WorkItem, WorkLine, work


def clearances_for(user: User) -> QuerySet:
    """The clearances whose plan this person may see."""
    rows = LeaseClearance.objects.visible_to(user)
    return rows.select_related(
        "proposal__venue", "proposal__supervising_union", "requested_by", "file"
    )


def clearances_of(proposal: Proposal) -> list[LeaseClearance]:
    """Every request about the plan itself, oldest first, with what was said."""
    rows = proposal.clearances.filter(contract_id=None)
    rows = rows.select_related("requested_by", "item__meeting__body", "item__body")
    return list(rows.prefetch_related("concurrences__by").order_by("requested_at", "pk"))


def may_be_asked(proposal: Proposal, facts: PlanFacts) -> bool:
    """Whether the plan is SUSPECT by its score alone, and nobody is asked or has cleared it yet."""
    result = lease_screen(facts)
    if not can_be_cleared(result) or is_cleared(result, facts.cleared_signs):
        return False
    return not proposal.clearances.filter(state__in=ClearanceState.OPEN, contract_id=None).exists()


def clearances_of_contract(contract_id: UUID) -> list[LeaseClearance]:
    """Every request about a contract, oldest first."""
    return list(LeaseClearance.objects.filter(contract_id=contract_id).order_by("requested_at"))


def signs_cleared_of_contract(contract_id: UUID) -> tuple[str, ...]:
    """What the union's meeting held to be no sign of a lease in a contract; empty without."""
    rows = LeaseClearance.objects.filter(contract_id=contract_id, state=ClearanceState.CLEARED)
    found = rows.order_by("-decided_at", "-pk").values_list("signs", flat=True).first()
    return tuple(found or ())


def departments_of(user: User, clearance: LeaseClearance) -> list[str]:
    """For which of the two departments this person may still speak."""
    if clearance.state != ClearanceState.REQUESTED:
        return []
    said = list(clearance.concurrences.values_list("department_kind", "by"))
    if user.pk in {by for _kind, by in said}:
        return []
    union = clearance.proposal.supervising_union_id
    held = {
        post.department_kind
        for post in user.posts()
        if post.union_id == union and Permission.COUNTERSIGN in post.card.permissions
    }
    return [
        kind.value
        for kind in CONCURRING
        if kind in held and kind not in {department for department, _by in said}
    ]


def clearance_work(user: User) -> list[Work]:
    """The clearances that wait for this person's department."""
    posts = [
        post
        for post in user.posts()
        if Permission.COUNTERSIGN in post.card.permissions and post.department_kind in CONCURRING
    ]
    if not posts:
        return []
    mine = Q(pk__in=[])
    for post in posts:
        said = Concurrence.objects.filter(department_kind=post.department_kind)
        mine |= Q(proposal__supervising_union=post.union_id) & ~Q(pk__in=said.values("clearance"))
    rows = LeaseClearance.objects.filter(mine, state=ClearanceState.REQUESTED)
    return [
        work("clearance", rows, _item, title="proposal__title", source="proposal__venue__name",
             since="requested_at", due_on="due_on"),
    ]  # fmt: skip


def _item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="解除疑似认定",
        title=line.title,
        act="表示意见",
        url=reverse("approvals:clearance", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=line.due_on,
    )
