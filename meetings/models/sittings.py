"""Meetings, attendance, agenda items and votes."""

from django.db import models
from django.db.models import F, Q

from accounts.models import ScopedModel, User
from documents.models import IssuedDocument
from meetings.enums import (
    AttendanceStatus,
    Choice,
    Conclusion,
    MeetingState,
    NoticeAnswer,
    VoteMethod,
)
from meetings.models.bodies import Body, Member, TermsModel
from meetings.rules import PASSING, UNION_MEETING, VENUE_MEETING
from organizations.models import TradeUnion


class Meeting(TermsModel, ScopedModel):
    """会议：one sitting of a body; its verbatim record and its minutes are two documents.

    It keeps the terms in force when it was called, whatever the body fixes later.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+", verbose_name="工会")
    venue_id = models.UUIDField("阵地", null=True, blank=True)
    session = models.CharField("届次", max_length=40)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间", null=True, blank=True)
    place = models.CharField("地点", max_length=100)
    chair = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="主持人")
    recorder = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    invited = models.CharField("列席", max_length=500, blank=True)
    vote_method = models.CharField(
        "表决方式",
        max_length=20,
        choices=VoteMethod.choices,
        default=VoteMethod.SHOW_OF_HANDS,
    )
    state = models.CharField(
        "状态", max_length=20, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    is_late_entry = models.BooleanField("补录", default=False)
    record_text = models.TextField("会议记录", blank=True)
    minutes_text = models.TextField("会议纪要", blank=True)
    minutes_number = models.CharField("纪要文号", max_length=60, blank=True)
    minutes_signed_by = models.CharField("纪要签发人", max_length=30, blank=True)
    minutes_signed_on = models.DateField("纪要签发日期", null=True, blank=True)
    minutes_document = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("关闭时间", null=True, blank=True)
    noticed_at = models.DateTimeField("通知发出时间", null=True, blank=True)

    class Meta(TermsModel.Meta):
        verbose_name = "会议"
        constraints = [
            *TermsModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "session"],
                name="meetings_meeting_session_once",
                violation_error_message="这一届次的会议已经登记过。",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="meetings_meeting_ends_after_start",
                violation_error_message="会议结束时间必须晚于开始时间。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.CLOSED, MeetingState.NO_CONCLUSION])
                & Q(closed_at__isnull=False)
                | Q(state__in=[MeetingState.PLANNED, MeetingState.HELD])
                & Q(closed_at__isnull=True),
                name="meetings_meeting_closed_iff_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.name}{self.session}"

    @property
    def tone(self) -> str:
        return MeetingState(self.state).tone

    @property
    def is_open(self) -> bool:
        return self.state in (MeetingState.PLANNED, MeetingState.HELD)

    @property
    def basis(self) -> str:
        """The rule a meeting of this body serves."""
        return VENUE_MEETING if self.venue_id else UNION_MEETING


class Attendance(models.Model):
    """到会：the roster as it stood at the meeting, and who came."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    user_id = models.UUIDField(null=True, blank=True)
    name = models.CharField("姓名", max_length=30)
    title = models.CharField("职务", max_length=60)
    is_principal = models.BooleanField("主要负责人", default=False)
    order = models.PositiveSmallIntegerField("排序", default=1)
    status = models.CharField(
        "到会情况", max_length=10, choices=AttendanceStatus.choices, blank=True
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    written_opinion = models.TextField("书面意见（记录，不计票）", blank=True)
    answer = models.CharField(
        "对通知的答复", max_length=10, choices=NoticeAnswer.choices, blank=True
    )
    answer_reason = models.CharField("请假原因", max_length=200, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "到会"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=NoticeAnswer.values, answered_at__isnull=False),
                name="meetings_attendance_answer_dated",
            ),
            models.UniqueConstraint(fields=["meeting", "member"], name="meetings_attendance_once"),
            models.CheckConstraint(
                condition=Q(status__in=["", *AttendanceStatus.values]),
                name="meetings_attendance_status",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def answer_tone(self) -> str:
        return NoticeAnswer(self.answer).tone if self.answer else "idle"


class AgendaItem(ScopedModel):
    """议题：one version of one matter before one body; without a meeting it still waits."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="items")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="items"
    )
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    venue_id = models.UUIDField("阵地", null=True, blank=True)
    subject_kind = models.CharField("事项类别", max_length=40)
    subject_id = models.UUIDField()
    case_id = models.UUIDField()
    title = models.CharField("议题", max_length=200)
    url = models.CharField(max_length=300)
    version_no = models.PositiveIntegerField("方案版本")
    content_sha256 = models.CharField("内容指纹", max_length=64)
    queued_at = models.DateTimeField("提请时间")
    withdrawn_at = models.DateTimeField("撤出时间", null=True, blank=True)
    order = models.PositiveSmallIntegerField("序号", default=0)
    reporter = models.CharField("汇报人", max_length=60, blank=True)
    materials_sent_on = models.DateField("材料送达日", null=True, blank=True)
    conclusion = models.CharField("结论", max_length=24, choices=Conclusion.choices, blank=True)
    concluded_at = models.DateTimeField("形成结论时间", null=True, blank=True)
    resolution = models.TextField("决议", blank=True)
    required_changes = models.TextField("须修改内容", blank=True)
    validity = models.CharField("有效期", max_length=200, blank=True)
    confirmer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    members = models.PositiveSmallIntegerField("应到", default=0)
    present = models.PositiveSmallIntegerField("实到", default=0)
    recused = models.PositiveSmallIntegerField("回避", default=0)
    agree = models.PositiveSmallIntegerField("同意", default=0)
    disagree = models.PositiveSmallIntegerField("不同意", default=0)
    abstain = models.PositiveSmallIntegerField("弃权", default=0)
    defer = models.PositiveSmallIntegerField("缓议", default=0)
    keeps_recused = models.BooleanField("回避成员计入应到", default=True)
    spoke_last = models.BooleanField("主要负责人末位表态", null=True)

    class Meta:
        verbose_name = "议题"
        indexes = [models.Index(fields=["subject_id"], name="meetings_item_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "subject_id"],
                condition=Q(conclusion="", withdrawn_at=None),
                name="meetings_item_open_once",
                violation_error_message="该事项已在这一机构的议程上，尚未形成结论。",
            ),
            models.UniqueConstraint(
                fields=["meeting", "order"],
                condition=Q(meeting__isnull=False),
                name="meetings_item_order_once",
            ),
            models.CheckConstraint(
                condition=Q(conclusion="", concluded_at=None)
                | Q(concluded_at__isnull=False, meeting__isnull=False, withdrawn_at=None)
                & ~Q(conclusion=""),
                name="meetings_item_concluded_in_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(conclusion__in=["", Conclusion.NO_CONCLUSION])
                | Q(
                    present=F("recused") + F("agree") + F("disagree") + F("abstain") + F("defer"),
                    present__lte=F("members"),
                ),
                name="meetings_item_votes_add_up",
                violation_error_message="各项票数之和必须等于实到人数减回避人数。",
            ),
            models.CheckConstraint(
                condition=~Q(conclusion__in=PASSING)
                | Q(members__lt=F("agree") * 2)
                | Q(keeps_recused=False, members__lt=F("agree") * 2 + F("recused")),
                name="meetings_item_passed_by_majority",
                violation_error_message="通过须有超过应到成员半数的同意票。",
            ),
            models.CheckConstraint(
                condition=Q(conclusion=Conclusion.PASSED_WITH_CHANGES, confirmer__isnull=False)
                | ~Q(conclusion=Conclusion.PASSED_WITH_CHANGES)
                & Q(confirmer__isnull=True, confirmed_at__isnull=True),
                name="meetings_item_confirmer_iff_changes",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return Conclusion(self.conclusion).tone if self.conclusion else "info"

    @property
    def is_waiting(self) -> bool:
        return self.meeting_id is None and self.withdrawn_at is None

    @property
    def is_voted(self) -> bool:
        return bool(self.conclusion) and self.conclusion != Conclusion.NO_CONCLUSION

    @property
    def counts(self) -> bool:
        """Whether the conclusion counts as passed: changes only once they are confirmed."""
        if self.conclusion == Conclusion.PASSED_WITH_CHANGES:
            return self.confirmed_at is not None
        return self.conclusion == Conclusion.PASSED


class Vote(models.Model):
    """表态：what one present member said on one item. A secret ballot leaves the choice empty."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="votes")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="votes")
    is_recused = models.BooleanField("回避", default=False)
    recusal_reason = models.CharField("回避原因", max_length=200, blank=True)
    choice = models.CharField("表态", max_length=10, choices=Choice.choices, blank=True)
    opinion = models.TextField("意见", blank=True)
    speaking_order = models.PositiveSmallIntegerField("发言次序", null=True, blank=True)

    class Meta:
        verbose_name = "表态"
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="meetings_vote_once"),
            models.UniqueConstraint(
                fields=["item", "speaking_order"], name="meetings_vote_speaking_order_once"
            ),
            models.CheckConstraint(
                condition=Q(is_recused=False) | Q(choice="", speaking_order=None),
                name="meetings_vote_recused_is_silent",
                violation_error_message="回避的成员不发言、不表决。",
            ),
        ]
