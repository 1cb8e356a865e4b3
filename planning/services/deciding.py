"""A plan goes to the union's meeting, is issued by its leader, and is carried out step by step."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from core.errors import ActionBlocked, Reason, StaleVersion
from core.models import lock
from documents.enums import NumberKind
from documents.services import Series, take_number
from meetings import services as meeting_services
from meetings.enums import Conclusion
from meetings.models import AgendaItem, Body
from notifications import services as notifications
from planning import permissions, rules, selectors
from planning.enums import UnionPlanKind, UnionPlanState
from planning.models import PlanStep, UnionPlan
from planning.services import common


@transaction.atomic
def submit_plan(
    *, plan: UnionPlan, body: Body, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> UnionPlan:  # fmt: skip
    """Put a complete plan before a body of the union."""
    plan = common.lock_plan(plan, version)
    permissions.require_writer(by, plan)
    common.ensure_allowed(plan, "submit")
    if body.venue_id is not None:
        raise ActionBlocked(Reason("请选择本级工会的党组会议或主席办公会议。", "13-3-1", "body"))
    if found := rules.reasons_against(selectors.content_of(plan)):
        raise ActionBlocked(found)
    if plan.replaces_id and plan.replaces and plan.replaces.state != UnionPlanState.IN_FORCE:
        raise ActionBlocked("被修订的方案已不在实施中，请作废本稿后另行起草。")
    plan.content_sha256 = selectors.fingerprint(plan)
    plan.item = meeting_services.queue_item(
        body=body, subject_kind=selectors.SUBJECT, subject_id=plan.pk, case_id=plan.pk,
        title=plan.title, url=common.page_of(plan), version_no=selectors.edition_of(plan),
        content_sha256=plan.content_sha256, union=plan.union, venue_id=None, by=by, at=at,
    )  # fmt: skip
    plan.state, plan.queued_by, plan.queued_at = UnionPlanState.QUEUED, by, at
    plan.updated_at = at
    plan.save_new_version()
    common.note(plan, "submitted", f"提请{body.name}决定", by, at, command_id)
    common.tell(plan, Permission.MEETING_WRITE, "议题待上会", at)
    return plan


@transaction.atomic
def recall_plan(
    *, plan: UnionPlan, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> UnionPlan:
    """Take a plan back from the agenda before it is placed in a meeting."""
    plan = common.lock_plan(plan, version)
    permissions.require_writer(by, plan)
    common.ensure_allowed(plan, "recall")
    item = selectors.waiting_item(plan)
    if item is None or item.meeting_id is not None:
        raise ActionBlocked("议题已经列入会议，请会议秘书先移出议程再取回。")
    meeting_services.withdraw_item(item=item, by=by, at=at)
    plan.state, plan.updated_at = UnionPlanState.DRAFT, at
    plan.save_new_version()
    common.note(plan, "recalled", "从待上会议题中取回修改", by, at, command_id)
    return plan


@transaction.atomic
def conclude_plan(
    *, item: AgendaItem, version: int, by: User, at: datetime, command_id: UUID | None = None,
    **result,
) -> AgendaItem:  # fmt: skip
    """Record what the meeting decided on a plan; `result` is what `conclude_item` takes."""
    plan = common.lock_plan(UnionPlan(pk=item.subject_id), None)
    if plan.state != UnionPlanState.QUEUED or item.content_sha256 != plan.content_sha256:
        raise StaleVersion("这份方案不在待会议决定状态，请刷新页面查看。")
    conclusion = Conclusion(result["conclusion"])
    if conclusion is Conclusion.PASSED_WITH_CHANGES:
        text = "规划方案只有通过、缓议、不通过三种结论；需要修改的请缓议，改好后重新提请。"
        raise ActionBlocked(Reason(text, field="conclusion"))
    item = meeting_services.conclude_item(item=item, version=version, by=by, at=at, **result)
    plan.item, plan.updated_at = item, at
    plan.state = {
        Conclusion.PASSED: UnionPlanState.DECIDED,
        Conclusion.DEFERRED: UnionPlanState.DRAFT,
        Conclusion.REJECTED: UnionPlanState.REJECTED,
    }.get(conclusion, UnionPlanState(plan.state))
    if conclusion is Conclusion.PASSED:
        plan.decided_at = at
    if conclusion is Conclusion.REJECTED:
        plan.ended_at = at
    plan.save_new_version()
    votes = f"同意 {item.agree}、不同意 {item.disagree}、弃权 {item.abstain}、应到 {item.members}"
    common.note(
        plan, "decided", f"{item.meeting}：{conclusion.label}（{votes}）", by, at, command_id
    )
    told = Permission.UNION_PLAN_ISSUE if conclusion is Conclusion.PASSED else None
    common.tell(plan, told or Permission.UNION_PLAN_WRITE, f"会议{conclusion.label}", at)
    return item


@transaction.atomic
def issue_plan(
    *, plan: UnionPlan, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> UnionPlan:
    """Give a decided plan its number and put it into force; the one it replaces ends."""
    plan = common.lock_plan(plan, version)
    permissions.require_issuer(by, plan)
    common.ensure_allowed(plan, "issue")
    if found := list(rules.period_set(selectors.content_of(plan))):
        raise ActionBlocked(found)
    prefix = plan.kind_enum.series
    plan.number = take_number(
        series=Series(code=prefix, kind=NumberKind.PLAN, form=prefix + "-{year}-{no:04d}"),
        year=at.year, title=plan.title, case_id=plan.pk, union=plan.union, venue_id=plan.venue_id,
        by=by, at=at,
    )  # fmt: skip
    plan.state, plan.issued_by, plan.issued_at = UnionPlanState.IN_FORCE, by, at
    plan.updated_at = at
    plan.save_new_version()
    if plan.replaces_id:
        _replace(plan, by, at)
    common.note(plan, "issued", f"印发实施 {plan.number}", by, at, command_id)
    common.remind(plan, at)
    return plan


def _replace(plan: UnionPlan, by: User, at: datetime) -> None:
    old = lock(UnionPlan.objects.select_related("union"), pk=plan.replaces_id)
    common.ensure_allowed(old, "replace")
    old.state, old.ended_at, old.updated_at = UnionPlanState.REPLACED, at, at
    old.save_new_version()
    notifications.close_deadline(kind=common.STEP_KIND, subject_id=old.pk, at=at)
    common.note(old, "replaced", f"被《{plan.title}》（{plan.number}）替代", by, at, None)


@transaction.atomic
def finish_step(
    *, plan: UnionPlan, step: PlanStep, result: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> UnionPlan:  # fmt: skip
    """Record that the next step is done; the steps of a phased plan are done in their order."""
    plan = common.lock_plan(plan, version)
    permissions.require_writer(by, plan)
    common.ensure_allowed(plan, "finish_step")
    step = lock(PlanStep.objects.filter(plan=plan), pk=step.pk)
    if step.done_at:
        raise ActionBlocked(f"第 {step.no} 项已经登记完成。")
    is_phased = plan.kind == UnionPlanKind.PHASED_WORK_PLAN
    first = selectors.next_step(plan)
    if is_phased and first and first.pk != step.pk:
        text = f"步骤须依次推进：第 {first.no} 步还没有完成，不能先登记第 {step.no} 步。"
        raise ActionBlocked(Reason(text, "11-1"))
    if not result.strip():
        raise ActionBlocked(Reason("请对照完成标准写明完成情况。", plan.kind_enum.rule, "result"))
    step.result, step.done_by, step.done_at = result.strip(), by, at
    step.save_new_version()
    if is_phased and selectors.next_step(plan) is None:
        plan.state, plan.ended_at = UnionPlanState.COMPLETED, at
    plan.updated_at = at
    plan.save_new_version()
    common.note(plan, "step_done", f"第 {step.no} 项完成：{step.content}", by, at, command_id)
    common.remind(plan, at)
    return plan
