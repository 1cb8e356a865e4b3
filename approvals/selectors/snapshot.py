"""What a version freezes: the content of a plan in plain values, and reading it back."""

import json
from typing import Any

from approvals.enums import ExceptionState
from approvals.models import Proposal, ProposalVersion
from approvals.selectors.conditions import PURPOSE
from approvals.selectors.facts import MATERIAL_COLUMNS, sections_of_plan
from core.canonical import canonical_json
from documents.selectors import attachments_of
from partners.selectors import due_diligence_of

# What the venue itself can still change while a version waits to be confirmed.
WRITTEN_BY_VENUE = ("title", "mode", "columns", "sections", "experts", "attachments")


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def snapshot_of(proposal: Proposal) -> dict[str, Any]:
    """Everything a version freezes: what was typed, who advised, what was attached."""
    venue = proposal.venue
    return {
        "kind": proposal.kind,
        "mode": proposal.mode,
        "title": proposal.title,
        "venue": {"code": venue.code, "kind": venue.get_kind_display(), **venue.five_constants},
        "partner": _partner_snapshot(proposal),
        "columns": {name: _text(getattr(proposal, name)) for name in MATERIAL_COLUMNS},
        "core_business": proposal.core_business.name if proposal.core_business else "",
        "sections": sections_of_plan(proposal),
        "diligence": _diligence(proposal),
        "experts": _experts(proposal),
        "guidance": [
            {"content": one.content, "guided_on": _text(one.guided_on), "by": one.by.name}
            for one in proposal.guidance.select_related("by").order_by("pk")
        ],
        "exceptions": _exceptions(proposal),
        "answers": [
            {"no": one.no, "text": one.text, "answer": one.answer}
            for one in proposal.return_points.order_by("plan_version__no", "no", "pk")
        ],
        "attachments": _attachments(proposal),
        **_cited(proposal),
    }


def _cited(proposal: Proposal) -> dict[str, Any]:
    """Which plan an amendment changes or a matter filed anew takes up, and why; else nothing."""
    cited = {"cites": proposal.replaces, "refiles": proposal.refiles}
    return {
        key: {
            "number": plan.number or "",
            "title": plan.title,
            "reason": proposal.cited_reason,
        }
        for key, plan in cited.items()
        if plan
    }


def _diligence(proposal: Proposal) -> list[dict[str, str]]:
    found = due_diligence_of(proposal.partner, proposal.venue_id) if proposal.partner else None
    return [
        {
            "code": item.code,
            "finding": item.finding,
            "source": item.source,
            "note": item.note,
            "checked_on": _text(item.checked_on),
            "expires_on": _text(item.expires_on),
        }
        for item in (found.items.order_by("code") if found else ())
    ]


def _experts(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "name": one.name,
            "firm": one.firm,
            "licence_no": one.licence_no,
            "activity": one.activity,
            "has_conflict": one.has_conflict,
            "conflict_statement": one.conflict_statement,
            "conclusion": one.conclusion,
            "opinion": one.opinion,
            "opined_on": _text(one.opined_on),
            "is_adopted": one.is_adopted,
            "answer": one.answer,
        }
        for one in proposal.engagements.order_by("pk")
    ]


def _exceptions(proposal: Proposal) -> list[dict[str, str]]:
    return [
        {
            "rule": one.rule_code,
            "number": one.number or "",
            "reason": one.reason,
            "valid_until": _text(one.valid_until),
        }
        for one in proposal.exceptions.filter(state=ExceptionState.APPROVED).order_by("pk")
    ]


def _attachments(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "purpose": one.purpose,
            "sha256": one.file.sha256,
            "pages": one.file.pages,
        }
        for one in attachments_of(proposal.pk)
        if not one.purpose.startswith(PURPOSE)
    ]


def _partner_snapshot(proposal: Proposal) -> dict[str, str]:
    if proposal.partner:
        partner = proposal.partner
        return {
            "name": partner.name,
            "uscc": partner.uscc,
            "kind": partner.get_subject_kind_display(),
        }
    if proposal.counterpart_venue:
        counterpart = proposal.counterpart_venue
        return {"name": counterpart.name, "uscc": "", "kind": counterpart.get_kind_display()}
    return {}


def content_of(proposal: Proposal, version: ProposalVersion | None) -> dict[str, Any]:
    """The frozen content of a version; of a draft, the content it would freeze now."""
    return json.loads(version.snapshot) if version else snapshot_of(proposal)


def is_as_frozen(proposal: Proposal, version: ProposalVersion) -> bool:
    """Whether what the venue wrote still is what this version froze."""
    now, then = snapshot_of(proposal), json.loads(version.snapshot)
    return all(canonical_json(now[name]) == canonical_json(then[name]) for name in WRITTEN_BY_VENUE)
