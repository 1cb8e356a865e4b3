"""Named reads of public information."""

from disclosure.selectors.desks import (
    UPDATE_KIND,
    disclosures_in_scope,
    editions_of,
    held_contracts,
    names_at,
    open_of,
    people_of_union,
    people_of_venue,
    published_of,
    turn_of,
    unsettled_contracts,
    work_of,
    writing_venues,
)
from disclosure.selectors.public import (
    cities_with_pages,
    page_of_venue,
    price_words,
    public_notice,
    public_row,
    public_venue,
    published_rows,
)

__all__ = [
    "UPDATE_KIND",
    "cities_with_pages",
    "disclosures_in_scope",
    "editions_of",
    "held_contracts",
    "names_at",
    "open_of",
    "page_of_venue",
    "people_of_union",
    "people_of_venue",
    "price_words",
    "public_notice",
    "public_row",
    "public_venue",
    "published_of",
    "published_rows",
    "turn_of",
    "unsettled_contracts",
    "work_of",
    "writing_venues",
]
