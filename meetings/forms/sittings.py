"""Calling a meeting, its agenda, its end."""

from django import forms

from core.forms import ActForm, DayField, LongTextField
from documents.forms import UploadField
from meetings import selectors
from meetings.enums import NoticeAnswer, VoteMethod
from meetings.forms.fields import NOT_OFFERED, LineField, MomentField, PersonField, PickField
from meetings.models import AgendaItem, Body, Meeting


class PlanMeetingForm(ActForm):
    """会议通知: when and where the body sits, who chairs."""

    session = LineField(label="届次", max_length=40, help_text="例如“2026年第12次”。")
    starts_at = MomentField(label="开始时间")
    place = LineField(label="地点", max_length=100)
    invited = LineField(label="列席", max_length=500, required=False)
    vote_method = PickField(
        label="表决方式",
        choices=VoteMethod.choices,
        widget=forms.RadioSelect,
        initial=VoteMethod.SHOW_OF_HANDS,
    )

    def __init__(self, *args, body: Body, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"] = PersonField(
            label="主持人",
            queryset=body.members.order_by("order", "pk"),
            help_text="主持人和主要负责人末位表态。",
        )


class TopicForm(ActForm):
    """其他议题."""

    title = LineField(
        label="议题",
        max_length=200,
        help_text="写明请会议决定什么，例如“确定对外合作方案的决策权限”。",
    )


class ItemField(forms.ModelChoiceField):
    """One of the items that wait for the body."""

    default_error_messages = {"invalid_choice": NOT_OFFERED}

    def label_from_instance(self, obj: AgendaItem) -> str:
        return f"{obj.title}（第 {obj.version_no} 版）"


class PlaceItemForm(ActForm):
    """列入议程."""

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        waiting = selectors.waiting_items(meeting.union).filter(body=meeting.body_id)
        self.fields["item"] = ItemField(label="议题", queryset=waiting, empty_label="请选择")
        self.fields["reporter"] = LineField(label="汇报人", max_length=60)
        self.fields["materials_sent_on"] = DayField(
            label="材料送达日", help_text="汇报材料送达成员的日期，不晚于会议日。"
        )


class NoticeForm(ActForm):
    """发会议通知: nothing to fill in."""


class AnswerForm(ActForm):
    """答复会议通知."""

    answer = PickField(label="答复", choices=NoticeAnswer.choices, widget=forms.RadioSelect)
    reason = LineField(
        label="请假原因", max_length=200, required=False, help_text="请假时填写，告知会议秘书。"
    )


class RescheduleForm(ActForm):
    """会议改期."""

    starts_at = MomentField(label="开始时间")
    place = LineField(label="地点", max_length=100)
    reason = LineField(label="改期原因", max_length=200)


class OrderForm(ActForm):
    """调整议题次序: one of the buttons of the agenda was pressed."""

    move = forms.RegexField(
        r"^[0-9a-f-]{36}:(up|down)$", label="次序", error_messages={"invalid": NOT_OFFERED}
    )


class TakeOffForm(ActForm):
    """移出议程."""

    reason = LineField(label="移出原因", max_length=200)


class CloseMeetingForm(ActForm):
    """会议记录与纪要: two documents."""

    ends_at = MomentField(label="结束时间", required=False)
    record_text = LongTextField(
        label="会议记录",
        rows=10,
        max_length=50000,
        help_text="如实记录发言和表决，仅供知悉范围内人员查阅。",
    )
    minutes_text = LongTextField(
        label="会议纪要",
        rows=8,
        max_length=20000,
        required=False,
        help_text="议定事项，供办理部门查阅。到会人数不足时可不填。",
    )
    minutes_signed_by = LineField(
        label="纪要签发人", max_length=30, required=False, help_text="不能是记录人本人。"
    )


class RecordFileForm(ActForm):
    """签字的会议记录、签到表扫描件."""

    file = UploadField(label="扫描件")


class MinutesForm(ActForm):
    """签发纪要: the text somebody else signed, and when."""

    minutes_text = LongTextField(label="会议纪要", rows=8, max_length=20000)
    signed_by = LineField(label="签发人", max_length=30, help_text="不能是记录人本人。")
    signed_on = DayField(label="签发日期", help_text="不早于会议日。")
    copy_to = LineField(label="抄送", max_length=200, required=False)


class VoidForm(ActForm):
    """作废: the number is kept."""

    reason = LineField(label="作废原因", max_length=200)
