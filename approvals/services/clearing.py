"""解除疑似变相出租承包的认定: lawyer, then 纪委 and 经审, then the supervising union's meeting."""

from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import require
from approvals import permissions
from approvals.enums import ClearanceState, Duty, Stage
from approvals.models import Concurrence, LeaseClearance, Proposal
from approvals.rules.clearing import (
    CLEARING,
    CONCURRING,
    LEAST_OPINION,
    can_be_cleared,
    hard_signs,
    signs_of,
)
from approvals.selectors.screened import Screened, screened_of, screened_plan
from approvals.services import common, side_clocks
from approvals.services.involving import note_votes, take_duty
from core.errors import ActionBlocked, Reason, Refused, StaleVersion
from core.models import lock
from documents.enums import Audience
from documents.services import store_upload
from meetings import selectors as meeting_selectors
from meetings import services as meeting_services
from meetings.enums import Conclusion, DecisionBodyKind
from meetings.models import AgendaItem
from organizations.enums import DepartmentKind
from organizations.selectors import parameter

SUBJECT = "clearance"
HARD = "筛查有硬性迹象，任何人都不能解除，只能修改{about}。"
CHANGED = "{about}在申请之后又有修改，筛查结果已经不同，请阵地按现在的内容重新申请。"
PAST = "合同已不在起草，不能再办理解除认定，请刷新页面查看。"


@transaction.atomic
def request_clearance(
    *, proposal: Proposal, reason: str, lawyer: str, firm: str, opinion: str, opined_on: date,
    upload: UploadedFile, version: int | None, by: User, at: datetime,
    command_id: UUID | None = None,
) -> LeaseClearance:  # fmt: skip
    """Ask the supervising union to clear a plan that is SUSPECT by its score alone (18-1).

    An earlier request about other signs lapses: nobody decides on what is no longer there.
    """
    require(by, Permission.PROPOSAL_SUBMIT, venue_id=proposal.venue_id)
    proposal = common.lock_proposal(proposal, version)
    if not (proposal.is_writable or proposal.stage == Stage.VENUE_DECIDED):
        raise ActionBlocked(f"方案现处于“{proposal.get_stage_display()}”，不能申请解除认定。")
    return ask_about(
        screened_plan(proposal, today=at.date()), proposal=proposal, reason=reason, lawyer=lawyer,
        firm=firm, opinion=opinion, opined_on=opined_on, upload=upload, by=by, at=at,
        command_id=command_id,
    )  # fmt: skip


def ask_about(
    about: Screened, *, proposal: Proposal, reason: str, lawyer: str, firm: str, opinion: str,
    opined_on: date, upload: UploadedFile, by: User, at: datetime, command_id: UUID | None = None,
) -> LeaseClearance:  # fmt: skip
    """Open the request, its signs and score frozen; the caller holds the plan's row."""
    result = about.result
    _ensure_clearable(about)
    _ensure_opinion(opinion, opined_on, at=at)
    lapse(proposal, about.contract_id, but=signs_of(result), by=by, at=at)
    file = store_upload(
        upload=upload, name=upload.name or "", by=by, at=at, union=proposal.supervising_union,
        venue_id=proposal.venue_id, case_id=proposal.pk, purpose="clearance",
        audience=Audience.MATTER,
    )  # fmt: skip
    clearance = LeaseClearance(
        proposal=proposal, venue_id=proposal.venue_id, score=result.score, signs=signs_of(result),
        reason=reason, lawyer=lawyer, firm=firm, opinion=opinion, opined_on=opined_on, file=file,
        requested_by=by, requested_at=at, contract_id=about.contract_id,
        contract_title=about.title if about.contract_id else "",
    )  # fmt: skip
    clearance.place_like(proposal)
    try:
        with transaction.atomic():
            side_clocks.begin(clearance, proposal, at=at)
            clearance.save(force_insert=True)
    except IntegrityError as conflict:
        text = f"本{about.about}已有一件解除认定的申请正在办理，不能重复申请。"
        raise ActionBlocked(Reason(text, "18-1")) from conflict
    if proposal.shared_at is None:  # those who concur must be able to read the plan
        proposal.shared_at = at
        proposal.save_new_version()
    title = f"申请解除{about.about}疑似变相出租承包的认定（{result.score} 分）"
    common.note(proposal, "clearance.requested", title, by=by, at=at, command_id=command_id)
    for kind in CONCURRING:
        people = common.holders(
            Permission.COUNTERSIGN, proposal=proposal, today=at.date(), department=kind
        )
        common.tell(
            people, proposal, "解除疑似认定待表示意见", key=f"clearance:{clearance.pk}:{kind}",
            at=at, url=page_of(clearance),
        )  # fmt: skip
    return clearance


