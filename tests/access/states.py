"""Where the map of homes shows a matter at another step: the state in which its form stands."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Post
from accounts.roles import Role
from approvals.enums import ConsultPlace
from approvals.models import Proposal, RuleException
from approvals.services import (
    conditions,
    consulting,
    keeping,
    matrix,
    opinions,
    papers,
    threads,
    withdrawing,
)
from core import clock
from disclosure import services as disclosure
from disclosure.models import Disclosure
from meetings import services as meetings
from meetings.models import AgendaItem
from partners.services import put_on_watch, start_due_diligence
from planning.models import UnionPlan
from supervision.models import Rectification
from supervision.services import hand_in_report, report_rectification
from tests.access import matters
from tests.access.world import Case
from tests.approvals import builders as plans
from tests.approvals import walk
from tests.approvals.builders import World, moment
from tests.contracts import builders as contracts
from tests.evaluations import builders as evaluations
from tests.supervision.conftest import FIGURES
from venues.models import Readiness
from venues.services import start_readiness

NOW = moment("2026-11-20 00:30")
Objects = dict[str, Any]


def _readiness(case: Case) -> Objects:
    world = case.world
    return {"readiness": start_readiness(venue=world.venue, by=world["venue.staff"], at=NOW)}


def _readiness_handed_in(case: Case) -> Objects:
    row: Readiness = _readiness(case)["readiness"]
    row.items.update(conclusion="met", written_by=case.world["venue.staff"], written_at=NOW)
    Readiness.objects.filter(pk=row.pk).update(
        state="submitted", submitted_by=case.world["venue.staff"], submitted_at=NOW
    )
    return {"readiness": row}


def _diligence(case: Case) -> Objects:
    world = case.world
    row = start_due_diligence(
        partner=world.partner, venue_id=world.venue.pk, venue_name=world.venue.name,
        union=world.xian, by=world["venue.staff"], at=NOW,
    )  # fmt: skip
    return {"due_diligence": row}


def _watched(case: Case) -> Objects:
    world = case.world
    put_on_watch(
        partner=world.partner, union=world.xian, basis="18-1",
        reason="合同条款约定按面积收取固定费用。", by=world["asset.officer"], at=NOW,
    )  # fmt: skip
    return {}


def _queued(case: Case) -> Objects:
    """A plan on the list of the body, not yet in a meeting."""
    plan = walk.at_meeting(case.world, plans.submitted_plan(case.world))
    return {"queued": walk.waiting(plan.pk)}


def _seated(case: Case) -> Objects:
    """A meeting that has begun, its members signed in, a plan on its agenda."""
    meeting = walk.seat(case.world, _queued(case)["queued"])
    return {"open_meeting": meeting, "agenda_item": meeting.items.get()}


def _returned(case: Case) -> Objects:
    world = case.world
    plan = plans.submitted_plan(world)
    walk.accept(world, plan, outcome="return", points=("请补充客流测算。",))
    return {"submitted": plans.fresh(plan)}


def _suspended(case: Case) -> Objects:
    """The keeper has halted the plan under review."""
    plan = plans.fresh(case.objects["submitted"])
    keeping.suspend_proposal(
        proposal=plan, reason="配合专项检查。", version=plan.version, by=case.world["asset.head"],
        at=NOW,
    )  # fmt: skip
    return {"submitted": plans.fresh(plan)}


def _before_a_meeting(case: Case) -> Objects:
    """A plan that waits for the party group: no desk is open, the stage itself is urged."""
    world = case.world
    return {"submitted": walk.at_meeting(world, plans.submitted_plan(world))}


def _on_no_agenda(case: Case) -> Objects:
    """A plan at its meeting that is on no agenda, as where the body was not registered."""
    found = _before_a_meeting(case)
    waiting = walk.waiting(found["submitted"].pk)
    AgendaItem.objects.filter(pk=waiting.pk).update(withdrawn_at=NOW)
    return found


def _with_a_reply_nobody_may_issue(case: Case) -> Objects:
    """The leader wrote in the plan; somebody of the union above may issue its reply."""
    world = case.world
    plan = walk.at_reply(world, plans.submitted_plan(world))
    walk.drafted_reply(world, plan)
    plan.sections.filter(code="safety").update(updated_by=world["leader"])
    plans.appoint("province.leader", "省领导", Role.LEADER, world.xian.get_parent())
    return {"submitted": plans.fresh(plan)}


def _at_an_empty_desk(case: Case) -> Objects:
    """Nobody sits at the desk any more; somebody of the union above does."""
    place = {"department_kind": "personnel"}
    above = case.world.xian.get_parent()
    plans.appoint("personnel.above", "省组织", Role.COUNTERSIGNER, above, **place)
    Post.objects.filter(user=case.world["cosign.personnel"]).update(valid_to=date(2026, 1, 1))
    return {}


def _noticed_on_paper(case: Case) -> Objects:
    found = _returned(case)
    by = case.world["asset.officer"]
    papers.issue_return_notice(proposal=found["submitted"], by=by, at=NOW)
    return {"submitted": plans.fresh(found["submitted"])}


def _asked_back(case: Case) -> Objects:
    """A plan a desk has signed, which its venue asks for."""
    plan, by = plans.fresh(case.objects["reviewed"]), case.world["venue.manager"]
    withdrawing.ask_withdrawal(
        proposal=plan, reason="收益测算有误。", version=plan.version, by=by, at=NOW
    )
    return {}


def _changed(case: Case) -> Objects:
    """A meeting asked for changes; the venue has handed them in."""
    world = case.world
    plan = walk.decided(
        world, walk.at_meeting(world, plans.submitted_plan(world)),
        conclusion="passed_with_changes", required_changes="应急演练改为每月一次",
        confirmer=world["leader"],
    )  # fmt: skip
    plans.change(world, plan, "safety", emergency="每月演练一次。")
    plans.submit(world, plan, at="2026-11-13 09:00")
    return {"submitted": plans.fresh(plan)}


def _decided(case: Case) -> Objects:
    return {"draft": plans.decide(case.world, case.objects["draft"])}


def _asked(case: Case) -> Objects:
    """An expert with an account, asked about a draft."""
    draft = case.objects["draft"]
    return {"submitted": draft, "engagement": matters.engage(case.world, draft, "expert")}


def _settled(case: Case) -> Objects:
    thread = case.objects["thread"]
    thread.refresh_from_db()
    by = case.world["asset.officer"]
    return {"thread": threads.resolve_thread(thread=thread, version=thread.version, by=by, at=NOW)}


def _with_colleague(case: Case) -> Objects:
    """Somebody else at the desk, to whom the work may go."""
    place = {"department_kind": "personnel"}
    plans.appoint("personnel.second", "李二", Role.COUNTERSIGNER, case.world.xian, **place)
    return {}


def _leaving(case: Case) -> Objects:
    """Somebody alone at a desk where work waits."""
    return {"user": case.world["cosign.personnel"]}


def _just_signed(case: Case) -> Objects:
    """An opinion given this moment: its writer may still take it back."""
    task = case.objects["task"]
    opinion = opinions.give_opinion(
        task=task, outcome="agree", text="", version=task.version,
        content_sha256=task.plan_version.sha256, by=case.world["cosign.personnel"],
        at=clock.now(),
    )  # fmt: skip
    return {"objection": opinion}


def _conditional(case: Case) -> Objects:
    """A plan countersigned with a condition, which the venue reports as met."""
    world = case.world
    plan = walk.accept(world, plans.submitted_plan(world))
    plan = walk.countersign(
        world, plan, finance={"outcome": "conditional", "conditions": ["公示服务价格"]}
    )
    condition = plan.conditions.select_related("opinion__task").get()
    return {
        "condition": conditions.report_condition(
            condition=condition, note="已经公示。", upload=SimpleUploadedFile("公示.png", contracts.picture().getvalue()),
            version=condition.version, by=world["venue.staff"], at=NOW,
        )
    }  # fmt: skip


def _noticed(case: Case) -> Objects:
    """A meeting to come, whose members were told and may answer."""
    item, now = _queued(case)["queued"], clock.now()
    world = case.world
    members = list(item.body.members.order_by("order", "pk"))
    members[0].user = world["leader"]
    members[0].save()
    meeting = meetings.plan_meeting(
        body=item.body, session="2027年第1次", starts_at=now + timedelta(days=9), place="三楼",
        chair=members[-1], by=world["secretary"], at=now,
    )  # fmt: skip
    meetings.place_item(
        item=item, meeting=meeting, reporter="周宁", materials_sent_on=now.date(),
        by=world["secretary"], at=now,
    )  # fmt: skip
    return {"open_meeting": meetings.send_notice(meeting=meeting, by=world["secretary"], at=now)}


def _consulted(case: Case) -> Objects:
    task = case.objects["task"]
    asked = consulting.consult(
        task=task, people=[case.world["leader"]], placed=ConsultPlace.BEFORE, is_binding=False,
        question="聘用安排是否可行？", version=task.version, by=case.world["cosign.personnel"],
        at=NOW,
    )  # fmt: skip
    return {"task": asked[0]}


def _assigned(case: Case) -> Objects:
    task = case.objects["task"]
    asked = consulting.assign(
        task=task, helper=case.world["asset.officer"], question="请核对近三年收支。",
        version=task.version, by=case.world["cosign.personnel"], at=NOW,
    )  # fmt: skip
    return {"task": asked}


def _replying(case: Case) -> Objects:
    return {"approved": walk.at_reply(case.world, plans.submitted_plan(case.world))}


def _reply_drafted(case: Case) -> Objects:
    plan = _replying(case)["approved"]
    walk.drafted_reply(case.world, plan)
    return {"approved": plans.fresh(plan)}


def _in_force(stage: str = "approved") -> Callable[[Case], Objects]:
    """The venue's overall plan in force, or halted, as its union sees it."""

    def build(case: Case) -> Objects:
        plans_of_venue = Proposal.objects.filter(venue=case.world.venue, kind="overall_plan")
        plans_of_venue.update(stage=stage, shared_at=NOW)
        return {"submitted": plans.fresh(plans_of_venue.get())}

    return build


