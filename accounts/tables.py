"""Accounts, posts, acts of the ledger and days of the calendar as lists."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from core.addresses import address_of
from core.cells import Badge, Link, Several, Value
from core.tables import Column, Table
from organizations.enums import DepartmentKind
from organizations.models import CalendarException

ACTS = Column("acts", "办理", in_export=False, css="nowrap")
WEEKDAYS = "一二三四五六日"


class AccountTable(Table):
    """One account a line."""

    name, title, default_sort = "accounts", "账号", "username"
    columns = (
        Column("username", "账号", sort="username"),
        Column("name", "姓名", sort="name"),
        Column("email", "电子邮箱"),
        Column("state", "状态"),
        Column("created", "建立时间", sort="created_at", css="nowrap", has_gaps=True),
        ACTS,
    )

    def cells(self, row: User) -> Iterable[Value]:
        return row.username, row.name, row.email, _state(row), row.created_at, _acts(row)


def _state(row: User) -> Value:
    if not row.is_active:
        return Badge("停用")
    used = Badge("启用", "ok")
    is_new = row.must_change_password
    return Several((used, Badge("尚未改一次性密码", "warn"))) if is_new else used


def _acts(row: User) -> Value:
    if not row.is_active:
        return Link("启用", address_of("accounts:account_enable", row.pk))
    return Several(
        (
            Link("重置密码", address_of("accounts:account_reset", row.pk)),
            Link("停用", address_of("accounts:account_disable", row.pk)),
        )
    )


class PostTable(Table):
    """One post a line: who holds what role where, from when to when."""

    name, title, default_sort = "posts", "岗位", "user"
    reads = (
        "title", "role", "department_kind", "valid_from", "valid_to", "user__name",
        "user__username", "union__name",
    )  # fmt: skip
    columns = (
        Column("user", "人员", sort="user__username"),
        Column("title", "职务"),
        Column("role", "角色"),
        Column("union", "所在工会", sort="union__path", has_gaps=True),
        Column("department", "部门"),
        Column("valid_from", "任职起", sort="valid_from", css="nowrap"),
        Column("valid_to", "任职止", sort="valid_to", css="nowrap", has_gaps=True),
        Column("state", "状态"),
        ACTS,
    )

    def cells(self, row: Any) -> Iterable[Value]:
        end = Link("收回", address_of("accounts:post_end", row.pk)) if not row.valid_to else ""
        return (
            f"{row.user__name}（{row.user__username}）",
            row.title,
            Role(row.role).label,
            row.union__name,
            DepartmentKind(row.department_kind).label if row.department_kind else "",
            row.valid_from,
            row.valid_to,
            self._state(row),
            end,
        )

    def _state(self, row: Any) -> Badge:
        if row.valid_from > self.today:
            return Badge("未到任")
        is_over = row.valid_to is not None and row.valid_to < self.today
        return Badge("已卸任") if is_over else Badge("在任", "ok")


class EventTable(Table):
    """One act a line, as far as the person may read what it says."""

    name, title, default_sort = "events", "留痕", "-at"
    columns = (
        Column("at", "办理时间", sort="recorded_at"),
        Column("actor", "办理人", sort="actor_name", css="nowrap"),
        Column("position", "职务"),
        Column("act", "说明"),
        Column("code", "动作代码", on_page=False),
        Column("case", "案卷", css="nowrap"),
        Column("seq", "序号", css="num"),
        Column("hash", "哈希", on_page=False),
    )

    def cells(self, row: Event) -> Iterable[Value]:
        # The audit administrator checks that acts are whole; what they say is not theirs to read.
        hides_titles = any(post.is_platform for post in self.user.posts())
        return (
            row.at,
            row.actor_name,
            row.position,
            row.code if hides_titles else row.title or row.code,
            row.code,
            Link(str(row.case_id)[:8], f"{reverse('accounts:event_list')}?case={row.case_id}"),
            row.seq,
            row.hash,
        )


class CalendarTable(Table):
    """One day a line on which work differs from what its weekday says."""

    name, title, default_sort = "working-days", "工作日历", "-day"
    columns = (
        Column("day", "日期", sort="day"),
        Column("weekday", "星期", css="nowrap"),
        Column("name", "名称"),
        Column("is_workday", "安排"),
        Column("source", "来源"),
        ACTS,
    )

    def anchor(self, row: CalendarException) -> str:
        return f"day-{row.day}"

    def cells(self, row: CalendarException) -> Iterable[Value]:
        is_notice = row.source.startswith("http")
        edit = reverse("accounts:working_day_change", args=[f"{row.day}"])
        return (
            row.day,
            f"星期{WEEKDAYS[row.day.weekday()]}",
            row.name,
            Badge("上班", "warn") if row.is_workday else Badge("休息", "ok"),
            Link("查看通知", row.source) if is_notice else row.source,
            Link("修改", edit) if self.user.can(Permission.CALENDAR_WRITE) else "",
        )
