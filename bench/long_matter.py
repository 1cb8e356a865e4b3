"""A matter that went back and forth until its timeline is long."""

from approvals.enums import Node, Outcome, TaskStatus
from approvals.models import Proposal
from approvals.selectors import pages
from approvals.selectors.comparing import versions_of
from tests.approvals import builders, walk
from tests.approvals.builders import World, fresh, moment

ENTRIES = 60


def long_matter(world: World) -> Proposal:
    """Accepted, countersigned, returned with a point, rewritten, submitted again: 60 entries."""
    plan = builders.submitted_plan(world)
    while entries_of(plan) < ENTRIES:
        plan = _there_and_back(world, plan)
    return plan


def entries_of(plan: Proposal) -> int:
    """How many entries the timeline of its review page has."""
    return len(pages.timeline_of(plan, versions_of(plan)))


def _there_and_back(world: World, plan: Proposal) -> Proposal:
    if plan.tasks.filter(node=Node.FORMAL_REVIEW, status=TaskStatus.OPEN).exists():
        plan = walk.accept(world, plan)
    for username, department in walk.COUNTERSIGNERS.items():
        if department != "finance":
            task = walk.open_task(plan, Node.COUNTERSIGNATURE, department)
            walk.sign(world, task, username, text="同意，请按程序办理。")
    task = walk.open_task(plan, Node.COUNTERSIGNATURE, "finance")
    walk.sign(world, task, "cosign.finance", Outcome.RETURN, points=["补充客流数据"])
    plan = fresh(plan)
    builders.change(world, plan, "overview", content=f"羽毛球馆运营，第 {plan.version_no + 1} 稿。")
    plan.return_points.filter(answer="").update(
        answer="已补充。", answered_at=moment("2026-11-05 09:00")
    )
    builders.submit(world, plan, at="2026-11-06 09:00")
    return fresh(plan)
