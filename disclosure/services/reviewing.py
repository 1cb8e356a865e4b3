"""The asset department's part: publish, return, withdraw, settle the gates of contracts."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from audit.services import record
from contracts.enums import GateCode
from contracts.models import Contract, Gate
from contracts.services import close_gate, reopen_gate
from core.canonical import sha256_of
from core.clock import SHANGHAI
from core.errors import ActionBlocked, Reason
from core.models import lock
from disclosure import permissions, rules, selectors
from disclosure.enums import DisclosureState
from disclosure.models import Disclosure
from disclosure.selectors import UPDATE_KIND
from disclosure.services import common
from notifications import services as notifications
from organizations.selectors import parameter
from venues.models import Venue

WARN_BEFORE_DAYS = 30


@transaction.atomic
def review_disclosure(
    *, disclosure: Disclosure, is_cleared: bool, note: str = "", version: int | None = None,
    by: User, at: datetime, command_id: UUID | None = None,
) -> Disclosure:  # fmt: skip
    """Publish the edition in place of the one before it, or return it with what must be mended.

    Publishing closes the gate of every contract of the venue that still waits for it.
    """
    disclosure = common.lock_edition(disclosure, version)
    permissions.require_reviewer(by, disclosure)
    common.ensure_open(disclosure, "review")
    union = disclosure.venue.supervising_union
    least = int(parameter("min_opinion_length", union=union, on=common.day_of(at)).value)
    if not is_cleared and len(note.strip()) < least:
        text = f"退回须写明需要修改之处，至少 {least} 个字。"
        raise ActionBlocked(Reason(text, rules.RULE, "note"))
    names = selectors.names_at(disclosure.venue_id)
    if is_cleared and (reasons := rules.submission_reasons(disclosure.content, names=names)):
        raise ActionBlocked(reasons)
    disclosure.reviewed_by, disclosure.reviewed_at = by, at
    disclosure.review_note = note.strip()
    if is_cleared:
        _publish(disclosure, by, at, command_id)
    else:
        disclosure.state = DisclosureState.DRAFT
        disclosure.save_new_version()
        title = f"退回公开信息第 {disclosure.number} 版"
        common.note(disclosure, "returned", title, by, at, command_id)
    people = selectors.people_of_venue(
        disclosure.venue_id, Permission.DISCLOSURE_WRITE, on=common.day_of(at)
    )
    verdict = "已公布" if is_cleared else "被退回修改"
    common.tell(disclosure, people, f"公开信息第 {disclosure.number} 版{verdict}", at)
    return disclosure


def _publish(disclosure: Disclosure, by: User, at: datetime, command_id: UUID | None) -> None:
    earlier = selectors.published_of(disclosure.venue_id)
    if earlier:
        earlier.state = DisclosureState.SUPERSEDED
        earlier.save_new_version()
        notifications.close_deadline(kind=UPDATE_KIND, subject_id=earlier.pk, at=at)
    disclosure.state, disclosure.published_at = DisclosureState.PUBLISHED, at
    disclosure.save_new_version()
    record(
        case_id=disclosure.venue_id,
        code="disclosure.disclosure.published",
        title=f"公布公开信息第 {disclosure.number} 版",
        by=by,
        at=at,
        command_id=command_id,
        union_id=disclosure.venue.supervising_union_id,
        body={"disclosure": str(disclosure.pk), "number": disclosure.number},
        snapshot_sha256=sha256_of(asdict(disclosure.content)),
    )
    _set_update_deadline(disclosure, at)
    for contract in selectors.unsettled_contracts(disclosure.venue_id):
        _close(contract, disclosure, by, at, command_id)


def _set_update_deadline(disclosure: Disclosure, at: datetime) -> None:
    venue = disclosure.venue
    figure = parameter("disclosure_stale_days", union=venue.supervising_union, on=common.day_of(at))
    due = common.day_of(at) + timedelta(days=int(figure.value))
    alerts = [
        notifications.Alert(due - timedelta(days=WARN_BEFORE_DAYS), "公开信息临近更新期限"),
        notifications.Alert(due, "公开信息应当更新"),
    ]
    notifications.set_deadline(
        kind=UPDATE_KIND,
        subject_id=disclosure.pk,
        case_id=venue.pk,
        title=f"更新公开信息：{venue.name}",
        url=common.page_of(disclosure),
        due_on=due,
        union=venue.supervising_union,
        venue_id=venue.pk,
        alerts=[alert for alert in alerts if alert.fire_on >= common.day_of(at)],
        recipients=[
            notifications.Audience(permission=Permission.DISCLOSURE_WRITE, venue_id=venue.pk)
        ],
        at=at,
    )


@transaction.atomic
def withdraw_disclosure(
    *, disclosure: Disclosure, reason: str, version: int | None = None, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Disclosure:  # fmt: skip
    """Take a published edition off the public page; contracts not yet in effect wait again."""
    disclosure = common.lock_edition(disclosure, version)
    permissions.require_department(by, disclosure.venue)
    common.ensure_open(disclosure, "withdraw")
    union = disclosure.venue.supervising_union
    least = int(parameter("min_opinion_length", union=union, on=common.day_of(at)).value)
    if len(reason.strip()) < least:
        text = f"请写明撤下原因，至少 {least} 个字。"
        raise ActionBlocked(Reason(text, rules.RULE, "reason"))
    disclosure.state = DisclosureState.WITHDRAWN
    disclosure.withdrawn_by, disclosure.withdrawn_at = by, at
    disclosure.withdrawal_reason = reason.strip()
    disclosure.save_new_version()
    title = f"撤下公开信息第 {disclosure.number} 版"
    common.note(disclosure, "withdrawn", title, by, at, command_id)
    notifications.close_deadline(kind=UPDATE_KIND, subject_id=disclosure.pk, at=at)
    for contract in selectors.held_contracts(disclosure.venue_id):
        reopen_gate(
            contract=contract, code=GateCode.DISCLOSURE, evidence=title, by=by, at=at,
            command_id=command_id,
        )  # fmt: skip
    people = selectors.people_of_venue(
        disclosure.venue_id, Permission.DISCLOSURE_WRITE, on=common.day_of(at)
    )
    common.tell(disclosure, people, title, at)
    return disclosure


@transaction.atomic
def settle_gate(
    *, contract: Contract, by: User, at: datetime, command_id: UUID | None = None
) -> Gate:
    """Confirm for one contract filed later that its venue's information is public (第十七条（三）)."""
    venue = lock(Venue.objects.select_related("supervising_union"), pk=contract.venue_id)
    permissions.require_department(by, venue)
    disclosure = selectors.published_of(venue.pk)
    if disclosure is None:
        text = "该阵地还没有已公布的公开信息，不能确认。请先由阵地填报、资产监管部门审核公布。"
        raise ActionBlocked(Reason(text, rules.RULE))
    waiting = selectors.unsettled_contracts(venue.pk).filter(pk=contract.pk).first()
    if waiting is None:
        raise ActionBlocked(Reason("这份合同的公开条件已经确认，或合同已经结束。", rules.RULE))
    return _close(waiting, disclosure, by, at, command_id)


def _close(
    contract: Contract, disclosure: Disclosure, by: User, at: datetime, command_id: UUID | None
) -> Gate:
    published = disclosure.published_at.astimezone(SHANGHAI) if disclosure.published_at else at
    return close_gate(
        contract=contract,
        code=GateCode.DISCLOSURE,
        evidence=f"公开信息第 {disclosure.number} 版，{published:%Y-%m-%d} 公布",
        by=by,
        at=at,
        command_id=command_id,
    )
