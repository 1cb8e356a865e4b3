"""What the apps beside or below venues may know of one: its name and its union.

Venues stand above accounts, so the need is turned around: the app that keeps venues
registers a reader when it starts, and nobody below imports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # the app that registers does so before any model may be imported
    from organizations.models import TradeUnion


@dataclass(frozen=True, slots=True)
class VenuePlace:
    """A venue as far as posts and partners are concerned."""

    id: UUID
    name: str
    union: TradeUnion


class _Reader:
    path = ""
    list_path = ""


def register(path: str) -> None:
    """Name the function that answers `venue_place`, as `app.module.function`."""
    _Reader.path = path


def venue_place(venue_id: UUID) -> VenuePlace | None:
    """The venue with this id, or None."""
    return import_string(_Reader.path)(venue_id) if _Reader.path else None


def register_venue_choices(path: str) -> None:
    """Name the function that answers `venue_places`, as `app.module.function`."""
    _Reader.list_path = path


def venue_places() -> list[VenuePlace]:
    """All venues, in the order in which they are offered for choice."""
    return import_string(_Reader.list_path)() if _Reader.list_path else []
