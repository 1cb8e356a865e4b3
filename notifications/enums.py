"""Words of deliveries: channels, states, outcomes."""

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
