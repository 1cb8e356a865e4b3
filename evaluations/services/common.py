"""Steps every act on an evaluation shares: its deadline's name, the ledger, telling people."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import Post, User
from audit.services import record
from evaluations.models import Evaluation
from notifications import services as notifications

DEADLINE = "evaluations.evaluation"


def page_of(evaluation: Evaluation) -> str:
    """The address of the evaluation's page."""
    return reverse("evaluations:evaluation", args=[evaluation.pk])


def note(
    evaluation: Evaluation, verb: str, title: str, *, by: User, at: datetime,
    command_id: UUID | None,
) -> None:  # fmt: skip
    """Record one act on the ledger of the cooperation."""
    record(
        case_id=evaluation.cooperation_id,
        code=f"evaluations.evaluation.{verb}",
        title=f"{title}（{evaluation.period_label}）",
        by=by,
        at=at,
        union_id=evaluation.union_id,
        command_id=command_id,
        body={"evaluation": str(evaluation.pk), "state": evaluation.state},
    )


def venue_people(evaluation: Evaluation, permission: Permission, *, at: datetime) -> list[User]:
    """Who holds a duty at the venue."""
    posts = Post.objects.in_force(localdate(at)).holding(permission)
    posts = posts.filter(venue_id=evaluation.venue_id).select_related("user")
    return [post.user for post in posts.order_by("pk")]


def tell(evaluation: Evaluation, users: Iterable[User], title: str, *, at: datetime) -> None:
    """Write a message about the evaluation into the outbox."""
    notifications.notify(
        users=users,
        title=f"{title}：{evaluation.cooperation.title}",
        body=evaluation.period_label,
        url=page_of(evaluation),
        kind=DEADLINE,
        dedupe_key=f"evaluation:{evaluation.pk}:{evaluation.version}",
        at=at,
        case_id=evaluation.cooperation_id,
    )
