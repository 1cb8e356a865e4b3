"""重点关注：a supervising union puts a partner under closer inspection, and ends it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, require
from audit.services import record
from core.errors import ActionBlocked
from core.models import lock
from notifications.services import notify
from organizations.models import TradeUnion
from organizations.selectors import parameter
from partners import rules, selectors
from partners.models import Partner, PartnerWatch


@transaction.atomic
def put_on_watch(
    *, partner: Partner, union: TradeUnion, basis: str, reason: str, by: User, at: datetime,
    version: int | None = None, command_id: UUID | None = None,
) -> PartnerWatch:  # fmt: skip
    """Put a partner on watch in the name of a supervising union (第五条、第十六条).

    By who checks clauses in its asset department. Nothing is blocked by it: everybody who
    decides sees it, and the venues that have looked into the partner are told. The partner
    is locked, so that a union never has two open ones.
    """
    partner = lock(Partner, pk=partner.pk, version=version)
    require(by, Permission.CONTRACT_CHECK, union=union)
    reasons = rules.watch_reasons(
        basis=basis,
        reason=reason,
        least=_least(union, at),
        is_watched=partner.watches.open().filter(union=union).exists(),
    )
    if reasons:
        raise ActionBlocked(reasons)
    watch = PartnerWatch(
        partner=partner, union=union, basis=basis, reason=reason.strip(), put_by=by, put_at=at
    )
    watch.place_under(union)
    watch.save(force_insert=True)
    _record(watch, "put_on", f"列为重点关注：{partner.name}", by, at, command_id)
    _tell(watch, f"合作方列为重点关注：{partner.name}", watch.words, at=at)
    return watch


@transaction.atomic
def end_watch(
    *, watch: PartnerWatch, reason: str, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> PartnerWatch:  # fmt: skip
    """End a watch, by the union that put the partner on it, with what has become of the matter."""
    rows = PartnerWatch.objects.select_related("partner", "union")
    watch = lock(rows, pk=watch.pk, version=version)
    require(by, Permission.CONTRACT_CHECK, union=watch.union)
    reasons = rules.end_of_watch_reasons(
        basis=watch.basis, reason=reason, least=_least(watch.union, at), is_open=watch.is_open
    )
    if reasons:
        raise ActionBlocked(reasons)
    watch.ended_by, watch.ended_at, watch.end_reason = by, at, reason.strip()
    watch.save_new_version()
    _record(watch, "ended", f"解除重点关注：{watch.partner.name}", by, at, command_id)
    body = f"{watch.union.name}解除重点关注：{watch.end_reason}"
    _tell(watch, f"合作方解除重点关注：{watch.partner.name}", body, at=at)
    return watch


def _least(union: TradeUnion, at: datetime) -> int:
    return int(parameter("min_opinion_length", union=union, on=timezone.localdate(at)).value)


def _record(
    watch: PartnerWatch, verb: str, title: str, by: User, at: datetime, command_id: UUID | None
) -> None:
    record(
        case_id=watch.partner_id,
        code=f"partners.watch.{verb}",
        by=by,
        at=at,
        title=title,
        body={
            "watch": str(watch.pk),
            "basis": watch.basis,
            "reason": watch.reason,
            "end_reason": watch.end_reason,
        },
        union_id=watch.union_id,
        command_id=command_id,
    )


def _tell(watch: PartnerWatch, title: str, body: str, *, at: datetime) -> None:
    """Tell the heads of the venues that have to do with the partner.

    Whoever plans or contracts with a partner has investigated it before.
    """
    notify(
        users=selectors.managers_concerned(watch.partner, today=timezone.localdate(at)),
        title=title,
        body=body,
        url=reverse("partners:partner_detail", args=[watch.partner_id]),
        kind="partners.watch",
        dedupe_key=f"partners.watch:{watch.pk}:{watch.version}",
        at=at,
        case_id=watch.partner_id,
    )
