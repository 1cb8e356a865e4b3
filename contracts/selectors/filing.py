"""What the filing form prints (chapter 7, paper 5), field by field in its order."""

from datetime import date
from typing import Any

from accounts.models import User
from approvals.rules.term import whole_years
from approvals.selectors.paper_marks import paper_marks
from contracts.models import Contract
from contracts.rules.content import BANS, notes
from contracts.selectors.facts import clauses_of, facts_of, valuation_of
from contracts.selectors.papers import (
    PURPOSES,
    account_line,
    clause_title,
    disposal_line,
    exceptions_of,
    files_of,
    money_rows,
)
from core.money import capital_yuan
from regulation.register import RULES

EMPTY = "—"


def filing_context(contract: Contract, *, today: date, filer: User | None) -> dict[str, Any]:
    """The filing form's content: a day stays a day, the printer writes it out."""
    facts = facts_of(contract, today=today)
    return {
        **_heading(contract),
        **_signing(contract),
        **_term(contract, joined_from=facts.joined_starts_on),
        "clauses": [_clause_row(clause) for clause in clauses_of(contract)],
        "bans": [
            {"label": f"不得使用{label}", "answer": _yes_no(getattr(contract, field))}
            for field, label in BANS.items()
        ],
        "five_constants": _yes_no(contract.five_constants_confirmed),
        "account": account_line(contract) or EMPTY,
        "needs_valuation": facts.needs_valuation,
        **_assets(contract),
        "exceptions": [
            {
                "number": one.number or "",
                "rule": RULES[one.rule_code].basis,
                "state": one.shown.label,
                "until": one.valid_until,
            }
            for one in exceptions_of(contract.proposal)
        ],
        "marks": paper_marks(contract.proposal, today=today),
        "flags": [reason.text for reason in notes(facts)],
        "files": _files(contract),
        **_handling(contract, filer),
    }


def _heading(contract: Contract) -> dict[str, Any]:
    return {
        "filing_number": contract.filing_number or "未备案",
        "contract_number": contract.number,
        "contract_title": contract.title,
        "project": str(contract.cooperation),
        "mode": contract.cooperation.get_mode_display(),
        "plan_number": contract.proposal.number or EMPTY,
        "reply_number": _reply_number(contract),
    }


def _signing(contract: Contract) -> dict[str, Any]:
    return {
        "venue": _venue_side(contract),
        "partner": _other_side(contract),
        "authority": contract.signatory_authority or EMPTY,
        "signed_place": contract.signed_at_place or EMPTY,
        "signed_on": contract.signed_on or EMPTY,
        "copies": f"{contract.copies} 份" if contract.copies else EMPTY,
    }


def _term(contract: Contract, *, joined_from: date | None) -> dict[str, Any]:
    start, end = joined_from or contract.starts_on, contract.ends_on
    return {
        "starts_on": contract.starts_on or EMPTY,
        "ends_on": end or EMPTY,
        "effective_on": contract.effective_on or "尚未确认生效",
        "total_term": whole_years(start, end) if start and end else EMPTY,
    }


def _assets(contract: Contract) -> dict[str, Any]:
    valuation = valuation_of(contract)
    return {
        "valuation": _valuation_row(valuation) if valuation else None,
        "assets": [
            {
                "name": one.name,
                "nature": one.get_nature_display(),
                "value": one.value,
                "clause": one.clause_ref,
            }
            for one in (valuation.assets.all() if valuation else ())
        ],
        "has_fixed": _yes_no(contract.has_partner_fixed_investment),
        "fixed_assets": money_rows(contract.fixed_assets),
        "disposal": disposal_line(contract) or EMPTY,
    }


def _files(contract: Contract) -> list[dict[str, str]]:
    return [
        {
            "kind": PURPOSES[kind],
            "name": one.name,
            "pages": str(one.file.pages or EMPTY),
            "hash": one.file.sha256[:8],
        }
        for kind, rows in files_of(contract).items()
        for one in rows
    ]


def _handling(contract: Contract, filer: User | None) -> dict[str, Any]:
    return {
        "checker": contract.checked_by.name if contract.checked_by else EMPTY,
        "checked_at": contract.checked_at or EMPTY,
        "counsel": contract.legal_by.name if contract.legal_by else EMPTY,
        "legal_opinion": contract.legal_opinion or EMPTY,
        "filer": filer.name if filer else EMPTY,
        "filed_at": contract.filed_at or EMPTY,
        "filing_due_on": contract.filing_due_on or EMPTY,
    }


def _reply_number(contract: Contract) -> str:
    reply = getattr(contract.proposal, "reply", None)
    return reply.document_number or EMPTY if reply else EMPTY


def _venue_side(contract: Contract) -> dict[str, str]:
    return {
        "name": contract.venue.name,
        "uscc": contract.venue.uscc or EMPTY,
        "signatory": contract.venue_signatory or EMPTY,
    }


def _other_side(contract: Contract) -> dict[str, str]:
    partner, venue = contract.partner, contract.cooperation.counterpart_venue
    uscc = partner.uscc if partner else (venue.uscc if venue else "")
    return {
        "name": contract.counterpart,
        "uscc": uscc or EMPTY,
        "signatory": contract.partner_signatory or EMPTY,
    }


def _clause_row(clause) -> dict[str, str]:
    return {
        "title": clause_title(clause.code),
        "present": _yes_no(clause.is_present),
        "number": clause.clause_no or EMPTY,
        "quotation": clause.quotation or EMPTY,
        "verdict": {True: "符合", False: "不符合", None: EMPTY}[clause.reviewer_ok],
    }


def _valuation_row(valuation) -> dict[str, Any]:
    return {
        "valuer": valuation.valuer,
        "uscc": valuation.valuer_uscc,
        "report_no": valuation.report_no,
        "base_date": valuation.base_date,
        "reported_on": valuation.reported_on,
        "valid_until": valuation.valid_until,
        "total": valuation.total_value,
        "total_words": capital_yuan(valuation.total_value),
    }


def _yes_no(answer: bool | None) -> str:  # noqa: FBT001 - the answer itself
    return {True: "是", False: "否", None: "未填"}[answer]
