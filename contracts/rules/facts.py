"""All that the rules may know about a contract: frozen facts, no database, no clock."""

from dataclasses import dataclass
from datetime import date

from approvals.enums import CooperationMode
from approvals.rules.requirements import Need, Requirement, need
from contracts.enums import ContractState
from core.errors import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFact:
    """One required content of the contract as the venue and the reviewer left it."""

    code: str
    is_present: bool | None = None
    clause_no: str = ""
    quotation: str = ""
    reviewer_ok: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetFact:
    """One asset of the union, contributed or valued."""

    name: str
    nature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuationFact:
    """The latest valuation of the cooperation."""

    base_date: date
    reported_on: date
    valid_until: date
    assets: tuple[AssetFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact:
    """A decision the signing has to follow, in words and with its day."""

    label: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFact:
    """The plan on which the contract is drawn up."""

    is_approved: bool = True
    approved_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    has_partner_fixed_investment: bool | None = None
    contributes_assets: bool | None = None  # 其它方式: as the plan answered
    open_conditions: tuple[str, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    replied_on: date | None = None
    sign_by: date | None = None  # pinned when the plan was approved
    is_halted: bool = False  # the venue's overall plan is, and with it what was not signed yet
    active_exceptions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    """A contract as the rules see it on a day."""

    today: date
    state: ContractState = ContractState.DRAFT
    mode: str = CooperationMode.EXTERNAL
    title: str = ""
    plan: PlanFact = PlanFact()
    clauses: tuple[ClauseFact, ...] = ()
    has_annex: bool = False
    has_signed_copy: bool = False

    starts_on: date | None = None
    ends_on: date | None = None
    joined_starts_on: date | None = None
    contributed_assets: tuple[AssetFact, ...] = ()
    has_partner_fixed_investment: bool | None = None
    fixed_assets: tuple[str, ...] = ()  # by name
    disposal_method: str = ""
    disposal_rule: str = ""
    bans_papers: bool | None = None
    bans_seal: bool | None = None
    bans_receipts: bool | None = None
    bans_account: bool | None = None
    five_constants_confirmed: bool | None = None
    payment_account_holder: str = ""
    payment_account_last4: str = ""

    valuation: ValuationFact | None = None
    valuation_years: int = 1
    credit_finding: str = ""  # met, unmet, unverified; empty when nothing was investigated
    credit_checked_on: date | None = None
    credit_check_days: int = 30
    approval_months: int = 12

    signed_on: date | None = None
    venue_signatory: str = ""
    partner_signatory: str = ""
    signatory_authority: str = ""
    copies: int | None = None
    is_filed_late: bool = False
    effective_on: date | None = None
    open_gates: tuple[str, ...] = ()  # GateCode values
    # 原则上 rules the plan does not meet, with no exception standing today (approvals' finding).
    unexcepted: tuple[Reason, ...] = ()
    ancillary: tuple[str, ...] = ()  # 配套服务清单 of the plan, a line each
    cleared_signs: tuple[str, ...] = ()  # what the union held to be no sign of a lease

    def must(self, requirement: Requirement) -> bool:
        """Whether the way of cooperation makes this a condition (●)."""
        return need(requirement, self.mode) is Need.MUST

    @property
    def needs_valuation(self) -> bool:
        """第十三条（四）「对外合作时」; under 其它方式 when the union brings assets."""
        if self.mode == CooperationMode.OTHER:
            return bool(self.contributed_assets) or self.plan.contributes_assets is not False
        return self.must(Requirement.VALUATION)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the contract; what its reviewers wrote of it is not its own."""
        quoted = (clause.quotation for clause in self.clauses)
        assets = (asset.name for asset in self.contributed_assets)
        return (self.title, *quoted, *assets, *self.fixed_assets, self.disposal_rule)

    @property
    def signing_day(self) -> date:
        """The day of signing, or today while it is not signed."""
        return self.signed_on or self.today

    def clause(self, code: str) -> ClauseFact:
        """The clause of this content; one not answered when it is not there."""
        found = (one for one in self.clauses if one.code == code)
        return next(found, ClauseFact(code=code))
