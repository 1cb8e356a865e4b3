"""Forms of the register and of the self-assessment: shape only, meaning is in the rules."""

from datetime import date
from decimal import Decimal

from django import forms

from accounts.models import User
from core import money
from core.forms import ActForm, DayField, LongTextField, YuanField
from documents.forms import UploadField
from organizations.models import TradeUnion
from venues import rules
from venues.enums import Conclusion, LegalForm, ReadinessCode, VenueKind
from venues.models import Venue

PEOPLE_LIMIT = 100_000_000
CHOOSE = ("", "请选择")
TOO_LONG = "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简。"


class TextField(forms.CharField):
    """One line of text with its own sentence for too much of it."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.error_messages["max_length"] = TOO_LONG


class AreaField(forms.DecimalField):
    """An area in square metres."""

    default_error_messages = {
        "invalid": "请填写面积数字，例如 1200 或 1200.50。",
        "min_value": "面积不能为负数，请填写 0 或正数。",
        "max_digits": "面积数字过大，请核对单位是否为平方米。",
        "max_whole_digits": "面积数字过大，请核对单位是否为平方米。",
        "max_decimal_places": "面积最多保留两位小数。",
    }

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=Decimal(0), max_digits=12, decimal_places=2, **kwargs)
        self.widget.attrs.update({"step": "any", "inputmode": "decimal"})


class CountField(forms.IntegerField):
    """A number of people or of posts."""

    default_error_messages = {"invalid": "请填写整数，例如 120。"}

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=0, max_value=PEOPLE_LIMIT, **kwargs)
        self.error_messages["min_value"] = "人数不能为负数，请填写 0 或正整数。"
        self.error_messages["max_value"] = "数字过大，请核对。"


def _places(unions: list[TradeUnion]) -> list[tuple[str, str]]:
    """The divisions a venue of these unions may stand in."""
    rows = TradeUnion.objects.none()
    for union in unions:
        top = union if union.level != "industry" else union.get_ancestors().first() or union
        rows = rows | TradeUnion.objects.filter(path__startswith=top.path)
    found = {
        row.division_code: row.name.removesuffix("总工会") for row in rows.exclude(level="industry")
    }
    return sorted((code, f"{code} {name}") for code, name in found.items())


class VenueForm(ActForm):
    """What the register says of a venue."""

    supervising_union = forms.ModelChoiceField(
        TradeUnion.objects.none(), label="主管工会", empty_label=None
    )
    name = TextField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=[CHOOSE, *VenueKind.choices])
    kind_note = TextField(
        label="类别说明", max_length=100, required=False, help_text="类别为“其他”时填写。"
    )
    legal_form = forms.ChoiceField(label="法律形式", choices=[CHOOSE, *LegalForm.choices])
    uscc = TextField(
        label="统一社会信用代码",
        max_length=60,
        required=False,
        help_text="18位。内设机构没有代码的可不填。",
    )
    division_code = forms.ChoiceField(label="所在地")
    address = TextField(label="地址", max_length=200)
    land_area = AreaField(label="占地面积（㎡）", required=False)
    building_area = AreaField(label="建筑面积（㎡）", required=False)
    ownership_certificate = TextField(
        label="产权关系（权属证）", max_length=200, help_text="权利人、证书名称和编号。"
    )
    affiliation = TextField(label="隶属关系", max_length=200)
    service_functions = LongTextField(label="服务功能", max_length=2000)
    staff_quota = CountField(label="编制数", required=False)
    opened_on = DayField(label="启用日期", required=False)
    is_directly_affiliated = forms.BooleanField(label="本级直属单位", required=False)
    safety_officer = TextField(label="安全责任人", max_length=30, required=False)

    def __init__(self, *args, unions: list[TradeUnion], venue: Venue | None = None, **kwargs):
        if venue is not None:
            kwargs["initial"] = entry_of(venue) | {"version": venue.version}
        super().__init__(*args, **kwargs)
        if venue is not None:
            del self.fields["supervising_union"]
        else:
            choices = TradeUnion.objects.filter(pk__in=[union.pk for union in unions])
            self.fields["supervising_union"].queryset = choices.order_by("path")
        self.fields["division_code"].choices = [CHOOSE, *_places(unions)]


def entry_of(venue: Venue) -> dict:
    """The fields of the register as they stand, for the form that changes them."""
    names = [name for name in VenueForm.base_fields if hasattr(venue, name)]
    hidden = {"command_id", "version", "supervising_union"}
    return {name: getattr(venue, name) for name in names if name not in hidden}


class CoreBusinessForm(ActForm):
    """主责主业, one to a line."""

    businesses = LongTextField(
        label="主责主业",
        rows=8,
        max_length=6000,
        help_text="每行一项，名称与内容之间用冒号隔开，例如“职工技能培训：焊工、电工等工种的培训和竞赛”。",
    )

    def clean_businesses(self) -> list[tuple[str, str]]:
        """Read each line as name and description."""
        lines = [line.strip() for line in self.cleaned_data["businesses"].splitlines()]
        parts = [line.replace(":", "：", 1).partition("：") for line in lines if line]
        if any(not name.strip() for name, _, _ in parts):
            raise forms.ValidationError("有一行只有内容没有名称，请在冒号前写明主责主业的名称。")
        if any(len(text) > 500 for _, _, text in parts):
            raise forms.ValidationError("每项内容不超过 500 字，请精简。")
        return [(name.strip(), text.strip()) for name, _, text in parts]

    @staticmethod
    def text_of(venue: Venue) -> str:
        """The businesses as they would be typed."""
        rows = venue.core_businesses.order_by("order", "pk")
        return "\n".join(f"{r.name}：{r.description}" if r.description else r.name for r in rows)

    @property
    def typed(self) -> str:
        return str(self["businesses"].value() or "")


class SupervisorForm(ActForm):
    """监管责任人."""

    supervisor = forms.ModelChoiceField(
        User.objects.none(), label="监管责任人", empty_label="请选择"
    )

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = people


class ReadinessItemForm(ActForm):
    """What every item asks: a conclusion, a source with its day, a file."""

    conclusion = forms.ChoiceField(
        label="自评结论", choices=Conclusion.choices, widget=forms.RadioSelect, required=False
    )
    source = TextField(
        label="数据来源",
        max_length=200,
        required=False,
        help_text="出自何处，例如“2025年度工会统计年报”。",
    )
    as_of = DayField(label="数据截止日期", required=False)
    file = UploadField(label="证明材料", required=False)

    def facts(self) -> dict[str, str | int | None]:
        """The cleaned facts in a shape JSON keeps."""
        plain = {}
        for key in rules.FACT_LABELS[self.code]:
            value = self.cleaned_data.get(key)
            if isinstance(value, Decimal | date):
                value = str(value)
            plain[key] = value
        return plain


class FacilitiesForm(ReadinessItemForm):
    """第九条（一）."""

    code = ReadinessCode.FACILITIES
    workers = CountField(label="服务范围内职工人数", required=False)
    members = CountField(label="其中工会会员人数", required=False)
    floor_area = AreaField(label="服务用房面积（㎡）", required=False)
    facilities = LongTextField(
        label="设施清单", required=False, help_text="房间、座位、床位、器材等及数量。"
    )
    demand = LongTextField(label="职工需求调查情况", required=False)
    field_order = [
        "conclusion", "workers", "members", "floor_area", "facilities", "demand",
        "source", "as_of", "file",
    ]  # fmt: skip


class StaffForm(ReadinessItemForm):
    """第九条（二）."""

    code = ReadinessCode.STAFF
    quota = CountField(label="编制数", required=False, help_text="没有编制的填 0。")
    on_quota = CountField(label="在编人数", required=False)
    hired = CountField(label="聘用人数", required=False)
    roles = LongTextField(label="岗位与分工", required=False)
    field_order = [
        "conclusion", "quota", "on_quota", "hired", "roles", "source", "as_of", "file",
    ]  # fmt: skip


class CapacityForm(ReadinessItemForm):
    """第九条（三）."""

    code = ReadinessCode.CAPACITY
    last_year = forms.IntegerField(
        label="最近一个完整年度",
        required=False,
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": "请填写年份，例如 2025。",
            "min_value": "请填写 2000 年以后的年份。",
            "max_value": "请核对年份。",
        },
    )
    last_income = YuanField(label="该年收入（元）", required=False)
    last_expense = YuanField(label="该年支出（元）", required=False)
    last_subsidy = YuanField(label="该年补助（元）", required=False)
    prior_income = YuanField(label="上一年收入（元）", required=False)
    prior_expense = YuanField(label="上一年支出（元）", required=False)
    prior_subsidy = YuanField(label="上一年补助（元）", required=False)
    management = LongTextField(label="管理水平（已建立的制度）", required=False)
    reform = LongTextField(label="改革创新能力（改革实例）", required=False)
    field_order = [
        "conclusion", *rules.ECONOMY, "management", "reform", "source", "as_of", "file",
    ]  # fmt: skip


class DriveForm(ReadinessItemForm):
    """第九条（四）."""

    code = ReadinessCode.DRIVE
    needs = LongTextField(label="立足职工群众需求", required=False, rows=3)
    market = LongTextField(label="适应市场变化", required=False, rows=3)
    policy = LongTextField(label="争取公益政策保障", required=False, rows=3)
    cooperation = LongTextField(label="加强对外合作", required=False, rows=3)
    mechanism = LongTextField(label="创新完善运营机制", required=False, rows=3)
    field_order = ["conclusion", *rules.DRIVE, "source", "as_of", "file"]


ITEM_FORMS: dict[str, type[ReadinessItemForm]] = {
    form.code: form for form in (FacilitiesForm, StaffForm, CapacityForm, DriveForm)
}


class ReviewForm(ActForm):
    """The asset department's answer to a self-assessment."""

    is_ready = forms.TypedChoiceField(
        label="审核结论",
        choices=[("1", "具备条件"), ("0", "暂不具备条件")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    review_note = LongTextField(label="审核意见", max_length=2000)
    valid_until = DayField(label="有效期至", required=False, help_text="审核为具备条件的须填写。")


def fact_rows(code: str, facts: dict) -> list[dict[str, str]]:
    """The facts of an item as they are read, in the order of the article."""
    rows = []
    for key, label in rules.FACT_LABELS[code].items():
        value = facts.get(key)
        if value in (None, ""):
            continue
        if key in rules.MONEY_FACTS:
            value = f"{money.format_yuan(Decimal(str(value)))} 元"
        elif key == "floor_area":
            value = f"{value} ㎡"
        text = str(value)
        rows.append({"label": label, "value": text, "wide": "1" if len(text) > 30 else ""})
    return rows
