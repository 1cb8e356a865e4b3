"""What can be started: the overall plan and the ways of cooperation, each with what it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from approvals.enums import CooperationMode, PlanKind, Stage
from approvals.models import Proposal
from approvals.rules.fields import sections_of
from approvals.rules.requirements import MODES, Need, Requirement, asked
from venues.models import Venue

ONLY_THE_UNION = "先由主管工会发起或者同意，登记探索决定后才能报送。"
FOR_OVERALL = tuple(
    (words, Need.MUST)
    for words in (
        Requirement.READINESS,
        Requirement.APPRAISAL,
        Requirement.EXPERTS,
        Requirement.VENUE_DECISION,
        Requirement.NEGATIVE_LIST,
        "主管工会集体审议决定，不能授权",
    )
)
NO_OVERALL = "本阵地还没有批准的总体方案。可以先起草，报送前须先批准总体方案。"
HALTED = "本阵地的总体方案已中止实施。可以先起草，恢复实施之后才能报送。"
SENTENCES = {
    PlanKind.OVERALL_PLAN.value: "写明阵地拟开放哪些合作、范围和期限。先有它，才能报批具体运作方案。",
    CooperationMode.INTERNAL.value: "与其他工会阵地共享场地、师资、项目。",
    CooperationMode.EXTERNAL.value: "与企业、社会组织等合作运营一个项目。",
    CooperationMode.UNDERTAKING.value: "承接工会系统的活动和服务，承接政府购买的公共服务。",
    CooperationMode.SPONSORSHIP.value: "接受捐赠资金、捐助设备、赞助活动、提供产品和服务。",
    CooperationMode.OTHER.value: "由主管工会在坚持主导权控制权的前提下探索。",
}
BASES = {
    PlanKind.OVERALL_PLAN.value: "13-3-2",
    CooperationMode.INTERNAL.value: "14-1-1",
    CooperationMode.EXTERNAL.value: "14-2-1",
    CooperationMode.UNDERTAKING.value: "14-3-1",
    CooperationMode.SPONSORSHIP.value: "14-4-1",
    CooperationMode.OTHER.value: "14-5-1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One card: a kind of plan or a way of cooperation."""

    value: str
    title: str
    basis: str
    sentence: str
    sections: tuple[str, ...]
    musts: tuple[str, ...]  # ● of the requirement matrix
    records: tuple[str, ...]  # ○
    note: str = ""
    link: str = ""
    is_open: bool = True


def ways_for(venues: Sequence[Venue]) -> list[Way]:
    """The cards, the open ones first. Where one venue is written for, what is true of it is said."""
    plans = _overall_plans_of(venues[0]) if len(venues) == 1 else []
    waits = NO_OVERALL if len(venues) == 1 else ""
    for one in plans:
        waits = {Stage.APPROVED: "", Stage.HALTED: HALTED}.get(Stage(one.stage), waits)
    return [
        _overall_way(plans),
        *(_way(mode.value, mode.label, note=_notes(mode, waits)) for mode in MODES),
    ]


def _notes(mode: CooperationMode, waits: str) -> str:
    return waits + ONLY_THE_UNION * (mode == CooperationMode.OTHER)


def _overall_plans_of(venue: Venue) -> list[Proposal]:
    """The overall plans of a venue that stand in the way of another one, the latest first."""
    rows = Proposal.objects.filter(venue=venue, kind=PlanKind.OVERALL_PLAN)
    rows = rows.exclude(stage__in=Stage.DROPPED)
    return list(rows.order_by("-created_at", "pk"))


def _overall_way(plans: list[Proposal]) -> Way:
    """Another plan cannot be begun; the one in force is changed, the one at work is gone on with."""
    kind = PlanKind.OVERALL_PLAN
    if not plans:
        return _way(kind.value, kind.label)
    at_work = [one for one in plans if one.stage not in Stage.STANDING]
    if at_work:
        one = at_work[0]
        page = "proposal_edit" if one.stage in Stage.WITH_VENUE else "proposal_review"
        note = f"本阵地已有总体方案在办理（{one.get_stage_display()}），不能另起一份。"
    else:
        one, page = plans[0], "proposal_amend"
        note = f"本阵地已有总体方案（{one.get_stage_display()}）；要调整方式、面积、期限等，请办理变更。"
    link = reverse(f"approvals:{page}", args=[one.pk])
    return _way(kind.value, kind.label, note=note, link=link, is_open=False)


def _way(value: str, title: str, **state) -> Way:
    is_overall = value == PlanKind.OVERALL_PLAN
    kind = PlanKind.OVERALL_PLAN if is_overall else PlanKind.OPERATION_PLAN
    mode = "" if is_overall else value
    demands = FOR_OVERALL if is_overall else asked(mode)
    return Way(
        value=value,
        title=title,
        basis=BASES[value],
        sentence=SENTENCES[value],
        sections=tuple(spec.code.label for spec in sections_of(kind, mode)),
        musts=tuple(words for words, cell in demands if cell is Need.MUST),
        records=tuple(words for words, cell in demands if cell is Need.RECORD),
        **state,
    )
