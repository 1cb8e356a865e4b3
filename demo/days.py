"""One venue's way through the demo's calendar, with the people who act on it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import User
from approvals.models import Proposal
from demo.cast import VenueCast, officer, person, venue_cast
from demo.day import moment
from organizations.selectors import working_days
from venues.models import Venue


@dataclass(slots=True)
class Days:
    """A venue, the day it has reached, and the plan it is at."""

    venue: Venue
    day: date
    proposal: Proposal = field(init=False)
    minute: int = field(default=0)

    def later(self, days: int):
        """Let days pass, and go on to a working day."""
        return self.on(self.day + timedelta(days=days))

    def on(self, day: date):
        """Go to a day, or to the working day that follows it."""
        calendar = working_days()
        while not calendar.is_workday(day):
            day += timedelta(days=1)
        self.day, self.minute = day, 0
        return self

    @property
    def now(self) -> datetime:
        """The next moment of the day, each one after the other."""
        self.minute += 1
        return moment(self.day, 9 + self.minute // 60, self.minute % 60)

    @property
    def cast(self) -> VenueCast:
        """Who works at the venue and advises it."""
        return venue_cast(self.venue.name)

    @property
    def manager(self) -> User:
        return person(f"{self.cast.prefix}.manager")

    @property
    def staff(self) -> User:
        return person(f"{self.cast.prefix}.staff")

    def officer(self, duty: str) -> User:
        """Who holds a duty at the venue's supervising union."""
        return officer(self.venue.supervising_union, duty)

    def plan(self) -> Proposal:
        """The plan as it stands in the database now."""
        return Proposal.objects.select_related("venue", "supervising_union").get(
            pk=self.proposal.pk
        )
