"""Base rows: identity, optimistic version, idempotent commands, the fixed day of a demo."""

import uuid
from typing import Any

from django.db import models, transaction

from core.errors import StaleVersion

STALE_FACT = "这条记录刚刚被他人修改过，您看到的已不是最新内容。"
STALE = f"{STALE_FACT}请刷新页面核对后再提交，您填写的文字仍保留在下面。"


class Entity(models.Model):
    """A row known by a UUID, with a version that every act must quote."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        abstract = True

    def save_new_version(self) -> None:
        """Save a row that was locked, one version up."""
        self.version += 1
        self.save()


def lock(rows: Any, *, pk: Any, version: int | None = None) -> Any:
    """Fetch one row for change, waiting for whoever holds it.

    `rows` is a model or a queryset. A `version` other than the row's own raises
    StaleVersion: nobody acts on what they did not see.
    """
    queryset = rows if isinstance(rows, models.QuerySet) else rows.objects.all()
    if not transaction.get_connection(queryset.db).in_atomic_block:
        raise RuntimeError("lock() needs a transaction")
    row = queryset.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and row.version != version:
        raise StaleVersion(STALE)
    return row


class Command(models.Model):
    """One posted form or API act, so that a double click is answered once.

    A form keeps where its answer led, an act its status and body.
    """

    user_id = models.UUIDField()
    command_id = models.UUIDField()
    path = models.CharField(max_length=300)
    request_sha256 = models.CharField(max_length=64)
    location = models.CharField(max_length=500, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "command_id"], name="core_command_once")
        ]


class FixedDay(models.Model):
    """The day on which a demo database lives for ever."""

    day = models.DateField()
