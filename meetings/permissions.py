"""Who may write a meeting, and who may read its verbatim record."""

from collections.abc import Sequence

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import post_for, require
from accounts.places import VenuePlace, venue_place
from accounts.roles import UNION_ROLES, Role
from core.errors import Refused
from meetings.models import Body, Meeting, Resolution
from organizations.models import TradeUnion


def require_writer(by: User, body: Body) -> Post:
    """The secretary at the body's union, the manager at its venue; raises Refused."""
    if body.venue_id:
        return require(by, Permission.MEETING_WRITE, venue_id=body.venue_id)
    return require(by, Permission.MEETING_WRITE, union=body.union)


def may_write(user: User, body: Body) -> bool:
    """Whether this person records for this body."""
    if body.venue_id:
        return bool(post_for(user, Permission.MEETING_WRITE, venue_id=body.venue_id))
    return bool(post_for(user, Permission.MEETING_WRITE, union=body.union))


def places_of(user: User) -> tuple[TradeUnion | None, list[VenuePlace]]:
    """Whose bodies this person registers: those of a union, the board of each venue they head."""
    posts = [post for post in user.posts() if Permission.MEETING_WRITE in post.card.permissions]
    union = next((post.union for post in posts if post.venue_id is None), None)
    known = {post.venue_id: venue_place(post.venue_id) for post in posts if post.venue_id}
    return union, [place for place in known.values() if place]


def may_add_body(user: User, bodies: Sequence[Body]) -> bool:
    """Whether a body is left to register: a union may have several kinds, a venue one board."""
    seated = {body.venue_id for body in bodies}
    return any(
        post.venue_id is None or post.venue_id not in seated
        for post in user.posts()
        if Permission.MEETING_WRITE in post.card.permissions
    )


def may_report(user: User, resolution: Resolution) -> bool:
    """Whether this person answers for what a meeting asked for: the department's, the venue's."""
    if may_write(user, resolution.meeting.body):
        return True
    if resolution.venue_id:
        return bool(post_for(user, Permission.ERRAND_WRITE, venue_id=resolution.venue_id))
    kind = resolution.department_kind
    return bool(post_for(user, Permission.ERRAND_WRITE, union=resolution.union, department=kind))


def require_owner(by: User, resolution: Resolution) -> None:
    """Raise Refused for everybody else, naming whose it is."""
    if not may_report(by, resolution):
        raise Refused(f"这件议定事项由{resolution.owner_text}办理，您不能代为报告落实情况。")


def may_confirm(user: User, body: Body, union: TradeUnion | None = None) -> bool:
    """Whether this person may be named to confirm the changes a meeting asked for.

    It is somebody of the body's own union, or of the higher `union` it was moved up to.
    """
    return bool(post_for(user, Permission.CHANGES_CONFIRM, union=union or body.union))


def may_read_record(user: User, meeting: Meeting) -> bool:
    """原始记录的知悉范围: its writers, its members, the leader and auditors in scope.

    A secretary of a higher union is no reader: only leaders and auditors read downwards.
    """
    if user.pk == meeting.recorder_id or may_write(user, meeting.body):
        return True
    if any(_reads_downwards(post, meeting) for post in user.posts()):
        return True
    return meeting.attendances.filter(user_id=user.pk).exists()


def _reads_downwards(post: Post, meeting: Meeting) -> bool:
    role = Role(post.role)
    if Permission.MEETING_RECORD_READ not in role.card.permissions or role not in UNION_ROLES:
        return False
    if Permission.MEETING_WRITE in role.card.permissions or post.union is None:
        return False
    return getattr(meeting, f"unit_{post.union.depth}_id") == post.union_id
