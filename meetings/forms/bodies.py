"""Bodies, their terms and their rosters."""

from collections.abc import Sequence

from django import forms

from accounts.models import User
from accounts.places import VenuePlace
from core.forms import ActForm, DayField
from meetings import selectors
from meetings.enums import DecisionBodyKind
from meetings.forms.fields import CountField, LineField, PersonField, PickField
from meetings.models import Body
from meetings.rules import Terms
from organizations.models import TradeUnion

UNION_KINDS = [
    (kind.value, kind.label) for kind in DecisionBodyKind if kind != DecisionBodyKind.VENUE_BOARD
]


class BodyForm(ActForm):
    """登记决策机构: those of the union one writes for, the board of each venue one heads."""

    kind = PickField(label="机构类别", choices=[], widget=forms.RadioSelect)
    name = LineField(label="名称", max_length=60)
    substitute_for = LineField(
        label="代行职责说明",
        max_length=200,
        required=False,
        help_text="未设党组的工会，写明由哪个机构代行及其依据。",
    )

    def __init__(
        self, *args, union: TradeUnion | None, venues: Sequence[VenuePlace], **kwargs
    ) -> None:
        boards = [(str(place.id), f"阵地班子会议（{place.name}）") for place in venues]
        if union is None and len(venues) == 1:
            first = {"kind": boards[0][0], "name": f"{venues[0].name}班子会议"}
            kwargs["initial"] = first | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.union, self.venues = union, {str(place.id): place for place in venues}
        self.fields["kind"].choices = (UNION_KINDS if union else []) + boards
        if union is None:
            del self.fields["substitute_for"]

    @property
    def act(self) -> dict:
        """What the service is given: a board with its venue, any other body with its union."""
        given = super().act
        if place := self.venues.get(given["kind"]):
            return given | {
                "kind": DecisionBodyKind.VENUE_BOARD,
                "union": place.union,
                "venue_id": place.id,
            }
        return given | {"kind": DecisionBodyKind(given["kind"]), "union": self.union}


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


class PolicyForm(ActForm):
    """议事规则: the figures of a body from a day on."""

    share = CountField(label="到会下限（分子）", min_value=1)
    whole = CountField(
        label="到会下限（分母）", min_value=1, help_text="例如 2/3；不得低于超过半数。"
    )
    keeps_recused = PickField(
        label="回避成员",
        choices=[("yes", "计入应到"), ("no", "不计入应到")],
        widget=forms.RadioSelect,
    )
    materials_days = CountField(
        label="材料提前送达", min_value=0, help_text="会前几个工作日；0 为不限。"
    )
    late_entry_days = CountField(label="补录界限", min_value=1, help_text="会后几个工作日。")
    valid_from = DayField(label="施行日期", help_text="已经通知的会议仍按原规则。")
    source = LineField(label="确定依据", max_length=200, help_text="确定本规则的会议或文件。")

    def clean(self) -> dict:
        cleaned = super().clean()
        if {"share", "whole", "keeps_recused", "materials_days", "late_entry_days"} <= set(cleaned):
            cleaned["terms"] = Terms(
                quorum_numerator=cleaned["share"],
                quorum_denominator=cleaned["whole"],
                keeps_recused=cleaned["keeps_recused"] == "yes",
                materials_days=cleaned["materials_days"],
                late_entry_days=cleaned["late_entry_days"],
                source=cleaned.get("source", ""),
            )
        return cleaned
