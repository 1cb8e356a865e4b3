"""Words of deliveries: channels, states, outcomes, topics."""

from enum import nonmember

from django.db.models import TextChoices


class Channel(TextChoices):
    """By which way a message reaches a person."""

    INAPP = "inapp", "站内消息"
    EMAIL = "email", "电子邮件"


class DeliveryStatus(TextChoices):
    """Where one message to one person stands."""

    PENDING = "pending", "待发送"
    LEASED = "leased", "发送中"
    RETRY = "retry", "待重试"
    SENT = "sent", "已送达"
    DEAD = "dead", "未送达"
    CANCELLED = "cancelled", "已取消"

    @property
    def tone(self) -> str:
        return TONES[self]


TONES = {
    DeliveryStatus.PENDING: "idle",
    DeliveryStatus.LEASED: "info",
    DeliveryStatus.RETRY: "warn",
    DeliveryStatus.SENT: "ok",
    DeliveryStatus.DEAD: "bad",
    DeliveryStatus.CANCELLED: "idle",
}
WAITING = (DeliveryStatus.PENDING, DeliveryStatus.RETRY)
OPEN = (*WAITING, DeliveryStatus.LEASED)


class Outcome(TextChoices):
    """How one attempt ended."""

    SENT = "sent", "已送达"
    FAILED = "failed", "发送失败"
    LOST = "lost", "发送中断"


class Topic(TextChoices):
    """What a message or a deadline is about: the beginning of its kind, longest first."""

    REPORTS = "supervision.report", "报告"
    RECTIFICATIONS = "supervision.rectification", "整改"
    APPROVALS = "approvals", "方案审批"
    MEETINGS = "meetings", "会议"
    CONTRACTS = "contracts", "合同"
    EVALUATIONS = "evaluations", "考核评价"
    DISCLOSURE = "disclosure", "公开信息"
    READINESS = "venues", "条件自评"
    ACCOUNT = "accounts", "账号安全"

    ALWAYS_MAILED = nonmember(("accounts",))


def topic_of(kind: str) -> Topic | None:
    """The topic a kind belongs to, or None for one nobody named."""
    return next(
        (one for one in Topic if kind == one.value or kind.startswith(f"{one.value}.")), None
    )
