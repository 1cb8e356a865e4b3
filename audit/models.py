"""The case ledger: what was done, by whom, when; chained so that a change shows."""

import uuid

from django.db import models


class Event(models.Model):
    """留痕：one act on a case. No foreign keys: the record outlives what it speaks of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    code = models.CharField("动作", max_length=80)
    title = models.CharField("说明", max_length=300)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=60)
    position = models.CharField("职务", max_length=120, blank=True)
    union_id = models.BigIntegerField(null=True)
    command_id = models.UUIDField(null=True)
    at = models.DateTimeField("办理时间")
    recorded_at = models.DateTimeField("记录时间")
    body = models.TextField("内容")  # canonical JSON, exactly the bytes that were hashed
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    alg = models.CharField(max_length=10, default="sha256")
    v = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "seq"], name="audit_event_seq_once")
        ]
        indexes = [
            models.Index(fields=["actor_id", "at"], name="audit_event_actor"),
            models.Index(fields=["-recorded_at", "-id"], name="audit_event_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.seq} {self.code}"
