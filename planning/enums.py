"""Words of the plans that unions make."""

from enum import nonmember

from django.db.models import TextChoices


class UnionPlanKind(TextChoices):
    """第六条、第十一条：three plans, none of which is a plan of a venue."""

    IMPLEMENTATION_PLAN = "implementation_plan", "实施规划"
    LOCAL_SCHEME = "local_scheme", "具体方案"
    PHASED_WORK_PLAN = "phased_work_plan", "具体工作方案"

    @property
    def rule(self) -> str:
        """The rule that asks for it."""
        return RULES[self]

    @property
    def series(self) -> str:
        """The series of its register numbers; ours, not a 文号."""
        return SERIES[self]


RULES = {
    UnionPlanKind.IMPLEMENTATION_PLAN: "6-1",
    UnionPlanKind.LOCAL_SCHEME: "6-2",
    UnionPlanKind.PHASED_WORK_PLAN: "11-1",
}
SERIES = {
    UnionPlanKind.IMPLEMENTATION_PLAN: "GH",
    UnionPlanKind.LOCAL_SCHEME: "JT",
    UnionPlanKind.PHASED_WORK_PLAN: "FB",
}


class UnionPlanState(TextChoices):
    """Where a union's plan stands."""

    DRAFT = "draft", "草稿"
    QUEUED = "queued", "待会议决定"
    DECIDED = "decided", "已决定，待印发"
    IN_FORCE = "in_force", "实施中"
    COMPLETED = "completed", "已完成"
    REPLACED = "replaced", "已被替代"
    REJECTED = "rejected", "未通过"
    VOID = "void", "已作废"

    OPEN = nonmember(("draft", "queued", "decided"))
    ISSUED = nonmember(("in_force", "completed", "replaced"))

    @property
    def tone(self) -> str:
        return TONES.get(self, "idle")


TONES = {
    UnionPlanState.DRAFT: "info",
    UnionPlanState.QUEUED: "warn",
    UnionPlanState.DECIDED: "warn",
    UnionPlanState.IN_FORCE: "ok",
    UnionPlanState.COMPLETED: "ok",
    UnionPlanState.REJECTED: "bad",
}
