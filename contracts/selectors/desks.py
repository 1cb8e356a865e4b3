"""Contracts as pages and desks ask for them."""

from datetime import date, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, ScopedQuerySet, User
from approvals.enums import Duty, PlanKind
from approvals.models import Cooperation, Proposal
from approvals.selectors.involved import is_barred, moved_up_to
from audit.selectors import events_of
from contracts.enums import ContractState, GateCode
from contracts.models import Contract, Gate
from contracts.rules.procedure import DESKS
from core.work import Work, WorkItem, WorkLine, work

SOON_DAYS = 180
STEPS = (
    ContractState.DRAFT,
    ContractState.CLAUSE_CHECK,
    ContractState.LEGAL_REVIEW,
    ContractState.READY,
    ContractState.SIGNED,
    ContractState.FILED,
    ContractState.EFFECTIVE,
)
# state → the act that brought the contract there
ARRIVALS = {
    ContractState.CLAUSE_CHECK: "submitted_at",
    ContractState.LEGAL_REVIEW: "checked_at",
    ContractState.READY: "legal_at",
    ContractState.SIGNED: "signed_at",
    ContractState.FILED: "filed_at",
}
STEP_LABELS = ("起草", "条款核查", "法律审核", "签订", "备案", "生效条件", "履行")


NAMES = (
    "venue", "partner", "cooperation__counterpart_venue", "cooperation__supervising_union",
)  # fmt: skip


def with_names(rows: QuerySet[Contract]) -> QuerySet[Contract]:
    """Fetch beside each contract what every page prints of it."""
    return rows.select_related(*NAMES)


def contracts_for(user: User) -> QuerySet[Contract]:
    """The contracts a person may see; `held_since` is when each came to the desk it lies on."""
    return _contracts_with_turns().visible_to(user)


@cache  # the question is put together once, and asked anew by every page
def _contracts_with_turns() -> ScopedQuerySet:
    return Contract.objects.select_related(*NAMES).annotate(
        held_since=Case(
            When(state=ContractState.DRAFT, submitted_at=None, then=F("drafted_at")),
            When(state=ContractState.DRAFT, then=F("updated_at")),  # returned, or mended since
            *(When(state=state, then=F(column)) for state, column in ARRIVALS.items()),
        )
    )


def contracts_of(cooperation: Cooperation) -> QuerySet[Contract]:
    """The contracts of a cooperation, newest first."""
    rows = with_names(Contract.objects.filter(cooperation=cooperation))
    return rows.order_by("-drafted_at", "pk")


def effective_contract_of(cooperation: Cooperation) -> Contract | None:
    """The contract being performed, if there is one."""
    rows = with_names(Contract.objects.running().filter(cooperation=cooperation))
    return rows.order_by("-effective_at", "pk").first()


def expiring(user: User, *, today: date, days: int = SOON_DAYS) -> QuerySet[Contract]:
    """Contracts in the person's scope that end within so many days, the nearest first."""
    rows = Contract.objects.running().ending_by(today + timedelta(days=days))
    return with_names(rows.visible_to(user)).order_by("ends_on", "pk")


def days_to_end(contract: Contract, *, today: date) -> int | None:
    """Days from today to the last day; None when it does not run."""
    if contract.ends_on is None or contract.state not in ContractState.RUNNING:
        return None
    return (contract.ends_on - today).days


def steps_of(contract: Contract) -> list[dict[str, str]]:
    """Where the contract stands, as steps."""
    if contract.state == ContractState.VOID:
        return [{"label": "已作废", "state": "bad"}]
    state = contract.state_enum
    at = STEPS.index(state) if state in STEPS else len(STEPS)
    marks = ("done", "now", "todo")
    steps = [
        {"label": label, "state": marks[(index == at) + 2 * (index > at)]}
        for index, label in enumerate(STEP_LABELS)
    ]
    if state is ContractState.EFFECTIVE:
        steps[-1]["state"] = "done"
    elif at == len(STEPS):
        steps.append({"label": state.label, "state": "now"})
    return steps


def desk_of(contract: Contract) -> str:
    """Whose turn it is, in words."""
    return DESKS[contract.state_enum].label


def timeline_of(contract: Contract) -> list[dict[str, Any]]:
    """The acts on this contract, newest first."""
    events = events_of(contract.case_id).filter(
        code__startswith="contracts.", body__contains=str(contract.pk)
    )
    return [
        {
            "who": event.actor_name,
            "position": event.position,
            "what": event.title,
            "tone": "idle",
            "label": "",
            "text": "",
            "at": event.at,
        }
        for event in events.reverse()
    ]


