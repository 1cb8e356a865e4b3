"""Deadlines and what must be told: rows first, delivery later."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import ScopedModel, User
from notifications.enums import OPEN, Channel, DeliveryStatus, Outcome, Topic
from organizations.models import TradeUnion

TITLE_LENGTH = 200
BODY_LENGTH = 2000
URL_LENGTH = 300


class Deadline(ScopedModel):
    """期限：a day by which something must be done, with the alerts before and after it.

    A moved day is a new revision: the old row is closed, so that its remaining alerts
    fall away and those of the new day fire anew.
    """

    kind = models.CharField("事项", max_length=60)
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    venue_id = models.UUIDField(null=True)
    title = models.CharField("标题", max_length=TITLE_LENGTH)
    url = models.CharField("地址", max_length=URL_LENGTH)
    due_on = models.DateField("期限日")
    revision = models.PositiveIntegerField("修订", default=1)
    created_at = models.DateTimeField("建立时间")
    closed_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "期限"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "revision"], name="notifications_deadline_revision"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(closed_at=None),
                name="notifications_deadline_one_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(closed_at=None), name="notifications_deadline_near"
            )
        ]

    def __str__(self) -> str:
        return self.title


class DeadlineAlert(models.Model):
    """期限提醒：one day on which a deadline speaks; fires once, on that day or after it."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="alerts")
    fire_on = models.DateField("提醒日")
    label = models.CharField("提醒", max_length=80)
    level = models.PositiveSmallIntegerField("提醒到哪一层", default=0)
    fired_at = models.DateTimeField("发出时间", null=True)

    class Meta:
        verbose_name = "期限提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "fire_on", "label"], name="notifications_alert_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["fire_on"], condition=Q(fired_at=None), name="notifications_alert_due"
            )
        ]


class DeadlineAudience(models.Model):
    """提醒对象：who is told, as a duty at a place, or one person; found when it fires.

    Each hears the alerts of its own level and above: who only supervises is not told of what
    is merely near.
    """

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="audiences")
    level = models.PositiveSmallIntegerField("从哪一层起提醒", default=0)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    permission = models.CharField("权限或角色", max_length=60, blank=True)
    union = models.ForeignKey(TradeUnion, models.PROTECT, null=True, related_name="+")
    venue_id = models.UUIDField(null=True)
    department_kind = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = "提醒对象"


class OutboxItem(models.Model):
    """待发消息：one message to one person by one channel, written in the act's transaction."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dedupe_key = models.CharField(max_length=300, unique=True)
    kind = models.CharField("类别", max_length=60)
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="收件人")
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")
    title = models.CharField("标题", max_length=TITLE_LENGTH)
    body = models.TextField("正文", max_length=BODY_LENGTH, blank=True)
    url = models.CharField("地址", max_length=URL_LENGTH, blank=True)
    case_id = models.UUIDField(null=True)
    not_before = models.DateTimeField()
    status = models.CharField(
        "状态", max_length=10, choices=DeliveryStatus.choices, default=DeliveryStatus.PENDING
    )
    attempts = models.PositiveIntegerField("次数", default=0)
    next_at = models.DateTimeField()
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    last_error = models.CharField("错误", max_length=500, blank=True)
    created_at = models.DateTimeField("写入时间")
    done_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "待发消息"
        constraints = [
            models.CheckConstraint(
                condition=Q(status=DeliveryStatus.LEASED, lease_token__isnull=False)
                | (~Q(status=DeliveryStatus.LEASED) & Q(lease_token=None)),
                name="notifications_leased_iff_token",
            ),
            models.CheckConstraint(
                condition=Q(next_at__gte=F("not_before")), name="notifications_not_before"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(status__in=OPEN), name="notifications_outbox_due"
            ),
            models.Index(fields=["created_at"], name="notifications_outbox_log"),
        ]

    def __str__(self) -> str:
        return self.dedupe_key


class InboxItem(models.Model):
    """站内消息：the notice as its reader finds it; one for each in-app outbox row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outbox = models.OneToOneField(OutboxItem, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=TITLE_LENGTH)
    body = models.TextField("正文", max_length=BODY_LENGTH, blank=True)
    url = models.CharField("地址", max_length=URL_LENGTH, blank=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True)

    class Meta:
        verbose_name = "站内消息"
        indexes = [
            models.Index(fields=["user", "-at"], name="notifications_inbox_of"),
            models.Index(
                fields=["user"], condition=Q(read_at=None), name="notifications_inbox_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DeliveryAttempt(models.Model):
    """投递记录：one attempt to deliver, written when it ended and never changed."""

    outbox = models.ForeignKey(OutboxItem, models.PROTECT, related_name="attempt_rows")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "投递记录"


class MutedMail(models.Model):
    """不收邮件：a topic whose news a person reads in the portal only; deadlines are mailed anyway."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    topic = models.CharField("类型", max_length=40, choices=Topic.choices)

    class Meta:
        verbose_name = "不收邮件的类型"
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="notifications_muted_once")
        ]


class CalendarFeed(models.Model):
    """日历订阅：the secret address of a person's deadlines; only the hash of the secret is kept."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "日历订阅"


class Runner(models.Model):
    """执行器：the last sign of life of a loop, and who leads where one may lead."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField(null=True)
    owner = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "执行器"
