"""One line of somebody's workbench, whatever app it comes from."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """What waits for a person: the matter, what is to be done, where, since when, until when."""

    title: str
    act: str
    url: str
    source: str = ""
    since: datetime | None = None
    due_on: date | None = None
