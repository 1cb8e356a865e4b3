"""What the venue's own pages read: sections with their states, what is missing, choices, files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from approvals.enums import SectionCode, Stage
from approvals.models import ExpertEngagement, Proposal, ReturnPoint
from approvals.rules.checks import Finding, Severity, sections_answered
from approvals.rules.facts import PlanFacts
from approvals.rules.fields import Field, Kind, SectionSpec, fields_of, sections_of
from core import money
from documents.models import Attachment
from documents.selectors import attachments_of
from organizations.rules import Calendar
from partners.models import DueDiligence, Partner
from venues.enums import VenueStatus
from venues.models import Venue

YES_NO = {"yes": "是", "no": "否"}
CONSTANT_KEYS = {"function": "functions", "core_business": "core_businesses"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as it is read: its question, its text, or its rows."""

    name: str
    label: str
    rule: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()

    @property
    def is_wide(self) -> bool:
        return bool(self.rows) or len(self.text) > 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One section as it is read: its answers, its state, what is to be mended in it."""

    spec: SectionSpec
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    state: str
    tone: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that stands in the way, with where it is mended and where an exception is asked."""

    text: str
    code: str
    url: str
    mend: str
    group: str  # the section, so that a long list can be folded
    is_exceptionable: bool


def _words(one: Field, value: Any, names: Mapping[str, str]) -> str:
    if value in (None, "", []):
        return ""
    if one.kind is Kind.WAN:
        return f"{money.format_wan(Decimal(value))} 万元"
    if one.kind is Kind.PERCENT:
        return f"{value}%"
    if one.kind is Kind.YES_NO:
        return YES_NO.get(value, "")
    if one.kind is Kind.CHOICE:
        return dict(one.choices).get(value, "")
    if one.kind is Kind.CHOICES:
        labels = dict(one.choices)
        return "、".join(labels.get(each, "") for each in value)
    if one.kind in (Kind.PARTNER, Kind.VENUE, Kind.CORE_BUSINESS):
        return names.get(one.name, "")
    return str(value)


def answers_of(
    spec: SectionSpec, *, kind: str, mode: str, data: Mapping, names: Mapping[str, str]
) -> tuple[Answer, ...]:
    """The answers of one section in words; `names` says what the chosen rows are called."""
    answers = []
    for one in fields_of(spec, kind, mode):
        rule = one.rule or spec.rule
        if one.kind is Kind.ROWS:
            rows = tuple(
                tuple(
                    (column.label, _words(column, row.get(column.name), {}))
                    for column in one.columns
                )
                for row in data.get(one.name) or []
            )
            columns = tuple(column.label for column in one.columns)
            text = "" if rows else _nothing(one)
            answers.append(
                Answer(
                    name=one.name, label=one.label, rule=rule, text=text, columns=columns, rows=rows
                )
            )
            continue
        text = _words(one, data.get(one.name), names)
        answers.append(
            Answer(name=one.name, label=one.label, rule=rule, text=text or _nothing(one))
        )
    return tuple(answers)


def _nothing(one: Field) -> str:
    return "（未填写）" if one.is_required else "—"


def names_of(proposal: Proposal) -> dict[str, str]:
    """What the rows chosen in a plan are called."""
    partner, counterpart = proposal.partner, proposal.counterpart_venue
    business = proposal.core_business
    return {
        "partner": f"{partner.name}（{partner.uscc}）" if partner else "",
        "counterpart_venue": counterpart.name if counterpart else "",
        "core_business": business.name if business else "",
    }


def section_pages(
    proposal: Proposal, *, facts: PlanFacts, found: Iterable[Finding]
) -> list[SectionPage]:
    """Every section of a plan with its state: 未开始, 填写中, 需补正, 已完成."""
    names, unanswered = names_of(proposal), set(sections_answered(facts))
    by_section: dict[str, list[Finding]] = {}
    for finding in found:
        by_section.setdefault(finding.section, []).append(finding)
    pages = []
    for spec in sections_of(proposal.kind, proposal.mode):
        data = facts.sections.get(spec.code.value, {})
        findings = by_section.get(spec.code.value, [])
        state, tone = _state(data, findings, unanswered)
        pages.append(
            SectionPage(
                spec=spec,
                answers=answers_of(
                    spec, kind=proposal.kind, mode=proposal.mode, data=data, names=names
                ),
                findings=tuple(findings),
                state=state,
                tone=tone,
                url=reverse("approvals:section_edit", args=[proposal.pk, spec.code.value]),
            )
        )
    return pages


def _state(data: Mapping, findings: list[Finding], unanswered: set[Finding]) -> tuple[str, str]:
    if not any(data.values()):
        return "未开始", "idle"
    if not findings:
        return "已完成", "ok"
    if all(finding in unanswered for finding in findings):
        return "填写中", "info"
    return "需补正", "bad"


