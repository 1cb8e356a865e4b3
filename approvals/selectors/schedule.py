"""The expected course of a submitted plan."""

from datetime import date

from django.utils import timezone

from approvals.models import Proposal
from approvals.rules.route import Route
from approvals.rules.schedule import Stop, legs_of, stops_of
from approvals.selectors.routes import route_to_pin
from organizations.rules import Calendar
from organizations.selectors import parameter


def expected_course(proposal: Proposal, *, calendar: Calendar) -> list[Stop]:
    """Step by step, when a submitted plan should be through; empty before it is submitted."""
    if not proposal.submitted_at or not proposal.route:
        return []
    start = timezone.localdate(proposal.submitted_at)
    return _course(proposal, Route.from_json(proposal.route), start=start, calendar=calendar)


def course_if_submitted(proposal: Proposal, *, calendar: Calendar, today: date) -> list[Stop]:
    """What the course would be for a plan submitted today; empty where no route fits it."""
    route = route_to_pin(proposal, today=today)
    return _course(proposal, route, start=today, calendar=calendar) if route else []


def _course(proposal: Proposal, route: Route, *, start: date, calendar: Calendar) -> list[Stop]:
    union = proposal.supervising_union
    legs = legs_of(
        route,
        meeting=parameter("meeting_days", union=union, on=start),
        reply=parameter("reply_days", union=union, on=start),
    )
    return stops_of(legs, start=start, calendar=calendar)
