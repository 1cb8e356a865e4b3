"""Reads of bodies, rosters, agendas, people."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, localtime

from accounts.enums import Permission
from accounts.models import Post, ScopedQuerySet, User
from meetings import rules
from meetings.enums import AttendanceStatus, DecisionBodyKind, MeetingState
from meetings.models import AgendaItem, Attendance, Body, Meeting, Member, Policy, Resolution, Vote
from meetings.rules import Terms
from notifications.selectors import Receipt, receipts_of
from organizations.models import TradeUnion
from organizations.selectors import working_days_to_show

NOTICE = "meetings.notice"


def body_of(union: TradeUnion, kind: DecisionBodyKind) -> Body | None:
    """The body of this kind of a union, or None when it is not registered."""
    return Body.objects.filter(union=union, kind=kind, venue_id=None).first()


def venue_body(venue_id: UUID) -> Body | None:
    """The board of a venue, or None when it is not registered."""
    return Body.objects.filter(venue_id=venue_id).first()


def roster_of(body: Body, *, on: date) -> QuerySet[Member]:
    """应到成员: the members of a body on a day, in their order."""
    in_force = Q(valid_to=None) | Q(valid_to__gte=on)
    return body.members.filter(in_force, valid_from__lte=on).order_by("order", "pk")


def policy_of(body: Body, *, on: date) -> Policy | None:
    """The terms in force on a day; before the first of them, the first."""
    rows = body.policies.order_by("valid_from", "pk")
    return rows.filter(valid_from__lte=on).last() or rows.first()


def terms_of(body: Body, *, on: date) -> Terms:
    """By what figures a body decides on a day."""
    policy = policy_of(body, on=on)
    return policy.terms if policy else Terms()


def waiting_items(union: TradeUnion) -> QuerySet[AgendaItem]:
    """Items of a union that wait for a meeting, longest waiting first."""
    return (
        AgendaItem.objects.filter(union=union, meeting=None, withdrawn_at=None)
        .select_related("body")
        .order_by("queued_at", "pk")
    )


def bodies_for(user: User) -> QuerySet:
    """The bodies in a person's scope by the tree, each with its waiting items and late entries."""
    return _bodies_with_counts().visible_to(user)


@cache  # the question is put together once, and asked anew by every page
def _bodies_with_counts() -> ScopedQuerySet:
    waiting = AgendaItem.objects.filter(body=OuterRef("pk"), meeting=None, withdrawn_at=None)
    counted = waiting.order_by().values("body").annotate(count=Count("pk")).values("count")
    entered_late = Meeting.objects.filter(body=OuterRef("pk"), is_late_entry=True)
    late = entered_late.order_by().values("body").annotate(count=Count("pk")).values("count")
    rows = Body.objects.select_related("union").annotate(
        waiting=Coalesce(Subquery(counted), 0),
        late=Coalesce(Subquery(late), 0),
        share=Subquery(_latest_policy().values("quorum_numerator")[:1]),
        whole=Subquery(_latest_policy().values("quorum_denominator")[:1]),
    )
    return rows.order_by("union__path", "pk")


def _latest_policy() -> QuerySet[Policy]:
    return Policy.objects.filter(body=OuterRef("pk")).order_by("-valid_from", "-pk")


def meetings_for(user: User) -> QuerySet[Meeting]:
    """The meetings in a person's scope."""
    return Meeting.objects.visible_to(user).select_related("body", "chair", "union")


def waiting_for(user: User) -> QuerySet[AgendaItem]:
    """The items in a person's scope that wait for a meeting."""
    rows = AgendaItem.objects.visible_to(user).filter(meeting=None, withdrawn_at=None)
    return rows.select_related("body", "union")


# What nobody reads of a matter's history before the bodies: long texts, and people but their names.
UNREAD = (
    "meeting__record_text",
    "meeting__minutes_text",
    *(f"{of}unit_{depth}" for of in ("", "body__", "meeting__") for depth in (1, 2, 3, 4)),
    *(
        f"{who}__{field.name}"
        for who in ("confirmer",)
        for field in User._meta.concrete_fields
        if field.name not in ("id", "name")
    ),
)


def items_of(subject_id: UUID) -> QuerySet[AgendaItem]:
    """Every time a matter was before a body, oldest first, with its votes."""
    rows = counted_items_of(subject_id)
    rows = rows.select_related(
        "body", "meeting", "meeting__chair", "meeting__recorder", "confirmer"
    )
    return rows.prefetch_related(_votes())


