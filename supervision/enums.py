"""Words of supervision."""

from enum import nonmember

from django.db.models import TextChoices


class ReportKind(TextChoices):
    """第十六条 names two reports; one is never filed as the other."""

    ASSET_OPERATION = "asset_operation", "资产运营状况分析报告"
    SPECIAL_WORK = "special_work", "专项工作报告"


class ReportState(TextChoices):
    DUE = "due", "待报送"
    SUBMITTED = "submitted", "已报送，待审核"
    ACCEPTED = "accepted", "已受理"
    RETURNED = "returned", "已退回"

    WRITABLE = nonmember(("due", "returned"))

    @property
    def tone(self) -> str:
        return {"due": "idle", "submitted": "info", "accepted": "ok", "returned": "warn"}[
            self.value
        ]


class RectificationState(TextChoices):
    """第十三条（五）「阶段评价不合格的，要及时整改」."""

    ORDERED = "ordered", "整改中"
    REPORTED = "reported", "已报整改结果，待复核"
    PASSED = "passed", "整改合格"
    FAILED = "failed", "整改不合格"

    @property
    def tone(self) -> str:
        tones = {"ordered": "warn", "reported": "info", "passed": "ok", "failed": "bad"}
        return tones[self.value]
