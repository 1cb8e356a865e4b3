"""What a frozen version says, worked out once: it never changes, so neither does this on its day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from approvals.models import Proposal, ProposalVersion
from approvals.rules.facts import PlanFacts
from approvals.selectors import chapters, comparing
from approvals.selectors.readings import Reading
from approvals.selectors.snapshot import snapshot_of

KEPT = 64  # versions a process remembers, each with the one it is compared with


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A content with what the rules say of it on a day, and what changed since an earlier one."""

    content: Mapping[str, Any]
    facts: PlanFacts
    lease: Mapping[str, Any]
    chapters: tuple[chapters.Chapter, ...]
    tables: Mapping[str, comparing.Table]
    heading: tuple[Reading, ...]


def said_in(
    proposal: Proposal,
    version: ProposalVersion | None,
    base: ProposalVersion | None,
    *,
    today: date,
) -> Said:
    """What a version says, beside an earlier one of the plan; of a draft, what stands in it now."""
    if version is None:
        return _said(snapshot_of(proposal), None, today)
    return _frozen(version.pk, version.sha256, base and base.pk, base and base.sha256, today)


@lru_cache(maxsize=KEPT)
def _frozen(pk: int, _sha256: str, base: int | None, _base_sha256: str | None, today: date) -> Said:
    """Kept by the hashes as well: they are what the content is, the keys only where it lies."""
    rows = ProposalVersion.objects.filter(pk__in=[one for one in (pk, base) if one])
    contents = {at: json.loads(text) for at, text in rows.values_list("pk", "snapshot")}
    return _said(contents[pk], contents[base] if base else None, today)


def _said(content: Mapping[str, Any], base: Mapping[str, Any] | None, today: date) -> Said:
    facts = chapters.facts_of_content(content, today=today)
    return Said(
        content=content,
        facts=facts,
        lease=chapters.lease_result(facts),
        chapters=tuple(chapters.chapters_of(content, facts, base=base)),
        tables=comparing.tables_of(content, base) if base else {},
        heading=comparing.heading_of(content, base) if base else (),
    )
