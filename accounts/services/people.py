"""What changes accounts and posts."""

from datetime import date, datetime
from uuid import UUID

from axes.utils import reset as reset_attempts
from django.db import transaction

from accounts import leaving, telling
from accounts.enums import Permission
from accounts.models import Post, User
from accounts.passwords import one_time_password
from accounts.roles import ADMIN_ROLES, VENUE_ROLES, Role
from accounts.services.tokens import end_tokens
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock
from organizations.models import TradeUnion


@transaction.atomic
def create_user(
    *, username: str, name: str, email: str, password: str | None, by: User | None, at: datetime,
    must_change_password: bool = True, command_id: UUID | None = None,
) -> User:  # fmt: skip
    """Make an account without any post: it can do nothing until a post is assigned.

    Without a password nobody can log in with it.
    """
    if User.objects.filter(username=username).exists():
        raise ActionBlocked(Reason("这个账号已经有人使用，请换一个。", field="username"))
    user = User.objects.create_user(
        username,
        name=name,
        email=email,
        password=password,
        must_change_password=must_change_password,
        created_at=at,
    )
    record(
        case_id=user.pk,
        code="accounts.user.created",
        title=f"建立账号 {username}（{name}）",
        by=by or user,
        at=at,
        command_id=command_id,
    )
    return user


