"""Files kept once by their hash, what hangs on a case, and papers that were issued."""

import hashlib
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import ScopedModel, ScopedQuerySet, User
from documents.enums import Audience, DocumentStatus, NumberKind
from documents.rules import NAME_LENGTH
from organizations.models import TradeUnion


class StoredFile(models.Model):
    """文件：bytes kept once, known by their SHA-256; the row never changes."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    content_type = models.CharField("类型", max_length=100)
    extension = models.CharField("扩展名", max_length=8)
    pages = models.PositiveIntegerField("页数", default=0)
    stored_at = models.DateTimeField("存入时间")

    class Meta:
        verbose_name = "文件"
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="documents_file_not_empty")
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def relative_path(self) -> str:
        return f"{self.sha256[:2]}/{self.sha256}"


class AttachmentQuerySet(ScopedQuerySet):
    def on_case_road(self) -> "AttachmentQuerySet":
        """Those served by the general road; a meeting record has a road of its own."""
        return self.filter(audience=Audience.CASE)


class Attachment(ScopedModel):
    """附件：a file under the name it was given, hanging on one case for one purpose."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    name = models.CharField("文件名", max_length=NAME_LENGTH)
    case_id = models.UUIDField("所属事项")
    venue_id = models.UUIDField("阵地", null=True, blank=True)
    purpose = models.CharField("用途", max_length=60, blank=True)
    audience = models.CharField("知悉范围", max_length=20, choices=Audience.choices)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        indexes = [models.Index(fields=["case_id", "purpose"], name="documents_attachment_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="documents_attachment_audience"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        return self.file.size


class IssuedDocumentQuerySet(ScopedQuerySet):
    def on_case_road(self) -> "IssuedDocumentQuerySet":
        """Those served by the general road; a meeting record has a road of its own."""
        return self.filter(audience=Audience.CASE)


class IssuedDocument(ScopedModel):
    """已出具文件：a paper as it left the house: number, bytes, and what it was printed from.

    The bytes are the record. They are never printed again from the snapshot.
    """

    SHORT_HASH: ClassVar[int] = 16

    kind = models.CharField("文种", max_length=40)
    number = models.CharField("编号", max_length=80)
    title = models.CharField("标题", max_length=200)
    case_id = models.UUIDField("所属事项")
    venue_id = models.UUIDField("阵地", null=True, blank=True)
    audience = models.CharField("知悉范围", max_length=20, choices=Audience.choices)
    issuer = models.ForeignKey(
        TradeUnion, models.PROTECT, related_name="+", verbose_name="出具工会"
    )
    snapshot = models.TextField("内容快照")  # canonical JSON, exactly the bytes that were hashed
    html_sha256 = models.CharField("排版校验", max_length=64)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="PDF")
    verify_code = models.CharField("核验码", max_length=12, unique=True)
    status = models.CharField(
        "状态",
        max_length=12,
        choices=DocumentStatus.choices,
        default=DocumentStatus.IN_FORCE,
    )
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="替代文件"
    )
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="出具人")
    issued_at = models.DateTimeField("出具时间")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "已出具文件"
        indexes = [models.Index(fields=["case_id", "kind"], name="documents_issued_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="documents_issued_audience"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DocumentStatus.values), name="documents_issued_status"
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) ^ Q(status=DocumentStatus.SUPERSEDED),
                name="documents_superseded_iff_successor",
                violation_error_message="被替代的文件须指明替代它的新文件。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title

    @property
    def snapshot_sha256(self) -> str:
        return hashlib.sha256(self.snapshot.encode()).hexdigest()

    @property
    def short_hash(self) -> str:
        """The first signs of the snapshot's hash, as printed on the paper itself."""
        return self.snapshot_sha256[: self.SHORT_HASH]

    @property
    def file_name(self) -> str:
        return f"{self.title}.pdf"


class NumberSequence(models.Model):
    """编号序列：the last number given in one series and year; no number is ever skipped."""

    series = models.CharField("序列", max_length=60)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已用到", default=0)
    kind = models.CharField("类别", max_length=20, choices=NumberKind.choices, blank=True)
    holder = models.CharField("编号单位", max_length=80, blank=True)
    registered_from = models.PositiveIntegerField("登记起点", default=1)

    class Meta:
        verbose_name = "编号序列"
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="documents_series_once")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class NumberEntry(ScopedModel):
    """编号登记：one number as it was given, to what and by whom; a void one stays in the book."""

    sequence = models.ForeignKey(NumberSequence, models.PROTECT, related_name="entries")
    no = models.PositiveIntegerField("序号")
    text = models.CharField("编号", max_length=80)
    title = models.CharField("事项", max_length=200)
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+", verbose_name="工会")
    venue_id = models.UUIDField("阵地", null=True, blank=True)
    case_id = models.UUIDField("所属事项")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="编号人")
    taken_at = models.DateTimeField("编号时间")
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "编号登记"
        indexes = [
            models.Index(fields=["-taken_at"], name="documents_number_taken"),
            models.Index(fields=["case_id"], name="documents_number_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sequence", "no"], name="documents_number_once")
        ]

    def __str__(self) -> str:
        return self.text
