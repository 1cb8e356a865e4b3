"""What follows the plan at one home: contract, reports, evaluations, public information."""

from datetime import date
from decimal import Decimal
from typing import Any

from guardian.shortcuts import assign_perm

from accounts import services as accounts
from approvals.enums import ExceptionState, ExpertActivity, ExpertKind
from approvals.models import (
    Circulation,
    Delegation,
    ExpertEngagement,
    LeaseClearance,
    RuleException,
)
from approvals.selectors.snapshot import snapshot_of
from contracts.models import Contract
from core.canonical import canonical_json, sha256_of
from disclosure import services as disclosure
from disclosure.rules import Content, ServiceLine
from documents.enums import Audience
from documents.models import Attachment, IssuedDocument
from documents.services import store_upload
from evaluations import services as evaluations
from evaluations.enums import EvaluationKind, IndicatorKind
from evaluations.models import Evaluation
from evaluations.rules import IndicatorEntry
from meetings import services as meetings
from meetings.models import AgendaItem
from notifications.enums import Channel
from notifications.models import InboxItem, OutboxItem
from planning import services as planning
from planning.models import UnionPlan
from planning.rules import TEXTS, Step
from supervision.enums import ReportKind
from supervision.services import open_rectification, schedule_report
from tests.approvals.builders import World, fresh, moment
from tests.contracts import builders as contracts

# What a venue tells the public, complete.
TOLD = Content(
    opening_hours="每日 8:00 至 21:00", steps="凭会员卡预约。", contact="前台 029-87654321",
    supervision_phone="029-87654322", model_workers_offer="免费。",
    workers_in_need_offer="免费。", members_offer="五折。",
    services=(ServiceLine(name="羽毛球", unit="元/小时", price=Decimal(30)),),
)  # fmt: skip


def make_exception(world: World, proposal: Any) -> RuleException:
    """One submitted exception, waiting for counsel."""
    row = RuleException(
        proposal=proposal, venue_id=proposal.venue_id, rule_code="13-4-4",
        state=ExceptionState.SUBMITTED, facts="事实", reason="理由", risk="风险",
        mitigation="缓释", lawyer_opinion="律师意见", valid_until=date(2029, 1, 1),
        drafted_by=world["venue.staff"], submitted_at=moment("2026-11-12 09:00"),
    )  # fmt: skip
    row.place_like(proposal)
    row.save()
    return row


def make_clearance(world: World, proposal: Any) -> LeaseClearance:
    """A request to clear a suspected lease, waiting for 纪委 and 经审."""
    row = LeaseClearance(
        proposal=proposal, venue_id=proposal.venue_id, score=55, signs=["DL-01 方案自查回答“是”"],
        reason="阵地说明", lawyer="律师", firm="律师事务所", opinion="书面意见",
        opined_on=date(2026, 11, 10), file=attach(world, proposal, "意见书.png"),
        requested_by=world["venue.manager"], requested_at=moment("2026-11-12 09:00"),
    )  # fmt: skip
    row.place_like(proposal)
    row.save()
    return row


def engage(world: World, proposal: Any, username: str) -> ExpertEngagement:
    """An expert with an account who may read this one plan for a while."""
    expert = world[username]
    assign_perm("approvals.read_proposal", expert, proposal)
    return ExpertEngagement.objects.create(
        proposal=proposal, kind=ExpertKind.INDUSTRY_EXPERT, name="专家", firm="研究中心",
        licence_no="教授", activity=ExpertActivity.SITE_VISIT, user=expert,
        access_from=date(2026, 11, 1), access_until=date(2026, 12, 31),
        engaged_by=world["venue.staff"],
    )  # fmt: skip


