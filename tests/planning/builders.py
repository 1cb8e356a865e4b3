"""Plans of a union, written and carried through its meeting by the services."""

from datetime import date

from planning import services
from planning.models import UnionPlan
from planning.rules import TEXTS, Step
from tests.approvals import walk
from tests.approvals.builders import World, moment

PERIOD = (date(2026, 1, 1), date(2028, 12, 31))
STEPS = (
    Step(
        content="摸清场地和人员底数", criteria="台账齐全", owner="周宁", due_on=date(2026, 12, 20)
    ),
    Step(
        content="在一个项目上试点", criteria="试点总结通过", owner="周宁", due_on=date(2027, 6, 30)
    ),
)


def texts_of(kind: str) -> dict[str, str]:
    """Every text of a kind, each in its own words."""
    said = {text.name: f"{text.label}的具体情况。" for text in TEXTS[kind]}
    return said | {"regulation_basis": "依据省总《实施细则》第六条。"}


def draft(world: World, kind: str = "implementation_plan", **fields) -> UnionPlan:
    """A plan just begun."""
    facts = {"title": "2026—2028 年规划", "by": world["asset.officer"]}
    facts |= {"union": world.xian, "at": moment("2026-11-02 09:00")} | fields
    return services.draft_plan(kind=kind, **facts)


def write(world: World, plan: UnionPlan, **changes) -> UnionPlan:
    """The whole plan, complete unless said otherwise."""
    facts = {
        "title": plan.title, "starts_on": PERIOD[0], "ends_on": PERIOD[1],
        "texts": texts_of(plan.kind), "steps": STEPS, "version": plan.version,
        "by": world["asset.officer"], "at": moment("2026-11-02 10:00"),
    }  # fmt: skip
    return services.save_plan(plan=plan, **facts | changes)


def submit(world: World, plan: UnionPlan, **changes) -> UnionPlan:
    facts = {
        "body": world.bodies["party_group"], "version": plan.version,
        "by": world["asset.officer"], "at": moment("2026-11-03 09:00"),
    }  # fmt: skip
    return services.submit_plan(plan=plan, **facts | changes)


def decide(world: World, plan: UnionPlan, **result) -> UnionPlan:
    """The union's meeting on a queued plan."""
    meeting = walk.seat(world, walk.waiting(plan.pk))
    walk.conclude(world, meeting, **{"resolution": "同意。"} | result)
    return fresh(plan)


def issue(world: World, plan: UnionPlan, **changes) -> UnionPlan:
    facts = {"version": plan.version, "by": world["leader"], "at": moment("2026-11-13 09:00")}
    return services.issue_plan(plan=plan, **facts | changes)


def in_force(world: World, kind: str = "implementation_plan", **fields) -> UnionPlan:
    """A plan carried through to its issue."""
    plan = submit(world, write(world, draft(world, kind, **fields)))
    return issue(world, decide(world, plan))


def fresh(plan: UnionPlan) -> UnionPlan:
    rows = UnionPlan.objects.select_related("union", "venue", "replaces")
    return rows.get(pk=plan.pk)
