"""申请撤回 that waits for an answer: whose it is to give."""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import Action, Stage
from approvals.models import Decision, WithdrawalRequest
from approvals.rules.procedure import why_not_at
from core.work import Work, WorkItem, WorkLine, work
from meetings.enums import Conclusion
from organizations.models import TradeUnion

PASSED = (Conclusion.PASSED, Conclusion.PASSED_WITH_CHANGES)
ANSWERED_AT = [one for one in Stage if not why_not_at(Action.CONSENT_TO_WITHDRAWAL, one)]


def withdrawal_work(user: User, *, today: date) -> list[Work]:
    """The requests this person has to answer: of the unions whose nearest keeper they are."""
    duty = Permission.PROCEDURE_KEEP
    kept = [one.union for one in user.posts() if one.union and duty in one.card.permissions]
    if not kept:
        return []
    asked = WithdrawalRequest.objects.filter(
        _nearest_to(kept, today=today),
        answered_at=None,
        plan_version__no=F("proposal__version_no"),
        proposal__suspended_at=None,
        proposal__stage__in=ANSWERED_AT,
    )
    # Once a meeting has decided on the version nobody takes the plan back any more.
    passed = Decision.objects.filter(
        plan_version=OuterRef("plan_version"), is_valid=True, item__conclusion__in=PASSED
    )
    asked = asked.exclude(Exists(passed))
    return [
        work("withdrawal", asked, _item, parent="proposal_id", title="proposal__title",
             source="proposal__venue__name", since="asked_at"),
    ]  # fmt: skip


def _nearest_to(kept: list[TradeUnion], *, today: date) -> Q:
    """Plans of these unions, and of those below between which and here nobody keeps it."""
    keepers = Post.objects.in_force(today).holding(Permission.PROCEDURE_KEEP)
    keepers = keepers.filter(venue_id=None).alias(
        line=ExpressionWrapper(
            OuterRef("proposal__supervising_union__path"), output_field=CharField()
        )
    )
    nearest = Q(pk__in=[])
    for union in kept:
        between = keepers.filter(
            union__path__startswith=union.path, line__startswith=F("union__path")
        ).exclude(union=union)
        below = Q(proposal__supervising_union__path__startswith=union.path)
        nearest |= below & Q(~Exists(between))
    return nearest


def _item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="方案",
        title=line.title,
        act="答复撤回申请",
        url=reverse("approvals:withdrawal_answer", args=[line.parent]),
        source=line.source,
        since=line.since,
    )
