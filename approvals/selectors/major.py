"""The catalogue of major matters of a union, and what was determined of a plan."""

from datetime import date

from accounts.models import User
from approvals.enums import Node, TaskStatus
from approvals.models import MajorDetermination, MajorMatterEntry, Proposal, Task
from approvals.rules.major import Entry, Met, catalogue, hold
from approvals.selectors.routes import matter_of
from organizations.models import TradeUnion
from venues.models import Venue


def catalogue_of(union: TradeUnion, *, on: date) -> list[Entry]:
    """What a union holds to be a major matter on a day: its own entries, then the shipped ones."""
    own = MajorMatterEntry.objects.in_force(on).filter(union=union).order_by("code", "pk")
    return catalogue([one.entry for one in own])


def held_against(proposal: Proposal, *, on: date) -> list[Met]:
    """The catalogue of the supervising union held against the plan's own answers."""
    return hold(catalogue_of(proposal.supervising_union, on=on), matter_of(proposal))


def determination_of(proposal: Proposal) -> MajorDetermination | None:
    """What was determined of the present version; the last word counts.

    A version that went straight back to who returned it, past the formal review, says nothing
    else than the one before: what was determined of that one still holds.
    """
    rows = proposal.determinations.select_related("by").order_by("-at", "-pk")
    if own := rows.filter(plan_version__no=proposal.version_no).first():
        return own
    carried = {"task__node": Node.FORMAL_REVIEW, "carried_to": proposal.version_no}
    is_direct = proposal.opinions.filter(is_valid=True, **carried).exists()
    return rows.first() if is_direct else None


def formal_review_of(proposal: Proposal) -> Task | None:
    """The open desk of the formal review; it is where the determination is made."""
    open_desks = proposal.tasks.filter(node=Node.FORMAL_REVIEW, status__in=TaskStatus.UNFINISHED)
    task = open_desks.select_related("plan_version").first()
    if task is not None:
        task.proposal = proposal
    return task


def unions_of(user: User) -> list[TradeUnion]:
    """The unions whose catalogue binds this person: their own, or their venue's."""
    found = {post.union for post in user.posts() if post.union and not post.venue_id}
    venues = [post.venue_id for post in user.posts() if post.venue_id]
    rows = Venue.objects.filter(pk__in=venues).select_related("supervising_union")
    found |= {venue.supervising_union for venue in rows}
    return sorted(found, key=lambda one: (one.path, one.pk))
