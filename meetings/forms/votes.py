"""Who said what: the votes on one item, and the venue's own meeting at one go."""

from collections.abc import Iterable

from django import forms

from accounts.models import User
from core.forms import ActForm, DayField, LongTextField
from documents.forms import UploadField
from meetings import permissions, selectors
from meetings.enums import AttendanceStatus, Choice, Conclusion, VoteMethod
from meetings.forms.attendance import add_presence_fields, presence_of, presence_row
from meetings.forms.fields import CountField, LineField, MomentField, PersonField, PickField
from meetings.models import AgendaItem, Body
from meetings.rules import Tally, VoteMark, agree_needed, present_needed

BALLOT = {"agree": "同意", "disagree": "不同意", "abstain": "弃权", "defer": "缓议"}
UNION_CONCLUSIONS = (
    Conclusion.PASSED,
    Conclusion.PASSED_WITH_CHANGES,
    Conclusion.DEFERRED,
    Conclusion.REJECTED,
)
VENUE_CONCLUSIONS = (Conclusion.PASSED, Conclusion.DEFERRED, Conclusion.REJECTED)


def _labels(conclusions: Iterable[Conclusion]) -> list[tuple[str, str]]:
    return [(conclusion.value, conclusion.label) for conclusion in conclusions]


def _add_vote_fields(form: forms.Form, member: int, name: str, *, is_secret: bool = False) -> None:
    form.fields[f"recused_{member}"] = forms.BooleanField(label=f"{name}回避", required=False)
    form.fields[f"recusal_{member}"] = LineField(
        label=f"{name}回避原因", max_length=200, required=False
    )
    if not is_secret:
        form.fields[f"choice_{member}"] = PickField(
            label=f"{name}的表态", choices=Choice.choices, required=False
        )
    form.fields[f"opinion_{member}"] = LineField(
        label=f"{name}的发言要点", max_length=2000, required=False
    )
    form.fields[f"order_{member}"] = CountField(
        label=f"{name}的发言次序", min_value=1, required=False
    )


def _vote_row(form: forms.Form, member: int) -> dict:
    names = ("recused", "recusal", "choice", "opinion", "order")
    return {
        name: form[f"{name}_{member}"] if f"{name}_{member}" in form.fields else None
        for name in names
    }


def _vote_of(form: forms.Form, member: int) -> VoteMark:
    cleaned = form.cleaned_data
    is_recused = cleaned[f"recused_{member}"]
    return VoteMark(
        member=member,
        is_recused=is_recused,
        recusal_reason=cleaned[f"recusal_{member}"],
        choice=cleaned.get(f"choice_{member}", ""),
        opinion=cleaned[f"opinion_{member}"],
        # The order was filled in beforehand; whoever is recused takes no turn.
        speaking_order=None if is_recused else cleaned[f"order_{member}"],
    )


def _last_speakers_last(rows: list, chair_id: int, member_of) -> dict[str, int]:
    """The order in which people will usually have spoken: the chair and the principal last."""
    ordered = sorted(
        rows, key=lambda row: (row.is_principal, member_of(row) == chair_id, row.order, row.pk)
    )
    return {f"order_{member_of(row)}": turn for turn, row in enumerate(ordered, start=1)}


def _add_last_word(form: forms.Form) -> None:
    form.fields["not_last"] = forms.BooleanField(
        label="确认：主要负责人（主持人）没有最后表态，如实登记", required=False
    )


def _check_last_word(form: forms.Form, present: Iterable[int], last: set[int]) -> None:
    """末位表态: another order is entered only by saying that it was so."""
    turns = {
        member: form.cleaned_data.get(f"order_{member}")
        for member in present
        if not form.cleaned_data.get(f"recused_{member}")
    }
    others = [turn for member, turn in turns.items() if turn and member not in last]
    is_early = any(
        turn and turn < max(others, default=0) for member, turn in turns.items() if member in last
    )
    if is_early and not form.cleaned_data.get("not_last"):
        text = (
            "主要负责人（主持人）应在其他成员之后表态，请核对发言次序。确实没有最后表态的，勾选本项"
            "如实登记，会议记录和效力核查都会注明。"
        )
        form.add_error("not_last", text)


