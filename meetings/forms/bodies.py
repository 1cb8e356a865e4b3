"""Bodies and their rosters."""

from django import forms

from accounts.models import User
from core.forms import ActForm, DayField
from meetings import selectors
from meetings.enums import DecisionBodyKind
from meetings.forms.fields import CountField, LineField, PersonField, PickField
from meetings.models import Body

UNION_KINDS = [
    (kind.value, kind.label) for kind in DecisionBodyKind if kind != DecisionBodyKind.VENUE_BOARD
]


class BodyForm(ActForm):
    """登记决策机构."""

    kind = PickField(label="机构类别", choices=UNION_KINDS, widget=forms.RadioSelect)
    name = LineField(label="名称", max_length=60)
    substitute_for = LineField(
        label="代行职责说明",
        max_length=200,
        required=False,
        help_text="未设党组的工会，写明由哪个机构代行及其依据。",
    )


class MemberForm(ActForm):
    """名单中的一名成员."""

    name = LineField(label="姓名", max_length=30)
    title = LineField(label="职务", max_length=60)
    order = CountField(label="排序", min_value=1)
    is_principal = forms.BooleanField(label="主要负责人（末位表态）", required=False)
    valid_from = DayField(label="任职起")
    valid_to = DayField(label="任职止", required=False)

    def __init__(self, *args, body: Body, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = [user.pk for user in selectors.people_of(body)]
        self.fields["user"] = PersonField(
            label="平台账号",
            queryset=User.objects.filter(pk__in=people).order_by("name", "pk"),
            required=False,
            empty_label="没有账号",
            help_text="关联账号后，本人可以查阅所参加会议的原始记录。",
        )
