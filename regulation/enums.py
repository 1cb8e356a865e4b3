"""Words of the register."""

from django.db.models import TextChoices


class RuleKind(TextChoices):
    """How strictly a rule binds."""

    HARD = "H", "硬性"
    SOFT = "S", "原则上"
    CONDITIONAL = "C", "条件"
    RECORD = "R", "备查"
    OPTIONAL = "O", "鼓励"

    @property
    def tone(self) -> str:
        """The tone of the badge."""
        return {"H": "bad", "S": "warn", "C": "info", "R": "idle", "O": "ok"}[self.value]

    @property
    def meaning(self) -> str:
        """What the system does about it, as a sentence."""
        return {
            "H": "不满足就不能办理下一步，任何人不得例外。",
            "S": "不满足时须先取得主管工会批准的例外审批，并在相关文书上载明。",
            "C": "所列情形存在时即为硬性要求；是否存在该情形必须明确回答。",
            "R": "应当留存备查，缺少时列入待补清单，不阻断办理。",
            "O": "可以选择办理，不作要求。",
        }[self.value]


class PolicyStatus(TextChoices):
    """Whether the text of a policy document is at hand."""

    AWAITED = "awaited", "待省总资产监管部提供原文"
    AVAILABLE = "available", "有原文"
