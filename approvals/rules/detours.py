"""Where a plan goes other than straight on: back to a passed desk, and what is taken back. Pure."""

from approvals.enums import Node, Stage
from approvals.rules.route import NODE_STAGES, Route, stage_after, stages_of


def passed_nodes(route: Route, stage: Stage) -> list[Node]:
    """The desks a plan at this stage has passed on its route, nearest last (退回、直送)."""
    stages = stages_of(route)
    if stage not in stages:
        return []
    before = stages[: stages.index(stage)]
    return [node for node, its_stage in NODE_STAGES.items() if its_stage in before]


def reaches_back(route: Route, stage: Stage, node: Node) -> bool:
    """Whether an opinion of this desk can be taken back from there (取回): the next step at most."""
    own = NODE_STAGES[node]
    return own in stages_of(route) and stage in (own, stage_after(route, own))
