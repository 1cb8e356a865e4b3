"""起草、审批、签约、评价: nobody has two of these duties in one cooperation."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from accounts.models import User
from approvals.enums import Duty
from approvals.models import Involvement
from approvals.selectors.involved import why_barred
from core.errors import Refused
from meetings.models import AgendaItem


def take_duty(
    cooperation_id: UUID | None, people: Collection[User], duty: Duty, act: str, *, at: datetime
) -> None:
    """Write down whose duty an act makes them; raises Refused where they have another already.

    The table holds a person once for each cooperation, so two acts at one moment cannot both
    succeed. An overall plan belongs to no cooperation and is not written down.
    """
    if cooperation_id is None:
        return
    _write(cooperation_id, people, duty, act, at=at)
    others = Involvement.objects.filter(cooperation=cooperation_id, person__in=people)
    for other in others.exclude(duty=duty).order_by("pk"):
        raise Refused(why_barred(other))


def note_votes(cooperation_id: UUID | None, item: AgendaItem, *, at: datetime) -> None:
    """Who voted on a matter approved it; a vote stands as it was cast, whatever else they did."""
    votes = item.votes.filter(is_recused=False, attendance__user_id__isnull=False)
    people = User.objects.filter(pk__in=votes.values("attendance__user_id"))
    _write(cooperation_id, people, Duty.APPROVER, str(item.body), at=at)


def _write(
    cooperation_id: UUID | None, people: Iterable[User], duty: Duty, act: str, *, at: datetime
) -> None:
    """Write a duty down for those who have none in the cooperation yet."""
    if cooperation_id is None:
        return
    rows = [
        Involvement(cooperation_id=cooperation_id, person=one, duty=duty, act=act, since=at)
        for one in people
    ]
    Involvement.objects.bulk_create(rows, ignore_conflicts=True)
