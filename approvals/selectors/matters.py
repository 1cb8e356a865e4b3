"""Lists of what hangs on plans: exceptions, cooperations, rows of the authority matrix."""

from typing import Any

from django.db.models import Case, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When

from accounts.models import ScopedQuerySet, User
from approvals.enums import AmendmentState, ExceptionState, Stage
from approvals.models import (
    AuthorityMatrixRow,
    Cooperation,
    MatrixAmendment,
    Proposal,
    RuleException,
)
from audit.selectors import events_of


def exceptions_for(user: User) -> ScopedQuerySet:
    """The exceptions this person may see; one not submitted yet is its venue's own."""
    own = [post.venue_id for post in user.posts() if post.venue_id]
    rows = RuleException.objects.visible_to(user).filter(
        Q(submitted_at__isnull=False) | Q(venue_id__in=own)
    )
    rows = rows.annotate(
        held_since=Case(
            When(state=ExceptionState.SUBMITTED, then=F("submitted_at")),
            When(state=ExceptionState.LEGAL_REVIEWED, then=F("legal_at")),
        )
    )
    return rows.select_related(
        "proposal__venue",
        "proposal__supervising_union",
        "drafted_by",
        "legal_by",
        "revoked_by",
        "item__body",
        "item__meeting",
        "item__confirmer",
    )


def cooperations_for(user: User) -> ScopedQuerySet:
    """The cooperations whose plan this person may see, with the stage of the latest plan."""
    plans = Proposal.objects.visible_to(user).filter(cooperation=OuterRef("pk"))
    latest = Subquery(plans.order_by("-created_at", "-pk").values("pk")[:1])
    rows = Cooperation.objects.visible_to(user).annotate(
        latest=FilteredRelation("proposals", condition=Q(proposals=latest)),
        plan_stage=F("latest__stage"),
        plan_sign_by=F("latest__sign_by"),
        starts_on=F("latest__starts_on"),
        ends_on=F("latest__ends_on"),
    )
    rows = rows.filter(latest__isnull=False)
    return rows.select_related("venue", "partner", "counterpart_venue", "supervising_union")


def stage_badge(stage: str) -> dict[str, str]:
    """The stage of a plan as a badge."""
    return {"tone": Stage(stage).tone, "label": Stage(stage).label}


def case_timeline(cooperation: Cooperation) -> list[dict[str, Any]]:
    """Every act on the case, oldest first."""
    return [
        {
            "who": event.actor_name,
            "position": event.position,
            "what": event.title,
            "tone": "",
            "label": "",
            "text": "",
            "at": event.at,
        }
        for event in events_of(cooperation.pk)
    ]


def matrix_for(user: User) -> QuerySet[AuthorityMatrixRow]:
    """The published rows of every union in scope."""
    return AuthorityMatrixRow.objects.published().visible_to(user).select_related("union")


def amendments_for(user: User) -> QuerySet[MatrixAmendment]:
    """The amendments of every union in scope, those being written first, then the newest."""
    rows = MatrixAmendment.objects.visible_to(user)
    is_draft = Q(state=AmendmentState.DRAFT)
    return rows.select_related("union", "written_by", "published_by").order_by(
        Case(When(is_draft, then=0), default=1), "-written_at", "pk"
    )
