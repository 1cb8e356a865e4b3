"""Finding accounts, posts, acts of the ledger and days of the calendar."""

from collections.abc import Iterable
from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from accounts.models import Post, User
from accounts.roles import Role
from audit.models import Event
from core.filters import DayFilter, ListFilter, TextFilter
from organizations.enums import DepartmentKind
from organizations.models import CalendarException


class AccountFilter(ListFilter):
    """By whether it is in use, by name, login or address."""

    tabs = {"active": "启用", "unused": "尚未改一次性密码", "off": "停用"}
    search = ("username", "name", "email")

    text = TextFilter(label="姓名、账号或邮箱")

    class Meta:
        model = User
        fields = ["text"]

    def in_active(self, rows: QuerySet) -> QuerySet:
        return rows.filter(is_active=True)

    def in_unused(self, rows: QuerySet) -> QuerySet:
        return rows.filter(is_active=True, must_change_password=True)

    def in_off(self, rows: QuerySet) -> QuerySet:
        return rows.filter(is_active=False)


class PostFilter(ListFilter):
    """By role, department, whether it is held today, by person, title or union."""

    tabs = {"held": "在任", "ahead": "未到任", "over": "已卸任"}
    search = ("user__username", "user__name", "title", "union__name")

    text = TextFilter(label="姓名、账号、职务或工会")
    role = filters.ChoiceFilter(label="角色", choices=[(one.value, one.label) for one in Role])
    department = filters.ChoiceFilter(
        label="部门", choices=DepartmentKind.choices, field_name="department_kind"
    )

    class Meta:
        model = Post
        fields = ["text", "role", "department"]

    def in_held(self, rows: QuerySet) -> QuerySet:
        return rows.in_force(self.today)

    def in_ahead(self, rows: QuerySet) -> QuerySet:
        return rows.filter(valid_from__gt=self.today)

    def in_over(self, rows: QuerySet) -> QuerySet:
        return rows.filter(valid_to__lt=self.today)


class EventFilter(ListFilter):
    """By person or post, by day, by case."""

    search = ("actor_name", "position", "code")
    extra = frozenset({"case"})

    text = TextFilter(label="办理人、职务或动作代码")
    since = DayFilter(label="办理日期从", field_name="at", lookup_expr="date__gte")
    until = DayFilter(label="办理日期到", field_name="at", lookup_expr="date__lte")
    case = filters.UUIDFilter(label="案卷编号（36 位）", field_name="case_id")

    class Meta:
        model = Event
        fields = ["text", "since", "until", "case"]


class CalendarFilter(ListFilter):
    """By year, by whether people work, by name."""

    tabs = {"rest": "休息", "work": "上班"}
    search = ("name",)

    text = TextFilter(label="节假日名称")
    year = filters.ChoiceFilter(label="年份", field_name="day", lookup_expr="year")

    class Meta:
        model = CalendarException
        fields = ["text", "year"]

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = [(str(year), f"{year} 年") for year in years]

    def in_rest(self, rows: QuerySet) -> QuerySet:
        return rows.filter(is_workday=False)

    def in_work(self, rows: QuerySet) -> QuerySet:
        return rows.filter(is_workday=True)
