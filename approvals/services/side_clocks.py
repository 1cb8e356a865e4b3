"""期限 beside the plan's own: an exception and a clearance wait for somebody at each of their steps too.

Their days are the parameters of the union (系统默认): the route speaks of plans only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from accounts.enums import Permission
from approvals.enums import ClearanceState, ExceptionState
from approvals.models import LeaseClearance, Proposal, RuleException
from approvals.rules.clearing import CONCURRING
from approvals.services import clocks
from notifications import services as notifications
from notifications.services import Audience
from organizations.selectors import parameter, working_days

EXCEPTION_KIND, CLEARANCE_KIND = "approvals.exception_step", "approvals.clearance_step"
Matter = RuleException | LeaseClearance


@dataclass(frozen=True, slots=True)
class Step:
    """What is waited for, by which parameter, and from whom."""

    label: str
    parameter: str
    waited_for: tuple[Audience, ...]


def begin(matter: Matter, proposal: Proposal, *, at: datetime) -> None:
    """Start the clock of the step a locked matter has come to, and end the one before.

    To be called before the matter is saved.
    """
    step, matter.due_on = _step_of(matter, proposal), None
    if step is None:
        end(matter, at=at)
        return
    figure = parameter(step.parameter, union=proposal.supervising_union, on=localdate(at))
    matter.due_on = working_days().add(localdate(at), int(figure.value)).day
    remind(matter, proposal, at=at)


def remind(matter: Matter, proposal: Proposal, *, at: datetime) -> None:
    """Set the reminders of the step anew: also when fewer are waited for now."""
    step = _step_of(matter, proposal)
    if step is None or matter.due_on is None:
        return
    is_exception = isinstance(matter, RuleException)
    clocks.remind(
        proposal, kind=_kind(matter), subject_id=matter.pk, label=step.label,
        due_on=matter.due_on, waited_for=step.waited_for, at=at,
        url=f"/{'exceptions' if is_exception else 'clearances'}/{matter.pk}/",
    )  # fmt: skip


def end(matter: Matter, *, at: datetime) -> None:
    """Say nothing further about the step."""
    notifications.close_deadline(kind=_kind(matter), subject_id=matter.pk, at=at)


def end_all(proposal: Proposal, *, at: datetime) -> None:
    """The same of everything beside a plan, whose own clock stands still or has ended."""
    for matter in _timed(proposal):
        end(matter, at=at)


def resume_all(proposal: Proposal, *, stopped: date, at: datetime) -> None:
    """Each step has as many working days left as when the clocks were stopped."""
    for matter in _timed(proposal):
        assert matter.due_on is not None  # noqa: S101 - only those with a day are read
        matter.due_on = clocks.postponed(matter.due_on, stopped=stopped, at=at)
        matter.save_new_version()
        remind(matter, proposal, at=at)


def _timed(proposal: Proposal) -> Iterable[Matter]:
    yield from proposal.exceptions.filter(due_on__isnull=False).order_by("pk")
    # What is asked of a contract goes on: the contract is not suspended with the plan.
    rows = proposal.clearances.filter(due_on__isnull=False, contract_id=None)
    yield from rows.order_by("pk")


def _kind(matter: Matter) -> str:
    return EXCEPTION_KIND if isinstance(matter, RuleException) else CLEARANCE_KIND


def _step_of(matter: Matter, proposal: Proposal) -> Step | None:
    if isinstance(matter, RuleException):
        return _step_of_exception(matter, proposal)
    return _step_of_clearance(matter, proposal)


def _step_of_exception(exception: RuleException, proposal: Proposal) -> Step | None:
    union, state = proposal.supervising_union, ExceptionState(exception.state)
    if state is ExceptionState.SUBMITTED:
        counsel = Audience(permission=Permission.LEGAL_REVIEW, union=union)
        return Step("例外法律审核", "legal_review_days", (counsel,))
    if state is ExceptionState.LEGAL_REVIEWED:
        secretary = Audience(permission=Permission.MEETING_WRITE, union=union)
        return Step("例外上会", "meeting_days", (secretary,))
    if state is ExceptionState.DRAFT and exception.submitted_at:  # came back
        venue = Audience(permission=Permission.EXCEPTION_WRITE, venue_id=exception.venue_id)
        return Step("修改例外", "correction_days", (venue,))
    return None


def _step_of_clearance(clearance: LeaseClearance, proposal: Proposal) -> Step | None:
    union, state = proposal.supervising_union, ClearanceState(clearance.state)
    if state is ClearanceState.REQUESTED:
        said = set(clearance.concurrences.values_list("department_kind", flat=True))
        departments = tuple(
            Audience(permission=Permission.COUNTERSIGN, union=union, department=kind)
            for kind in CONCURRING
            if kind not in said
        )
        return Step("纪委、经审表示意见", "countersign_days", departments)
    if state is ClearanceState.CONCURRED:
        secretary = Audience(permission=Permission.MEETING_WRITE, union=union)
        return Step("解除认定上会", "meeting_days", (secretary,))
    return None
