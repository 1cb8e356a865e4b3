"""What else a person may do on a plan beside the opinion: (verb, address), and who was asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals import allowed, permissions
from approvals.enums import Stage, TaskStatus
from approvals.models import Delegation, Opinion, Proposal, Task, Urge, WithdrawalRequest
from approvals.selectors.pages import Desks
from approvals.selectors.people import circulated
from approvals.services import handling
from approvals.services.barring import unmanned_desks
from approvals.services.urging import label_of, why_none_to_urge, why_stage_not_urged
from core import clock
from meetings.models import AgendaItem


@dataclass(frozen=True, slots=True)
class Verb:
    """A link to the page of one act."""

    label: str
    url: str
    hint: str = ""
    why: str = ""


def verbs_of(
    user: User, proposal: Proposal, desks: Desks, mine: Task | None, *, there: frozenset[str],
    item: AgendaItem | None, request: WithdrawalRequest | None, conflict: str,
    delegations: Sequence[Delegation],
) -> dict[str, Any]:  # fmt: skip
    """The acts offered on the review page, by what they speak of, each with why not now.

    `there` names the parts of the file that exist: what does not is not asked for.
    """
    waiting = None if mine else _waiting(user, desks, delegations)
    return {
        "desk_verbs": [
            *_on_desk(user, mine, conflict, delegations),
            *(_on_waiting(user, waiting, desks, delegations) if waiting else ()),
        ],
        "plan_verbs": [
            *_on_plan(user, proposal, desks, there),
            *_way_back(user, proposal, desks, item, request),
            *_of_asset_department(user, proposal, Stage(proposal.stage)),
            *_issued(user, proposal, Stage(proposal.stage)),
            *_kept(user, proposal),
            *_of_the_venue(user, proposal),
            *_of_a_plan_in_force(user, proposal, Stage(proposal.stage)),
            *_mends(user, proposal, desks),
        ],
        "asked": _asked(user, desks),
        "circulations": circulated(proposal) if "circulations" in there else [],
    }


def _link(name: str, pk: object) -> str:
    return reverse(f"approvals:{name}", args=[pk])


def _on_desk(
    user: User, mine: Task | None, conflict: str, delegations: Sequence[Delegation]
) -> Iterator[Verb]:
    """What the person whose turn it is may do; `conflict` is why they may do nothing here."""
    if mine is None:
        return
    if mine.is_desk:
        seat = permissions.seat_at(user, mine, delegations)
        behalf = allowed.NOT_PASSED_ON if seat and seat.on_behalf_of else ""
        link = _link("task_transfer", mine.pk)
        yield Verb("转办", link, "转给同一岗位的另一人", why=conflict or behalf)
        yield Verb("加签", _link("task_consult", mine.pk), "征求他人意见", why=conflict)
        link = _link("task_assign", mine.pk)
        yield Verb("委派", link, "请他人先办，办完退回给您", why=conflict)
    else:
        page = "task_answer" if mine.node == "consultation" else "task_report"
        yield Verb("答复", _link(page, mine.pk), why=conflict)


def _waiting(user: User, desks: Desks, delegations: Sequence[Delegation]) -> Task | None:
    """A desk of this person's that waits for whom it asked."""
    return next(
        (
            one
            for one in desks.open_tasks
            if one.status == TaskStatus.WAITING and permissions.seat_at(user, one, delegations)
        ),
        None,
    )


def _on_waiting(
    user: User, task: Task, desks: Desks, delegations: Sequence[Delegation]
) -> Iterator[Verb]:
    known = {"delegations": delegations, "said": desks.opinions}
    yield Verb("签署意见", "", why=allowed.why_not_signed(user, task, **known))
    why = allowed.why_not_transferred_on(user, task, **known)
    yield Verb("转办", _link("task_transfer", task.pk), why=why)
    why = allowed.why_not_shared(user, task, **known)
    yield Verb("加签", _link("task_consult", task.pk), why=why)
    yield Verb("委派", _link("task_assign", task.pk), why=why)


def _on_plan(user: User, proposal: Proposal, desks: Desks, there: frozenset[str]) -> Iterator[Verb]:
    own = [one for one in desks.current if one.by_id == user.pk and one.task.is_desk]
    if own and proposal.stage in Stage.IN_REVIEW:
        latest: Opinion = own[-1]
        why = handling.why_not_taken_back(latest, proposal, by=user)
        url = _link("opinion_take_back", latest.pk)
        yield Verb(f"取回{latest.task.desk_label}意见", url, why=why)
    if permissions.may_urge(user, proposal):
        yield from _urged(user, proposal, desks, there)
    if permissions.union_post(user, proposal):
        why = allowed.why_not_circulated(user, proposal)
        yield Verb("传阅", _link("proposal_circulate", proposal.pk), why=why)


def _urged(user: User, proposal: Proposal, desks: Desks, there: frozenset[str]) -> Iterator[Verb]:
    tasks, today = desks.open_tasks, clock.today()
    if not tasks:
        if label_of(proposal):
            is_asked = "stage_urges" in there
            why = why_none_to_urge(user, proposal)
            if is_asked and not why:
                why = why_stage_not_urged(proposal, by=user, on=today)
            yield Verb(f"催办{label_of(proposal)}", _link("proposal_urge", proposal.pk), why=why)
        return
    rows = Urge.objects.filter(task__proposal=proposal, by=user, on=today)
    urged = set(rows.values_list("task", flat=True)) if "urges" in there else set()
    for task in tasks:
        why = handling.why_not_urged(task, by=user, on=today, urged=urged)
        yield Verb(f"催办{task.desk_label}", _link("task_urge", task.pk), why=why)


