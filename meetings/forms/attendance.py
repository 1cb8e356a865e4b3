"""Who came."""

from django import forms

from core.forms import ActForm
from meetings import selectors
from meetings.enums import AttendanceStatus, NoticeAnswer
from meetings.forms.fields import LineField, PersonField, PickField
from meetings.models import Meeting, Member
from meetings.rules import Presence

# What was answered to the notice is what the form begins with.
STATUS_OF = {
    NoticeAnswer.COMING: AttendanceStatus.PRESENT,
    NoticeAnswer.LEAVE: AttendanceStatus.LEAVE,
}


class AttendanceForm(ActForm):
    """到会登记: one row per member of the roster, and who chairs in the end."""

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        self.roster = list(selectors.attendances_of(meeting))
        initial = {"version": meeting.version, "chair": meeting.chair_id}
        initial |= {"invited": meeting.invited}
        for row in self.roster:
            answered = STATUS_OF.get(row.answer, "")
            initial |= {
                f"status_{row.member_id}": row.status or answered,
                f"reason_{row.member_id}": row.reason or row.answer_reason,
                f"written_{row.member_id}": row.written_opinion,
            }
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for row in self.roster:
            add_presence_fields(self, row.member_id, row.name)
        members = [row.member_id for row in self.roster]
        self.fields["chair"] = PersonField(
            label="主持人",
            queryset=Member.objects.filter(pk__in=members).order_by("order", "pk"),
            empty_label=None,
        )
        self.fields["invited"] = LineField(
            label="列席", max_length=500, required=False, help_text="列席人员不计入应到、不表决。"
        )

    def rows(self) -> list[dict]:
        """One dict of bound fields per member, for the template."""
        return [presence_row(self, row.member_id, row.name, row.title) for row in self.roster]

    def presences(self) -> list[Presence]:
        """What the service is given."""
        return [presence_of(self, row.member_id) for row in self.roster]


def add_presence_fields(form: forms.Form, member: int, name: str) -> None:
    form.fields[f"status_{member}"] = PickField(
        label=f"{name}到会情况",
        choices=AttendanceStatus.choices,
        error_messages={"required": f"请选择{name}的到会情况：实到、请假或缺席。"},
    )
    form.fields[f"reason_{member}"] = LineField(
        label=f"{name}请假或缺席原因", max_length=200, required=False
    )
    form.fields[f"written_{member}"] = LineField(
        label=f"{name}书面意见", max_length=2000, required=False
    )


def presence_row(form: forms.Form, member: int, name: str, title: str) -> dict:
    return {
        "name": name,
        "title": title,
        "status": form[f"status_{member}"],
        "reason": form[f"reason_{member}"],
        "written": form[f"written_{member}"],
    }


def presence_of(form: forms.Form, member: int) -> Presence:
    return Presence(
        member=member,
        status=form.cleaned_data[f"status_{member}"],
        reason=form.cleaned_data[f"reason_{member}"],
        written_opinion=form.cleaned_data[f"written_{member}"],
    )
