"""整改: ordered by the app whose check failed, reported by the venue, verified by the department."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import free_at, require, require_free
from approvals.enums import Duty
from approvals.models import Cooperation
from approvals.selectors.involved import barred_from
from approvals.services.involving import take_duty
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock
from notifications import services as notifications
from organizations.selectors import parameter
from supervision.enums import RectificationState
from supervision.models import Rectification
from supervision.rules import RECTIFYING

DEADLINE = "supervision.rectification"


def open_rectification(
    *, cooperation: Cooperation, source_kind: str, source_id: UUID, source_url: str,
    problems: str, rule_code: str, requirements: str, by: User, at: datetime,
) -> Rectification:  # fmt: skip
    """Order a rectification with a date, in the transaction of the act that found the failure.

    There is no way around it: 「阶段评价不合格的，要及时整改」.
    """
    union = cooperation.supervising_union
    days = int(parameter("rectification_days", union=union, on=localdate(at)).value)
    order = Rectification(
        cooperation=cooperation,
        venue=cooperation.venue,
        union=union,
        source_kind=source_kind,
        source_id=source_id,
        source_url=source_url,
        problems=problems,
        rule_code=rule_code,
        requirements=requirements,
        ordered_by=by,
        ordered_at=at,
        due_on=localdate(at) + timedelta(days=days),
    )
    order.place_like(cooperation)
    order.save(force_insert=True)
    _set_deadline(order, at=at)
    _note(order, "ordered", f"下达整改通知，{order.due_on:%Y-%m-%d} 前完成", by, at, None)
    posts = Post.objects.in_force(localdate(at)).holding(Permission.RECTIFICATION_WRITE)
    posts = posts.filter(venue_id=order.venue_id).select_related("user")
    _tell(order, [post.user for post in posts.order_by("pk")], "须按期整改", at)
    return order


def _set_deadline(order: Rectification, *, at: datetime) -> None:
    def before(days: int) -> date:
        return order.due_on - timedelta(days=days)

    notifications.set_deadline(
        kind=DEADLINE,
        subject_id=order.pk,
        case_id=order.cooperation_id,
        title=f"整改到期：{order.cooperation.title}",
        url=reverse("supervision:rectification", args=[order.pk]),
        due_on=order.due_on,
        union=order.union,
        venue_id=order.venue_id,
        alerts=[
            notifications.Alert(before(7), "还有 7 天到期"),
            notifications.Alert(before(1), "明天到期"),
            notifications.Alert(order.due_on, "今天到期"),
            notifications.Alert(before(-1), "已逾期"),
        ],
        recipients=[
            notifications.Audience(
                permission=Permission.RECTIFICATION_WRITE, venue_id=order.venue_id
            ),
            notifications.Audience(permission=Permission.RECTIFICATION_REVIEW, union=order.union),
        ],
        at=at,
    )


@transaction.atomic
def report_rectification(
    *, rectification: Rectification, report: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Rectification:  # fmt: skip
    """The venue reports what it did."""
    require(by, Permission.RECTIFICATION_WRITE, venue_id=rectification.venue_id)
    order = lock(Rectification, pk=rectification.pk, version=version)
    if not RECTIFYING.allows("report", order.state):
        raise ActionBlocked("整改情况已经报告，不能重复报告。请刷新页面查看进展。")
    _ensure_said(order, report, "report", "请写明采取的措施、完成情况和佐证", at=at)
    order.report, order.reported_by, order.reported_at = report.strip(), by, at
    order.state = RectificationState.REPORTED
    order.save_new_version()
    _note(order, "reported", "报告整改情况", by, at, command_id)
    barred = barred_from(order.cooperation, Duty.EVALUATOR)
    posts = free_at(Permission.RECTIFICATION_REVIEW, order.union, barred, on=localdate(at))
    _tell(order, [post.user for post in posts], "整改待复核", at)
    return order


@transaction.atomic
def review_rectification(
    *, rectification: Rectification, has_passed: bool, note: str, version: int, by: User,
    at: datetime, command_id: UUID | None = None,
) -> Rectification:  # fmt: skip
    """Verify the rectification; what fails must end in termination (「要终止合作」).

    It is an evaluation anew: nobody verifies what they made, approved or signed.
    """
    lock(Cooperation, pk=rectification.cooperation_id)
    order = lock(Rectification, pk=rectification.pk, version=version)
    require_free(
        by, Permission.RECTIFICATION_REVIEW, order.union,
        barred_from(order.cooperation, Duty.EVALUATOR), on=localdate(at),
    )  # fmt: skip
    if not RECTIFYING.allows("review", order.state):
        raise ActionBlocked("整改不在待复核状态，请刷新页面查看。")
    if order.reported_by_id == by.pk:
        raise Refused("不能复核自己报告的整改。")
    _ensure_said(order, note, "note", "请写明复核情况和依据", at=at)
    take_duty(order.cooperation_id, [by], Duty.EVALUATOR, "整改复核", at=at)
    order.state = RectificationState.PASSED if has_passed else RectificationState.FAILED
    order.review_note, order.reviewed_by, order.reviewed_at = note.strip(), by, at
    order.save_new_version()
    notifications.close_deadline(kind=DEADLINE, subject_id=order.pk, at=at)
    title = f"整改复核：{order.get_state_display()}"
    _note(order, "reviewed", title, by, at, command_id)
    if order.reported_by:
        _tell(order, [order.reported_by], title, at)
    return order


def _ensure_said(
    order: Rectification, text: str, field: str, request: str, *, at: datetime
) -> None:
    least = int(parameter("min_opinion_length", union=order.union, on=localdate(at)).value)
    if len(text.strip()) < least:
        raise ActionBlocked(Reason(f"{request}，至少 {least} 个字。", "13-5-3", field))


def _note(
    order: Rectification, verb: str, title: str, by: User, at: datetime, command_id: UUID | None
) -> None:
    record(
        case_id=order.cooperation_id,
        code=f"supervision.rectification.{verb}",
        title=title,
        by=by,
        at=at,
        union_id=order.union_id,
        command_id=command_id,
        body={"rectification": str(order.pk), "state": order.state},
    )


def _tell(order: Rectification, users: list[User], title: str, at: datetime) -> None:
    notifications.notify(
        users=users,
        title=f"{title}：{order.cooperation.title}",
        body=order.problems,
        url=reverse("supervision:rectification", args=[order.pk]),
        kind=DEADLINE,
        dedupe_key=f"rectification:{order.pk}:{order.version}",
        at=at,
        case_id=order.cooperation_id,
    )