def page_of(clearance: LeaseClearance) -> str:
    """The address of the clearance's page."""
    return f"/clearances/{clearance.pk}/"


def _ensure_clearable(about: Screened) -> None:
    """SUSPECT by score alone: nothing else is asked about, and a hard sign never."""
    result = about.result
    if about.is_cleared:
        raise ActionBlocked(Reason("这些迹象已经解除疑似认定，不必再次申请。", "18-1"))
    if can_be_cleared(result):
        return
    text = "筛查没有发现疑似变相出租承包，不必申请解除。"
    if hard_signs(result):
        text = HARD.format(about=about.about)
    elif result.hits:
        text = f"筛查得分 {result.score} 分，不到 50 分，不是疑似，不必申请解除。"
    raise ActionBlocked(Reason(text, "18-1"))


def _ensure_opinion(opinion: str, opined_on: date, *, at: datetime) -> None:
    if len("".join(opinion.split())) < LEAST_OPINION:
        text = f"律师书面意见须写明为什么不是出租承包，至少 {LEAST_OPINION} 个字。"
        raise ActionBlocked(Reason(text, "18-1", "opinion"))
    if opined_on > at.date():
        raise ActionBlocked(Reason("律师意见日期不能晚于今天。", "18-1", "opined_on"))


def lapse(
    proposal: Proposal, contract_id: UUID | None, *, but: list[str], by: User, at: datetime
) -> None:
    """End the open requests about the plan, or the contract, that speak of other signs."""
    rows = proposal.clearances.filter(state__in=ClearanceState.OPEN, contract_id=contract_id)
    for one in rows.order_by("pk"):
        if one.signs == but:
            continue
        one.state, one.decided_at = ClearanceState.LAPSED, at
        side_clocks.begin(one, proposal, at=at)
        one.save_new_version()
        waiting = AgendaItem.objects.filter(subject_id=one.pk, conclusion="", withdrawn_at=None)
        for item in waiting.order_by("pk"):
            meeting_services.withdraw_item(item=item, by=by, at=at)
        title = f"{one.about}已修改或作废，原解除认定的申请失效"
        common.note(proposal, "clearance.lapsed", title, by=by, at=at)


@transaction.atomic
def concur(
    *, clearance: LeaseClearance, department: str, agrees: bool, text: str, version: int, by: User,
    at: datetime, command_id: UUID | None = None,
) -> LeaseClearance:  # fmt: skip
    """纪委 or 经审 says whether it concurs; both agreeing, the union's meeting decides."""
    proposal = common.lock_proposal(clearance.proposal, None)
    clearance = lock(LeaseClearance, pk=clearance.pk, version=version)
    post = _require_department(by, proposal, department)
    if not CLEARING.allows("concur", clearance.state):
        raise StaleVersion("这件申请不在待表示意见状态，请刷新页面查看。")
    _refuse_twice(by, clearance, department)
    _ensure_same(proposal, clearance, by=by, at=at)
    _ensure_reason(proposal, text, at=at)
    take_duty(proposal.cooperation_id, [by], Duty.APPROVER, "解除疑似认定", at=at)
    Concurrence.objects.create(
        clearance=clearance, department_kind=department, agrees=agrees, text=text, by=by,
        position=post.full_title, at=at,
    )  # fmt: skip
    label = DepartmentKind(department).label
    if not agrees:
        clearance.state, clearance.decided_at = ClearanceState.REFUSED, at
        side_clocks.begin(clearance, proposal, at=at)
    elif clearance.concurrences.filter(agrees=True).count() == len(CONCURRING):
        clearance.state = ClearanceState.CONCURRED
        clearance.item = _queue(clearance, proposal, by=by, at=at)
        side_clocks.begin(clearance, proposal, at=at)
    else:
        side_clocks.remind(clearance, proposal, at=at)  # the other department alone
    clearance.save_new_version()
    title = f"解除疑似认定：{label}{'同意' if agrees else '不同意'}"
    common.note(proposal, "clearance.concurred", title, by=by, at=at, command_id=command_id)
    if not agrees:
        _tell_venue(
            proposal, clearance, f"{label}不同意解除疑似认定，请修改{clearance.about}", at=at
        )
    return clearance


def _require_department(by: User, proposal: Proposal, department: str) -> Post:
    """The post by which this person speaks for 纪委 or 经审, and for no other department."""
    if department not in CONCURRING:
        raise Refused("解除认定只由党委（纪委）和经审部门表示意见。")
    union = proposal.supervising_union
    post = require(by, Permission.COUNTERSIGN, union=union, department=department)
    permissions.refuse_own_part(by, proposal)
    return post


def _refuse_twice(by: User, clearance: LeaseClearance, department: str) -> None:
    if clearance.concurrences.filter(by=by).exists():
        raise Refused("您已代表一个部门表示意见，同一人不能代表两个部门。")
    if clearance.concurrences.filter(department_kind=department).exists():
        raise ActionBlocked("本部门已经表示意见。")


