"""Which route a plan takes and why; what an amendment of the matrix would change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from approvals.enums import AmountFigure, RouteCode
from approvals.models import AuthorityMatrixRow, MatrixAmendment, Proposal
from approvals.rules.route import Route
from approvals.rules.selecting import Considered, Matter, choose, code_for, consider, rank
from meetings.enums import Conclusion
from meetings.models import AgendaItem
from organizations.enums import UnionLevel
from organizations.models import TradeUnion

MOST_SIMULATED = 300
MOST_ITEMS = 100
# What the items of these subjects decide is a plan or an exception, never the matrix.
PLAN_SUBJECTS = ("proposal", "exception", "venue_decision", "union_plan", "clearance")


def items_that_fix(union: TradeUnion) -> list[AgendaItem]:
    """The union's recorded and passed items that a row can name as its decision, latest first."""
    rows = AgendaItem.objects.filter(union=union, venue_id=None, conclusion=Conclusion.PASSED)
    rows = rows.exclude(subject_kind__in=PLAN_SUBJECTS).select_related("meeting__body", "body")
    return list(rows.order_by("-concluded_at", "-pk")[:MOST_ITEMS])


def matter_of(proposal: Proposal) -> Matter:
    """The plan as the matrix asks for it.

    第七章第二十七条 holds for 省总本级直属 units alone: a venue the provincial union supervises
    without its being one goes the ordinary way.
    """
    is_provincial = proposal.supervising_union.level == UnionLevel.PROVINCE
    is_direct = is_provincial and proposal.venue.is_directly_affiliated
    return Matter(
        plan_kind=proposal.kind,
        mode=proposal.mode,
        is_major=proposal.counts_as_major,
        amounts={one.value: getattr(proposal, one.value) for one in AmountFigure},
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        code=code_for(is_province_direct=is_direct, is_major=proposal.counts_as_major),
    )


def _rows_in_force(proposal: Proposal, *, on: date) -> list[AuthorityMatrixRow]:
    rows = AuthorityMatrixRow.objects.in_force(on).filter(union=proposal.supervising_union)
    return list(rows.order_by("pk"))


def _row_of(rows: Iterable[AuthorityMatrixRow], matter: Matter) -> AuthorityMatrixRow | None:
    by_key = {str(row.pk): row for row in rows}
    chosen = choose((row.test for row in by_key.values()), matter)
    return by_key[chosen.key] if chosen else None


def route_for(proposal: Proposal, *, on: date) -> Route | None:
    """The route of the most specific row that fits the plan on a day."""
    row = _row_of(_rows_in_force(proposal, on=on), matter_of(proposal))
    return row.route if row else None


def route_to_pin(proposal: Proposal, *, today: date) -> Route | None:
    """The route a submission pins: a running plan keeps to the matrix of its first submission.

    What was published since counts only where that matrix has nothing for what the plan has
    become.
    """
    since = pinned_day(proposal, today=today)
    for day in dict.fromkeys((since, today)):
        if route := route_for(proposal, on=day):
            return replace(route, pinned_on=day.isoformat())
    return None


def pinned_day(proposal: Proposal, *, today: date) -> date:
    """The day whose matrix counts for this plan: of its first submission, before it today."""
    if pinned_on := proposal.route.get("pinned_on"):
        return date.fromisoformat(pinned_on)
    return localdate(proposal.submitted_at) if proposal.submitted_at else today


def why_no_route(proposal: Proposal) -> str:
    """What to say when no row fits."""
    name = proposal.supervising_union.name
    if matter_of(proposal).code is RouteCode.PROV_DIRECT_27:
        return (
            f"本方案是省总直属企事业单位的重大事项，须按“{RouteCode.PROV_DIRECT_27.label}”办理，"
            f"不能走一般路由；{name}尚未设置这一路由，请资产监管部先行设置并公布。"
        )
    return f"{name}的决策权限清单中没有适用于本方案的有效条目，请资产监管部先增加条目并公布。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsideredRow:
    """A row of the matrix beside what was found of it."""

    row: AuthorityMatrixRow
    found: Considered
    is_chosen: bool


def considered_for(proposal: Proposal, *, on: date) -> list[ConsideredRow]:
    """Every row in force on a day held against the plan: the chosen first, then as they rank."""
    matter, rows = matter_of(proposal), _rows_in_force(proposal, on=on)
    chosen = _row_of(rows, matter)
    found = [
        ConsideredRow(row=row, found=consider(row.test, matter), is_chosen=row is chosen)
        for row in rows
        if row.plan_kind == proposal.kind
    ]
    return sorted(found, key=lambda one: (one.found.fits, rank(one.row.test)), reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerouted:
    """A past plan that would have gone another way."""

    proposal: Proposal
    old: Route
    new: Route | None


def simulated(amendment: MatrixAmendment) -> list[Proposal]:
    """The past plans of the union over which an amendment is tried, the latest first."""
    rows = Proposal.objects.filter(
        supervising_union=amendment.union_id, submitted_at__isnull=False
    ).exclude(route={})
    rows = rows.select_related("supervising_union", "venue")
    return list(rows.order_by("-submitted_at", "-pk")[:MOST_SIMULATED])


def rerouted_by(amendment: MatrixAmendment, *, on: date) -> list[Rerouted]:
    """Which past plans would have gone another way, had the amendment been in force.

    The rows of the amendment count as if they were in force already, those it ends as if
    they had ended; every other row counts as it does today.
    """
    ended: set[UUID] = set(amendment.endings.values_list("row", flat=True))
    standing = AuthorityMatrixRow.objects.in_force(on).filter(union=amendment.union_id)
    rows = [one for one in standing.order_by("pk") if one.pk not in ended]
    rows += list(amendment.rows.order_by("pk"))
    changed = []
    for proposal in simulated(amendment):
        old = Route.from_json(proposal.route)
        row = _row_of(rows, matter_of(proposal))
        new = row.route if row else None
        if new is None or new.steps != old.steps:
            changed.append(Rerouted(proposal=proposal, old=old, new=new))
    return changed
