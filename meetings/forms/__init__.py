"""Forms of meetings: shape only, meaning is in the rules."""

from meetings.forms.attendance import AttendanceForm
from meetings.forms.bodies import BodyForm, MemberForm, PolicyForm
from meetings.forms.sittings import (
    CloseMeetingForm,
    NoticeForm,
    OrderForm,
    PlaceItemForm,
    PlanMeetingForm,
    RecordFileForm,
    RescheduleForm,
    TakeOffForm,
)
from meetings.forms.votes import VenueMeetingForm, VotesForm

__all__ = [
    "AttendanceForm",
    "BodyForm",
    "CloseMeetingForm",
    "MemberForm",
    "NoticeForm",
    "OrderForm",
    "PlaceItemForm",
    "PlanMeetingForm",
    "PolicyForm",
    "RecordFileForm",
    "RescheduleForm",
    "TakeOffForm",
    "VenueMeetingForm",
    "VotesForm",
]
