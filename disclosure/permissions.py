"""Who may act on public information, with the reason when they may not."""

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import post_for, require
from core.errors import Refused
from disclosure.models import Disclosure
from venues.models import Venue


def may_write(user: User, venue: Venue) -> bool:
    """Whether this person writes for the venue."""
    return post_for(user, Permission.DISCLOSURE_WRITE, venue_id=venue.pk) is not None


def require_writer(user: User, venue: Venue) -> Post:
    """The post by which this person writes for the venue."""
    return require(user, Permission.DISCLOSURE_WRITE, venue_id=venue.pk)


def may_review(user: User, venue: Venue) -> bool:
    """Whether this person reviews for the venue's supervising union."""
    return post_for(user, Permission.DISCLOSURE_REVIEW, union=venue.supervising_union) is not None


def require_department(user: User, venue: Venue) -> Post:
    """The post by which this person acts for the asset department of the supervising union."""
    return require(user, Permission.DISCLOSURE_REVIEW, union=venue.supervising_union)


def require_reviewer(user: User, disclosure: Disclosure) -> Post:
    """The same, and never on what one wrote oneself."""
    post = require_department(user, disclosure.venue)
    if user.pk in (disclosure.drafted_by_id, disclosure.written_by_id, disclosure.submitted_by_id):
        raise Refused("您填写或提交过这一版公开信息，审核须由另一人办理。")
    return post
