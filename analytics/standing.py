"""What hangs on a venue or on a partner, gathered from every app within the reader's scope."""

from datetime import date
from typing import Any

from django.db.models import Q

from accounts.models import User
from approvals.models import Cooperation
from approvals.selectors import matters
from contracts.enums import ContractState
from contracts.models import Contract
from disclosure.models import Disclosure
from evaluations.models import Evaluation
from partners.enums import Finding
from partners.models import DueDiligence, DueDiligencePart, Partner
from partners.selectors import watches_of
from supervision.models import PeriodicReport, Rectification
from venues.models import Venue

NEWEST = 8


def cooperation_rows(rows: Any) -> list[dict[str, Any]]:
    """Cooperations ready to print: mode, term, stage of the plan, state of the contract."""
    found = list(rows.order_by("-created_at", "-pk"))
    states: dict[Any, ContractState] = {}
    signed = Contract.objects.filter(cooperation__in=found).exclude(state=ContractState.VOID)
    for contract in signed.order_by("drafted_at", "pk"):
        states[contract.cooperation_id] = contract.state_enum
    return [_cooperation_row(one, states.get(one.pk)) for one in found]


def _cooperation_row(one: Cooperation, state: ContractState | None) -> dict[str, Any]:
    starts_on, ends_on = getattr(one, "starts_on", None), getattr(one, "ends_on", None)
    return {
        "one": one,
        "badge": matters.stage_badge(getattr(one, "plan_stage", "")),
        "term": f"{starts_on:%Y-%m-%d} 至 {ends_on:%Y-%m-%d}" if starts_on and ends_on else "—",
        "contract": state.label if state else "—",
    }


def of_venue(venue: Venue, user: User) -> dict[str, Any]:
    """Cooperations, publication, reports, evaluations and rectifications of a venue."""
    reports = PeriodicReport.objects.visible_to(user).filter(venue=venue)
    orders = Rectification.objects.visible_to(user).filter(venue=venue)
    marks = Evaluation.objects.visible_to(user).filter(venue=venue)
    editions = Disclosure.objects.visible_to(user).filter(venue=venue)
    both = Q(venue=venue) | Q(counterpart_venue=venue)
    return {
        "cooperations": cooperation_rows(matters.cooperations_for(user).filter(both)),
        "editions": list(editions.order_by("-number", "pk")[:NEWEST]),
        "reports": list(reports.order_by("-period_to", "kind", "pk")[:NEWEST]),
        "orders": list(orders.select_related("cooperation").order_by("-ordered_at")[:NEWEST]),
        "marks": list(marks.select_related("cooperation").order_by("-due_on", "pk")[:NEWEST]),
    }


def of_partner(partner: Partner, user: User, *, today: date) -> dict[str, Any]:
    """Every cooperation in scope, and what the investigations in scope found against it."""
    diligences = DueDiligence.objects.visible_to(user).filter(partner=partner)
    parts = DueDiligencePart.objects.filter(item__due_diligence__in=diligences)
    hits = parts.filter(finding=Finding.UNMET).select_related("item__due_diligence")
    return {
        "cooperations": cooperation_rows(matters.cooperations_for(user).filter(partner=partner)),
        "watches": watches_of(partner),
        "hits": list(hits.order_by("-checked_on", "pk")),
        "validity": [
            _validity(one, today)
            for one in diligences.prefetch_related("items").order_by("-started_at", "pk")
        ],
    }


def _validity(diligence: DueDiligence, today: date) -> dict[str, Any]:
    """Until when an investigation holds, and how many of the six conditions it found unmet."""
    items = list(diligence.items.all())
    unmet = sum(item.finding == Finding.UNMET for item in items)
    until = min((item.expires_on for item in items if item.expires_on), default=None)
    if diligence.concluded_at is None:
        words, tone = "核查中", "info"
    elif unmet:
        words, tone = f"{unmet} 项不符合", "bad"
    elif until and until < today:
        words, tone = "已过有效期", "warn"
    else:
        words, tone = "六项符合", "ok"
    return {"one": diligence, "until": until, "words": words, "tone": tone}
