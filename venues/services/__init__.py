"""What changes the register of venues and their self-assessments."""

from venues.services.readiness import (
    review_readiness,
    save_readiness_item,
    start_readiness,
    submit_readiness,
)
from venues.services.register import (
    VenueEntry,
    name_supervisor,
    register_venue,
    replace_supervisor,
    set_core_businesses,
    update_venue,
)

__all__ = [
    "VenueEntry",
    "name_supervisor",
    "register_venue",
    "replace_supervisor",
    "review_readiness",
    "save_readiness_item",
    "set_core_businesses",
    "start_readiness",
    "submit_readiness",
    "update_venue",
]
