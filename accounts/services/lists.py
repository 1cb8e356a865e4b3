"""What a person keeps of a list, and what they take out of one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import SavedView, User
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock

MOST_VIEWS = 20


@transaction.atomic
def save_view(*, list_name: str, name: str, query: str, by: User, at: datetime) -> SavedView:
    """Keep an address of a list under a name of the person's own.

    The person is locked, so that two windows cannot both take the last place.
    """
    lock(User, pk=by.pk)
    own = SavedView.objects.filter(user=by, list_name=list_name)
    if not query:
        text = "现在没有任何条件，与“全部”相同，不需要保存。请先选好条件再保存。"
        raise ActionBlocked(Reason(text, field="name"))
    if own.filter(name=name).exists():
        raise ActionBlocked(Reason(f"已有名为“{name}”的视图，请换一个名称。", field="name"))
    if own.count() >= MOST_VIEWS:
        text = f"一个列表最多保存 {MOST_VIEWS} 个视图，请先删除不用的。"
        raise ActionBlocked(Reason(text, field="name"))
    return SavedView.objects.create(
        user=by, list_name=list_name, name=name, query=query, created_at=at
    )


@transaction.atomic
def forget_view(*, view: SavedView, by: User) -> None:
    """Drop a saved view; only its owner can."""
    if view.user_id != by.pk:
        raise Refused("只能删除自己保存的视图。")
    view.delete()


@transaction.atomic
def record_export(
    *, title: str, list_name: str, query: str, kind: str, rows: int, union_id: int | None, by: User,
    at: datetime, command_id: UUID | None = None,
) -> None:  # fmt: skip
    """Leave in the ledger who took which list out of the portal, under which conditions.

    The case is the person's own: a list belongs to no matter.
    """
    record(
        case_id=by.pk,
        code="accounts.list.exported",
        title=f"导出列表：{title}（{rows} 条，{kind.upper()}）",
        by=by,
        at=at,
        union_id=union_id,
        command_id=command_id,
        body={"list": list_name, "query": query, "rows": rows, "kind": kind},
    )
