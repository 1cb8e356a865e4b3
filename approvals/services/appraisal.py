"""充分论证: lawyers and experts, their opinions and the answers; the union's guidance."""

from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from guardian.shortcuts import assign_perm, remove_perm

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for, require
from approvals import permissions
from approvals.enums import (
    CooperationMode,
    ExpertActivity,
    ExpertConclusion,
    ExpertKind,
    InitiativeOrigin,
)
from approvals.models import ExpertEngagement, GuidanceRecord, Proposal, UnionInitiative
from approvals.services import common
from core.errors import ActionBlocked, Reason, Refused, StaleVersion
from core.models import lock
from documents.enums import Audience
from documents.models import Attachment
from documents.services import store_upload

EVIDENCE = "expert:"  # of the files of an engagement


@transaction.atomic
def engage_expert(
    *, proposal: Proposal, kind: ExpertKind, name: str, firm: str, licence_no: str,
    activity: ExpertActivity, by: User, at: datetime, username: str = "",
    access_from: date | None = None, access_until: date | None = None,
    letter: UploadedFile | None = None, command_id: UUID | None = None,
) -> ExpertEngagement:  # fmt: skip
    """Engage a lawyer or expert; with an account they may read this one plan for a period.

    `letter` is the scan of the engagement letter.
    """
    permissions.require_drafter(by, proposal)
    proposal = common.lock_proposal(proposal, None)
    _ensure_writable(proposal)
    user = _expert_account(username) if username else None
    if user and post_for(user, Permission.LEGAL_REVIEW, union=proposal.supervising_union):
        text = "主管工会的法律顾问不能同时受阵地聘请，请另聘律师。"
        raise ActionBlocked(Reason(text, "13-1-2", "username"))
    if user and (not access_from or not access_until or access_until < access_from):
        text = "请填写专家可以阅看方案的起止日期，止日不早于起日。"
        raise ActionBlocked(Reason(text, "13-1-2", "access_until"))
    if proposal.partner and firm.strip() == proposal.partner.name:
        text = "合作方自己的人员不能作为律师或专家，请另聘与合作方无利害关系的人员。"
        raise ActionBlocked(Reason(text, "13-1-2", "firm"))
    engagement = ExpertEngagement.objects.create(
        proposal=proposal,
        kind=kind,
        name=name,
        firm=firm,
        licence_no=licence_no,
        activity=activity,
        user=user,
        access_from=access_from if user else None,
        access_until=access_until if user else None,
        engaged_by=by,
        letter=_keep(letter, proposal, "letter", by=by, at=at) if letter else None,
    )
    if user:
        assign_perm("approvals.read_proposal", user, proposal)
        page = reverse("approvals:expert_opinion", args=[proposal.pk, engagement.pk])
        common.tell(
            [user], proposal, "受聘论证：请声明利害关系并出具意见",
            key=f"expert:{engagement.pk}", at=at, url=page,
        )  # fmt: skip
    title = f"聘请{ExpertKind(kind).label}{name}（{firm}）"
    common.note(proposal, "expert.engaged", title, by=by, at=at, command_id=command_id)
    return engagement


def _keep(
    upload: UploadedFile, proposal: Proposal, what: str, *, by: User, at: datetime
) -> Attachment:
    return store_upload(
        upload=upload, name=upload.name or "", by=by, at=at, union=proposal.supervising_union,
        venue_id=proposal.venue_id, case_id=proposal.pk, purpose=f"{EVIDENCE}{what}",
        audience=Audience.MATTER,
    )  # fmt: skip


