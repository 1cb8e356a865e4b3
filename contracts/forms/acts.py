"""What the desks write: verdicts, opinions, signatures, days."""

from django import forms

from contracts.enums import ClauseCode
from contracts.forms.fields import TextField, YesNoField
from contracts.models import Contract
from core.forms import ActForm, DayField, LongTextField


def _verdict(label: str, yes: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("1", yes), ("0", "退回修改")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )


class CheckForm(ActForm):
    """The asset department's verdict on each clause and on the contract."""

    is_cleared = _verdict("核查结论", "通过，转法律审核")
    note = LongTextField(
        label="核查意见", rows=3, max_length=2000, required=False, help_text="退回修改时必填。"
    )

    def __init__(self, data=None, *, contract: Contract, clauses: list) -> None:
        super().__init__(data, initial={"version": contract.version})
        self.clauses = clauses
        for clause in clauses:
            self.fields[f"{clause.code}-ok"] = YesNoField(
                label=f"{clause.get_code_display()}：核查结论",
                yes="符合",
                no="不符合",
                initial=clause.reviewer_ok,
            )
            self.fields[f"{clause.code}-note"] = TextField(
                label=f"{clause.get_code_display()}：说明",
                max_length=500,
                required=False,
                initial=clause.reviewer_note,
            )

    def rows(self) -> list[dict]:
        return [
            {
                "clause": clause,
                "code": ClauseCode(clause.code),
                "verdict": self[f"{clause.code}-ok"],
                "note": self[f"{clause.code}-note"],
            }
            for clause in self.clauses
        ]

    def verdicts(self) -> dict[str, tuple[bool | None, str]]:
        given = self.cleaned_data
        return {
            clause.code: (given[f"{clause.code}-ok"], given[f"{clause.code}-note"])
            for clause in self.clauses
        }


class LegalForm(ActForm):
    """The written opinion of counsel."""

    is_cleared = _verdict("审核结论", "通过，可以签订")
    opinion = LongTextField(label="法律审核意见", rows=5)


class SignForm(ActForm):
    """Who signed, by what authority, when and where."""

    signed_on = DayField(label="签订日")
    signed_at_place = TextField(label="签订地", max_length=80)
    venue_signatory = TextField(label="阵地签字人", max_length=30)
    partner_signatory = TextField(label="对方签字人", max_length=30)
    signatory_authority = TextField(
        label="签字人身份或授权文件",
        max_length=200,
        help_text="法定代表人，或授权委托书的名称、日期。",
    )
    copies = forms.IntegerField(
        label="份数",
        min_value=1,
        max_value=99,
        error_messages={
            "invalid": "请填写份数，例如 4。",
            "min_value": "份数须为正整数。",
            "max_value": "份数过多，请核对。",
        },
    )


class SafetyForm(ActForm):
    """第十七条：who answers for safety and emergencies."""

    name = TextField(label="安全责任人姓名", max_length=60)
    duties = TextField(label="职务和职责", max_length=200, required=False)


class EffectForm(ActForm):
    """The day on which the contract takes effect."""

    effective_on = DayField(label="生效日")


class VoidForm(ActForm):
    """Why an unsigned contract is given up."""

    reason = LongTextField(label="作废原因", rows=3, max_length=500)
