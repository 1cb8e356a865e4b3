"""Users, their posts, and the one rule of who sees which row."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from accounts.enums import Permission, TextSize
from accounts.roles import ADMIN_ROLES, UNION_ROLES, VENUE_ROLES, Role
from core import clock
from core.models import Entity
from organizations.enums import DepartmentKind
from organizations.models import TradeUnion


class UserManager(BaseUserManager["User"]):
    """Makes ordinary accounts only: there is no superuser to make."""

    def create_user(self, username: str, *, name: str, password: str | None = None, **fields):
        user = self.model(username=self.model.normalize_username(username), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """账号：a person who may log in. What they may do is said by their posts alone."""

    # A class value instead of a column: nobody can be made a superuser, in any way.
    is_superuser: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        "账号", max_length=60, unique=True, error_messages={"unique": "这个账号已经有人使用。"}
    )
    name = models.CharField("姓名", max_length=30)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    created_at = models.DateTimeField("建立时间", null=True)
    text_size = models.CharField("字号", max_length=2, choices=TextSize.choices, blank=True)
    tour_step = models.PositiveSmallIntegerField("引导进度", default=0)
    session_epoch = models.PositiveIntegerField("登录批次", default=0)

    unread_count: int  # of messages, where the person was read with it

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret=None) -> str:
        """What a session is held against: another password or another epoch ends it."""
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    def posts(self) -> list["Post"]:
        """The posts in force today, kept for the life of this instance."""
        if not hasattr(self, "_posts"):
            self._posts = list(
                Post.objects.in_force(clock.today())
                .filter(user=self)
                .select_related("union")
                .order_by("pk")
            )
        return self._posts

    def keep_posts(self, posts: list["Post"]) -> None:
        """Take the posts that were read together with the person."""
        self._posts = posts

    def can(self, permission: Permission) -> bool:
        """Whether any post of this person carries the permission, wherever it stands."""
        return any(permission in post.card.permissions for post in self.posts())

    @property
    def position(self) -> str:
        """The title printed beside the name: that of the first post."""
        posts = self.posts()
        return posts[0].full_title if posts else ""


class SignIn(models.Model):
    """登录：one log-in of a person, so that they see where else they are logged in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("登录时间")
    device = models.CharField("设备", max_length=60)
    ended_at = models.DateTimeField("退出时间", null=True)

    class Meta:
        verbose_name = "登录"
        indexes = [models.Index(fields=["user", "-at"], name="accounts_sign_in_of")]


class PostQuerySet(models.QuerySet["Post"]):
    def in_force(self, on: date) -> "PostQuerySet":
        """Posts whose dates include the day."""
        return self.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gte=on))

    def overlapping(self, user: User, start: date, end: date | None) -> "PostQuerySet":
        """The person's posts that share a day with the period."""
        posts = self.filter(user=user).filter(Q(valid_to=None) | Q(valid_to__gte=start))
        return posts.filter(valid_from__lte=end) if end else posts

    def holding(self, permission: Permission) -> "PostQuerySet":
        """Posts whose role carries the permission, of accounts in use."""
        roles = [role for role in Role if permission in role.card.permissions]
        return self.filter(role__in=roles, user__is_active=True)


class Post(models.Model):
    """岗位：a person's role at one union, department or venue, from a day to a day.

    `venue_id` carries no foreign key because venues stand above accounts; the service
    that appoints checks it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="人员")
    role = models.CharField("角色", max_length=20, choices=[(r.value, r.label) for r in Role])
    union = models.ForeignKey(
        TradeUnion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="工会"
    )
    department_kind = models.CharField(
        "部门", max_length=20, choices=DepartmentKind.choices, blank=True
    )
    venue_id = models.UUIDField("阵地", null=True, blank=True)
    title = models.CharField("职务", max_length=60)
    valid_from = models.DateField("任职起")
    valid_to = models.DateField("任职止", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "valid_from"], name="accounts_post_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="accounts_post_dates_in_order",
                violation_error_message="任职止日不能早于任职起日。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.title}"

    @property
    def card(self):
        return Role(self.role).card

    @property
    def full_title(self) -> str:
        """Union and title, as printed beside an opinion."""
        return f"{self.union.short_name}{self.title}" if self.union else self.title

    @property
    def is_platform(self) -> bool:
        return Role(self.role) in ADMIN_ROLES


class SavedView(models.Model):
    """保存的视图：an address of a list under a name of one's own. It is a link and widens no scope."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    list_name = models.CharField(max_length=40)
    name = models.CharField("名称", max_length=12)
    query = models.CharField("条件", max_length=2000)
    created_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "保存的视图"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list_name", "name"],
                name="accounts_view_name_once",
                violation_error_message="已有同名的视图。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """接口令牌：lets a program act as one person, with the posts they hold that day.

    The key itself is shown once and not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="人员")
    name = models.CharField("用途", max_length=60)
    prefix = models.CharField("开头", max_length=12)
    sha256 = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField("可以办理", default=False)
    created_at = models.DateTimeField("建立时间")
    expires_on = models.DateField("最后有效日")
    last_used_on = models.DateField("最近使用", null=True)
    revoked_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-created_at"], name="accounts_token_user")]

    def __str__(self) -> str:
        return f"{self.name}（{self.prefix}…）"

    def is_usable(self, on: date) -> bool:
        """Whether the token still opens anything on a day."""
        return self.revoked_at is None and self.expires_on >= on


class ScopedQuerySet(models.QuerySet):
    """Rows under a union; every page, export and reminder starts from `visible_to`."""

    def visible_to(self, user) -> "ScopedQuerySet":
        """The rows this person may see: the subtree of their unions, their own venues.

        Platform administrators and people without a post see none. The same answer
        serves a foreign row and a missing one.
        """
        if not getattr(user, "is_authenticated", False):
            return self.none()
        seen = Q(pk__in=[])
        for post in user.posts():
            seen |= self._seen_from(post)
        return self.filter(seen)

    def _seen_from(self, post: Post) -> Q:
        role = Role(post.role)
        if role in VENUE_ROLES and post.venue_id:
            return Q(**{self.model.VENUE_LOOKUP: post.venue_id})
        if role in UNION_ROLES and post.union:
            return Q(**{f"unit_{post.union.depth}": post.union})
        return Q(pk__in=[])


class ScopedModel(Entity):
    """A row that belongs to a union: it carries its ancestors, a column per depth."""

    VENUE_LOOKUP: ClassVar[str] = "venue_id"

    unit_1 = models.ForeignKey(TradeUnion, models.PROTECT, null=True, related_name="+")
    unit_2 = models.ForeignKey(TradeUnion, models.PROTECT, null=True, related_name="+")
    unit_3 = models.ForeignKey(TradeUnion, models.PROTECT, null=True, related_name="+")
    unit_4 = models.ForeignKey(TradeUnion, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def place_under(self, union: TradeUnion) -> None:
        """Set the ancestor columns from the union the row belongs to."""
        chain = [*union.get_ancestors(), union]
        for depth in range(1, 5):
            setattr(self, f"unit_{depth}", chain[depth - 1] if depth <= len(chain) else None)

    def place_like(self, other: "ScopedModel") -> None:
        """Set the ancestor columns as another row has them."""
        for depth in range(1, 5):
            setattr(self, f"unit_{depth}_id", getattr(other, f"unit_{depth}_id"))
