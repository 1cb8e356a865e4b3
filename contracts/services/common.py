"""Steps every act on a contract shares: lock, write down, tell people."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import free_at
from approvals.models import Cooperation
from audit.services import record
from contracts.enums import Action
from contracts.models import Contract
from contracts.permissions import barred_by
from contracts.rules.procedure import blockers, transition_of
from contracts.selectors import facts_of
from core.errors import ActionBlocked
from core.models import lock
from notifications import services as notifications


def lock_contract(contract: Contract, version: int | None) -> Contract:
    """The contract's row on the version that was seen, its case held before it.

    The cooperation is locked first, as whoever writes on its ledger does: two acts of
    one case are served one after the other.
    """
    lock(Cooperation, pk=contract.cooperation_id)
    rows = Contract.objects.select_related(
        "venue", "partner", "proposal", "cooperation__supervising_union"
    )
    return lock(rows, pk=contract.pk, version=version)


def note(
    contract: Contract, code: str, title: str, *, by: User, at: datetime,
    command_id: UUID | None = None, body: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Record one act on the ledger of the contract's case."""
    record(
        case_id=contract.case_id,
        code=f"contracts.{code}",
        title=title,
        by=by,
        at=at,
        command_id=command_id,
        union_id=contract.cooperation.supervising_union_id,
        body={"contract": str(contract.pk), "number": contract.number, **(body or {})},
    )


def page_of(contract: Contract) -> str:
    """The address of the contract's page."""
    return f"/contracts/{contract.pk}/"


def venue_people(contract: Contract, permission: Permission, *, today: date) -> list[User]:
    """The people of the venue who hold a duty."""
    posts = Post.objects.in_force(today).holding(permission).filter(venue_id=contract.venue_id)
    return _people(posts)


def union_people(contract: Contract, permission: Permission, *, today: date) -> list[User]:
    """The people of the supervising union who hold a duty."""
    posts = Post.objects.in_force(today).holding(permission)
    union = contract.cooperation.supervising_union_id
    return _people(posts.filter(union=union, venue_id=None))


def checkers(contract: Contract, permission: Permission, *, today: date) -> list[User]:
    """Who may check or review the contract: of the supervising union, or above where nobody may."""
    union = contract.cooperation.supervising_union
    posts = free_at(permission, union, barred_by(permission, contract), on=today)
    return list(dict.fromkeys(post.user for post in posts))


def _people(posts) -> list[User]:
    return list({post.user: None for post in posts.select_related("user").order_by("pk")})


def tell(users: Iterable[User], contract: Contract, title: str, *, key: str, at: datetime) -> None:
    """Write a message about the contract into the outbox."""
    notifications.notify(
        users=list(users),
        title=title,
        body=f"{contract.number} {contract.title}",
        url=page_of(contract),
        kind="contracts.contract",
        dedupe_key=f"contract:{contract.pk}:{contract.version}:{key}",
        at=at,
        case_id=contract.case_id,
    )


def ensure_step(contract: Contract, action: Action) -> None:
    """Raise ActionBlocked when the contract's state does not allow the action at all."""
    if transition_of(action, contract.state_enum) is None:
        raise ActionBlocked(
            f"合同现处于“{contract.get_state_display()}”，不能办理“{action.label}”。"
            "请刷新页面查看最新进展。"
        )


def ensure_allowed(contract: Contract, action: Action, *, today: date) -> None:
    """Raise ActionBlocked with every reason why the action cannot be taken now."""
    if found := blockers(facts_of(contract, today=today), action):
        raise ActionBlocked(found)


def move(contract: Contract, action: Action, *, at: datetime) -> None:
    """Set the state the action leads to, one version up."""
    transition = transition_of(action, contract.state_enum)
    if transition is None:
        raise ActionBlocked("合同状态已变，请刷新页面。")
    contract.state = transition.target
    contract.updated_at = at
    contract.save_new_version()
