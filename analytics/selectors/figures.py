"""The counted figures of the workbench, all of them in one question.

Each figure is a grouped count in common columns; they are joined by UNION ALL. Which
figures a person gets follows from their permissions, so nobody is counted what they may
not list.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.enums import Permission
from accounts.models import User
from accounts.selectors import accounts_without_post
from analytics.selectors.deadlines import deadlines_in, near_deadlines
from analytics.selectors.work import started_by
from approvals.enums import TaskStatus
from approvals.models import Cooperation, Proposal, Task
from contracts.models import Contract
from meetings.models import AgendaItem
from notifications.enums import WAITING, DeliveryStatus
from notifications.models import OutboxItem
from supervision.models import PeriodicReport

HANCHENG = "610581"  # a county of 渭南 that stands on the province's grid by itself


class FigureKey(StrEnum):
    """What is counted."""

    STARTED = "started"
    NEAR = "near"
    LATE = "late"
    PLANS = "plans"
    PLACES = "places"
    DESKS = "desks"
    LATE_DESKS = "late_desks"
    CONTRACTS = "contracts"
    REPORTS = "reports"
    AGENDA = "agenda"
    ACCOUNTS = "accounts"
    WITHOUT_POST = "without_post"
    DELIVERIES = "deliveries"


class Figures:
    """The answered counts: a total by key, or the counts of a key by what they are grouped by."""

    def __init__(self, rows: list[tuple[str, str, str, int]]) -> None:
        self._rows = rows

    def total(self, key: FigureKey, group: str | None = None) -> int:
        return sum(
            count
            for name, found, _sub, count in self._rows
            if name == key and group in (None, found)
        )

    def by_group(self, key: FigureKey) -> dict[str, int]:
        counts: dict[str, int] = {}
        for name, group, _sub, count in self._rows:
            if name == key:
                counts[group] = counts.get(group, 0) + count
        return counts

    def groups(self, key: FigureKey) -> list[tuple[str, str, int]]:
        return [(group, sub, count) for name, group, sub, count in self._rows if name == key]


def count_figures(user: User, *, today: date) -> Figures:
    """Every figure this person's workbench shows, in one query."""
    asked = [
        _counted(key, *question(user, today)) for key, wants, question in QUESTIONS if wants(user)
    ]
    if not asked:
        return Figures([])
    first, *others = asked
    return Figures(list(first.union(*others, all=True) if others else first))


Grouped = tuple[QuerySet[Any, Any], Any, Any]


def _counted(key: FigureKey, rows: QuerySet[Any, Any], group: Any, sub: Any) -> QuerySet:
    grouped = rows.order_by().annotate(_group=group, _sub=sub).values("_group", "_sub")
    return grouped.annotate(_count=Count("pk", distinct=True)).values_list(
        Value(key.value, output_field=CharField()), "_group", "_sub", "_count"
    )


def _plain(rows: QuerySet[Any, Any]) -> Grouped:
    return rows, Value("", output_field=CharField()), Value("", output_field=CharField())


def _by(rows: QuerySet[Any, Any], field: str) -> Grouped:
    return rows, Cast(F(field), CharField()), Value("", output_field=CharField())


def _plans(user: User, today: date) -> Grouped:
    return _by(Proposal.objects.visible_to(user), "stage")


def _places(user: User, today: date) -> Grouped:
    """Cooperations by the city they lie in; 韩城 beside its city."""
    hancheng = Case(When(unit_3__code=HANCHENG, then=Cast("unit_3_id", CharField())))
    keys = Concat(
        Cast("unit_2_id", CharField()), Value("|"), Coalesce(hancheng, Value("")),
        output_field=CharField(),
    )  # fmt: skip
    rows = Cooperation.objects.visible_to(user).filter(unit_2__isnull=False)
    return rows, F("unit_2__code"), keys


def _desks(user: User, today: date, *, late: bool = False) -> Grouped:
    tasks = Task.objects.filter(
        status=TaskStatus.OPEN, proposal__in=Proposal.objects.visible_to(user)
    )
    if late:
        tasks = tasks.filter(due_on__lt=today)
    return tasks, Cast("node", CharField()), Cast("department_kind", CharField())


def _agenda(user: User, today: date) -> Grouped:
    mine = Q(pk__in=[])
    for post in user.posts():
        if Permission.MEETING_WRITE in post.card.permissions and post.union_id:
            mine |= (
                Q(body__venue_id=post.venue_id)
                if post.venue_id
                else Q(body__union=post.union_id, body__venue_id=None)
            )
    return _plain(AgendaItem.objects.filter(mine, meeting=None, withdrawn_at=None))


Question = Callable[[User, date], Grouped]


def _may(permission: Permission) -> Callable[[User], bool]:
    return lambda user: user.can(permission)


def watches_desks(user: User) -> bool:
    """Whether the load of the desks is this person's concern: the department and its leader."""
    return user.can(Permission.FORMAL_REVIEW) or user.can(Permission.REPLY_ISSUE)


def watches_province(user: User) -> bool:
    """Whether a business post stands at the province's own union."""
    return user.can(Permission.VENUE_READ) and any(
        post.union is not None and post.union.depth == 1 and post.venue_id is None
        for post in user.posts()
    )


def _started(user: User, today: date) -> Grouped:
    return _plain(started_by(user))


def _near(user: User, today: date) -> Grouped:
    return _plain(near_deadlines(user, today=today))


def _late(user: User, today: date) -> Grouped:
    return _plain(deadlines_in(user).filter(due_on__lt=today))


def _late_desks(user: User, today: date) -> Grouped:
    return _desks(user, today, late=True)


def _contracts(user: User, today: date) -> Grouped:
    return _by(Contract.objects.visible_to(user), "state")


def _reports(user: User, today: date) -> Grouped:
    return _by(PeriodicReport.objects.visible_to(user), "state")


def _accounts(user: User, today: date) -> Grouped:
    return _by(User.objects.all(), "is_active")


def _without_post(user: User, today: date) -> Grouped:
    return _plain(accounts_without_post())


def _deliveries(user: User, today: date) -> Grouped:
    shown = [*WAITING, DeliveryStatus.DEAD]
    return _by(OutboxItem.objects.filter(status__in=shown), "status")


QUESTIONS: tuple[tuple[FigureKey, Callable[[User], bool], Question], ...] = (
    (FigureKey.STARTED, _may(Permission.PROPOSAL_WRITE), _started),
    (FigureKey.NEAR, _may(Permission.VENUE_READ), _near),
    (FigureKey.LATE, _may(Permission.VENUE_READ), _late),
    (FigureKey.PLANS, _may(Permission.VENUE_READ), _plans),
    (FigureKey.PLACES, watches_province, _places),
    (FigureKey.DESKS, watches_desks, _desks),
    (FigureKey.LATE_DESKS, watches_desks, _late_desks),
    (FigureKey.CONTRACTS, _may(Permission.CONTRACT_READ), _contracts),
    (FigureKey.REPORTS, _may(Permission.REPORT_READ), _reports),
    (FigureKey.AGENDA, _may(Permission.MEETING_WRITE), _agenda),
    (FigureKey.ACCOUNTS, _may(Permission.ACCOUNT_WRITE), _accounts),
    (FigureKey.WITHOUT_POST, _may(Permission.POST_WRITE), _without_post),
    (FigureKey.DELIVERIES, _may(Permission.DELIVERY_READ), _deliveries),
)
