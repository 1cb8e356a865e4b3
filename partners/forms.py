"""Forms of the register of partners and of due diligence: shape only."""

from django import forms

from core.forms import ActForm, DayField, LongTextField
from documents.forms import UploadField
from partners import rules
from partners.enums import ConditionCode, Finding, SubjectKind
from partners.models import DueDiligenceItem, DueDiligencePart

TOO_LONG = "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简。"
BASES = [(rule.code, f"{rule.basis} {rule.title}") for rule in rules.watch_bases()]
RECORD_CHOICES = [
    (Finding.MET.value, "未见不良记录"),
    (Finding.UNMET.value, "有不良记录"),
    (Finding.UNVERIFIED.value, "待核"),
]


class TextField(forms.CharField):
    """One line of text with its own sentence for too much of it."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.error_messages["max_length"] = TOO_LONG


class PartnerForm(ActForm):
    """A subject of civil law, as its licence names it."""

    uscc = TextField(
        label="统一社会信用代码",
        max_length=60,
        help_text="18位，照证照填写；空格、全角和小写会自动整理。",
    )
    name = TextField(label="名称", max_length=100, help_text="与证照一致的全称。")
    subject_kind = forms.ChoiceField(
        label="主体类型", choices=[("", "请选择"), *SubjectKind.choices]
    )
    legal_representative = TextField(label="法定代表人（负责人）", max_length=30)
    business = TextField(label="主要业务", max_length=200)
    parent_uscc = TextField(
        label="总公司统一社会信用代码",
        max_length=60,
        required=False,
        help_text="仅分公司填写：民事责任由总公司承担。",
    )
    parent_authorisation = TextField(
        label="总公司授权",
        max_length=200,
        required=False,
        help_text="仅分公司填写：授权文件的名称、日期和范围。",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uscc"].error_messages["required"] = (
            "请填写统一社会信用代码（18位，见营业执照或法人证书）。"
        )


class StartForm(ActForm):
    """For which of the person's venues the partner is investigated."""

    venue = forms.ChoiceField(label="阵地")

    def __init__(self, *args, places, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].choices = [(str(place.id), place.name) for place in places]


class WatchForm(ActForm):
    """On what a partner is put on watch; in whose name is asked where a person acts for several."""

    union = forms.ChoiceField(label="列入的工会")
    basis = forms.ChoiceField(label="依据", choices=[("", "请选择"), *BASES])
    reason = LongTextField(
        label="理由",
        max_length=200,
        rows=3,
        help_text="全省各级工会和阵地都能看到：请简短写明在哪个项目、发现了什么，不写个人姓名。",
    )

    def __init__(self, *args, unions, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["union"].choices = [(str(one.pk), one.name) for one in unions]
        if len(unions) == 1:
            self.fields["union"].widget = forms.HiddenInput()
            self.initial.setdefault("union", str(unions[0].pk))


class EndWatchForm(ActForm):
    """Why a partner needs no watching any more."""

    reason = LongTextField(
        label="解除理由", max_length=200, rows=3, help_text="写明问题如何解决、由谁核实。"
    )


class ItemForm(ActForm):
    """What the check of one condition came to."""

    finding = forms.ChoiceField(label="结论", choices=Finding.choices, widget=forms.RadioSelect)
    source = TextField(
        label="信息来源",
        max_length=200,
        required=False,
        help_text="查询的网站、出具的机关或文件名称，不能只写“合格”。",
    )
    checked_on = DayField(label="核查日期", required=False)
    expires_on = DayField(label="有效期至", required=False, help_text="证件、证明有期限的填写。")
    note = LongTextField(label="说明", max_length=2000, rows=2, required=False)
    file = UploadField(label="证明材料", required=False)


class PartForm(ActForm):
    """One proof of 10-5 or one credit check of 10-6."""

    finding = forms.ChoiceField(label="结果", choices=Finding.choices, widget=forms.RadioSelect)
    period = TextField(label="所属期间", max_length=60, required=False)
    checked_on = DayField(label="查询日期", required=False)
    expires_on = DayField(label="有效期至", required=False)
    note = LongTextField(label="结果说明", max_length=2000, rows=2, required=False)
    file = UploadField(label="证明文件", required=False)

    def __init__(self, *args, is_record: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if is_record:
            del self.fields["period"], self.fields["expires_on"]
            self.fields["finding"].choices = RECORD_CHOICES
            self.fields["file"].label = "查询截图"


def item_form(item: DueDiligenceItem, *args) -> ItemForm:
    """The form of one item, as it stands or as posted."""
    names = ("finding", "source", "checked_on", "expires_on", "note", "version")
    initial = {name: getattr(item, name) for name in names}
    return ItemForm(*args, initial=initial, auto_id=f"id_{item.code}_%s")


def part_form(item: DueDiligenceItem, part: DueDiligencePart, *args) -> PartForm:
    """The form of one part, as it stands or as posted."""
    names = ("finding", "period", "checked_on", "expires_on", "note", "version")
    initial = {name: getattr(part, name) for name in names}
    is_record = item.code == ConditionCode.RECORD
    return PartForm(*args, initial=initial, is_record=is_record, auto_id=f"id_{part.code}_%s")
