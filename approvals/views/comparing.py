"""What the review page compares with, and the page of two versions beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import reads
from accounts.enums import Permission
from approvals import permissions
from approvals.models import Opinion, Proposal, ProposalVersion
from approvals.rules.versions import NONE, Base, Choice, bases, chosen_base, chosen_pair
from approvals.selectors import chapters, comparing
from approvals.selectors.frozen import Said
from approvals.views.shared import LIST, plan_of, refused
from core import clock

ONLY = "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The earlier version a reader looks back to, as the address says."""

    current: int
    choice: Choice
    offered: tuple[Base, ...]
    is_only: bool

    @property
    def address(self) -> str:
        """What an address on the page says of it, so that it is kept on the way."""
        return _query(self.choice.no or NONE, is_only=self.is_only)

    @property
    def links(self) -> list[dict[str, Any]]:
        """Where else to look back to, and not at all."""
        no = self.choice.no
        rows = list(self.offered)
        if no and no not in [one.no for one in rows]:
            rows.append(Base(no, "较早版本"))
        links = [
            _link(f"{one.label} v{one.no}", one.no, current=one.no == no, is_only=self.is_only)
            for one in rows
        ]
        return [*links, _link("不对照", NONE, current=no is None)]

    @property
    def views(self) -> list[dict[str, Any]]:
        no = self.choice.no or NONE
        return [
            _link("全部内容", no, current=not self.is_only),
            _link("只看改动", no, current=self.is_only, is_only=True),
        ]


def _query(no: int | str, *, is_only: bool) -> str:
    return f"?base={no}" + (f"&only={ONLY}" if is_only else "")


def _link(label: str, no: int | str, *, current: bool, is_only: bool = False) -> dict[str, Any]:
    return {"label": label, "url": _query(no, is_only=is_only), "current": current}


def comparison_of(
    request: HttpRequest, version: ProposalVersion | None, opinions: Iterable[Opinion]
) -> Comparison:
    """What the address asks for; without a word, since the own last opinion or version."""
    current = version.no if version else 0
    own = comparing.last_opinion_version(request.user.pk, opinions)
    choice = chosen_base(request.GET.get("base"), current=current, own=own)
    return Comparison(
        current=current,
        choice=choice,
        offered=bases(current, own),
        is_only=choice.no is not None and request.GET.get("only") == ONLY,
    )


def redlined(comparison: Comparison | None, said: Said) -> dict[str, Any]:
    """What the content's cards show of the changes: rows, counts by anchor, the whole count."""
    found, tables = said.chapters, said.tables
    counts = {one.anchor: one.changes for one in found}
    if tables:
        counts["section-partner"] = counts.get("section-partner", 0) + tables["diligence"].changes
        counts["experts"] = tables["experts"].changes + tables["guidance"].changes
        counts["files"] = tables["files"].changes
    renamed = [one for one in said.heading if one.changes]
    is_only = comparison is not None and comparison.is_only
    return {
        "chapters": _shown(found, counts) if is_only else found,
        "comparison": comparison,
        "only": is_only,
        "tables": tables,
        "counts": counts,
        "renamed": renamed,
        "total": sum(counts.values()) + len(renamed),
    }


def _shown(
    found: Iterable[chapters.Chapter], counts: Mapping[str, int] | None = None
) -> list[chapters.Chapter]:
    """Only the sections that changed, with only the answers that did."""
    return [
        replace(one, readings=one.changed)
        for one in found
        if (counts or {}).get(one.anchor) or one.changes
    ]


@reads(Permission.FILE_READ)  # earlier versions are of the file: an outside expert has none
def proposal_compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not permissions.reads_file(request.user, proposal):
        return refused(request)
    versions = comparing.versions_of(proposal)
    context = {
        "proposal": proposal,
        "versions": versions,
        "crumbs": [
            LIST,
            {
                "label": proposal.number or "未编号",
                "url": reverse("approvals:proposal_review", args=[proposal.pk]),
            },
            {"label": "版本对比", "url": ""},
        ],
    }
    if len(versions) > 1:
        context |= _compared(request, proposal, versions)
    return render(request, "approvals/compare.html", context)


def _compared(
    request: HttpRequest, proposal: Proposal, versions: list[ProposalVersion]
) -> dict[str, Any]:
    first, second, complaint = chosen_pair(
        request.GET.get("a"), request.GET.get("b"), [one.no for one in versions]
    )
    before = comparing.frozen_content(proposal, first)
    now = comparing.frozen_content(proposal, second)
    heading = comparing.heading_of(now, before)
    facts = chapters.facts_of_content(now, today=clock.today())
    found = chapters.chapters_of(now, facts, base=before)
    tables = [one for one in comparing.tables_of(now, before).values() if one.rows]
    is_only = request.GET.get("only") == ONLY
    counts = [
        ("方案", "#heading", sum(one.changes for one in heading)),
        *((one.spec.code.label, f"#{one.anchor}", one.changes) for one in found),
        *((one.title, f"#{one.key}", one.changes) for one in tables),
    ]
    pair = f"?a={first}&b={second}"
    by_no = {one.no: one for one in versions}
    return {
        "complaint": complaint,
        "only": is_only,
        "sides": [by_no[first], by_no[second]],
        "heading": [one for one in heading if one.changes or not is_only],
        "chapters": _shown(found) if is_only else found,
        "tables": [one.only_changed() for one in tables if one.changes] if is_only else tables,
        "total": sum(count for _label, _anchor, count in counts),
        "toc": [
            {"label": label, "url": anchor, "changes": count}
            for label, anchor, count in counts
            if count or not is_only
        ],
        "views": [
            {"label": "全部内容", "url": pair, "current": not is_only},
            {"label": "只看改动", "url": f"{pair}&only={ONLY}", "current": is_only},
        ],
    }