def _rejected(case: Case) -> Objects:
    """A plan the union's meeting did not approve."""
    plan = walk.at_meeting(case.world, plans.submitted_plan(case.world))
    return {"submitted": walk.decided(case.world, plan, "ddd", conclusion="rejected")}


def _suspect(case: Case) -> Objects:
    """A draft that looks like a lease by its score alone: 30 + 25."""
    draft = case.objects["draft"]
    plans.change(case.world, draft, "negative_list", fixed_income="yes", area_price="yes")
    return {"draft": plans.fresh(draft)}


def _exception(state: str, **fields: Any) -> Callable[[Case], Objects]:
    def build(case: Case) -> Objects:
        row = case.objects["exception"]
        RuleException.objects.filter(pk=row.pk).update(state=state, **fields)
        return {"exception": row}

    return build


def _contract(build: Callable[..., Any], key: str = "contract") -> Callable[[Case], Objects]:
    return lambda case: {key: build(case.world)}


def _gated(world: World) -> Any:
    return contracts.close_gates(world, contracts.filed(world))


def _report_handed_in(case: Case) -> Objects:
    world, report = case.world, case.objects["report"]
    hand_in_report(
        report=report, answers=FIGURES, version=report.version, by=world["venue.staff"], at=NOW
    )
    return {"report": report}


