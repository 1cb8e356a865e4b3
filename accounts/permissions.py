"""Who may act here: a permission held by a post at the very union, venue or department."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from accounts.enums import Permission
from accounts.models import Post, User
from core.errors import Refused
from organizations.models import TradeUnion

__all__ = ["Permission", "free_at", "post_for", "refusal_of", "require", "require_free"]


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


def free_at(
    permission: Permission, union: TradeUnion, barred: Collection[UUID], *, on: date
) -> list[Post]:
    """The posts by which a duty is done where some people may not do it.

    They are those of the union itself; where nobody there may, of the nearest union above
    (small unions: 上提一级); empty when nobody may.
    """
    line = [union, *reversed(list(union.get_ancestors()))]
    posts = Post.objects.in_force(on).holding(permission).filter(union__in=line, venue_id=None)
    posts = posts.exclude(user__in=list(barred)).select_related("user", "union")
    found = list(posts.order_by("user__name", "pk"))
    for place in line:
        if here := [post for post in found if post.union_id == place.pk]:
            return here
    return []


def refusal_of(
    user: User, permission: Permission, union: TradeUnion, barred: Mapping[UUID, str], *, on: date
) -> str:
    """Why somebody who holds a duty here or above may not do it, and who may; empty when they may.

    `barred` says of each person why not.
    """
    if user.pk not in barred:
        if post_for(user, permission, union=union) is not None:
            return ""
        free = free_at(permission, union, barred, on=on)
        if any(post.user_id == user.pk for post in free):
            return ""
        return f"这一事项应由{free[0].union}的对应岗位办理。" if free else ""
    return barred[user.pk] + _who_instead(free_at(permission, union, barred, on=on), union)


def _who_instead(free: list[Post], union: TradeUnion) -> str:
    if not free:
        return f"{union}和上级工会都没有其他可以办理的在岗人员，请联系安全管理员先安排岗位。"
    names = "、".join(dict.fromkeys(f"{post.user.name}（{post.title}）" for post in free))
    if free[0].union_id == union.pk:
        return f"请由{names}办理。"
    return f"{union}没有其他可以办理的在岗人员，上提一级，由{free[0].union}{names}办理。"


def may_stand_in(user: User, permission: Permission, union: TradeUnion) -> bool:
    """Whether somebody holds a duty at a union or above it: whom the duty may come up to."""
    held = [post for post in user.posts() if permission in post.card.permissions]
    places = [post.union for post in held if post.venue_id is None and post.union]
    return any(union.path.startswith(place.path) for place in places)


def require_free(
    user: User, permission: Permission, union: TradeUnion, barred: Mapping[UUID, str], *, on: date
) -> Post:
    """The post by which this person does a duty that some may not do; raises Refused with whose it is."""
    if not may_stand_in(user, permission, union):
        return require(user, permission, union=union)  # raises
    if reason := refusal_of(user, permission, union, barred, on=on):
        raise Refused(reason)
    own = post_for(user, permission, union=union)
    if own is not None:
        return own
    free = free_at(permission, union, barred, on=on)
    mine = [post for post in free if post.user_id == user.pk]
    return mine[0] if mine else require(user, permission, union=union)
