"""Who may act here: a permission held by a post at the very union, venue or department."""

from uuid import UUID

from accounts.enums import Permission
from accounts.models import Post, User
from core.errors import Refused
from organizations.models import TradeUnion

__all__ = ["Permission", "post_for", "require"]


def post_for(
    user: User,
    permission: Permission,
    *,
    union: TradeUnion | None = None,
    venue_id: UUID | None = None,
    department: str | None = None,
) -> Post | None:
    """The post by which this person may do this here, or None.

    A union post acts for its own union only: a higher union reads downwards but does
    not write (第五条 分级监管). A venue post acts for its own venue only.
    """
    for post in user.posts():
        if permission not in post.card.permissions:
            continue
        if venue_id is not None and post.venue_id == venue_id:
            return post
        if department is not None and post.department_kind != department:
            continue
        if union is not None and post.venue_id is None and post.union_id == union.pk:
            return post
    return None


def require(
    user: User,
    permission: Permission,
    *,
    union: TradeUnion | None = None,
    venue_id: UUID | None = None,
    department: str | None = None,
) -> Post:
    """The post by which this person may do this here; raises Refused with a sentence."""
    post = post_for(user, permission, union=union, venue_id=venue_id, department=department)
    if post is None:
        where = f"（应由{union.name}的对应岗位办理）" if union else ""
        raise Refused(f"您的岗位不能办理这一事项{where}。如确需办理，请联系安全管理员核对岗位。")
    return post
