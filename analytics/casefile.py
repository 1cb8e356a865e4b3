"""合作项目: the file that binds one cooperation, from the appraisal to the last evaluation.

Everything is read within the reader's scope; a part they may not see is simply absent.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from analytics.dates import Link, Step, links_of
from approvals.enums import CooperationMode
from approvals.models import (
    Condition,
    Cooperation,
    Decision,
    ExpertEngagement,
    Proposal,
    VenueDecision,
)
from approvals.rules.requirements import Need, Requirement, need
from approvals.selectors import matters
from contracts.enums import ContractState, GateCode
from contracts.models import Contract, Valuation
from contracts.rules.picture import TermBar, term_bar
from core.money import format_wan, format_yuan
from documents.selectors import documents_of
from evaluations.models import Evaluation
from meetings.models import AgendaItem
from supervision.models import PeriodicReport, Rectification

REPORTS, NEWEST = 4, 12
STEPS = ("论证", "阵地决策", "审查会签", "集体决策", "批复", "评估", "签约备案", "公开生效", "评价")


@dataclass(slots=True)
class CaseFile:
    """What is known of one cooperation, in reading order."""

    cooperation: Cooperation
    plans: list[Proposal]
    contracts: list[Contract]
    valuations: list[Valuation]
    evaluations: list[Evaluation]
    rectifications: list[Rectification]
    reports: list[PeriodicReport]
    today: date
    meetings: list[AgendaItem] = field(default_factory=list)

    @property
    def plan(self) -> Proposal | None:
        """The latest plan."""
        return self.plans[-1] if self.plans else None

    @property
    def contract(self) -> Contract | None:
        """The latest contract that was not given up."""
        return next((one for one in self.contracts if one.state != ContractState.VOID), None)


def casefile_of(cooperation: Cooperation, user: User, *, today: date) -> CaseFile:
    """Gather the file; a fixed number of queries whatever it holds."""
    contracts = Contract.objects.visible_to(user).filter(cooperation=cooperation)
    evaluations = Evaluation.objects.visible_to(user).filter(cooperation=cooperation)
    orders = Rectification.objects.visible_to(user).filter(cooperation=cooperation)
    reports = PeriodicReport.objects.visible_to(user).filter(venue=cooperation.venue_id)
    valuations = Valuation.objects.visible_to(user).filter(cooperation=cooperation)
    return CaseFile(
        cooperation=cooperation,
        plans=_plans(cooperation, user),
        contracts=list(
            contracts.select_related("partner").prefetch_related("gates").order_by("-drafted_at")
        ),
        valuations=list(valuations.order_by("-recorded_at", "pk")),
        evaluations=list(evaluations.order_by("period_from", "kind", "pk")),
        rectifications=list(orders.select_related("ordered_by").order_by("-ordered_at", "pk")),
        reports=list(reports.order_by("-period_to", "kind", "pk")[:REPORTS]),
        today=today,
    )


def _plans(cooperation: Cooperation, user: User) -> list[Proposal]:
    decided = VenueDecision.objects.select_related("item__meeting").order_by("at", "pk")
    decisions = Decision.objects.select_related("item__meeting", "item__body").order_by("at", "pk")
    experts = ExpertEngagement.objects.exclude(opined_on=None).order_by("opined_on", "pk")
    conditions = Condition.objects.filter(opinion__is_valid=True).select_related("opinion__task")
    rows = Proposal.objects.visible_to(user).filter(cooperation=cooperation)
    return list(
        rows.select_related("supervisor", "reply__document")
        .prefetch_related(
            "sections",
            "exceptions",
            Prefetch("venue_decisions", decided),
            Prefetch("decisions", decisions),
            Prefetch("engagements", experts),
            Prefetch("conditions", conditions.order_by("opinion__at", "opinion_id", "position")),
        )
        .order_by("created_at", "pk")
    )


def chain_of(file: CaseFile) -> list[Link]:
    """The days that must follow one another (§ 论证 … 生效), each a link to its page."""
    plan, contract = file.plan, file.contract
    if plan is None:
        return []
    review = reverse("approvals:proposal_review", args=[plan.pk])
    relied_on = [one for one in plan.engagements.all() if not one.has_conflict]
    opinions = [one.opined_on for one in relied_on if one.opined_on]
    held = [
        localdate(one.item.meeting.starts_at)
        for one in plan.decisions.all()
        if one.item.meeting and one.is_valid
    ]
    venue = [
        localdate(one.item.meeting.starts_at)
        for one in plan.venue_decisions.all()
        if one.item.meeting
    ]
    page = reverse("contracts:contract_detail", args=[contract.pk]) if contract else ""
    return links_of(
        [
            Step("论证完成", _appraised_on(plan), f"{review}#appraisal"),
            Step(
                "律师、专家意见", min(opinions, default=None), review, max(opinions, default=None)
            ),
            Step("阵地集体决策", venue[-1] if venue else None, review),
            Step("报送", localdate(plan.submitted_at) if plan.submitted_at else None, review),
            Step("主管工会会议", min(held, default=None), review, max(held, default=None)),
            Step("批复", _replied_on(plan), review),
            Step("合同签订", contract.signed_on if contract else None, page),
            Step("合同生效", contract.effective_on if contract else None, page),
        ]
    )


def _appraised_on(plan: Proposal) -> date | None:
    for section in plan.sections.all():
        if section.code == "appraisal" and section.data.get("concluded_on"):
            return date.fromisoformat(section.data["concluded_on"])
    return None


def _replied_on(plan: Proposal) -> date | None:
    reply = getattr(plan, "reply", None)
    return reply.issued_on if reply else None


def valuation_chain(file: CaseFile) -> list[Link]:
    """评估基准日 ≤ 报告日 ≤ 签订日 ≤ 有效期届满日."""
    if not file.valuations:
        return []
    valuation, contract = file.valuations[0], file.contract
    signed = contract.signed_on if contract else None
    links = links_of(
        [
            Step("评估基准日", valuation.base_date),
            Step("评估报告日", valuation.reported_on),
            Step("合同签订", signed),
            Step("评估有效期至", valuation.valid_until),
        ]
    )
    if signed is None and valuation.valid_until < file.today:
        links[-1] = Link("评估有效期至", valuation.valid_until, "", "bad", "还没有签约，评估已过期")
    return links


# What the figure of a plan is called where no partner puts in and no income is shared.
VALUE_LABELS = {
    CooperationMode.UNDERTAKING: "承接金额",
    CooperationMode.SPONSORSHIP: "赞助价值",
}


def _must(file: CaseFile, requirement: Requirement) -> bool:
    """Whether the way of this cooperation is held to a requirement (第十四条)."""
    return need(requirement, file.cooperation.mode) is Need.MUST


def steps_of(file: CaseFile) -> list[dict[str, str]]:
    """The whole road in nine steps, and where the cooperation stands."""
    plan, contract = file.plan, file.contract
    done = [False] * len(STEPS)
    if plan:
        submitted = plan.submitted_at is not None
        done[0] = submitted or any(one.item.counts for one in plan.venue_decisions.all())
        done[1] = submitted
        done[2] = plan.stage in ("party_group", "chairs_office", "replying", "approved")
        done[3] = plan.stage in ("replying", "approved")
        done[4] = plan.stage == "approved"
    done[5] = bool(file.valuations) or (done[4] and not _must(file, Requirement.VALUATION))
    if contract:
        done[5] = done[5] or contract.filed_at is not None  # nothing of the union's was put in
        done[6] = contract.filed_at is not None
        done[7] = contract.effective_on is not None
    done[8] = any(one.confirmed_at for one in file.evaluations)
    now = done.index(False) if False in done else len(done)
    stopped = plan and plan.stage in ("returned", "deferred", "rejected", "withdrawn")
    return [
        {
            "label": label,
            "url": f"#{anchor}",
            "state": "done"
            if done[place]
            else ("bad" if stopped else "now")
            if place == now
            else "todo",
        }
        for place, (label, anchor) in enumerate(zip(STEPS, ANCHORS, strict=True))
    ]


ANCHORS = ("days", "plans", "plans", "plans", "plans", "valuation", "contract", "contract", "marks")


def bar_of(file: CaseFile) -> TermBar | None:
    """The term of the contract, or of the plan while there is no contract."""
    source: Any = file.contract or file.plan
    if source is None or not (source.starts_on and source.ends_on):
        return None
    running = bool(file.contract and file.contract.state in ContractState.RUNNING)
    return term_bar(source.starts_on, source.ends_on, today=file.today, is_running=running)


def plan_rows(file: CaseFile) -> list[dict[str, Any]]:
    """Each plan with its meetings in words, its reply and its exceptions."""
    return [
        {
            "plan": plan,
            "badge": matters.stage_badge(plan.stage),
            "venue": [one.item for one in plan.venue_decisions.all()],
            "union": [one.item for one in plan.decisions.all()],
            "reply": getattr(plan, "reply", None),
            "exceptions": list(plan.exceptions.all()),
            "conditions": list(plan.conditions.all()),
        }
        for plan in file.plans
    ]


def gates_of(contract: Contract | None) -> list[dict[str, Any]]:
    """The three conditions of taking effect, publication among them."""
    if contract is None:
        return []
    gates = {gate.code: gate for gate in contract.gates.all()}
    return [{"code": code, "gate": gates[code]} for code in GateCode if code in gates]


def figures_of(file: CaseFile) -> list[dict[str, str]]:
    """Term, money, value, last grade: what a reader asks first."""
    bar, plan = bar_of(file), file.plan
    confirmed = [one for one in file.evaluations if one.confirmed_at]
    figures = [{"label": "合作期限", "value": bar.years if bar else "—"}]
    income = _wan(plan.expected_income if plan else None)
    if _must(file, Requirement.CLAUSES):
        investment = _wan(plan.partner_investment if plan else None)
        figures.append({"label": "合作方投入", "value": investment})
        figures.append({"label": "年收益测算", "value": income})
    elif plan and plan.expected_income is not None:
        label = VALUE_LABELS.get(file.cooperation.mode, "年收益测算")
        figures.append({"label": label, "value": income})
    if _must(file, Requirement.VALUATION):
        worth = file.valuations[0].total_value if file.valuations else None
        figures.append({"label": "资产评估", "value": _wan(worth)})
    last = f"{confirmed[-1].total} {confirmed[-1].get_grade_display()}" if confirmed else "还没有"
    return [*figures, {"label": "最近评价", "value": last}]


def _wan(amount: Decimal | None) -> str:
    return f"{format_wan(amount)} 万元" if amount else "—"


def context_of(file: CaseFile) -> dict[str, Any]:
    """All that the page prints."""
    events = matters.case_timeline(file.cooperation)[::-1]
    for valuation in file.valuations:
        valuation.worth = format_yuan(valuation.total_value)  # type: ignore[attr-defined]
    return {
        "cooperation": file.cooperation,
        "file": file,
        "steps": steps_of(file),
        "chain": chain_of(file),
        "valuation_chain": valuation_chain(file),
        "bar": bar_of(file),
        "figures": figures_of(file),
        "plans": plan_rows(file),
        "gates": gates_of(file.contract),
        "documents": documents_of(file.cooperation.pk),
        "timeline": events[:NEWEST],
        "earlier": events[NEWEST:],
    }