class VotesForm(ActForm):
    """逐项表决: one row per present member, then the conclusion."""

    def __init__(self, *args, item: AgendaItem, **kwargs) -> None:
        meeting = item.meeting
        self.is_secret = meeting.vote_method == VoteMethod.SECRET_BALLOT
        roster = selectors.attendances_of(meeting)
        self.seated = [row for row in roster if row.status == AttendanceStatus.PRESENT]
        initial = {"version": item.version}
        initial |= _last_speakers_last(self.seated, meeting.chair_id, lambda row: row.member_id)
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for row in self.seated:
            _add_vote_fields(self, row.member_id, row.name, is_secret=self.is_secret)
        if self.is_secret:
            for name, label in BALLOT.items():
                self.fields[f"ballot_{name}"] = CountField(label=f"{label}（票）", min_value=0)
        _add_last_word(self)
        self.chair = meeting.chair_id
        self._add_conclusion(item)

    def clean(self) -> dict:
        cleaned = super().clean()
        last = {row.member_id for row in self.seated if row.is_principal} | {self.chair}
        _check_last_word(self, [row.member_id for row in self.seated], last)
        return cleaned

    def _add_conclusion(self, item: AgendaItem) -> None:
        self.fields["conclusion"] = PickField(
            label="结论",
            choices=_labels(UNION_CONCLUSIONS),
            widget=forms.RadioSelect,
            error_messages={"required": "请选择结论。"},
        )
        self.fields["resolution"] = LongTextField(
            label="决议", error_messages={"required": "请填写决议内容。"}
        )
        self.fields["required_changes"] = LongTextField(
            label="须修改的内容",
            required=False,
            rows=3,
            help_text="只在“修改后通过”时填写，逐条写明。",
        )
        people = _confirmers(item.body)
        self.fields["confirmer"] = PersonField(
            label="修改确认人",
            required=False,
            queryset=User.objects.filter(pk__in=people).order_by("name", "pk"),
            help_text="经其确认修改到位后，才算通过。",
        )

    def rows(self) -> list[dict]:
        """One dict of bound fields per present member, for the template."""
        return [
            {
                "name": row.name,
                "title": row.title,
                "is_principal": row.is_principal,
                **_vote_row(self, row.member_id),
            }
            for row in self.seated
        ]

    def ballot_fields(self) -> list[forms.BoundField]:
        return [self[f"ballot_{name}"] for name in BALLOT] if self.is_secret else []

    def decision(self) -> dict:
        """What `services.conclude_item` is given besides the item, the writer and the moment."""
        cleaned = self.cleaned_data
        ballot = {name: cleaned[f"ballot_{name}"] for name in BALLOT} if self.is_secret else None
        return {
            "votes": [_vote_of(self, row.member_id) for row in self.seated],
            "conclusion": cleaned["conclusion"],
            "resolution": cleaned["resolution"],
            "required_changes": cleaned["required_changes"],
            "confirmer": cleaned["confirmer"],
            "ballot": Tally(**ballot) if ballot else None,
        }


def _confirmers(body: Body) -> list:
    """The people who may be named to confirm changes for the body's union."""
    people = selectors.confirmers_of(body)
    return [user.pk for user in people if permissions.may_confirm(user, body)]


class VenueMeetingForm(ActForm):
    """阵地集体决策: the venue's meeting on one plan, recorded at one go."""

    session = LineField(label="届次", max_length=40, help_text="例如“2026年第12次”。")
    starts_at = MomentField(label="开始时间")
    ends_at = MomentField(label="结束时间", required=False)
    place = LineField(label="地点", max_length=100)
    invited = LineField(label="列席", max_length=500, required=False)
    reporter = LineField(label="汇报人", max_length=60, required=False)
    materials_sent_on = DayField(label="材料送达日", required=False)
    record_file = UploadField(label="签字的会议记录或签到表", required=False)

    def __init__(self, *args, body: Body, on, **kwargs) -> None:
        self.body_terms = selectors.terms_of(body, on=on)
        self.roster = list(selectors.roster_of(body, on=on))
        principal = next((row for row in self.roster if row.is_principal), None)
        chair_id = principal.pk if principal else 0
        initial = {"chair": chair_id or None}
        initial |= _last_speakers_last(self.roster, chair_id, lambda row: row.pk)
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["chair"] = PersonField(
            label="主持人",
            queryset=body.members.filter(pk__in=[row.pk for row in self.roster]).order_by(
                "order", "pk"
            ),
        )
        for row in self.roster:
            add_presence_fields(self, row.pk, row.name)
            _add_vote_fields(self, row.pk, row.name)
        _add_last_word(self)
        self.fields["conclusion"] = PickField(
            label="结论",
            choices=_labels(VENUE_CONCLUSIONS),
            widget=forms.RadioSelect,
            error_messages={"required": "请选择结论。"},
        )
        self.fields["resolution"] = LongTextField(
            label="决议", error_messages={"required": "请填写决议内容。"}
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        for row in self.roster:
            status = cleaned.get(f"status_{row.pk}")
            says = cleaned.get(f"choice_{row.pk}") or cleaned.get(f"recused_{row.pk}")
            if status and status != AttendanceStatus.PRESENT and says:
                text = f"{row.name}未到会，不表决也不必回避；书面意见只记录，不计票。"
                self.add_error(f"choice_{row.pk}", text)
        present = [
            row.pk
            for row in self.roster
            if cleaned.get(f"status_{row.pk}") == AttendanceStatus.PRESENT
        ]
        chair = cleaned.get("chair")
        last = {row.pk for row in self.roster if row.is_principal}
        _check_last_word(self, present, last | ({chair.pk} if chair else set()))
        return cleaned

    def rows(self) -> list[dict]:
        """One dict of bound fields per member, for the template."""
        return [
            {
                **presence_row(self, row.pk, row.name, row.title),
                "is_principal": row.is_principal,
                **_vote_row(self, row.pk),
            }
            for row in self.roster
        ]

    @property
    def terms(self) -> dict[str, int]:
        """How many must come and how many must agree, of how many."""
        members = len(self.roster)
        return {
            "members": members,
            "present": present_needed(members, *self.body_terms.quorum),
            "agree": agree_needed(members),
        }

    def sitting(self) -> dict:
        """What `services.hold_meeting` is given of the meeting itself."""
        attendance = [presence_of(self, row.pk) for row in self.roster]
        present = [row.member for row in attendance if row.status == AttendanceStatus.PRESENT]
        names = ("session", "starts_at", "ends_at", "place", "invited", "chair", "reporter")
        names += ("materials_sent_on", "record_file")
        return {name: self.cleaned_data[name] for name in names} | {
            "attendance": attendance,
            "votes": [_vote_of(self, member) for member in present],
            "conclusion": self.cleaned_data["conclusion"],
            "resolution": self.cleaned_data["resolution"],
        }