def plans_without_contract(user: User, *, today: date) -> QuerySet[Proposal]:
    """Approved operation plans of the person's own venues that may still have their contract."""
    venues = [
        post.venue_id
        for post in user.posts()
        if post.venue_id and Permission.CONTRACT_WRITE in post.card.permissions
    ]
    drawn = Contract.objects.filter(proposal=OuterRef("pk")).exclude(state=ContractState.VOID)
    rows = Proposal.objects.in_force(today).filter(
        ~Exists(drawn), venue__in=venues, kind=PlanKind.OPERATION_PLAN
    )
    return rows.select_related("venue").order_by("decided_at", "pk")


# state → (duty, what is to be done); a venue's duty is looked for at the venue.
TURNS: dict[ContractState, tuple[Permission, str]] = {
    ContractState.DRAFT: (Permission.CONTRACT_WRITE, "起草合同"),
    ContractState.CLAUSE_CHECK: (Permission.CONTRACT_CHECK, "合同条款核查"),
    ContractState.LEGAL_REVIEW: (Permission.LEGAL_REVIEW, "合同法律审核"),
    ContractState.READY: (Permission.CONTRACT_SIGN, "签订合同"),
    ContractState.SIGNED: (Permission.CONTRACT_FILE, "合同备案"),
    ContractState.FILED: (Permission.CONTRACT_FILE, "确认合同生效"),
}
AT_VENUE = frozenset({ContractState.DRAFT, ContractState.READY})


def work_of(user: User, *, today: date) -> list[Work]:
    """What waits for this person on contracts, and the approved plans without one."""
    turn = turn_of(user, today=today)
    own = {post.venue_id for post in user.posts() if post.venue_id}
    found = []
    if turn:
        found.append(
            work(
                "contract", Contract.objects.filter(turn), partial(_contract_item, own=own),
                parent="venue_id", title="title", source="venue__name", since="updated_at",
                due_on="filing_due_on", word="state",
            )
        )  # fmt: skip
    if own:
        found.append(
            work(
                "contract_plan", plans_without_contract(user, today=today), _plan_item,
                title="title", source="venue__name", since="decided_at",
            )
        )  # fmt: skip
    return found


def _contract_item(line: WorkLine, *, own: set[UUID]) -> WorkItem:
    state = ContractState(line.word)
    is_unsafe = line.parent in own and state in (ContractState.SIGNED, ContractState.FILED)
    return WorkItem(
        kind="合同",
        title=line.title,
        act="明确安全责任人" if is_unsafe else TURNS[state][1],
        url=reverse("contracts:contract_detail", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=line.due_on if state is ContractState.SIGNED else None,
    )


def _plan_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="合同",
        title=line.title,
        act="起草合同",
        url=f"{reverse('contracts:contract_new')}?proposal={line.pk}",
        source=line.source,
        since=line.since,
    )


def turn_of(user: User, *, today: date) -> Q:
    """The contracts whose turn is this person's."""
    turn = Q()
    for post in user.posts():
        turn |= _turn_of(user, post, today=today)
    return turn


# What is checked may come up to a higher union; beside whoever has another duty in the
# cooperation, these of the contract's own people may not do it.
NOT_BY: dict[ContractState, tuple[str, ...]] = {
    ContractState.CLAUSE_CHECK: ("drafted_by", "submitted_by"),
    ContractState.LEGAL_REVIEW: ("drafted_by", "submitted_by", "checked_by"),
}


def _union_turn(
    user: User, post: Post, state: ContractState, permission: Permission, *, today: date
) -> Q:
    here = Q(cooperation__supervising_union=post.union_id)
    if state not in NOT_BY:
        gates = Gate.objects.filter(contract=OuterRef("pk"), is_open=True)
        at_last = Q(~Exists(gates)) if state is ContractState.FILED else Q()
        return here & at_last & Q(state=state)
    columns = NOT_BY[state]
    above = moved_up_to(post, permission, Duty.APPROVER, on=today, but=columns)
    own_part = Q(*((column, user.pk) for column in columns), _connector=Q.OR)
    return (here | above) & ~own_part & Q(~is_barred(user, Duty.APPROVER), state=state)


def _turn_of(user: User, post: Post, *, today: date) -> Q:
    turn = Q()
    gates = Gate.objects.filter(contract=OuterRef("pk"), is_open=True)
    held = post.card.permissions
    for state, (permission, _act) in TURNS.items():
        if permission not in held:
            continue
        if state in AT_VENUE and post.venue_id:
            here = Q(venue=post.venue_id, state=state)
            is_ready = state is ContractState.READY
            turn |= here & Q(~is_barred(user, Duty.SIGNER)) if is_ready else here
        elif state not in AT_VENUE and post.union_id and not post.venue_id:
            turn |= _union_turn(user, post, state, permission, today=today)
    if Permission.CONTRACT_WRITE in held and post.venue_id:
        unsafe = gates.filter(code=GateCode.SAFETY_OFFICER)
        unfinished = [ContractState.SIGNED, ContractState.FILED]
        turn |= Q(Exists(unsafe), venue=post.venue_id, state__in=unfinished)
    return turn
