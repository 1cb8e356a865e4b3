"""What the stories begin with, and the usual road from the plan to the contract in effect."""

from collections.abc import Mapping
from datetime import date

from contracts.models import Contract
from demo import contracting, evaluating, publishing
from demo.evaluating import Period
from demo.walk import Walk
from partners.models import Partner
from venues.models import Venue


def venue(name: str) -> Venue:
    """A venue of the register by its name."""
    return Venue.objects.get(name=name)


def partner(name: str) -> Partner:
    """A partner of the register by its name."""
    return Partner.objects.get(name=name)


def overall_in_force(name: str, *, begun: date, max_years: int = 5) -> Walk:
    """A venue that is ready and whose overall plan is in force."""
    walk = Walk(venue=venue(name), day=begun)
    walk.become_ready().later(5).draft_overall(max_years=max_years)
    return walk.be_approved()


def signed(
    walk: Walk, partner: Partner | None = None, *, signatory: str = "",
    otherwise: Mapping[str, str] | None = None,
) -> Contract:  # fmt: skip
    """From the reply to the filed contract, credit checked anew before signing.

    `otherwise` says which clauses read otherwise than usual.
    """
    walk.later(4)
    contract = contracting.draft(walk, otherwise)
    walk.later(4)
    if partner:
        contracting.value(walk, contract)
    contracting.be_checked(walk, contract)
    walk.later(3)
    if partner:
        walk.investigate(partner)  # the credit checks must be fresh on the day of signing
    walk.later(2)
    name = partner.legal_representative if partner else ""
    contracting.sign_and_file(walk, contract, partner_signatory=signatory or name)
    return contract


def in_effect(
    walk: Walk, contract: Contract, *periods: Period, services: publishing.Lines, on: date
) -> list:
    """Close the three gates and put the contract into effect on its day."""
    contracting.name_safety_officer(walk, contract)
    planned = evaluating.plan(contract, *periods, on=walk.day)
    publishing.publish(walk, *services, on=walk.day)
    walk.on(on)
    contracting.take_effect(walk, contract, on=on)
    return planned