def _rectified(case: Case) -> Objects:
    order: Rectification = case.objects["rectification"]
    order.refresh_from_db()
    report_rectification(
        rectification=order, report="已恢复晚间开放并复测满意度。", version=order.version,
        by=case.world["venue.staff"], at=NOW,
    )  # fmt: skip
    return {"rectification": order}


def _to_be_evaluated(case: Case) -> Objects:
    return {"contract": contracts.filed(case.world)}


def _scored(case: Case) -> Objects:
    return {"evaluation": evaluations.score(case.world, evaluations.planned(case.world))}


def _evaluable(case: Case) -> Objects:
    return {"evaluation": evaluations.planned(case.world)}


def _told(case: Case) -> Objects:
    """Public information that waits for the department."""
    row, by = case.objects["disclosure"], case.world["venue.staff"]
    disclosure.save_disclosure(disclosure=row, content=matters.TOLD, by=by, at=NOW)
    disclosure.submit_disclosure(disclosure=row, by=by, at=NOW)
    return {"disclosure": row}


def _union_plan(state: str, **fields: Any) -> Callable[[Case], Objects]:
    """The union's draft at another step of its road."""

    def build(case: Case) -> Objects:
        row = case.objects["union_draft"]
        UnionPlan.objects.filter(pk=row.pk).update(state=state, **fields)
        return {"union_plan": row}

    return build


