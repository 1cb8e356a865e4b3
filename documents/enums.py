"""Words of the document store."""

from django.db import models


class Audience(models.TextChoices):
    """Who may fetch an attachment through which road."""

    CASE = "case", "经办各方"
    MATTER = "matter", "随事项阅看"  # only through the page of its matter, which knows who reads it
    MEETING_RECORD = "meeting_record", "会议记录知悉范围"


class DocumentStatus(models.TextChoices):
    """What the public check page answers about an issued paper."""

    IN_FORCE = "in_force", "有效"
    SUPERSEDED = "superseded", "已被新文件替代"
    VOID = "void", "已作废"


class NumberKind(models.TextChoices):
    """What is numbered, each in series of its own."""

    PLAN = "plan", "方案登记号"
    EXCEPTION = "exception", "例外登记号"
    MINUTES = "minutes", "会议纪要文号"
    RETURN_NOTICE = "return_notice", "退回通知文号"
    REPLY = "reply", "批复文号"
    CONTRACT = "contract", "合同登记号"
    FILING = "filing", "合同备案号"
    EVALUATION = "evaluation", "评价报告编号"