def _expert_account(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.can(Permission.EXPERT_OPINION):
        text = "没有这个专家账号，请核对；没有账号的可以不填，由阵地录入签字意见。"
        raise ActionBlocked(Reason(text, field="username"))
    return user


def _ensure_writable(proposal: Proposal) -> None:
    if not (proposal.is_writable or proposal.stage == "venue_decided"):
        raise ActionBlocked(f"方案现处于“{proposal.get_stage_display()}”，论证材料不能再改动。")


@transaction.atomic
def declare_and_opine(
    *, engagement: ExpertEngagement, has_conflict: bool, conflict_statement: str, opinion: str,
    conclusion: ExpertConclusion, opined_on: date, version: int, by: User, at: datetime,
    paper: UploadedFile | None = None, command_id: UUID | None = None,
) -> ExpertEngagement:  # fmt: skip
    """Record the conflict statement and the opinion.

    An expert with an account writes it themself; for one without, the venue enters what the
    signed paper says, and `paper`, its scan, is the evidence of every wording. A new opinion
    takes back the venue's earlier answer. A declared conflict is not taken back: whoever has
    one is replaced.
    """
    proposal = common.lock_proposal(engagement.proposal, None)
    engagement = lock(ExpertEngagement, pk=engagement.pk, version=version)
    _ensure_writable(proposal)
    _ensure_may_opine(engagement, proposal, by=by, at=at)
    _ensure_declared(engagement, conflict_statement, has_conflict=has_conflict)
    if opined_on > at.date():
        raise ActionBlocked(Reason("意见日期不能晚于今天。", "13-1-2", "opined_on"))
    if not engagement.user_id:
        if paper is None:
            text = "由阵地录入的意见，须上传本人签字的书面意见扫描件。"
            raise ActionBlocked(Reason(text, "13-1-2", "paper"))
        engagement.paper = _keep(paper, proposal, "paper", by=by, at=at)
    engagement.has_conflict = has_conflict
    engagement.conflict_statement = conflict_statement
    engagement.opinion = opinion
    engagement.conclusion = conclusion
    engagement.opined_on = opined_on
    engagement.is_adopted, engagement.answer = None, ""
    engagement.save_new_version()
    title = f"{engagement.get_kind_display()}{engagement.name}出具意见：{ExpertConclusion(conclusion).label}"
    common.note(proposal, "expert.opined", title, by=by, at=at, command_id=command_id)
    return engagement


def _ensure_may_opine(
    engagement: ExpertEngagement, proposal: Proposal, *, by: User, at: datetime
) -> None:
    if engagement.user_id and engagement.user_id != by.pk:
        raise Refused(f"意见应由{engagement.name}本人登录后出具，他人不能代填。")
    if not engagement.user_id:
        permissions.require_drafter(by, proposal)
        if engagement.ended_at:
            raise ActionBlocked("聘请已结束，不能再录入意见；确需录入的请重新聘请。")
    elif not engagement.is_open(at.date()):
        raise Refused("约定的阅看期间已过或聘请已结束，不能再出具意见；确需出具的请阵地重新聘请。")


def _ensure_declared(
    engagement: ExpertEngagement, conflict_statement: str, *, has_conflict: bool
) -> None:
    if engagement.has_conflict and not has_conflict:
        text = "已声明有利害关系的不能改为无利害关系，请结束这项聘请并另聘；录入有误的，结束后重新登记。"
        raise ActionBlocked(Reason(text, "13-1-2", "has_conflict"))
    if not conflict_statement.strip():
        text = "请声明与合作方有无利害关系。"
        raise ActionBlocked(Reason(text, "13-1-2", "conflict_statement"))


@transaction.atomic
def answer_expert(
    *, engagement: ExpertEngagement, is_adopted: bool, answer: str, version: int, by: User,
    at: datetime, command_id: UUID | None = None,
) -> ExpertEngagement:  # fmt: skip
    """Answer an opinion: adopted or not, with the reason (采纳情况)."""
    permissions.require_drafter(by, engagement.proposal)
    proposal = common.lock_proposal(engagement.proposal, None)
    engagement = lock(ExpertEngagement, pk=engagement.pk, version=version)
    _ensure_writable(proposal)
    if not engagement.opinion:
        raise ActionBlocked("专家尚未出具意见，不能先作答复。")
    if not answer.strip():
        text = "采纳的写明如何落实，不采纳的写明理由。"
        raise ActionBlocked(Reason(text, "13-1-2", "answer"))
    engagement.is_adopted = is_adopted
    engagement.answer = answer
    engagement.save_new_version()
    title = f"答复{engagement.name}的意见：{'采纳' if is_adopted else '不采纳'}"
    common.note(proposal, "expert.answered", title, by=by, at=at, command_id=command_id)
    return engagement


@transaction.atomic
def end_engagement(
    *, engagement: ExpertEngagement, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> ExpertEngagement:  # fmt: skip
    """End an engagement, with or without an account: an account loses the plan at once.

    What they said stays, and so does the answer owed to it; a conflict is replaced this way.
    """
    permissions.require_drafter(by, engagement.proposal)
    proposal = common.lock_proposal(engagement.proposal, None, even_suspended=True)
    engagement = lock(ExpertEngagement, pk=engagement.pk, version=version)
    if engagement.ended_at:
        raise StaleVersion("这项聘请已经结束。")
    if not reason.strip():
        raise ActionBlocked(Reason("请写明结束聘请的理由。", field="reason"))
    engagement.ended_at, engagement.end_reason = at, reason.strip()
    engagement.save_new_version()
    others = proposal.engagements.filter(user=engagement.user_id, ended_at=None)
    if engagement.user and not others.exists():
        remove_perm("approvals.read_proposal", engagement.user, proposal)
    title = f"结束聘请{engagement.get_kind_display()}{engagement.name}：{reason.strip()}"
    common.note(proposal, "expert.ended", title, by=by, at=at, command_id=command_id)
    return engagement


@transaction.atomic
def record_guidance(
    *, proposal: Proposal, content: str, guided_on: date, by: User, at: datetime,
    command_id: UUID | None = None,
) -> GuidanceRecord:  # fmt: skip
    """Record how the supervising union guided the venue's appraisal (13(一))."""
    require(by, Permission.GUIDANCE_RECORD, union=proposal.supervising_union)
    proposal = common.lock_proposal(proposal, None)
    if guided_on > at.date():
        raise ActionBlocked(Reason("指导日期不能晚于今天。", "13-1-2", "guided_on"))
    guidance = GuidanceRecord.objects.create(
        proposal=proposal, content=content, guided_on=guided_on, by=by, at=at
    )
    common.note(
        proposal, "guidance.recorded", "主管工会指导论证", by=by, at=at, command_id=command_id
    )
    people = common.venue_people(proposal, today=at.date())
    common.tell(people, proposal, "主管工会已登记指导意见", key=f"guidance:{guidance.pk}", at=at)
    return guidance


@transaction.atomic
def record_initiative(
    *, proposal: Proposal, origin: InitiativeOrigin, decided_by: str, decided_on: date,
    content: str, by: User, at: datetime, command_id: UUID | None = None,
) -> UnionInitiative:  # fmt: skip
    """Record the union's own decision to explore another way (第十四条第二款).

    A plan has one; a correction is a new plan, for what was decided is not rewritten.
    """
    require(by, Permission.GUIDANCE_RECORD, union=proposal.supervising_union)
    proposal = common.lock_proposal(proposal, None)
    if proposal.mode != CooperationMode.OTHER:
        raise ActionBlocked("只有“其它方式”的方案才登记探索决定。")
    _ensure_writable(proposal)
    if decided_on > at.date():
        raise ActionBlocked(Reason("决定日期不能晚于今天。", "14-5-1", "decided_on"))
    if UnionInitiative.objects.filter(proposal=proposal).exists():
        raise ActionBlocked("本方案已登记主管工会的探索决定，不能重复登记。")
    permissions.refuse_own_part(by, proposal)
    initiative = UnionInitiative.objects.create(
        proposal=proposal,
        origin=origin,
        decided_by=decided_by,
        decided_on=decided_on,
        content=content,
        by=by,
        at=at,
    )
    title = (
        f"登记探索决定：{initiative.get_origin_display()}（{decided_by}，{decided_on:%Y-%m-%d}）"
    )
    common.note(proposal, "initiative.recorded", title, by=by, at=at, command_id=command_id)
    people = common.venue_people(proposal, today=at.date())
    common.tell(people, proposal, "主管工会已登记探索决定", key="initiative", at=at)
    return initiative
