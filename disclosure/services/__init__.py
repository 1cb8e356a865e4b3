"""What changes public information."""

from disclosure.services.reviewing import review_disclosure, settle_gate, withdraw_disclosure
from disclosure.services.writing import draft_disclosure, save_disclosure, submit_disclosure

__all__ = [
    "draft_disclosure",
    "review_disclosure",
    "save_disclosure",
    "settle_gate",
    "submit_disclosure",
    "withdraw_disclosure",
]