@transaction.atomic
def assign_post(
    *, user: User, role: Role, title: str, valid_from: date, by: User | None, at: datetime,
    union: TradeUnion | None = None, department_kind: str = "", venue_id: UUID | None = None,
    valid_to: date | None = None, command_id: UUID | None = None,
) -> Post:  # fmt: skip
    """Give a person a role at a place for a period.

    The three administrators are mutually exclusive and hold no business role
    (三员分立); a venue role needs its venue, every other business role its union.
    """
    lock(User, pk=user.pk)
    if by is not None and by.pk == user.pk:
        raise ActionBlocked("不能给自己指派岗位，请由另一位安全管理员办理。")
    if valid_to and valid_to < valid_from:
        raise ActionBlocked(Reason("任职止日不能早于任职起日。", field="valid_to"))
    held = {Role(post.role) for post in Post.objects.overlapping(user, valid_from, valid_to)}
    if held and (role in ADMIN_ROLES or held & ADMIN_ROLES) and held != {role}:
        raise ActionBlocked(
            "三员分立：系统、安全、审计管理员彼此不能兼任，也不能兼任业务岗位。请先收回原有岗位。"
        )
    if role in VENUE_ROLES and venue_id is None:
        raise ActionBlocked(Reason("阵地岗位须指明所在阵地。", field="venue"))
    if role not in VENUE_ROLES | ADMIN_ROLES and role is not Role.EXPERT and union is None:
        raise ActionBlocked(Reason("工会岗位须指明所在工会。", field="union"))
    post = Post.objects.create(
        user=user,
        role=role,
        title=title,
        union=union,
        department_kind=department_kind,
        venue_id=venue_id,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    user.__dict__.pop("_posts", None)
    record(
        case_id=user.pk,
        code="accounts.post.assigned",
        title=f"指派岗位：{title}（{role.label}）",
        by=by or user,
        at=at,
        command_id=command_id,
    )
    return post


@transaction.atomic
def end_post(
    *, post: Post, on: date, by: User, at: datetime, command_id: UUID | None = None
) -> Post:
    """End a post on a day; the row stays as the record of who held it."""
    post = lock(Post, pk=post.pk)
    if post.user_id == by.pk:
        raise ActionBlocked("不能收回自己的岗位，请由另一位安全管理员办理。")
    if post.valid_to and on >= post.valid_to:
        raise ActionBlocked(Reason(f"这个岗位已定于 {post.valid_to} 结束。", field="on"))
    if on < post.valid_from:
        raise ActionBlocked(Reason("任职止日不能早于任职起日。", field="on"))
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    record(
        case_id=post.user_id,
        code="accounts.post.ended",
        title=f"收回岗位：{post.title}",
        by=by,
        at=at,
        command_id=command_id,
    )
    return post


@transaction.atomic
def set_active(
    *, user: User, is_active: bool, by: User, at: datetime, command_id: UUID | None = None
) -> User:
    """Enable or disable an account; open sessions end with the next request."""
    lock(User, pk=user.pk)
    if user.pk == by.pk and not is_active:
        raise ActionBlocked("不能停用自己的账号，请由另一位系统管理员办理。")
    if not is_active and (held := leaving.held_by(user)):
        raise ActionBlocked(
            f"{user.name}名下还有 {held} 件在办事项，请先办理离岗交接，再停用账号。"
        )
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    record(
        case_id=user.pk,
        code="accounts.user.enabled" if is_active else "accounts.user.disabled",
        title="启用账号" if is_active else "停用账号",
        by=by,
        at=at,
        command_id=command_id,
    )
    return user


@transaction.atomic
def change_password(*, user: User, password: str, at: datetime) -> User:
    """Set a new password chosen by the person; the other sessions and all tokens end."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    end_tokens(user, at=at)
    record(case_id=user.pk, code="accounts.password.changed", title="修改密码", by=user, at=at)
    return user


@transaction.atomic
def reset_password(
    *, user: User, password: str, by: User, at: datetime, command_id: UUID | None = None
) -> User:
    """Give a person who forgot theirs a one-time password; sessions and tokens end.

    The person is told.

    The three administrators are reset by a system administrator other than themselves.
    """
    if not by.can(Permission.ACCOUNT_WRITE):
        raise Refused("只有系统管理员可以重置密码。")
    user = lock(User, pk=user.pk)
    if user.pk == by.pk:
        raise ActionBlocked(
            "不能重置自己的密码：记得的请用“修改密码”，忘记的请由另一位系统管理员办理。"
        )
    if not user.is_active:
        raise ActionBlocked("这个账号已经停用，请先启用再重置密码。")
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    end_tokens(user, at=at)
    event = record(
        case_id=user.pk,
        code="accounts.password.reset",
        title=f"重置密码：{user.username}",
        by=by,
        at=at,
        command_id=command_id,
    )
    telling.teller()(
        users=[user],
        title="您的密码已由系统管理员重置",
        body=f"{by.name}为您设置了一次性密码，原密码已经失效。如果不是您要求的，请立即联系安全管理员。",
        url="/me/",
        kind="accounts.password.reset",
        dedupe_key=f"accounts.password.reset:{event.pk}",
        at=at,
        case_id=user.pk,
    )
    return user


@transaction.atomic
def appoint_first_admins(
    *, people: dict[Role, tuple[str, str]], at: datetime
) -> list[tuple[User, str]]:
    """Make the three administrators of an installation that has none; return their passwords.

    Afterwards they make and appoint one another in the portal (三员分立).
    """
    if set(people) != ADMIN_ROLES:
        raise ActionBlocked("须同时指定系统、安全、审计三名管理员。")
    if Post.objects.filter(role__in=ADMIN_ROLES).exists():
        raise ActionBlocked("已经有管理员，不能再用命令建立；请由系统管理员在“账号”页建立账号。")
    made = []
    for role, (username, name) in people.items():
        password = one_time_password()
        user = create_user(
            username=username, name=name, email="", password=password, by=None, at=at
        )
        assign_post(user=user, role=role, title=role.label, valid_from=at.date(), by=None, at=at)
        made.append((user, password))
    return made


@transaction.atomic
def unlock(*, user: User, by: User, at: datetime, command_id: UUID | None = None) -> User:
    """Lift the lock that too many wrong passwords put on an account."""
    if not by.can(Permission.POST_WRITE):
        raise Refused("只有安全管理员可以解除锁定。")
    lock(User, pk=user.pk)
    if not reset_attempts(username=user.username):
        raise ActionBlocked("这个账号现在没有被锁定，不需要解除。")
    record(
        case_id=user.pk,
        code="accounts.user.unlocked",
        title=f"解除账号锁定：{user.username}",
        by=by,
        at=at,
        command_id=command_id,
    )
    return user
