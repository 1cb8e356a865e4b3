"""Contracts over HTTP: the register and one contract with clauses, gates and valuation."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import reads
from accounts.api.viewsets import ApiViewSet
from accounts.enums import Permission
from approvals.api.shapes import CooperationRef
from approvals.models import Proposal
from contracts import selectors
from contracts.enums import (
    AccountHolder,
    AssetNature,
    ClauseCode,
    ContractState,
    Desk,
    DisposalMethod,
    GateCode,
)
from contracts.filters import ContractFilter
from contracts.models import Clause, Contract, Gate, Valuation, ValuedAsset
from contracts.rules.procedure import DESKS, missing
from core import clock
from core.api.fields import ReasonSerializer, WordField
from core.api.shapes import Plain, Shown, name_of, text
from regulation.api import article_of, told
from venues.api import VenueRef


class ProposalRef(Shown):
    class Meta:
        model = Proposal
        fields = ("id", "number", "title")


class ContractRow(Shown):
    state = WordField(ContractState, label="状态")
    holder = WordField(Desk, label="现由谁办理")
    cooperation = CooperationRef(read_only=True, label="合作项目")
    venue = VenueRef(read_only=True, label="阵地")
    counterpart = text("合作方或另一阵地")
    days_to_end = serializers.IntegerField(
        read_only=True, allow_null=True, label="距到期天数；不在履行中为 null"
    )

    class Meta:
        model = Contract
        fields = (
            "id", "number", "title", "state", "holder", "cooperation", "venue", "counterpart",
            "starts_on", "ends_on", "signed_on", "effective_on", "days_to_end", "filing_number",
            "updated_at", "version",
        )  # fmt: skip


class ClauseShown(Shown):
    clause = WordField(ClauseCode, source="code", label="内容")
    article = serializers.SerializerMethodField(label="依据")

    class Meta:
        model = Clause
        fields = (
            "clause", "article", "is_present", "clause_no", "quotation", "reviewer_ok",
            "reviewer_note",
        )  # fmt: skip

    def get_article(self, clause: Clause) -> str | None:
        return article_of(ClauseCode(clause.code).rule)


class GateShown(Shown):
    gate = WordField(GateCode, source="code", label="生效条件")
    article = serializers.SerializerMethodField(label="依据")
    closed_by = name_of("closed_by", "确认人")

    class Meta:
        model = Gate
        fields = ("gate", "article", "is_open", "closed_by", "closed_at", "evidence")

    def get_article(self, gate: Gate) -> str | None:
        return article_of(GateCode(gate.code).rule)


class ValuedAssetShown(Shown):
    nature = WordField(AssetNature, label="性质")

    class Meta:
        model = ValuedAsset
        fields = ("name", "nature", "value", "clause_ref")


class ValuationShown(Shown):
    assets = ValuedAssetShown(many=True, source="assets.all", label="被评估资产")

    class Meta:
        model = Valuation
        fields = (
            "valuer", "valuer_uscc", "report_no", "base_date", "reported_on", "valid_until",
            "total_value", "assets",
        )  # fmt: skip


class ContributedAsset(Plain):
    name = text("资产名称")
    nature = WordField(AssetNature, label="性质")


class FixedAsset(Plain):
    item = text("资产")
    quantity = text("数量")
    amount = text("金额（元）")


class ContractDetail(ContractRow):
    proposal = ProposalRef(read_only=True, label="所依据的方案")
    payment_account_holder = WordField(AccountHolder, label="收款账户")
    disposal_method = WordField(DisposalMethod, label="固定资产处置方式")
    contributed_assets = ContributedAsset(many=True, label="工会方投入的资产")
    fixed_assets = FixedAsset(many=True, label="固定资产投入")
    clauses = ClauseShown(many=True, source="ordered_clauses", label="条款")
    gates = GateShown(many=True, source="ordered_gates", label="生效条件")
    valuation = ValuationShown(read_only=True, allow_null=True, label="资产评估")
    missing = ReasonSerializer(many=True, label="办理下一步还缺什么")

    class Meta(ContractRow.Meta):
        fields = (
            *ContractRow.Meta.fields, "proposal", "signed_at_place", "venue_signatory",
            "partner_signatory", "copies", "payment_account_holder", "contributed_assets",
            "has_partner_fixed_investment", "fixed_assets", "disposal_method", "disposal_rule",
            "bans_papers", "bans_seal", "bans_receipts", "bans_account",
            "five_constants_confirmed", "check_note", "legal_opinion", "filing_due_on",
            "is_filed_late", "safety_officer", "clauses", "gates", "valuation", "missing",
        )  # fmt: skip


class ContractViewSet(ApiViewSet):
    """合同."""

    tag = "合同"
    keyset = "-drafted_at"
    row_serializer, detail_serializer = ContractRow, ContractDetail
    conditions = ContractFilter

    def rows(self) -> QuerySet[Contract]:
        return selectors.contracts_for(self.request.user)

    def dressed(self, rows: list) -> list:
        today = clock.today()
        for one in rows:
            one.holder = DESKS[ContractState(one.state)]
            one.days_to_end = selectors.days_to_end(one, today=today)
        return rows

    @extend_schema(summary="合同列表")
    @reads(Permission.CONTRACT_READ)
    def list(self, request: Request) -> Response:
        return self.page_of_list(request)

    @extend_schema(summary="一份合同：条款、生效条件、资产评估、还缺什么")
    @reads(Permission.CONTRACT_READ)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        contract: Any = self.one(pk)
        contract.ordered_clauses = selectors.clauses_of(contract)
        contract.ordered_gates = selectors.gates_of(contract)
        contract.valuation = selectors.valuation_of(contract)
        facts = selectors.facts_of(contract, today=clock.today())
        contract.missing = told(missing(facts))
        return self.tagged(request, contract)
