"""What changes contracts."""

from contracts.services.clearing import request_contract_clearance
from contracts.services.drafting import (
    ClauseEntry,
    ContractEntry,
    draft_contract,
    save_clauses,
    update_contract,
)
from contracts.services.files import add_file, open_kinds
from contracts.services.gates import close_gate, name_safety_officer, reopen_gate
from contracts.services.review import (
    check_clauses,
    review_legally,
    submit_for_check,
    void_contract,
)
from contracts.services.signing import file_contract, put_into_effect, sign_contract
from contracts.services.valuation import AssetEntry, ValuationEntry, record_valuation

__all__ = [
    "AssetEntry",
    "ClauseEntry",
    "ContractEntry",
    "ValuationEntry",
    "add_file",
    "check_clauses",
    "close_gate",
    "draft_contract",
    "file_contract",
    "name_safety_officer",
    "open_kinds",
    "put_into_effect",
    "record_valuation",
    "reopen_gate",
    "request_contract_clearance",
    "review_legally",
    "save_clauses",
    "sign_contract",
    "submit_for_check",
    "update_contract",
    "void_contract",
]