def counted_items_of(subject_id: UUID) -> QuerySet[AgendaItem]:
    """The same as pages show it: meeting, conclusion and count, not what each member said."""
    rows = AgendaItem.objects.filter(subject_id=subject_id)
    rows = rows.select_related("body", "meeting", "confirmer").defer(*UNREAD)
    return rows.order_by("queued_at", F("concluded_at").asc(nulls_last=True), "pk")


def open_items_of(subject_id: UUID) -> QuerySet[AgendaItem]:
    """The items by which a matter waits for a body, placed on an agenda or not."""
    rows = AgendaItem.objects.filter(subject_id=subject_id, conclusion="", withdrawn_at=None)
    return rows.order_by("queued_at", "pk")


def items_of_meeting(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The agenda of a meeting in its order, with the votes."""
    return (
        AgendaItem.objects.filter(meeting=meeting)
        .select_related("body", "confirmer")
        .prefetch_related(_votes())
        .order_by("order", "pk")
    )


def attendances_of(meeting: Meeting) -> QuerySet[Attendance]:
    """The roster of a meeting in its order."""
    return Attendance.objects.filter(meeting=meeting).order_by("order", "pk")


def invited_people(meeting: Meeting) -> list[User]:
    """The members on the roster who have an account that is in use."""
    known = meeting.attendances.exclude(user_id=None).values("user_id")
    return list(User.objects.filter(pk__in=known, is_active=True).order_by("name", "pk"))


def meetings_between(user: User, since: date, until: date) -> QuerySet[Meeting]:
    """The meetings a person sees from a day to a day, in the order of time."""
    rows = meetings_for(user).filter(starts_at__date__gte=since, starts_at__date__lte=until)
    return rows.order_by("starts_at", "pk")


def resolutions_for(user: User) -> QuerySet[Resolution]:
    """What the meetings in a person's scope asked for."""
    rows = Resolution.objects.visible_to(user)
    return rows.select_related("meeting__body", "union", "item")


def has_quorum(meeting: Meeting) -> bool:
    """Whether enough members of the roster were present."""
    present = meeting.attendances.filter(status=AttendanceStatus.PRESENT).count()
    return rules.quorum_met(present, meeting.attendances.count(), *meeting.terms.quorum)


def materials_due(meeting: Meeting) -> date:
    """The last day on which papers for a meeting may be sent."""
    day = localdate(meeting.starts_at)
    return rules.materials_due(day, meeting.materials_days, working_days_to_show())


def _votes() -> Prefetch:
    votes = Vote.objects.select_related("attendance").order_by(
        "is_recused", "speaking_order", "attendance__order", "pk"
    )
    return Prefetch("votes", queryset=votes)


def people_of(body: Body) -> list[User]:
    """The people with a post at the body's own union or venue, by name."""
    place = {"venue_id": body.venue_id} if body.venue_id else {"union": body.union_id}
    posts = Post.objects.filter(**place, user__is_active=True).select_related("user")
    return list({post.user_id: post.user for post in posts.order_by("user__name", "pk")}.values())


def confirmers_of(body: Body) -> list[User]:
    """The people of the body's union whose role confirms changes."""
    posts = Post.objects.holding(Permission.CHANGES_CONFIRM).filter(union=body.union_id)
    posts = posts.select_related("user").order_by("user__name", "pk")
    return list({post.user_id: post.user for post in posts}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One member of the roster, and how far the notice has come with them."""

    row: Attendance
    has_account: bool
    receipt: Receipt | None

    @property
    def words(self) -> str:
        if not self.has_account:
            return "没有账号，另行通知"
        if self.row.answered_at:
            return f"已答复 {localtime(self.row.answered_at):%m-%d %H:%M}"
        if self.receipt is None:
            return "尚未通知"
        if self.receipt.read_at:
            return f"已读 {localtime(self.receipt.read_at):%m-%d %H:%M}"
        return "已送达，未读" if self.receipt.is_delivered else "正在送达"

    @property
    def tone(self) -> str:
        if not self.has_account or self.receipt is None:
            return "warn"
        return "ok" if self.receipt.read_at or self.row.answered_at else "info"


def invited_of(meeting: Meeting) -> list[Invited]:
    """The roster with the receipts of the last notice."""
    roster = attendances_of(meeting)
    if meeting.state != MeetingState.PLANNED:  # who came says it all
        return [Invited(row=row, has_account=False, receipt=None) for row in roster]
    receipts = receipts_of(meeting.pk, kind=NOTICE)
    active = {user.pk for user in invited_people(meeting)}
    return [
        Invited(
            row=row,
            has_account=row.user_id in active,
            receipt=receipts.get(row.user_id) if row.user_id else None,
        )
        for row in roster
    ]