def _way_back(
    user: User, proposal: Proposal, desks: Desks, item: AgendaItem | None,
    request: WithdrawalRequest | None,
) -> Iterator[Verb]:  # fmt: skip
    """撤回 or 申请撤回 for the venue, with the reason when neither; the answer for the keeper."""
    if proposal.stage not in Stage.IN_REVIEW:
        return
    standing = allowed.Standing(desks.current, item, request)
    if any(post.venue_id == proposal.venue_id for post in user.posts()):
        why = allowed.why_not_withdrawn(user, proposal, standing)
        if why == allowed.ACTED_ON:
            why = allowed.why_not_asked_back(user, proposal, standing)
            yield Verb("申请撤回", _link("withdrawal_ask", proposal.pk), why=why)
        else:
            yield Verb("撤回", _link("proposal_withdraw", proposal.pk), why=why)
    if request and permissions.keeps_procedure(user, proposal):
        why = allowed.why_not_let_back(user, proposal, standing)
        yield Verb("答复撤回申请", _link("withdrawal_answer", proposal.pk), why=why)


def _of_asset_department(user: User, proposal: Proposal, stage: Stage) -> Iterator[Verb]:
    union = proposal.supervising_union
    if proposal.suspended_at:
        return
    if stage is Stage.UPWARD and permissions.post_of_duty(user, Permission.REPLY_DRAFT, proposal):
        yield Verb("登记上级工会批复", _link("upward_reply", proposal.pk))
    if stage is Stage.FORMAL_REVIEW and post_for(user, Permission.FORMAL_REVIEW, union=union):
        yield Verb("认定重大事项", _link("proposal_major", proposal.pk))


def _issued(user: User, proposal: Proposal, stage: Stage) -> Iterator[Verb]:
    issues = permissions.post_of_duty(user, Permission.REPLY_ISSUE, proposal)
    if stage is Stage.APPROVED and issues:
        yield Verb("作废批复", _link("reply_void", proposal.pk))


def _kept(user: User, proposal: Proposal) -> Iterator[Verb]:
    union = proposal.supervising_union
    if not proposal.version_no or not post_for(user, Permission.PROCEDURE_KEEP, union=union):
        return
    if proposal.suspended_at:
        yield Verb("恢复办理", _link("proposal_resume", proposal.pk))
    else:
        why = allowed.why_not_suspended(user, proposal)
        yield Verb("中止办理", _link("proposal_suspend", proposal.pk), why=why)
    why = allowed.why_not_voided(user, proposal)
    yield Verb("作废", _link("proposal_void", proposal.pk), why=why)


def _of_the_venue(user: User, proposal: Proposal) -> Iterator[Verb]:
    """放弃 of what lies with the venue, 重新申报 of what was refused; nothing of any other plan."""
    if not allowed.why_not_refiled(user, proposal):
        yield Verb("重新申报", _link("proposal_refile", proposal.pk))
    if not allowed.why_not_given_up(user, proposal):
        yield Verb("放弃方案", _link("proposal_give_up", proposal.pk))


def _of_a_plan_in_force(user: User, proposal: Proposal, stage: Stage) -> Iterator[Verb]:
    """变更 by the venue; 中止、恢复、终止实施 by the keeper of the supervising union."""
    if stage not in Stage.STANDING or proposal.is_operation_plan:
        return
    if post_for(user, Permission.PROPOSAL_WRITE, venue_id=proposal.venue_id):
        yield Verb("变更总体方案", _link("proposal_amend", proposal.pk))
    if post_for(user, Permission.PROCEDURE_KEEP, union=proposal.supervising_union):
        if stage is Stage.HALTED:
            yield Verb("恢复实施", _link("plan_take_up", proposal.pk))
        else:
            yield Verb("中止实施", _link("plan_halt", proposal.pk))
        yield Verb("终止实施", _link("plan_end", proposal.pk))


def _mends(user: User, proposal: Proposal, desks: Desks) -> Iterator[Verb]:
    """What who keeps the procedure does about a desk nobody can act at: nothing is passed."""
    if proposal.suspended_at or not permissions.keeps_procedure(user, proposal):
        return
    for task in unmanned_desks(desks.open_tasks, today=clock.today()):
        yield Verb(f"移交上级工会：{task.desk_label}", _link("task_move_up", task.pk))


def _asked(user: User, desks: Desks) -> list[dict[str, Any]]:
    """Who was consulted or assigned on this version, and where it stands."""
    said = {one.task_id: one for one in desks.opinions}
    return [
        {
            "task": one,
            "opinion": said.get(one.pk),
            "place": one.get_placed_display() or one.get_node_display(),
            "remove_url": _link("task_remove", one.pk)
            if one.asked_by_id == user.pk and one.status in TaskStatus.UNFINISHED
            else "",
        }
        for one in desks.tasks
        if not one.is_desk
    ]
