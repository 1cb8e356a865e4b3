"""其他议题: what a secretary brings before a body and no app owns, as a row of the authority matrix."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from core.canonical import canonical_json, sha256_of
from core.errors import ActionBlocked, Reason
from meetings import permissions
from meetings.enums import Conclusion
from meetings.models import AgendaItem, Body
from meetings.services.agenda import queue_again, queue_item
from meetings.services.deciding import conclude_item

TOPIC = "topic"
WITH_CHANGES = "其他议题没有可以重新报送的方案：需要修改的请记为“缓议”，改好后再次上会。"


@transaction.atomic
def register_topic(
    *, body: Body, title: str, by: User, at: datetime, command_id: UUID | None = None
) -> AgendaItem:
    """Put a topic on the list of a body; the secretary places it in a meeting like any other."""
    permissions.require_writer(by, body)
    title = title.strip()
    if not title:
        raise ActionBlocked(Reason("请写明议题。", field="title"))
    same = AgendaItem.objects.filter(
        body=body, subject_kind=TOPIC, title=title, conclusion="", withdrawn_at=None
    )
    if same.exists():
        raise ActionBlocked(Reason(f"《{title}》已在待上会议题中，不必重复登记。", field="title"))
    key = uuid4()
    return queue_item(
        body=body, subject_kind=TOPIC, subject_id=key, case_id=key, title=title,
        url=reverse("meetings:body_detail", args=[body.pk]), version_no=1,
        content_sha256=sha256_of(canonical_json({"body": str(body.pk), "title": title})),
        union=body.union, venue_id=body.venue_id, by=by, at=at, command_id=command_id,
    )  # fmt: skip


@transaction.atomic
def conclude_topic(
    *, item: AgendaItem, version: int | None, by: User, at: datetime,
    command_id: UUID | None = None, **result,
) -> AgendaItem:  # fmt: skip
    """Record what a meeting decided on a topic; one that was put off waits again."""
    if result["conclusion"] == Conclusion.PASSED_WITH_CHANGES:
        raise ActionBlocked(Reason(WITH_CHANGES, field="conclusion"))
    done = conclude_item(item=item, version=version, by=by, at=at, command_id=command_id, **result)
    if done.conclusion == Conclusion.DEFERRED:
        queue_again(item=done, by=by, at=at)
    return done
