"""期限: until when a stage that waits for somebody is to be done, and who is reminded of it.

A desk has the limit of its task. Every other stage that waits for somebody (a meeting, the
higher union, the reply, changes, what was returned or deferred) has its own here, in the
route's days, or in the parameters' where the route gives none (系统默认).
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Permission
from approvals.enums import Stage
from approvals.models import Decision, Proposal, Reply
from approvals.rules.route import Route
from approvals.rules.schedule import MEETINGS, WAIT_LABELS, own_days, parameter_for
from notifications import services as notifications
from notifications.services import Alert, Audience
from organizations.selectors import parameter, working_days

URGE_BEFORE_DAYS = 2
URGE_AFTER_DAYS = (1, 3)
# The stages that wait for somebody and open no desk.
TIMED = (
    *MEETINGS, Stage.UPWARD, Stage.CHANGES_PENDING, Stage.REPLYING, Stage.RETURNED, Stage.DEFERRED,
)  # fmt: skip


def page_of(proposal: Proposal) -> str:
    """The address of the review page."""
    return reverse("approvals:proposal_review", args=[proposal.pk])


def begin(proposal: Proposal, *, at: datetime) -> None:
    """Start the clock of the stage a locked plan has just entered; the caller saves the plan."""
    stage, proposal.due_on = Stage(proposal.stage), None
    if stage not in TIMED:
        return
    proposal.due_on = working_days().add(localdate(at), _days(proposal, stage)).day
    remind_of_stage(proposal, at=at)


def end(proposal: Proposal, *, at: datetime) -> None:
    """Say nothing further about the stage: it is left, or its clock stands still."""
    if proposal.due_on:
        notifications.close_deadline(
            kind=f"approvals.{proposal.stage}", subject_id=proposal.pk, at=at
        )


def resume(proposal: Proposal, *, stopped: date, at: datetime) -> None:
    """Start the stopped clock with as many working days left as when it was stopped."""
    if proposal.due_on:
        proposal.due_on = postponed(proposal.due_on, stopped=stopped, at=at)
        remind_of_stage(proposal, at=at)


def postponed(due_on: date, *, stopped: date, at: datetime) -> date:
    """The day by which something is due whose clock stood still; what was late stays so."""
    calendar = working_days()
    left = calendar.between(stopped, due_on)
    return calendar.add(localdate(at), left).day if left >= 0 else due_on


def _days(proposal: Proposal, stage: Stage) -> int:
    """The working days of a stage: the route's, else the parameter in force when it was submitted."""
    if own := own_days(Route.from_json(proposal.route)).get(stage):
        return own
    code = parameter_for(stage, is_with_venue=is_with_venue(proposal))
    on = localdate(proposal.submitted_at)
    return int(parameter(code, union=proposal.supervising_union, on=on).value)


def is_with_venue(proposal: Proposal) -> bool:
    """Whether it is the venue that is waited for."""
    if proposal.stage == Stage.CHANGES_PENDING:
        decision = decision_of(proposal)
        return decision is None or proposal.version_no <= decision.plan_version.no
    return proposal.stage in Stage.WITH_VENUE


def decision_of(proposal: Proposal) -> Decision | None:
    """The last decision of a meeting on the plan, with whom it named."""
    rows = proposal.decisions.select_related("plan_version", "item__confirmer")
    return rows.order_by("-at", "-pk").first()


def waited_for(proposal: Proposal) -> list[Audience]:
    """Who is to act at a stage that opens no desk."""
    stage, union = Stage(proposal.stage), proposal.supervising_union
    if is_with_venue(proposal):
        return [Audience(permission=Permission.PROPOSAL_WRITE, venue_id=proposal.venue_id)]
    if stage is Stage.CHANGES_PENDING:
        decision = decision_of(proposal)
        return [Audience(user=decision.item.confirmer)] if decision else []
    if stage in MEETINGS:
        return [Audience(permission=Permission.MEETING_WRITE, union=union)]
    is_drafted = stage is Stage.REPLYING and Reply.objects.filter(proposal=proposal).exists()
    duty = Permission.REPLY_ISSUE if is_drafted else Permission.REPLY_DRAFT
    above = [proposal.moved_to] if proposal.moved_to else []
    return [Audience(permission=duty, union=one) for one in (*above, union)]


def remind_of_stage(proposal: Proposal, *, at: datetime) -> None:
    """Set the reminders of the stage anew: also when somebody else is waited for at it now."""
    if not proposal.due_on or proposal.suspended_at:
        return
    remind(
        proposal, kind=f"approvals.{proposal.stage}", subject_id=proposal.pk,
        label=WAIT_LABELS[Stage(proposal.stage)], due_on=proposal.due_on,
        waited_for=waited_for(proposal), at=at,
    )  # fmt: skip


def remind(
    proposal: Proposal, *, kind: str, subject_id: UUID, label: str, due_on: date,
    waited_for: Iterable[Audience], at: datetime, url: str = "",
) -> None:  # fmt: skip
    """Remind before, on and after the day something of the plan is due, late ones ever higher up.

    Who is waited for hears all of it; from T+1 the head who keeps the procedure; from T+3
    the leader and who supervises the matter. A department that countersigns has no head of
    its own in the portal: its late work is told to the head of the asset department.
    """
    union, handlers = proposal.supervising_union, list(waited_for)
    recipients = [
        *handlers,
        Audience(permission=Permission.PROCEDURE_KEEP, union=union, level=1),
        Audience(permission=Permission.REPLY_ISSUE, union=union, level=2),
    ]
    if proposal.supervisor:
        recipients.append(Audience(user=proposal.supervisor, level=2))
    notifications.set_deadline(
        kind=kind,
        subject_id=subject_id,
        case_id=proposal.case_id,
        title=f"{label}：{proposal.title}",
        url=url or page_of(proposal),
        due_on=due_on,
        union=union,
        # Of its own lateness the venue reads; of what waits for the union it does not.
        venue_id=next((one.venue_id for one in handlers if one.venue_id), None),
        alerts=[one for one in _alerts(due_on) if one.fire_on >= localdate(at)],
        recipients=recipients,
        at=at,
    )


def _alerts(due_on: date) -> list[Alert]:
    calendar, near = working_days(), due_on
    for _ in range(URGE_BEFORE_DAYS):
        near = calendar.before(near)
    return [
        Alert(near, f"还有 {URGE_BEFORE_DAYS} 个工作日到期"),
        Alert(due_on, "今天到期"),
        *(
            Alert(calendar.add(due_on, late).day, f"已超期 {late} 个工作日", level)
            for level, late in enumerate(URGE_AFTER_DAYS, start=1)
        ),
    ]
