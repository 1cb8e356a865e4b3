"""The end of an exception: a reminder before it, and on the day after, what rests on it is checked."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from accounts.enums import Permission
from approvals.models import RuleException
from approvals.selectors.standing import recheck_of
from approvals.services import common
from notifications import services as notifications
from notifications.models import Deadline
from organizations.enums import DepartmentKind
from organizations.selectors import parameter

EXPIRY_KIND = "approvals.exception"


def watch_end(exception: RuleException, *, at: datetime) -> None:
    """Remind venue and department before a granted exception ends (系统默认 how long before)."""
    proposal, end = exception.proposal, exception.valid_until
    union = proposal.supervising_union
    days = int(parameter("exception_alert_days", union=union, on=localdate(at)).value)
    alerts = [
        notifications.Alert(end - timedelta(days=days), f"例外还有 {days} 天到期"),
        notifications.Alert(end, "例外今天到期"),
    ]
    notifications.set_deadline(
        kind=EXPIRY_KIND,
        subject_id=exception.pk,
        case_id=proposal.case_id,
        title=f"例外 {exception.number} 到期：{proposal.title}",
        url=page_of(exception),
        due_on=end,
        union=union,
        venue_id=exception.venue_id,
        alerts=[one for one in alerts if one.fire_on >= localdate(at)],
        recipients=[
            notifications.Audience(
                permission=Permission.EXCEPTION_WRITE, venue_id=exception.venue_id
            ),
            notifications.Audience(
                permission=Permission.FORMAL_REVIEW, union=union, department=DepartmentKind.ASSET
            ),
        ],
        at=at,
    )


def unwatch_end(exception: RuleException, *, at: datetime) -> None:
    """Say nothing further about the end of an exception."""
    notifications.close_deadline(kind=EXPIRY_KIND, subject_id=exception.pk, at=at)


def page_of(exception: RuleException) -> str:
    return f"/exceptions/{exception.pk}/"


def recheck_expired(*, now: datetime) -> int:
    """Check each plan whose exception ended since the last look and tell whoever holds it.

    A nightly job: nothing of the plan is changed, what mends it is an act of a person. Says how
    many were checked.
    """
    today = localdate(now)
    over = Deadline.objects.filter(kind=EXPIRY_KIND, closed_at=None, due_on__lt=today)
    rows = RuleException.objects.filter(pk__in=over.order_by().values("subject_id"))
    rows = rows.select_related("proposal__venue", "proposal__supervising_union")
    found = list(rows.order_by("valid_until", "pk"))
    for one in found:
        unwatch_end(one, at=now)
        common.tell(
            common.concerned(one.proposal, at=now), one.proposal,
            f"例外已过期（{one.rule_code}），请处理复核结果",
            key=f"exception:expired:{one.pk}", at=now,
            text=recheck_of(one.proposal, one.rule_code, today=today), url=page_of(one),
        )  # fmt: skip
    return len(found)