def _untold(case: Case) -> Objects:
    """No edition is being written."""
    case.objects["disclosure"].services.all().delete()
    Disclosure.objects.filter(pk=case.objects["disclosure"].pk).delete()
    return {}


def _row_to_end(case: Case) -> Objects:
    """A row in force that the amendment being written would end."""
    row, by = case.objects["matrix_row"], case.world["asset.head"]
    matrix.end_row(row=row, valid_to=NOW.date(), reason="会议决定调整。", by=by, at=NOW)
    return {}


STATES: dict[str, Callable[[Case], Objects]] = {
    "venues:readiness_item": _readiness,
    "venues:readiness_submit": _readiness,
    "venues:readiness_review": _readiness_handed_in,
    "partners:due_diligence_conclude": _diligence,
    "partners:watch_end": _watched,
    "partners:item_save": _diligence,
    "partners:part_save": _diligence,
    "meetings:meeting_place": _queued,
    "meetings:meeting_close": _seated,
    "meetings:meeting_upload": _seated,
    "approvals:agenda_decide": _seated,
    "approvals:expert_opinion": _asked,
    "approvals:return_points": _returned,
    "approvals:return_notice_issue": _returned,
    "approvals:return_notice_void": _noticed_on_paper,
    "approvals:proposal_resume": _suspended,
    "approvals:proposal_urge": _before_a_meeting,
    "approvals:proposal_queue": _on_no_agenda,
    "approvals:proposal_move_up": _with_a_reply_nobody_may_issue,
    "approvals:task_move_up": _at_an_empty_desk,
    "approvals:changes_confirmed": _changed,
    "approvals:withdrawal_answer": _asked_back,
    "approvals:matrix_ending_remove": _row_to_end,
    "approvals:proposal_check": _decided,
    "approvals:clearance_new": _suspect,
    "approvals:proposal_refile": _rejected,
    "approvals:proposal_amend": _in_force(),
    "approvals:plan_halt": _in_force(),
    "approvals:plan_take_up": _in_force("halted"),
    "approvals:plan_end": _in_force(),
    "approvals:exception_edit": _exception("draft", submitted_at=None),
    "approvals:exception_submit": _exception("draft", submitted_at=None),
    "approvals:exception_revoke": _exception("approved"),
    "planning:union_plan_recall": _union_plan("queued"),
    "planning:union_plan_issue": _union_plan("decided"),
    "approvals:thread_reopen": _settled,
    "approvals:task_transfer": _with_colleague,
    "approvals:desk_handover": _leaving,
    "approvals:opinion_undo": _just_signed,
    "approvals:condition_met": _conditional,
    "meetings:meeting_answer": _noticed,
    "approvals:task_answer": _consulted,
    "approvals:task_remove": _consulted,
    "approvals:task_report": _assigned,
    "approvals:reply_draft": _replying,
    "approvals:reply_issue": _reply_drafted,
    "contracts:contract_clearance": _contract(contracts.suspect, key="contract_draft"),
    "contracts:contract_upload": _contract(contracts.ready),
    "contracts:contract_check": _contract(contracts.submitted),
    "contracts:contract_legal": _contract(contracts.checked),
    "contracts:contract_sign": _contract(contracts.ready),
    "contracts:contract_filing": _contract(contracts.signed),
    "contracts:contract_effect": _contract(_gated),
    "supervision:report_review": _report_handed_in,
    "supervision:rectification_review": _rectified,
    "evaluations:plan": _to_be_evaluated,
    "evaluations:evaluation_score": _evaluable,
    "evaluations:evaluation_confirm": _scored,
    "disclosures:disclosure_review": _told,
    "disclosures:disclosure_new": _untold,
}
