"""Forms of meetings: shape only, meaning is in the rules."""

from meetings.forms.attendance import AttendanceForm
from meetings.forms.bodies import BodyForm, MemberForm, PolicyForm
from meetings.forms.resolutions import ExtendForm, ReportForm, ResolutionForm, SettleForm
from meetings.forms.sittings import (
    AnswerForm,
    CloseMeetingForm,
    MinutesForm,
    NoticeForm,
    OrderForm,
    PlaceItemForm,
    PlanMeetingForm,
    RecordFileForm,
    RescheduleForm,
    TakeOffForm,
    TopicForm,
    VoidForm,
)
from meetings.forms.votes import VenueMeetingForm, VotesForm

__all__ = [
    "AnswerForm",
    "AttendanceForm",
    "BodyForm",
    "CloseMeetingForm",
    "ExtendForm",
    "MemberForm",
    "MinutesForm",
    "NoticeForm",
    "OrderForm",
    "PlaceItemForm",
    "PlanMeetingForm",
    "PolicyForm",
    "RecordFileForm",
    "ReportForm",
    "RescheduleForm",
    "ResolutionForm",
    "SettleForm",
    "TakeOffForm",
    "TopicForm",
    "VenueMeetingForm",
    "VoidForm",
    "VotesForm",
]