def make_errands(world: World, task: Any) -> tuple[Circulation, Delegation]:
    """A plan sent to somebody to read, and a desk given to somebody for a time."""
    circulation = Circulation.objects.create(
        proposal=task.proposal, to_user=world["leader"], sent_by=world["asset.officer"],
        sent_at=moment("2026-11-18 09:00"),
    )  # fmt: skip
    delegation = Delegation.objects.create(
        principal=world["cosign.personnel"], agent=world["counsel"], union=world.xian,
        node="countersignature", valid_from=date(2026, 11, 25), valid_to=date(2026, 11, 30),
        reason="培训", created_at=moment("2026-11-18 09:00"),
    )  # fmt: skip
    return circulation, delegation


def draft_union_plan(world: World, title: str = "实施规划") -> UnionPlan:
    """A plan its union has begun."""
    return planning.draft_plan(
        union=world.xian, kind="implementation_plan", title=title, by=world["asset.officer"],
        at=moment("2026-11-02 09:00"),
    )  # fmt: skip


def make_union_plan(world: World) -> dict[str, Any]:
    """A plan in force with one task; the meeting is left out: the walk asks who reads it."""
    plan = draft_union_plan(world)
    planning.save_plan(
        plan=plan, title=plan.title, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31),
        texts={text.name: f"{text.label}。" for text in TEXTS[plan.kind]},
        steps=[Step(content="摸底", criteria="台账", owner="周宁", due_on=date(2027, 1, 1))],
        version=plan.version, by=world["asset.officer"], at=moment("2026-11-02 10:00"),
    )  # fmt: skip
    number = f"GH-2026-{UnionPlan.objects.count():04d}"
    UnionPlan.objects.filter(pk=plan.pk).update(
        state="in_force", number=number, issued_by=world["leader"],
        issued_at=moment("2026-11-05 09:00"),
    )  # fmt: skip
    plan.refresh_from_db()
    return {"union_plan": plan, "union_step": plan.steps.get()}


def attach(world: World, proposal: Any, name: str) -> Attachment:
    """A file on a plan."""
    return store_upload(
        upload=contracts.picture(), name=name, by=world["venue.staff"], union=world.xian,
        venue_id=proposal.venue_id, case_id=proposal.pk, purpose="section:overview", audience=Audience.MATTER,
        at=moment("2026-11-01 09:00"),
    )  # fmt: skip


def make_agenda_item(world: World, proposal: Any, meeting: Any) -> AgendaItem:
    """The plan on the agenda of a meeting of the union."""
    item = meetings.queue_item(
        body=meeting.body, subject_kind="proposal", subject_id=proposal.pk,
        case_id=proposal.case_id, title=proposal.title, url=f"/proposals/{proposal.pk}/review/",
        version_no=1, content_sha256="0" * 64, union=proposal.supervising_union,
        venue_id=proposal.venue_id, by=world["asset.officer"], at=moment("2026-11-18 09:00"),
    )  # fmt: skip
    return meetings.place_item(
        item=item, meeting=meeting, reporter="韩立军", materials_sent_on=date(2026, 11, 18),
        by=world["secretary"], at=moment("2026-11-18 10:00"),
    )  # fmt: skip


def make_contract(world: World) -> dict[str, Any]:
    """A filed contract with its scan, its form and the plan it stands on."""
    plan = contracts.approved_plan(world)
    contract = contracts.effective(world, plan=plan)
    drawn = contracts.written(world, plan=contracts.approved_plan(world))
    waiting = contracts.approved_plan(world)
    for one in (plan, drawn.proposal, waiting):
        # The builder skips the submission: the frozen text of a real one is put in its place.
        frozen = canonical_json(snapshot_of(fresh(one)))
        one.versions.update(snapshot=frozen, sha256=sha256_of(frozen))
    return {
        "approved": plan,
        "cooperation": contract.cooperation,
        "contract": contract,
        "contract_draft": drawn,
        "contracting": waiting,
        "contract_file": Attachment.objects.filter(case_id=contract.case_id).first(),
        "document": IssuedDocument.objects.get(pk=contract.filing_form_id),
    }


