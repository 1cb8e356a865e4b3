"""Valuation, contract, its clauses, and the gates it waits behind."""

from datetime import date
from itertools import combinations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import ScopedModel, ScopedQuerySet, User
from approvals.models import Cooperation, Proposal
from contracts.enums import (
    AccountHolder,
    AssetNature,
    ClauseCode,
    ContractState,
    DisposalMethod,
    GateCode,
)
from core.history import RowHistory
from core.models import Entity
from documents.models import IssuedDocument
from partners.models import Partner
from venues.models import Venue

APART = "合同的起草、条款核查、法律审核、签订须由不同的人办理。"


def _paired(*names: str) -> Q:
    """All of the columns are filled, or none."""
    return Q(**{f"{name}__isnull": True for name in names}) | Q(
        **{f"{name}__isnull": False for name in names}
    )


class Valuation(ScopedModel):
    """资产评估：what the union's tangible and intangible assets are worth (第十三条（四）).

    A later valuation of the same cooperation stands in place of an earlier one.
    """

    VENUE_LOOKUP = "cooperation__venue_id"

    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="valuations")
    valuer = models.CharField("评估机构", max_length=100)
    valuer_uscc = models.CharField("评估机构统一社会信用代码", max_length=18)
    appraiser = models.CharField("评估师", max_length=60)
    report_no = models.CharField("报告编号", max_length=60)
    method = models.CharField("评估方法", max_length=200)
    base_date = models.DateField("评估基准日")
    reported_on = models.DateField("报告日")
    valid_until = models.DateField("有效期至")
    total_value = models.DecimalField("评估总值（元）", max_digits=16, decimal_places=2)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "资产评估"
        constraints = [
            models.CheckConstraint(
                condition=Q(base_date__lte=F("reported_on")),
                name="contracts_valuation_base_before_report",
                violation_error_message="评估基准日不能晚于报告日。",
            ),
            models.CheckConstraint(
                condition=Q(total_value__gte=0), name="contracts_valuation_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valuer} {self.report_no}"


class ValuedAsset(models.Model):
    """被评估资产：one asset, its value, and the clause in which the value counts."""

    valuation = models.ForeignKey(Valuation, models.PROTECT, related_name="assets")
    name = models.CharField("资产名称", max_length=80)
    nature = models.CharField("性质", max_length=12, choices=AssetNature.choices)
    value = models.DecimalField("评估价值（元）", max_digits=16, decimal_places=2)
    clause_ref = models.CharField("对应合同条款", max_length=40)

    class Meta:
        verbose_name = "被评估资产"
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="contracts_asset_not_negative"),
            models.UniqueConstraint(
                fields=["valuation", "name"], name="contracts_asset_once_per_valuation"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContractQuerySet(ScopedQuerySet):
    def running(self) -> "ContractQuerySet":
        """Those being performed."""
        return self.filter(state__in=ContractState.RUNNING)

    def ending_by(self, day: date) -> "ContractQuerySet":
        """Those whose last day is not after the day."""
        return self.filter(ends_on__lte=day)


class Contract(ScopedModel):
    """合同：drawn up on an approved operation plan, checked, signed, filed, put into effect."""

    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="contracts")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="contracts")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="contracts", verbose_name="阵地")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, related_name="contracts", verbose_name="合作方"
    )
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    title = models.CharField("合同名称", max_length=120)
    number = models.CharField("合同编号", max_length=40, unique=True)
    state = models.CharField(
        "状态", max_length=20, choices=ContractState.choices, default=ContractState.DRAFT
    )
    starts_on = models.DateField("起始日", null=True)
    ends_on = models.DateField("终止日", null=True)
    signed_on = models.DateField("签订日", null=True)
    signed_at_place = models.CharField("签订地", max_length=80, blank=True)
    venue_signatory = models.CharField("阵地签字人", max_length=30, blank=True)
    partner_signatory = models.CharField("合作方签字人", max_length=30, blank=True)
    signatory_authority = models.CharField("签字人身份或授权文件", max_length=200, blank=True)
    copies = models.PositiveSmallIntegerField("份数", null=True)

    payment_account_holder = models.CharField(
        "收款账户", max_length=10, choices=AccountHolder.choices, blank=True
    )
    payment_account_last4 = models.CharField("收款账号后四位", max_length=4, blank=True)
    contributed_assets = models.JSONField("工会方投入的资产", default=list)  # [{name, nature}]
    # Null means not answered yet: the questions have no default.
    has_partner_fixed_investment = models.BooleanField("合作方有固定资产投入", null=True)
    fixed_assets = models.JSONField("固定资产投入", default=list)  # [{item, quantity, amount}]
    disposal_method = models.CharField(
        "固定资产处置方式", max_length=20, choices=DisposalMethod.choices, blank=True
    )
    disposal_rule = models.TextField("处置的计价规则和移交期限", blank=True)
    bans_papers = models.BooleanField("不得使用文书", null=True)
    bans_seal = models.BooleanField("不得使用印章", null=True)
    bans_receipts = models.BooleanField("不得使用票据", null=True)
    bans_account = models.BooleanField("不得使用账户", null=True)
    five_constants_confirmed = models.BooleanField("五不变已核对", null=True)

    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    drafted_at = models.DateTimeField("起草时间")
    updated_at = models.DateTimeField("更新时间")
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("提交核查时间", null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("核查时间", null=True)
    check_note = models.TextField("核查意见", blank=True)
    legal_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    legal_at = models.DateTimeField("法律审核时间", null=True)
    legal_opinion = models.TextField("法律审核意见", blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("签订登记时间", null=True)
    filed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField("备案时间", null=True)
    filing_number = models.CharField("备案号", max_length=40, unique=True, null=True)  # noqa: DJ001 - unique once given
    filing_due_on = models.DateField("备案期限", null=True)
    is_filed_late = models.BooleanField("逾期备案", default=False)
    filing_form = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    safety_officer = models.CharField("安全责任人", max_length=60, blank=True)
    effective_on = models.DateField("生效日", null=True)
    effective_at = models.DateTimeField("确认生效时间", null=True)
    effective_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    history = HistoricalRecords(history_manager=RowHistory)
    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "合同"
        indexes = [
            models.Index(fields=[f"unit_{k}", "-updated_at", "-id"], name=f"contracts_u{k}")
            for k in (1, 2, 3, 4)
        ] + [models.Index(fields=["state", "ends_on"], name="contracts_ending")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="contracts_term_in_order",
                violation_error_message="合同终止日不能早于起始日。",
            ),
            models.CheckConstraint(
                condition=_paired("checked_by", "checked_at"), name="contracts_checked_by_and_at"
            ),
            models.CheckConstraint(
                condition=_paired("legal_by", "legal_at"), name="contracts_legal_by_and_at"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{one: None}) | Q(**{other: None}) | ~Q(**{one: F(other)}),
                    name=f"contracts_{one.split('_')[0]}_is_not_{other.split('_')[0]}",
                    violation_error_message=APART,
                )
                for one, other in combinations(
                    ("drafted_by", "checked_by", "legal_by", "signed_by"), 2
                )
            ),
            models.CheckConstraint(
                condition=_paired("signed_by", "signed_at", "signed_on"),
                name="contracts_signed_by_and_at",
            ),
            models.CheckConstraint(
                condition=_paired("filed_by", "filed_at", "filing_number"),
                name="contracts_filed_by_and_at",
            ),
            models.CheckConstraint(
                condition=_paired("effective_by", "effective_at", "effective_on"),
                name="contracts_effective_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(effective_on__gte=F("signed_on")),
                name="contracts_effective_after_signing",
                violation_error_message="合同生效日不能早于签订日。",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=~Q(state=ContractState.VOID),
                name="contracts_one_per_plan",
                violation_error_message="这份方案已有一份合同。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def state_enum(self) -> ContractState:
        return ContractState(self.state)

    @property
    def tone(self) -> str:
        return self.state_enum.tone

    @property
    def case_id(self):
        """The case whose ledger keeps the acts on this contract."""
        return self.cooperation_id

    @property
    def is_writable(self) -> bool:
        return self.state == ContractState.DRAFT

    @property
    def counterpart(self) -> str:
        """The other side by name: the partner, or the venue of an internal cooperation."""
        if self.partner:
            return self.partner.name
        venue = self.cooperation.counterpart_venue
        return venue.name if venue else "—"


class Clause(Entity):
    """合同条款：where one required content stands in the contract, in its own words."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="clauses")
    code = models.CharField("内容", max_length=24, choices=ClauseCode.choices)
    is_present = models.BooleanField("已载明", null=True)
    clause_no = models.CharField("条款号", max_length=20, blank=True)
    quotation = models.TextField("原文摘录", blank=True)
    reviewer_ok = models.BooleanField("核查结论", null=True)
    reviewer_note = models.CharField("核查说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "合同条款"
        constraints = [
            models.UniqueConstraint(fields=["contract", "code"], name="contracts_clause_once")
        ]

    def __str__(self) -> str:
        return f"{self.contract} · {self.get_code_display()}"


class Gate(models.Model):
    """生效条件：what another duty must bring before the contract takes effect."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="gates")
    code = models.CharField("条件", max_length=20, choices=GateCode.choices)
    is_open = models.BooleanField("未满足", default=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("满足时间", null=True)
    evidence = models.CharField("依据", max_length=300, blank=True)

    class Meta:
        verbose_name = "生效条件"
        constraints = [
            models.UniqueConstraint(fields=["contract", "code"], name="contracts_gate_once"),
            models.CheckConstraint(
                condition=Q(is_open=True, closed_by=None, closed_at=None)
                | Q(is_open=False, closed_by__isnull=False, closed_at__isnull=False),
                name="contracts_gate_closed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} · {self.get_code_display()}"
