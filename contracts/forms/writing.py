"""What the venue writes: the contract, its clauses, the valuation, the papers."""

from decimal import Decimal

from django import forms

from contracts.enums import AccountHolder, AssetNature, ClauseCode, DisposalMethod
from contracts.forms.fields import (
    LAST_FOUR,
    MAX_ROWS,
    ROW_MESSAGES,
    Rows,
    TextField,
    YesNoField,
    filled,
    row_problems,
)
from contracts.models import Contract
from contracts.services import AssetEntry, ClauseEntry, ContractEntry, ValuationEntry
from core.forms import ActForm, DayField, LongTextField, YuanField
from documents.forms import UploadField


class DraftForm(ActForm):
    """The name of a new contract; the plan gives the rest."""

    title = TextField(label="合同名称", max_length=120)


class ContributedRow(forms.Form):
    """One asset the union brings."""

    use_required_attribute = False
    name = TextField(label="资产名称", max_length=80)
    nature = forms.ChoiceField(
        label="性质", choices=AssetNature.choices, initial=AssetNature.TANGIBLE
    )


class FixedAssetRow(forms.Form):
    """One fixed asset the partner brings."""

    use_required_attribute = False
    item = TextField(label="名称", max_length=80)
    quantity = TextField(label="数量", max_length=20, required=False)
    amount = YuanField(label="金额（元）", required=False)


class ValuedRow(forms.Form):
    """One valued asset."""

    use_required_attribute = False
    name = TextField(label="资产名称", max_length=80)
    nature = forms.ChoiceField(
        label="性质", choices=AssetNature.choices, initial=AssetNature.TANGIBLE
    )
    value = YuanField(label="评估价值（元）")
    clause_ref = TextField(label="对应合同条款", max_length=40)


def _formset(row: type[forms.Form], data, prefix: str, stored: list[dict]):
    factory = forms.formset_factory(
        row, formset=Rows, extra=1 if stored else 2, max_num=MAX_ROWS, absolute_max=MAX_ROWS + 1,
        validate_max=True, can_delete=True,
    )  # fmt: skip
    initial = None if data else stored
    return factory(data, initial=initial, prefix=prefix, error_messages=ROW_MESSAGES)


class ContractForm(ActForm):
    """The content of a contract beside its clauses."""

    title = TextField(label="合同名称", max_length=120)
    starts_on = DayField(label="起始日", required=False)
    ends_on = DayField(label="终止日", required=False)
    has_partner_fixed_investment = YesNoField(
        label="合作方有前期装修、设备、器材等固定资产投入", yes="有", no="没有"
    )
    disposal_method = forms.ChoiceField(
        label="合作终止后固定资产处置方式",
        choices=[("", "请选择"), *DisposalMethod.choices],
        required=False,
    )
    disposal_rule = LongTextField(
        label="处置的计价规则和移交期限", required=False, rows=3, max_length=2000
    )
    bans_papers = YesNoField(label="合同写明合作方不得使用阵地文书")
    bans_seal = YesNoField(label="合同写明合作方不得使用阵地印章")
    bans_receipts = YesNoField(label="合同写明合作方不得使用阵地票据")
    bans_account = YesNoField(label="合同写明合作方不得使用阵地账户")
    payment_account_holder = forms.ChoiceField(
        label="阵地收入的收款账户",
        choices=[("", "请选择"), *AccountHolder.choices],
        required=False,
    )
    payment_account_last4 = TextField(
        label="收款账号后四位", max_length=4, required=False, validators=[LAST_FOUR]
    )
    five_constants_confirmed = YesNoField(
        label="已逐项核对：名称、产权关系、隶属关系、服务功能、主责主业都不变",
        yes="都不变",
        no="有改变",
    )

    def __init__(self, data=None, *, contract: Contract) -> None:
        names = [name for name in ContractForm.base_fields if hasattr(contract, name)]
        super().__init__(data, initial={name: getattr(contract, name) for name in names})
        stored = [
            row | {"amount": Decimal(row["amount"]) if row["amount"] else None}
            for row in contract.fixed_assets
        ]
        self.fixed = _formset(FixedAssetRow, data, "fixed_assets", stored)
        self.contributed = _formset(
            ContributedRow, data, "contributed_assets", contract.contributed_assets
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        for label, rows in (("固定资产投入", self.fixed), ("工会方投入的资产", self.contributed)):
            if not rows.is_valid():
                for text in row_problems(label, rows):
                    self.add_error(None, text)
        return cleaned

    def entry(self) -> ContractEntry:
        return ContractEntry(
            **self.act,
            fixed_assets=filled(self.fixed, "item", "quantity", "amount"),
            contributed_assets=[
                row for row in filled(self.contributed, "name", "nature") if row["name"]
            ],
        )


class ClausesForm(ActForm):
    """Where each required content stands in the contract."""

    def __init__(self, data=None, *, contract: Contract, clauses: list) -> None:
        super().__init__(data, initial={"version": contract.version})
        self.clauses = clauses
        for clause in clauses:
            code = clause.code
            self.fields[f"{code}-present"] = YesNoField(
                label="是否载明", yes="已载明", no="没有", initial=clause.is_present
            )
            self.fields[f"{code}-no"] = TextField(
                label="条款号", max_length=20, required=False, initial=clause.clause_no
            )
            self.fields[f"{code}-quotation"] = LongTextField(
                label="原文摘录", rows=3, max_length=2000, required=False, initial=clause.quotation
            )

    def rows(self) -> list[dict]:
        return [
            {
                "clause": clause,
                "code": ClauseCode(clause.code),
                "present": self[f"{clause.code}-present"],
                "number": self[f"{clause.code}-no"],
                "quotation": self[f"{clause.code}-quotation"],
            }
            for clause in self.clauses
        ]

    def entries(self) -> list[ClauseEntry]:
        given = self.cleaned_data
        return [
            ClauseEntry(
                code=clause.code,
                is_present=given[f"{clause.code}-present"],
                clause_no=given[f"{clause.code}-no"],
                quotation=given[f"{clause.code}-quotation"],
            )
            for clause in self.clauses
        ]


class ValuationForm(ActForm):
    """What the valuation report says."""

    valuer = TextField(label="评估机构", max_length=100)
    valuer_uscc = TextField(label="评估机构统一社会信用代码", max_length=60)
    appraiser = TextField(label="评估师", max_length=60)
    report_no = TextField(label="报告编号", max_length=60)
    method = TextField(label="评估方法", max_length=200, help_text="例如收益法、市场法、成本法。")
    base_date = DayField(label="评估基准日")
    reported_on = DayField(label="报告日")
    valid_until = DayField(label="有效期至", help_text="最长到基准日起一年。")

    def __init__(self, data=None, *, contract: Contract) -> None:
        super().__init__(data, initial={"version": contract.version})
        self.assets = _formset(ValuedRow, data, "assets", list(contract.contributed_assets))

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.assets.is_valid():
            for text in row_problems("被评估资产", self.assets):
                self.add_error(None, text)
        return cleaned

    def entry(self) -> ValuationEntry:
        rows = filled(self.assets, "name", "nature", "value", "clause_ref")
        return ValuationEntry(**self.act, assets=[AssetEntry(**row) for row in rows if row["name"]])


class FileForm(ActForm):
    """One paper of the contract."""

    kind = forms.ChoiceField(label="材料类别")
    file = UploadField(label="文件")

    def __init__(self, *args, kinds: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