def make_supervision(world: World, contract: Contract) -> dict[str, Any]:
    """A report that is due and a rectification that was ordered."""
    report = schedule_report(
        venue=world.venue, kind=ReportKind.ASSET_OPERATION, period_from=date(2026, 7, 1),
        period_to=date(2026, 9, 30), by=world["asset.officer"], at=moment("2026-11-10 09:00"),
    )  # fmt: skip
    order = open_rectification(
        cooperation=contract.cooperation, source_kind="evaluation", source_id=contract.pk,
        source_url="/", problems="问题", rule_code="13-5-3", requirements="限期整改",
        by=world["asset.head"], at=moment("2026-11-12 09:00"),
    )  # fmt: skip
    return {"report": report, "rectification": order}


def make_scheme(world: World) -> Any:
    """A scheme of the union for venues of the kind."""
    return evaluations.publish_scheme(
        union=world.xian, venue_kind="cultural_palace", name="文化宫考核方案",
        valid_from=date(2026, 1, 1), by=world["asset.head"], at=moment("2026-01-08 09:00"),
        indicators=[
            IndicatorEntry(name=name, kind=kind, weight=Decimal(weight))
            for name, kind, weight in (
                ("职工满意度", IndicatorKind.SATISFACTION, 60),
                ("公益服务量", IndicatorKind.POSITIVE, 40),
            )
        ],
    )  # fmt: skip


def make_evaluation(world: World, contract: Contract, scheme: Any) -> Evaluation:
    """A stage evaluation that waits for its scores."""
    row = Evaluation(
        contract=contract, cooperation=contract.cooperation, venue=world.venue, union=world.xian,
        scheme=scheme, kind=EvaluationKind.STAGE, period_from=date(2026, 1, 1),
        period_to=date(2026, 10, 31), due_on=date(2026, 11, 30),
        planned_by=world["asset.officer"], planned_at=moment("2026-11-12 09:00"),
    )  # fmt: skip
    row.report = contract.filing_form  # any paper: the walk asks who gets it, not what it says
    row.place_like(contract)
    row.save()
    return row


def publish(world: World) -> Any:
    """What the venue tells the public, cleared by the department."""
    by, reviewer = world["venue.staff"], world["asset.officer"]
    edition = disclosure.draft_disclosure(venue=world.venue, by=by, at=moment("2026-10-10 09:00"))
    disclosure.save_disclosure(
        disclosure=edition, content=TOLD, by=by, at=moment("2026-10-10 10:00")
    )
    disclosure.submit_disclosure(disclosure=edition, by=by, at=moment("2026-10-10 11:00"))
    disclosure.review_disclosure(
        disclosure=edition, is_cleared=True, note="内容齐全，同意公布。", by=reviewer,
        at=moment("2026-10-11 09:00"),
    )  # fmt: skip
    return edition


def make_token(world: World, username: str) -> dict[str, Any]:
    """One token of one person."""
    token, _key = accounts.make_token(
        name="读取", days=30, may_write=False, by=world[username], at=moment("2026-11-19 09:00")
    )
    return {"token": token}


def notify_in_person(world: World, username: str) -> dict[str, Any]:
    """One notice in one inbox; the same message never reached its reader by e-mail."""
    user, at = world[username], moment("2026-11-19 09:00")
    kept = {}
    for channel, status in ((Channel.INAPP, "sent"), (Channel.EMAIL, "dead")):
        kept[channel] = OutboxItem.objects.create(
            dedupe_key=f"canary-{user.pk}-{channel}", kind="canary", channel=channel,
            recipient=user, title="提醒", body="提醒正文", url="/", status=status,
            not_before=at, next_at=at, created_at=at,
        )  # fmt: skip
    notice = InboxItem.objects.create(
        outbox=kept[Channel.INAPP], user=user, title="提醒", body="提醒正文", url="/", at=at
    )
    return {"notice": notice, "delivery": kept[Channel.EMAIL]}
