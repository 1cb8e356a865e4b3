"""(allowed, reason) for each verb of the approval: services, pages, API and bulk ask the same.

Each answers the sentence that says why not and what to do instead; empty when the verb may be
done now. What a page has read already it hands in, so that asking costs it no query. What rests
on more than the plan (取回, 催办, 移交) is asked beside its service.
"""

from approvals.allowed.back import (
    ACTED_ON,
    NOT_ASKED,
    Standing,
    pending_withdrawal,
    waiting_item,
    why_not_asked_back,
    why_not_let_back,
    why_not_withdrawn,
)
from approvals.allowed.desk import (
    NOT_PASSED_ON,
    why_no_seat,
    why_not_answered,
    why_not_removed,
    why_not_shared,
    why_not_signed,
    why_not_transferred_on,
)
from approvals.allowed.keeping import (
    why_not_circulated,
    why_not_delegated,
    why_not_given_up,
    why_not_of_a_standing,
    why_not_refiled,
    why_not_resumed,
    why_not_submitted,
    why_not_suspended,
    why_not_voided,
)
from approvals.allowed.papers import why_not_notice_voided, why_not_reply_voided
from approvals.allowed.words import SUSPENDED, NotTheirs, TooLate, ensure

__all__ = [
    "ACTED_ON",
    "NOT_ASKED",
    "NOT_PASSED_ON",
    "SUSPENDED",
    "NotTheirs",
    "Standing",
    "TooLate",
    "ensure",
    "pending_withdrawal",
    "waiting_item",
    "why_no_seat",
    "why_not_answered",
    "why_not_asked_back",
    "why_not_circulated",
    "why_not_delegated",
    "why_not_given_up",
    "why_not_let_back",
    "why_not_notice_voided",
    "why_not_of_a_standing",
    "why_not_refiled",
    "why_not_removed",
    "why_not_reply_voided",
    "why_not_resumed",
    "why_not_shared",
    "why_not_signed",
    "why_not_submitted",
    "why_not_suspended",
    "why_not_transferred_on",
    "why_not_voided",
    "why_not_withdrawn",
]
