"""Files of a contract, and what its filing form prints."""

from decimal import Decimal
from typing import Any

from approvals.models import Proposal, RuleException
from contracts.enums import AccountHolder, ClauseCode, DisposalMethod
from contracts.models import Contract
from core.money import format_yuan
from documents.models import Attachment
from documents.selectors import attachments_of

TEXT = "text"
ANNEX = "annex"
SIGNED = "signed"
VALUATION = "valuation"
PURPOSES = {
    TEXT: "合同文本",
    ANNEX: "合同附件",
    VALUATION: "资产评估报告",
    SIGNED: "签字盖章扫描件",
}


def purpose_of(contract: Contract, kind: str) -> str:
    """Under what purpose files of one kind are kept on the case."""
    return f"contract:{kind}:{contract.pk}"


def files_of(contract: Contract) -> dict[str, list[Attachment]]:
    """The contract's files by kind, in one query."""
    kinds = {purpose_of(contract, kind): kind for kind in PURPOSES}
    found: dict[str, list[Attachment]] = {kind: [] for kind in PURPOSES}
    for attachment in attachments_of(contract.cooperation_id).filter(purpose__in=kinds):
        found[kinds[attachment.purpose]].append(attachment)
    return found


def exceptions_of(proposal: Proposal) -> list[RuleException]:
    """The exceptions once granted to the plan; each says by `shown` whether it still stands."""
    granted = ("approved", "revoked", "expired")
    return list(proposal.exceptions.filter(state__in=granted).order_by("rule_code", "valid_until"))


def money_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Fixed asset rows with their amounts as they are read."""
    return [
        row | {"shown_amount": format_yuan(Decimal(row["amount"]) if row["amount"] else None)}
        for row in rows
    ]


def account_line(contract: Contract) -> str:
    """The receiving account, masked but for its last four digits."""
    if not contract.payment_account_holder:
        return ""
    label = AccountHolder(contract.payment_account_holder).label
    last4 = contract.payment_account_last4
    return f"{label}　**** {last4}" if last4 else label


def disposal_line(contract: Contract) -> str:
    """Method and rule of disposal in one line."""
    if not contract.disposal_method:
        return ""
    label = DisposalMethod(contract.disposal_method).label
    return f"{label}；{contract.disposal_rule}" if contract.disposal_rule else label


def clause_title(code: str) -> str:
    """`8a 约束机制`."""
    clause = ClauseCode(code)
    return f"{clause.ordinal} {clause.label}"
