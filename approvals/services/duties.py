"""移交上级工会 of a step that is no desk: what nobody of the union may do is done above, never skipped.

Resolving an objection, recording the higher union's answer, confirming changes, writing and issuing the
reply: one duty at each stage. Where everybody who holds it had a part in the matter, who keeps the
procedure is told and moves it to the nearest higher union where somebody may act (第十八条).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals import permissions
from approvals.enums import Stage
from approvals.models import Proposal, Reply
from approvals.rules.schedule import MEETINGS
from approvals.selectors.facts import AGAINST, COUNTED
from approvals.selectors.stuck import Stuck, keepers_above, page
from approvals.services import clocks, common
from core.errors import ActionBlocked, Reason, Refused
from meetings import services as meeting_services
from organizations.models import TradeUnion

STAGES = (*MEETINGS, Stage.UPWARD, Stage.CHANGES_PENDING, Stage.REPLYING)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDuty:
    """What is to be done at a stage, by whose permission, and who else may not do it."""

    permission: Permission
    label: str
    barred: frozenset[UUID] = frozenset()
    named: User | None = None  # the one person a meeting named
    is_apart: bool = True  # whether who had a part in making the plan may not do it


def duty_at(proposal: Proposal) -> StageDuty | None:
    """The duty the plan waits for at a stage without a desk, or None."""
    stage = Stage(proposal.stage)
    if stage in MEETINGS:
        rows = proposal.opinions.filter(COUNTED, AGAINST, is_valid=True, resolution=None)
        against = frozenset(rows.values_list("by", flat=True))
        if not against:
            return None
        label = "处理不同意意见"
        return StageDuty(permission=Permission.OBJECTION_RESOLVE, label=label, barred=against)
    if stage is Stage.UPWARD:
        return StageDuty(permission=Permission.REPLY_DRAFT, label="登记上级工会批复")
    if stage is Stage.CHANGES_PENDING:
        decision = clocks.decision_of(proposal)
        named = decision.item.confirmer if decision else None
        return StageDuty(permission=Permission.CHANGES_CONFIRM, label="确认修改到位", named=named)
    if stage is Stage.REPLYING:
        drafter = Reply.objects.filter(proposal=proposal).values_list("drafted_by", flat=True)
        if drafters := frozenset(drafter):
            return StageDuty(permission=Permission.REPLY_ISSUE, label="签发批复", barred=drafters)
        return StageDuty(permission=Permission.REPLY_DRAFT, label="拟写批复", is_apart=False)
    return None


def _may(user: User, proposal: Proposal, duty: StageDuty, union: TradeUnion) -> bool:
    return (
        user.pk not in duty.barred
        and post_for(user, duty.permission, union=union) is not None
        and (not duty.is_apart or not permissions.own_part(user, proposal))
        and not permissions.is_something_else(user, proposal)
    )


def _able(proposal: Proposal, duty: StageDuty, union: TradeUnion, *, today: date) -> list[User]:
    """Who may do it at a union."""
    people = common.holders(duty.permission, proposal=proposal, today=today, union=union)
    return [one for one in people if one.is_active and _may(one, proposal, duty, union)]


def is_unmanned(proposal: Proposal, duty: StageDuty, *, today: date) -> bool:
    """Whether nobody may do it where it lies now, here or where it was moved to."""
    unions = [proposal.supervising_union, *([proposal.moved_to] if proposal.moved_to else [])]
    if duty.named:
        return not any(_may(duty.named, proposal, duty, union) for union in unions)
    return not any(_able(proposal, duty, union, today=today) for union in unions)


def why_unmanned(duty: StageDuty) -> str:
    """Why nobody does it, and how that is mended."""
    if duty.named:
        return f"会议指定确认修改的{duty.named.name}参与过本方案或已不在岗，不能“{duty.label}”。"
    return f"“{duty.label}”没有可以办理的在岗人员：在岗的均已参与本方案。"


def alarm_if_unmanned(proposal: Proposal, *, at: datetime) -> None:
    """Tell who keeps the procedure at once where nobody may do what a stage waits for."""
    duty = duty_at(proposal)
    if duty is None or not is_unmanned(proposal, duty, today=localdate(at)):
        return
    keepers = keepers_above(proposal.supervising_union, today=localdate(at))
    common.tell(
        [post.user for post in keepers], proposal, f"无人办理：{duty.label}",
        key=f"unmanned:{proposal.stage}:{duty.permission}", at=at,
        text=f"{why_unmanned(duty)}方案停在这里，不会自动通过：请安排岗位人员，或者移交上级工会办理。",
        url=page("proposal_move_up", proposal.pk),
    )  # fmt: skip


def unmanned_duties(*, today: date) -> Iterator[Stuck]:
    """The plans at a stage without a desk at which everybody who holds the duty is barred."""
    rows = Proposal.objects.filter(stage__in=STAGES, suspended_at=None)
    rows = rows.select_related("supervising_union", "moved_to").order_by("pk")
    for plan in rows:
        duty = duty_at(plan)
        if (
            duty
            and _somebody_holds(plan, duty, today=today)
            and is_unmanned(plan, duty, today=today)
        ):
            yield Stuck(plan, why_unmanned(duty), page("proposal_move_up", plan.pk))


def _somebody_holds(proposal: Proposal, duty: StageDuty, *, today: date) -> bool:
    """A duty nobody holds at all is found by the scan of the posts."""
    union = proposal.supervising_union
    if duty.named:
        return post_for(duty.named, duty.permission, union=union) is not None
    return bool(common.holders(duty.permission, proposal=proposal, today=today))


@transaction.atomic
def move_duty_up(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """Hand what a stage waits for to the nearest union where somebody may do it."""
    proposal = common.lock_proposal(proposal, version)
    if not permissions.keeps_procedure(by, proposal):
        raise Refused("移交上级工会由本级或上级工会流程管理的部长办理。")
    duty, today = duty_at(proposal), localdate(at)
    if refusal := why_not_moved(proposal, duty, today=today):
        raise ActionBlocked(refusal)
    assert duty is not None  # noqa: S101 - a stage without a duty was refused
    if not reason.strip():
        raise ActionBlocked(Reason("请写明移交理由。", "", "reason"))
    union, people = _place_of(proposal, duty, today=today)
    if union is None:
        raise ActionBlocked(f"上级工会也没有可以“{duty.label}”的在岗人员，请先安排岗位人员。")
    proposal.moved_to = union if union != proposal.supervising_union else None
    proposal.updated_at = at
    proposal.save_new_version()
    title = f"{duty.label}移交{union.name}办理：{reason.strip()}"
    if duty.named and (decision := clocks.decision_of(proposal)):
        people = people[:1]
        meeting_services.replace_confirmer(
            item=decision.item, to=people[0], reason=reason.strip(), by=by, at=at, union=union,
            how="移交上级工会" if proposal.moved_to else "改由本级他人办理",
        )  # fmt: skip
    clocks.remind_of_stage(proposal, at=at)
    common.note(
        proposal, "duty.moved_up", title, by=by, at=at, command_id=command_id,
        body={"duty": duty.permission.value, "union": union.pk},
    )  # fmt: skip
    key = f"duty-moved:{proposal.version}"
    common.tell(people, proposal, f"待办：{duty.label}", key=key, at=at, text=reason.strip())
    return proposal


def why_not_moved(proposal: Proposal, duty: StageDuty | None, *, today: date) -> str:
    """Why the stage's duty is not moved up; empty when it can be."""
    if duty is None:
        return f"方案现处于“{proposal.get_stage_display()}”，没有需要移交的事项。"
    if not is_unmanned(proposal, duty, today=today):
        return f"“{duty.label}”有可以办理的在岗人员，不需要移交。"
    return ""


def _place_of(
    proposal: Proposal, duty: StageDuty, *, today: date
) -> tuple[TradeUnion | None, list[User]]:
    """The nearest union, from the plan's own upwards, where somebody may do it."""
    own = proposal.supervising_union
    for union in (own, *reversed(list(own.get_ancestors()))):
        if people := _able(proposal, duty, union, today=today):
            return union, people
    return None, []
