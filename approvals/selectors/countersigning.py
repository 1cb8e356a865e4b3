"""How the countersigning of a plan stands: who has spoken, whose turn it is."""

from approvals.enums import Node, Outcome, Stage, TaskStatus
from approvals.models import Proposal
from approvals.rules.counting import Mark, Standing, standing_of
from approvals.rules.route import Route, stages_of

MARKS: dict[str, Mark] = {
    Outcome.AGREE: Mark.FOR,
    Outcome.CONDITIONAL: Mark.FOR,
    Outcome.RESERVE: Mark.ABSTAIN,
    Outcome.DISAGREE: Mark.AGAINST,
    Outcome.RECUSE: Mark.RECUSED,
}


def spoken_on(proposal: Proposal) -> list[tuple[str, Mark]]:
    """What the departments said that still counts, in the order they spoke."""
    rows = proposal.opinions.filter(
        task__node=Node.COUNTERSIGNATURE, is_valid=True, outcome__in=MARKS
    ).order_by("at", "pk")
    pairs = rows.values_list("task__department_kind", "outcome")
    return [(kind, MARKS[outcome]) for kind, outcome in pairs]


def standings(proposal: Proposal, route: Route) -> list[Standing]:
    """Every group of the route as it stands."""
    spoken = spoken_on(proposal)
    return [standing_of(group, spoken) for group in route.signing]


def turns(proposal: Proposal, route: Route) -> list[str]:
    """The departments whose turn it is now."""
    return [kind for one in standings(proposal, route) for kind in one.turns]


def unheard(proposal: Proposal) -> list[str]:
    """The departments that are still to speak before the countersigning is complete.

    Those whose turn has not come yet in a sequence are among them, and those that have
    signed but wait for somebody they consulted.
    """
    if not proposal.route:
        return []
    route = Route.from_json(proposal.route)
    stages = stages_of(route)
    if proposal.stage not in stages[stages.index(Stage.COUNTERSIGNING) :]:
        return []
    spoken = spoken_on(proposal)
    heard = {kind for kind, _ in spoken}
    missing = {
        kind
        for group in route.signing
        if standing_of(group, spoken).turns
        for kind in group.departments
        if kind not in heard
    }
    open_desks = proposal.tasks.filter(
        node=Node.COUNTERSIGNATURE, parent=None, status__in=TaskStatus.UNFINISHED
    )
    missing |= set(open_desks.values_list("department_kind", flat=True))
    return [kind for kind in route.countersigners if kind in missing]
