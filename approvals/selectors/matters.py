"""Lists of what hangs on plans: exceptions, cooperations, rows of the authority matrix."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import ScopedQuerySet, User
from approvals.enums import Stage
from approvals.models import AuthorityMatrixRow, Cooperation, Proposal, RuleException
from approvals.rules.route import Route
from approvals.selectors.pages import route_rows
from audit.selectors import events_of


def exceptions_for(user: User) -> ScopedQuerySet:
    """The exceptions this person may see; one not submitted yet is its venue's own."""
    own = [post.venue_id for post in user.posts() if post.venue_id]
    rows = RuleException.objects.visible_to(user).filter(
        Q(submitted_at__isnull=False) | Q(venue_id__in=own)
    )
    return rows.select_related(
        "proposal__venue",
        "proposal__supervising_union",
        "drafted_by",
        "legal_by",
        "item__body",
        "item__meeting",
        "item__confirmer",
    )


def cooperations_for(user: User) -> ScopedQuerySet:
    """The cooperations whose plan this person may see, with the stage of the latest plan."""
    plans = Proposal.objects.visible_to(user)
    latest = plans.filter(cooperation=OuterRef("pk")).order_by("-created_at", "-pk")
    rows = Cooperation.objects.visible_to(user).filter(
        pk__in=plans.filter(cooperation__isnull=False).values("cooperation")
    )
    return rows.annotate(
        plan_stage=Subquery(latest.values("stage")[:1]),
        starts_on=Subquery(latest.values("starts_on")[:1]),
        ends_on=Subquery(latest.values("ends_on")[:1]),
    ).select_related("venue", "partner", "counterpart_venue", "supervising_union")


def matching_cooperations(
    rows: QuerySet[Cooperation], wanted: dict[str, str]
) -> QuerySet[Cooperation]:
    """Narrowed by text, mode and stage; the newest first."""
    if text := wanted.get("q", "").strip():
        rows = rows.filter(
            Q(code__icontains=text)
            | Q(title__icontains=text)
            | Q(partner__name__icontains=text)
            | Q(venue__name__icontains=text)
        )
    if wanted.get("mode"):
        rows = rows.filter(mode=wanted["mode"])
    if wanted.get("stage"):
        rows = rows.filter(Q(("plan_stage", wanted["stage"])))
    return rows.order_by("-created_at", "-pk")


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


def matrix_for(user: User) -> list[dict[str, Any]]:
    """The rows of every union in scope, with the meeting that fixed each."""
    rows = AuthorityMatrixRow.objects.visible_to(user).select_related("union")
    return [
        {"row": row, "words": dict(route_rows(_route_of(row)))}
        for row in rows.order_by("union__path", "plan_kind", "mode", "-valid_from", "pk")
    ]


def _route_of(row: AuthorityMatrixRow) -> Route:
    return Route(
        countersigners=tuple(row.countersigners),
        bodies=tuple(row.bodies),
        formal_review_days=row.formal_review_days,
        countersign_days=row.countersign_days,
        legal_review_days=row.legal_review_days,
        fixed_by=row.fixed_by,
    )