def missing_list(proposal: Proposal, found: Iterable[Finding]) -> list[Missing]:
    """What stands in the way, each with the page that mends it."""
    labels = dict(SectionCode.choices)
    return [
        Missing(
            text=finding.text,
            code=finding.code,
            url=_place(proposal, finding)[0],
            mend=_place(proposal, finding)[1],
            group=labels.get(finding.section, ""),
            is_exceptionable=finding.severity is Severity.SOFT,
        )
        for finding in found
    ]


def _place(proposal: Proposal, finding: Finding) -> tuple[str, str]:
    """Where a finding is mended, and what the link says."""
    pk = proposal.pk
    places = {
        "experts": (reverse("approvals:experts", args=[pk]), "律师和专家"),
        "guidance": (reverse("approvals:proposal_edit", args=[pk]) + "#guidance", "提请指导"),
        "venue_decision": (reverse("approvals:venue_decision", args=[pk]), "集体决策"),
        "return_points": (reverse("approvals:return_points", args=[pk]), "逐条答复"),
        "readiness": (f"/venues/{proposal.venue_id}/readiness/", "条件自评"),
        "venue": (f"/venues/{proposal.venue_id}/", "查看阵地"),
        "overall_plan": (reverse("approvals:proposal_new"), "起草总体方案"),
        "route": ("/matrix/", "决策权限清单"),
    }
    if finding.section in places:
        return places[finding.section]
    if not finding.section:
        return "", ""
    address = reverse("approvals:section_edit", args=[pk, finding.section])
    return f"{address}#id_{finding.field}" if finding.field else address, "去填写"


def choices_of(
    asked: Iterable[Field], proposal: Proposal, user: User
) -> dict[str, list[tuple[str, str]]]:
    """What the questions that point at other rows offer."""
    makers = {
        Kind.PARTNER: lambda: _partners(proposal, user),
        Kind.VENUE: lambda: _other_venues(proposal),
        Kind.CORE_BUSINESS: lambda: _core_businesses(proposal),
    }
    return {one.name: makers[one.kind]() for one in asked if one.kind in makers}


def _partners(proposal: Proposal, user: User) -> list[tuple[str, str]]:
    """The register of partners, those this venue has investigated first."""
    rows = DueDiligence.objects.filter(venue_id=proposal.venue_id).order_by("started_at", "pk")
    states = {one.partner_id: one.get_state_display() for one in rows}
    partners = Partner.objects.visible_to(user).order_by("name", "pk")
    return [
        (str(one.pk), f"{one.name} {one.uscc} · 尽职调查{states.get(one.pk, '未开展')}")
        for one in sorted(partners, key=lambda one: one.pk not in states)
    ]


def _other_venues(proposal: Proposal) -> list[tuple[str, str]]:
    """Every other venue in use: two venues may stand under different unions."""
    venues = Venue.objects.filter(status=VenueStatus.ACTIVE).exclude(pk=proposal.venue_id)
    rows = venues.select_related("supervising_union").order_by("name", "pk")
    return [(str(one.pk), f"{one.name}（{one.supervising_union.name}）") for one in rows]


def _core_businesses(proposal: Proposal) -> list[tuple[str, str]]:
    rows = proposal.venue.core_businesses.order_by("order", "pk")
    return [(str(one.pk), one.name) for one in rows]


def baseline_of(proposal: Proposal) -> dict[str, str]:
    """The venue's five constants as registered, by the question they answer."""
    constants = proposal.venue.five_constants
    names = ("name", "ownership", "affiliation", "function", "core_business")
    found = {name: constants[CONSTANT_KEYS.get(name, name)] for name in names}
    return {
        name: "现登记：" + ("、".join(value) if isinstance(value, list) else value)
        for name, value in found.items()
    }


def files_of(proposal: Proposal, code: str) -> QuerySet[Attachment]:
    """The attachments of one section."""
    return attachments_of(proposal.pk, purpose=f"section:{code}")


def file_of(proposal: Proposal, pk: UUID) -> Attachment | None:
    """One attachment of a plan, or None when it hangs on another case."""
    return attachments_of(proposal.pk).filter(pk=pk).first()


def return_points_of(proposal: Proposal) -> list[ReturnPoint]:
    """The points of the last return, to be answered before the plan is submitted again."""
    if proposal.stage not in (Stage.RETURNED, Stage.DEFERRED):
        return []
    points = proposal.return_points.filter(plan_version__no=proposal.version_no)
    return list(points.select_related("raised_by").order_by("no", "pk"))


def engagements_of(proposal: Proposal) -> list[ExpertEngagement]:
    """The lawyers and experts of a plan in the order they were engaged."""
    # The key is a UUID: the order of engagement is that of the ledger, so by kind and name.
    rows = proposal.engagements.select_related("user", "engaged_by")
    return list(rows.order_by("-kind", "name", "pk"))


def review_until(proposal: Proposal, calendar: Calendar) -> date | None:
    """The day by which the formal review of a submitted plan is due."""
    if not proposal.submitted_at or not proposal.route:
        return None
    days = proposal.route["formal_review_days"]
    return calendar.add(_local(proposal.submitted_at), days).day


def _local(moment: datetime) -> date:
    return timezone.localdate(moment)
