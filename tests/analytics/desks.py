"""Something waiting on most desks of the small province."""

from datetime import date

from disclosure import services as disclosure
from partners.services import start_due_diligence
from supervision import services as supervision
from tests.approvals import builders as plans
from tests.approvals.builders import World, moment
from tests.contracts import builders as contracts


def fill_desks(world: World) -> World:
    """A plan at the formal review, a contract at counsel's, an edition in review, a report due."""
    contracts.checked(world)
    plans.submitted_plan(world, "internal")
    start_due_diligence(
        partner=world.partner, venue_id=world.venue.pk, venue_name=world.venue.name,
        union=world.xian, by=world["venue.staff"], at=moment("2026-11-16 09:00"),
    )  # fmt: skip
    disclosure.draft_disclosure(
        venue=world.venue, by=world["venue.staff"], at=moment("2026-11-17 09:00")
    )
    supervision.schedule_report(
        venue=world.venue, kind="asset_operation", period_from=date(2026, 7, 1),
        period_to=date(2026, 9, 30), by=world["asset.officer"], at=moment("2026-07-02 09:00"),
    )  # fmt: skip
    return world
