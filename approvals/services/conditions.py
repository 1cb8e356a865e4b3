"""附条件: the venue meets a condition with evidence, the department that set it confirms."""

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from approvals import permissions
from approvals.models import Condition, Proposal
from approvals.rules.roads import FULFILLING
from approvals.selectors.conditions import PURPOSE, confirmers_of
from approvals.services import common
from core.errors import ActionBlocked, Reason, StaleVersion
from core.models import lock
from documents.enums import Audience
from documents.services import store_upload


def _locked(condition: Condition, version: int) -> tuple[Proposal, Condition]:
    """The plan and its condition, both held; only what still stands can be met."""
    proposal = common.lock_proposal(condition.proposal, None, even_suspended=True)
    rows = Condition.objects.select_related("opinion__task")
    condition = lock(rows, pk=condition.pk, version=version)
    condition.proposal = proposal
    if not FULFILLING.allows("report", condition.state):  # nor to be confirmed
        raise StaleVersion("这项条件已经确认落实，请刷新页面查看。")
    if not condition.opinion.is_valid:
        raise ActionBlocked("提出这项条件的意见已经失效，条件不再作数，请看部门的新意见。")
    return proposal, condition


@transaction.atomic
def report_condition(
    *, condition: Condition, note: str, upload: UploadedFile, version: int, by: User,
    at: datetime, command_id: UUID | None = None,
) -> Condition:  # fmt: skip
    """The venue says how a condition was met, with a file that shows it."""
    permissions.require_drafter(by, condition.proposal)
    proposal, condition = _locked(condition, version)
    if not note.strip():
        raise ActionBlocked(Reason("请写明条件如何落实。", field="note"))
    condition.evidence = store_upload(
        upload=upload, name=upload.name or "", by=by, at=at, union=proposal.supervising_union,
        venue_id=proposal.venue_id, case_id=proposal.pk, purpose=f"{PURPOSE}{condition.pk}",
        audience=Audience.MATTER,
    )  # fmt: skip
    condition.reported_note, condition.reported_by = note.strip(), by
    condition.reported_at, condition.sent_back_note = at, ""
    condition.save_new_version()
    title = f"报告条件落实情况：{condition.text[:60]}"
    common.note(proposal, "condition.reported", title, by=by, at=at, command_id=command_id)
    people = confirmers_of(condition, today=at.date())
    key = f"condition:{condition.pk}:{condition.version}"
    common.tell(people, proposal, "请确认所附条件已落实", key=key, at=at, text=condition.text)
    return condition


@transaction.atomic
def confirm_condition(
    *, condition: Condition, note: str, version: int, by: User, at: datetime, is_met: bool = True,
    command_id: UUID | None = None,
) -> Condition:  # fmt: skip
    """Confirm that a condition is met, or send the report back with what is still missing.

    By the department that set it alone, and by nobody who had a part in the plan.
    """
    permissions.require_confirmer(by, condition)
    proposal, condition = _locked(condition, version)
    permissions.refuse_own_part(by, proposal)
    if not FULFILLING.allows("confirm", condition.state):
        raise ActionBlocked("阵地还没有报告落实情况和证明材料，不能确认。")
    if not note.strip():
        raise ActionBlocked(Reason("请写明核对情况。", field="note"))
    if is_met:
        condition.met_note, condition.met_by, condition.met_at = note.strip(), by, at
        code, title = "met", f"确认条件已落实：{condition.text[:60]}"
    else:
        condition.reported_by = condition.reported_at = None
        condition.sent_back_note = note.strip()
        code, title = "sent_back", f"条件尚未落实：{condition.text[:60]}：{note.strip()}"
    condition.save_new_version()
    common.note(proposal, f"condition.{code}", title, by=by, at=at, command_id=command_id)
    people = common.venue_people(proposal, today=at.date())
    key = f"condition:{condition.pk}:{condition.version}"
    told = "所附条件已确认落实" if is_met else "所附条件尚未落实，请补充"
    common.tell(people, proposal, told, key=key, at=at, text=note.strip())
    return condition