def _ensure_reason(proposal: Proposal, text: str, *, at: datetime) -> None:
    figure = parameter("min_opinion_length", union=proposal.supervising_union, on=at.date())
    if len("".join(text.split())) < int(figure.value):
        words = f"请写明理由，至少 {figure.value} 个字。"
        raise ActionBlocked(Reason(words, "18-1", "text"))


def _ensure_same(
    proposal: Proposal, clearance: LeaseClearance, *, at: datetime, by: User | None = None
) -> None:
    """What is spoken of stands as it was asked about, and `by` did not write it."""
    about = screened_of(clearance, proposal, today=at.date())
    if by and by.pk in about.makers:
        raise Refused("您是本合同的起草人或提交人，不能对自己的合同表示意见，请转由他人办理。")
    if not about.is_open:
        raise StaleVersion(PAST)
    if signs_of(about.result) != clearance.signs:
        raise StaleVersion(CHANGED.format(about=about.about))


def _queue(clearance: LeaseClearance, proposal: Proposal, *, by: User, at: datetime) -> AgendaItem:
    body = meeting_selectors.body_of(proposal.supervising_union, DecisionBodyKind.PARTY_GROUP)
    if body is None:
        raise ActionBlocked("主管工会尚未登记党组会议（或代行机构），请会议秘书先登记名册。")
    return meeting_services.queue_item(
        body=body, subject_kind=SUBJECT, subject_id=clearance.pk, case_id=proposal.case_id,
        title=f"解除疑似变相出租承包认定（{clearance.about}）：{clearance.title}", url=page_of(clearance),
        version_no=clearance.version, content_sha256="", union=proposal.supervising_union,
        venue_id=None, by=by, at=at,
    )  # fmt: skip


def _tell_venue(
    proposal: Proposal, clearance: LeaseClearance, title: str, *, at: datetime, text: str = ""
) -> None:
    people = common.venue_people(proposal, today=at.date())
    key = f"clearance:{clearance.pk}:{clearance.version}"
    common.tell(people, proposal, title, key=key, at=at, text=text, url=page_of(clearance))


@transaction.atomic
def conclude_clearance(
    *, item: AgendaItem, version: int, by: User, at: datetime, command_id: UUID | None = None,
    **result,
) -> AgendaItem:  # fmt: skip
    """What the meeting decided: cleared, or the plan or contract has to be written anew.

    缓议 is no decision: what lawyer and departments said stays, and the matter waits for the
    next meeting.
    """
    found = LeaseClearance.objects.select_related("proposal").get(pk=item.subject_id)
    proposal = common.lock_proposal(found.proposal, None)
    clearance = lock(LeaseClearance, pk=found.pk)
    if not CLEARING.allows("decide", clearance.state):
        raise StaleVersion("这件申请不在待上会状态，请刷新页面查看。")
    conclusion = Conclusion(result["conclusion"])
    if conclusion is Conclusion.PASSED_WITH_CHANGES:
        text = "解除认定只有通过、缓议、不通过三种结论；内容改过的须重新筛查、重新申请。"
        raise ActionBlocked(Reason(text, field="conclusion"))
    if conclusion is Conclusion.PASSED:
        _ensure_same(proposal, clearance, at=at)
    item = meeting_services.conclude_item(item=item, version=version, by=by, at=at, **result)
    note_votes(proposal.cooperation_id, item, at=at)
    clearance.item = item
    if conclusion is Conclusion.DEFERRED:
        clearance.item = meeting_services.queue_again(item=item, by=by, at=at)
    else:
        is_passed = conclusion is Conclusion.PASSED
        clearance.state = ClearanceState.CLEARED if is_passed else ClearanceState.REFUSED
        clearance.decided_at = at
    side_clocks.begin(clearance, proposal, at=at)
    clearance.save_new_version()
    title = f"解除疑似认定：{item.meeting} {conclusion.label}"
    common.note(proposal, "clearance.decided", title, by=by, at=at, command_id=command_id)
    said, text = _told_of(clearance, item, conclusion)
    _tell_venue(proposal, clearance, said, at=at, text=text)
    return item


def _told_of(
    clearance: LeaseClearance, item: AgendaItem, conclusion: Conclusion
) -> tuple[str, str]:
    """What the venue is told of the meeting: the title, and the questions of a deferral."""
    if conclusion is Conclusion.DEFERRED:
        return "会议缓议解除疑似认定，将再次上会，请说明会议所提问题", item.resolution
    if conclusion is Conclusion.PASSED:
        return "已解除疑似认定，列入加强检查", ""
    return f"未解除疑似认定，请修改{clearance.about}", ""
