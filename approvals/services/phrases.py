"""Keeping 常用语: one's own, and those of the desk one sits at."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from approvals.models import Phrase
from approvals.selectors.phrases import desks_of, phrases_of
from core.errors import ActionBlocked, Reason, Refused

MOST = 30


@transaction.atomic
def add_phrase(
    *, text: str, desk: str, by: User, at: datetime, command_id: UUID | None = None
) -> Phrase:
    """Keep a phrase: one's own where `desk` is empty, else for everybody at that desk."""
    text = " ".join(text.split())
    if not text:
        raise ActionBlocked(Reason("请填写常用语。", field="text"))
    place = next((union for union, name in desks_of(by) if name == desk), None)
    if desk and place is None:
        raise Refused("只能为自己所在的部门添加常用语。")
    scope = {"owner": None, "union": place, "desk": desk} if desk else {"owner": by}
    kept = Phrase.objects.filter(**scope)
    if kept.filter(text=text).exists():
        raise ActionBlocked(Reason("已经有这一条常用语，不必重复添加。", field="text"))
    if kept.count() >= MOST:
        text = f"常用语最多 {MOST} 条（系统默认），请先删去不用的。"
        raise ActionBlocked(Reason(text, field="text"))
    return Phrase.objects.create(text=text, added_by=by, added_at=at, **scope)


@transaction.atomic
def remove_phrase(
    *, phrase: Phrase, by: User, at: datetime, command_id: UUID | None = None
) -> None:
    """Take a phrase away: one's own, or one of the desk one sits at; opinions keep their words."""
    if not phrases_of(by).filter(pk=phrase.pk).exists():
        raise Refused("只能删去自己的或本部门的常用语。")
    Phrase.objects.filter(pk=phrase.pk).delete()
