"""What registers partners, investigates them and keeps an eye on them."""

from partners.services.investigating import (
    conclude_due_diligence,
    save_due_diligence_item,
    save_due_diligence_part,
    start_due_diligence,
)
from partners.services.register import register_partner
from partners.services.watching import end_watch, put_on_watch

__all__ = [
    "conclude_due_diligence",
    "end_watch",
    "put_on_watch",
    "register_partner",
    "save_due_diligence_item",
    "save_due_diligence_part",
    "start_due_diligence",
]
