"""Forms of public information: shape only, meaning is in the rules."""

from decimal import Decimal

from django import forms
from django.http import QueryDict

from core.forms import ActForm, LongTextField, RowFormSet, YuanField
from disclosure.models import TEXT_LENGTH, Disclosure
from disclosure.rules import MAX_PRICE, MAX_SERVICES, Content, ServiceLine, texts_of
from venues.enums import VenueKind
from venues.models import Venue

TOO_LONG = "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简。"
TOO_MUCH = "价格超过 100 万元，请核对单位是否为元。"


class TextField(forms.CharField):
    """One line of text with its own sentence for too much of it."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.error_messages["max_length"] = TOO_LONG


class PriceField(YuanField):
    """A price in yuan; blank while it is not known."""

    default_error_messages = {
        "invalid": "请填写价格数字，例如 20 或 12.50；免费填 0。",
        "min_value": "价格不能为负数，免费的请填 0。",
        "max_digits": TOO_MUCH,
        "max_whole_digits": TOO_MUCH,
    }

    def clean(self, value) -> Decimal | None:
        amount = super().clean(value)
        if amount is not None and amount > MAX_PRICE:
            raise forms.ValidationError(TOO_MUCH)
        return amount


class NewForm(ActForm):
    """For which venue a new edition is begun."""

    venue = forms.ModelChoiceField(Venue.objects.none(), label="阵地", empty_label=None)

    def __init__(self, *args, venues, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = venues


class ContentForm(ActForm):
    """The seven texts; a draft may still lack any of them."""

    opening_hours = LongTextField(
        label="开放时间", required=False, rows=3, max_length=TEXT_LENGTH,
        help_text="写明平日、周末和法定节假日的开放时段，以及闭馆日。",
    )  # fmt: skip
    steps = LongTextField(
        label="操作流程", required=False, max_length=TEXT_LENGTH,
        help_text="每行一步：怎样预约、凭什么证件、怎样退订。",
    )  # fmt: skip
    contact = TextField(
        label="联系方式", required=False, max_length=200,
        help_text="岗位或部门和固定电话，例如“前台 029-87320000”。不写个人姓名和手机号。",
    )  # fmt: skip
    supervision_phone = TextField(
        label="监督电话", required=False, max_length=40, help_text="单位固定电话或 12351。"
    )
    model_workers_offer = LongTextField(
        label="劳模工匠优惠", required=False, rows=2, max_length=TEXT_LENGTH,
        help_text="对象、项目、幅度、凭证；确无优惠的写“无”并说明理由。",
    )  # fmt: skip
    workers_in_need_offer = LongTextField(
        label="困难职工优惠", required=False, rows=2, max_length=TEXT_LENGTH
    )
    members_offer = LongTextField(
        label="工会会员优惠", required=False, rows=2, max_length=TEXT_LENGTH
    )


class ServiceForm(forms.Form):
    """One service."""

    name = TextField(label="服务项目", max_length=60)
    price = PriceField(label="价格（元）", required=False)
    unit = TextField(
        label="计价单位", max_length=20, required=False, help_text="例如“元/小时”“元/人次”。"
    )
    core_business = forms.TypedChoiceField(
        label="所属主责主业", required=False, coerce=int, empty_value=None
    )
    description = TextField(label="说明", max_length=300, required=False)

    def __init__(self, *args, businesses: list[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["core_business"].choices = [("", "不属于主责主业"), *businesses]
        self.fields["name"].error_messages["required"] = "请填写服务项目的名称。"


class ServiceFormSet(RowFormSet):
    """The services of one edition in their order."""

    def lines(self) -> tuple[ServiceLine, ...]:
        """The rows that are filled and not struck out."""
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return tuple(
            ServiceLine(
                name=row["name"],
                price=row["price"],
                unit=row["unit"],
                description=row["description"],
                core_business_id=row["core_business"],
            )
            for row in rows
            if row.get("name")
        )


ServiceRows = forms.formset_factory(
    ServiceForm, formset=ServiceFormSet, extra=2, max_num=MAX_SERVICES, validate_max=True,
    absolute_max=MAX_SERVICES + 5, can_delete=True,
)  # fmt: skip


def content_forms(
    disclosure: Disclosure, posted: QueryDict | None
) -> tuple[ContentForm, ServiceFormSet]:
    """The two parts of the page on which an edition is written."""
    content = disclosure.content
    rows = [
        {
            "name": line.name,
            "price": line.price,
            "unit": line.unit,
            "description": line.description,
            "core_business": line.core_business_id,
        }
        for line in content.services
    ]
    businesses = disclosure.venue.core_businesses.order_by("order", "pk").values_list("pk", "name")
    form = ContentForm(posted, initial={**texts_of(content), "version": disclosure.version})
    # A posted row equal to what it was would count as untouched and be lost.
    services = ServiceRows(
        posted,
        prefix="services",
        initial=None if posted else rows,
        form_kwargs={"businesses": list(businesses)},
    )
    return form, services


def content_of(form: ContentForm, services: ServiceFormSet) -> Content:
    """What was typed, once both parts are valid."""
    return Content(**form.act, services=services.lines())


class ReviewForm(ActForm):
    """The asset department's answer."""

    is_cleared = forms.TypedChoiceField(
        label="审核结论",
        choices=[("1", "同意公布"), ("0", "退回修改")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = LongTextField(label="审核意见", required=False, rows=3, max_length=TEXT_LENGTH)


class WithdrawForm(ActForm):
    """Why the information is taken off the public page."""

    reason = LongTextField(label="撤下原因", rows=3, max_length=TEXT_LENGTH)


class PublicFilter(forms.Form):
    """Finding a venue's public page; anything not on the lists finds nothing."""

    text = TextField(label="名称或地址", required=False, max_length=40)
    city = forms.ChoiceField(label="所在市", required=False)
    kind = forms.ChoiceField(
        label="类型", required=False, choices=[("", "全部"), *VenueKind.choices]
    )

    def __init__(self, *args, cities: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].choices = [("", "全部"), *cities]
