"""Words of the evaluations."""

from django.db.models import TextChoices


class EvaluationKind(TextChoices):
    """第十三条（五）「阶段评价和终期评价」."""

    STAGE = "stage", "阶段评价"
    FINAL = "final", "终期评价"


class EvaluationState(TextChoices):
    PLANNED = "planned", "待评价"
    SCORED = "scored", "已打分，待确认"
    CONFIRMED = "confirmed", "已确认"

    @property
    def tone(self) -> str:
        return {"planned": "idle", "scored": "info", "confirmed": "ok"}[self.value]


class Grade(TextChoices):
    """等次, best first; the regulation itself names 不合格."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASS = "pass", "合格"
    FAIL = "fail", "不合格"

    @property
    def tone(self) -> str:
        return {"excellent": "ok", "good": "ok", "pass": "warn", "fail": "bad"}[self.value]


class IndicatorKind(TextChoices):
    """How an indicator turns facts into points."""

    SATISFACTION = "satisfaction", "职工满意度"
    POSITIVE = "positive", "正向指标（实际/目标）"
    NEGATIVE = "negative", "反向指标（越少越好）"
    RATIO = "ratio", "完成率（0—1）"


class Answer(TextChoices):
    """The five answers of the survey, and the one that is left out of the index."""

    VERY_SATISFIED = "very_satisfied", "非常满意"
    SATISFIED = "satisfied", "满意"
    FAIRLY = "fairly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    VERY_DISSATISFIED = "very_dissatisfied", "非常不满意"
    UNKNOWN = "unknown", "不了解"


class Veto(TextChoices):
    """一票否决: any of these is 不合格 whatever the points."""

    DEATH = "death", "发生死亡事故"
    CONSTANTS = "constants", "五不变被破坏"
    NEGATIVE = "negative", "触及负面清单"
    INTEGRITY = "integrity", "发生廉政问题"
