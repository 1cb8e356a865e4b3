"""The task list of a plan: its sections with their states, and what stands in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from approvals.enums import SectionCode
from approvals.models import ExpertEngagement, Proposal, ReturnPoint
from approvals.rules.checks import Finding, Severity, sections_answered
from approvals.rules.facts import PlanFacts
from approvals.rules.fields import SectionSpec, sections_of
from approvals.rules.progress import GROUPS, Place, SectionState, place_of, state_of
from approvals.selectors.answers import Answer, answers_of, names_of
from documents.selectors import attachments_of

SEVERITY_WORDS = {
    Severity.HARD: "必须满足",
    Severity.SOFT: "原则上",
    Severity.RECORD: "记录",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One section as it is read: its answers, its state, what is to be mended in it."""

    spec: SectionSpec
    answers: tuple[Answer, ...]
    empty: tuple[tuple[str, str], ...]  # name and label of what is still to be answered
    wrong: tuple[Finding, ...]  # what the checks say of the rest
    points: tuple[ReturnPoint, ...]  # of the last return, not answered yet
    state: SectionState
    url: str

    @property
    def tone(self) -> str:
        return self.state.tone

    @property
    def label(self) -> str:
        return self.spec.code.label

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, by the question it is wrong in."""
        return {one.field: one.text for one in self.wrong if one.field}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One answer on the check page, with what is wrong with it and where it is changed."""

    answer: Answer
    url: str
    wrong: str
    code: str
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """One point of a return with the place it speaks of."""

    point: ReturnPoint
    label: str  # where it belongs, "" when its writer named no place
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that stands in the way, with where it is mended and where an exception is asked."""

    text: str
    code: str
    url: str
    mend: str
    group: str  # the section, so that a long list can be folded
    severity: str
    is_exceptionable: bool


def section_pages(
    proposal: Proposal,
    *,
    facts: PlanFacts,
    found: Iterable[Finding],
    points: Iterable[ReturnPoint] = (),
) -> list[SectionPage]:
    """Every section of a plan with its state: 未开始, 填写中, 需补正, 已完成."""
    names, unanswered = names_of(proposal), set(sections_answered(facts))
    specs = sections_of(proposal.kind, proposal.mode)
    open_points = _by_section(proposal, specs, [one for one in points if not one.answer])
    by_section: dict[str, list[Finding]] = {}
    for finding in found:
        by_section.setdefault(finding.section, []).append(finding)
    pages = []
    for spec in specs:
        code = spec.code.value
        data = facts.sections.get(code, {})
        findings, here = by_section.get(code, []), open_points.get(code, [])
        labels = {one.name: one.label for one in spec.fields}
        pages.append(
            SectionPage(
                spec=spec,
                answers=answers_of(
                    spec, kind=proposal.kind, mode=proposal.mode, data=data, names=names
                ),
                empty=tuple(
                    (one.field, labels[one.field]) for one in findings if one in unanswered
                ),
                wrong=tuple(one for one in findings if one not in unanswered),
                points=tuple(here),
                state=state_of(
                    is_written=any(data.values()),
                    has_open_point=bool(here),
                    found=findings,
                    unanswered=unanswered,
                ),
                url=section_url(proposal, code),
            )
        )
    return pages


def _place(proposal: Proposal, specs: Iterable[SectionSpec], point: ReturnPoint) -> Place | None:
    return place_of(point.text, specs, kind=proposal.kind, mode=proposal.mode)


def _by_section(
    proposal: Proposal, specs: Sequence[SectionSpec], points: Iterable[ReturnPoint]
) -> dict[str, list[ReturnPoint]]:
    found: dict[str, list[ReturnPoint]] = {}
    for point in points:
        if place := _place(proposal, specs, point):
            found.setdefault(place.section, []).append(point)
    return found


def point_rows(proposal: Proposal, points: Iterable[ReturnPoint]) -> list[PointRow]:
    """The points of a return, each leading to the section or question it speaks of."""
    specs, labels = sections_of(proposal.kind, proposal.mode), dict(SectionCode.choices)
    rows = []
    for point in points:
        place = _place(proposal, specs, point)
        url = section_url(proposal, place.section, place.field) if place else ""
        label = labels[place.section] if place else ""
        rows.append(PointRow(point=point, label=label, url=url))
    return rows


def section_links(proposal: Proposal) -> list[tuple[str, str]]:
    """Every section of a plan by its name, for a point whose writer named no place."""
    return [
        (spec.code.label, section_url(proposal, spec.code.value))
        for spec in sections_of(proposal.kind, proposal.mode)
    ]


def groups_of(pages: Sequence[SectionPage], threads: Mapping[str, int]) -> list[dict]:
    """The sections as the task list shows them, group by group, with what was said of them."""
    groups = []
    for title, codes in GROUPS:
        tasks = [
            {
                "label": page.label,
                "url": page.url,
                "hint": _remarks(len(page.points), threads.get(page.spec.code.value, 0)),
                "basis": page.spec.rule,
                "state": page.state.value,
                "tone": page.tone,
            }
            for page in pages
            if page.spec.code in codes
        ]
        if tasks:
            groups.append({"title": title, "tasks": tasks})
    return groups


def _remarks(points: int, threads: int) -> str:
    said = ((points, "条退回意见"), (threads, "条批注"))
    return "、".join(f"{number} {what}" for number, what in said if number)


def check_rows(proposal: Proposal, page: SectionPage) -> list[CheckRow]:
    """The answers of a section as the check page lists them."""
    wrong = {one.field: one for one in page.wrong if one.field}
    empty = {name for name, _label in page.empty}
    rows = []
    for answer in page.answers:
        finding = wrong.get(answer.name)
        is_empty = answer.name in empty
        rows.append(
            CheckRow(
                answer=answer,
                url=section_url(proposal, page.spec.code.value, answer.name),
                wrong=finding.text if finding else "尚未填写。" if is_empty else "",
                code=finding.code if finding else answer.rule if is_empty else "",
                severity=SEVERITY_WORDS[finding.severity if finding else Severity.HARD],
            )
        )
    return rows


def progress_of(pages: Sequence[SectionPage]) -> dict:
    """How many sections are done, and the one to go on with."""
    todo = [page for page in pages if page.state is not SectionState.DONE]
    return {
        "done": len(pages) - len(todo),
        "total": len(pages),
        "next": todo[0] if todo else None,
        "tones": [page.tone for page in pages],
    }


def advice_state(engagements: Sequence[ExpertEngagement], found: Iterable[Finding]) -> SectionState:
    """How far the advice of lawyer and expert is."""
    if not engagements:
        return SectionState.UNTOUCHED
    if not any(one.section == "experts" for one in found):
        return SectionState.DONE
    if any(one.has_conflict and not one.ended_at for one in engagements):
        return SectionState.TO_MEND
    return SectionState.WRITING


def files_by_section(proposal: Proposal) -> list[dict]:
    """The attachments of a plan under the names of their sections, in reading order."""
    labels = {f"section:{one.value}": one.label for one in SectionCode}
    labels |= {"expert:letter": "聘请书", "expert:paper": "律师、专家书面意见"}
    found: dict[str, list] = {}
    for attachment in attachments_of(proposal.pk):
        found.setdefault(attachment.purpose, []).append(attachment)
    return [
        {"label": labels.get(purpose, "其他"), "files": found[purpose]}
        for purpose in sorted(found, key=lambda one: [*labels, one].index(one))
    ]


def missing_list(proposal: Proposal, found: Iterable[Finding]) -> list[Missing]:
    """What stands in the way, each with the page that mends it."""
    labels = dict(SectionCode.choices)
    rows = []
    for finding in found:
        url, mend = _where(proposal, finding)
        rows.append(
            Missing(
                text=finding.text,
                code=finding.code,
                url=url,
                mend=mend,
                group=labels.get(finding.section, ""),
                severity=SEVERITY_WORDS[finding.severity],
                is_exceptionable=finding.severity is Severity.SOFT,
            )
        )
    return rows


def section_url(proposal: Proposal, section: str, field: str = "") -> str:
    """The address of a section, at one of its questions."""
    address = reverse("approvals:section_edit", args=[proposal.pk, section])
    return f"{address}#id_{field}" if field else address


def _record_url(proposal: Proposal) -> str:
    """Where the signed record of the venue's last meeting on the plan is uploaded."""
    decision = proposal.venue_decisions.select_related("item").order_by("-at", "-pk").first()
    if decision is None:
        return ""
    return reverse("meetings:meeting_upload", args=[decision.item.meeting_id])


def _where(proposal: Proposal, finding: Finding) -> tuple[str, str]:
    """Where a finding is mended, and what the link says."""
    pk = proposal.pk
    places = {
        "experts": (reverse("approvals:experts", args=[pk]), "律师和专家"),
        "guidance": (reverse("approvals:proposal_edit", args=[pk]) + "#guidance", "提请指导"),
        "venue_decision": (reverse("approvals:venue_decision", args=[pk]), "集体决策"),
        "venue_record": (_record_url(proposal), "上传签字原件"),
        "return_points": (reverse("approvals:return_points", args=[pk]), "逐条答复"),
        "readiness": (f"/venues/{proposal.venue_id}/readiness/", "条件自评"),
        "venue": (f"/venues/{proposal.venue_id}/", "查看阵地"),
        "overall_plan": (reverse("approvals:proposal_new"), "起草总体方案"),
        "route": ("/matrix/", "决策权限清单"),
        "initiative": (reverse("approvals:proposal_edit", args=[pk]) + "#initiative", "探索决定"),
    }
    if finding.section in places:
        return places[finding.section]
    if not finding.section:
        return "", ""
    return section_url(proposal, finding.section, finding.field), "去填写"
