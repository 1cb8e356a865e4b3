"""Bodies and their rosters, meetings, attendance, agenda items and votes."""

from meetings.models.bodies import TERM_FIELDS, Body, Member, Policy
from meetings.models.resolutions import Resolution
from meetings.models.sittings import AgendaItem, Attendance, Meeting, Vote

__all__ = [
    "TERM_FIELDS",
    "AgendaItem",
    "Attendance",
    "Body",
    "Meeting",
    "Member",
    "Policy",
    "Resolution",
    "Vote",
]
