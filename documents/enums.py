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
