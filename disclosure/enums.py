"""Words of disclosure."""

from enum import nonmember

from django.db.models import TextChoices


class DisclosureState(TextChoices):
    """Where one edition of a venue's public information stands (第十七条)."""

    DRAFT = "draft", "填报中"
    IN_REVIEW = "in_review", "待审核"
    PUBLISHED = "published", "已公开"
    SUPERSEDED = "superseded", "已被新版替代"
    WITHDRAWN = "withdrawn", "已撤下"

    OPEN = nonmember(("draft", "in_review"))

    @property
    def tone(self) -> str:
        return STATE_TONES[self]


STATE_TONES: dict[DisclosureState, str] = {
    DisclosureState.DRAFT: "idle",
    DisclosureState.IN_REVIEW: "warn",
    DisclosureState.PUBLISHED: "ok",
    DisclosureState.SUPERSEDED: "idle",
    DisclosureState.WITHDRAWN: "bad",
}
