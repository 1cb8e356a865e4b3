"""Who may write a meeting, and who may read its verbatim record."""

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import post_for, require
from accounts.roles import UNION_ROLES, Role
from meetings.models import Body, Meeting


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


def may_confirm(user: User, body: Body) -> bool:
    """Whether this person may be named to confirm the changes a meeting asked for."""
    return bool(post_for(user, Permission.CHANGES_CONFIRM, union=body.union))


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
