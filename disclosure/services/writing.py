"""The venue's part: a new edition, what it says, handing it in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.enums import Permission
from accounts.models import User
from core.errors import ActionBlocked, Reason
from core.models import lock
from core.money import to_yuan
from disclosure import permissions, rules, selectors
from disclosure.enums import DisclosureState
from disclosure.models import DisclosedService, Disclosure
from disclosure.rules import Content
from disclosure.services import common
from venues.models import Venue


@transaction.atomic
def draft_disclosure(
    *, venue: Venue, by: User, at: datetime, command_id: UUID | None = None
) -> Disclosure:
    """Begin a new edition; it starts as a copy of what the public reads now."""
    venue = lock(Venue.objects.select_related("supervising_union"), pk=venue.pk)
    permissions.require_writer(by, venue)
    if selectors.open_of(venue.pk):
        text = "本阵地已有一份填报中或待审核的公开信息，请在那一份上继续。"
        raise ActionBlocked(Reason(text, rules.RULE))
    last = Disclosure.objects.filter(venue=venue).aggregate(last=Max("number"))["last"] or 0
    disclosure = Disclosure(
        venue=venue, number=last + 1, drafted_by=by, drafted_at=at, written_by=by, written_at=at
    )
    disclosure.place_like(venue)
    disclosure.save(force_insert=True)
    if published := selectors.published_of(venue.pk):
        _write(disclosure, published.content)
        disclosure.save()
    common.note(
        disclosure, "drafted", f"开始填报公开信息第 {disclosure.number} 版", by, at, command_id
    )
    return disclosure


def _write(disclosure: Disclosure, content: Content) -> None:
    for name, text in rules.texts_of(content).items():
        setattr(disclosure, name, text.strip())
    disclosure.services.all().delete()
    DisclosedService.objects.bulk_create(
        DisclosedService(
            disclosure=disclosure,
            name=line.name.strip(),
            description=line.description.strip(),
            price=None if line.price is None else to_yuan(line.price),
            unit=line.unit.strip(),
            core_business_id=line.core_business_id,
            order=order,
        )
        for order, line in enumerate(content.services, start=1)
    )


@transaction.atomic
def save_disclosure(
    *, disclosure: Disclosure, content: Content, version: int | None = None, by: User,
    at: datetime, command_id: UUID | None = None,
) -> Disclosure:  # fmt: skip
    """Keep the draft as far as it is written; what is missing is said when it is submitted.

    A published edition is not edited: another price needs another edition.
    """
    disclosure = common.lock_edition(disclosure, version)
    permissions.require_writer(by, disclosure.venue)
    common.ensure_open(disclosure, "submit")
    reasons = rules.price_reasons(content.services)
    known = set(disclosure.venue.core_businesses.values_list("pk", flat=True))
    if any(line.core_business_id not in known | {None} for line in content.services):
        reasons.append(Reason("所选主责主业不属于本阵地。", rules.RULE, "services"))
    if reasons:
        raise ActionBlocked(reasons)
    _write(disclosure, content)
    disclosure.written_by, disclosure.written_at = by, at
    disclosure.save_new_version()
    title = f"填写公开信息第 {disclosure.number} 版"
    common.note(disclosure, "saved", title, by, at, command_id, services=len(content.services))
    return disclosure


@transaction.atomic
def submit_disclosure(
    *, disclosure: Disclosure, version: int | None = None, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Disclosure:  # fmt: skip
    """Hand the edition to the asset department: all of 第十七条（三） said, nothing personal in it."""
    disclosure = common.lock_edition(disclosure, version)
    permissions.require_writer(by, disclosure.venue)
    common.ensure_open(disclosure, "submit")
    names = selectors.names_at(disclosure.venue_id)
    if reasons := rules.submission_reasons(disclosure.content, names=names):
        raise ActionBlocked(reasons)
    disclosure.state = DisclosureState.IN_REVIEW
    disclosure.submitted_by, disclosure.submitted_at = by, at
    disclosure.reviewed_by, disclosure.reviewed_at = None, None
    disclosure.save_new_version()
    common.note(
        disclosure, "submitted", f"提交公开信息第 {disclosure.number} 版审核", by, at, command_id
    )
    union = disclosure.venue.supervising_union_id
    people = selectors.people_of_union(union, Permission.DISCLOSURE_REVIEW, on=common.day_of(at))
    common.tell(disclosure, people, f"待审核：{disclosure.venue.name}公开信息", at)
    return disclosure
