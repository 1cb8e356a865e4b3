"""确认: the head's word on the grade; the report is printed and what must follow is opened."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from approvals.enums import Duty
from approvals.models import Cooperation
from approvals.services.involving import take_duty
from core.errors import ActionBlocked
from core.models import lock
from documents import services as documents
from documents.enums import NumberKind
from documents.models import IssuedDocument
from evaluations.enums import EvaluationKind, EvaluationState, Grade
from evaluations.models import Evaluation
from evaluations.permissions import require_evaluator
from evaluations.rules import PROCEDURE
from evaluations.selectors import report_context
from evaluations.services import common
from notifications import services as notifications
from supervision.services import open_rectification

NUMBERS = documents.Series(code="PJ", kind=NumberKind.EVALUATION, form="PJ-{year}-{no:04d}")


@transaction.atomic
def confirm_evaluation(
    *, evaluation: Evaluation, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Evaluation:
    """Confirm the grade; the report is printed, and 不合格 opens a rectification with a date.

    The case is locked before the row, as whoever writes on its ledger does.
    """
    lock(Cooperation, pk=evaluation.cooperation_id)
    queryset = Evaluation.objects.select_related(
        "union", "cooperation__venue", "cooperation__supervising_union"
    )
    evaluation = lock(queryset, pk=evaluation.pk, version=version)
    if not PROCEDURE.allows("confirm", evaluation.state):
        raise ActionBlocked("评价不在待确认状态，请刷新页面查看。")
    require_evaluator(by, Permission.EVALUATION_CONFIRM, evaluation, on=localdate(at))
    take_duty(evaluation.cooperation_id, [by], Duty.EVALUATOR, "确认评价等次", at=at)
    evaluation.state = EvaluationState.CONFIRMED
    evaluation.confirmed_by, evaluation.confirmed_at = by, at
    evaluation.report = _print_report(evaluation, by=by, at=at)
    evaluation.save_new_version()
    notifications.close_deadline(kind=common.DEADLINE, subject_id=evaluation.pk, at=at)
    title = f"{evaluation.get_kind_display()}确认：{evaluation.get_grade_display()}"
    common.note(evaluation, "confirmed", title, by=by, at=at, command_id=command_id)
    if evaluation.kind == EvaluationKind.STAGE and evaluation.grade == Grade.FAIL:
        _order_rectification(evaluation, by=by, at=at)
    people = common.venue_people(evaluation, Permission.RECTIFICATION_WRITE, at=at)
    common.tell(evaluation, people, title, at=at)
    return evaluation


def _print_report(evaluation: Evaluation, *, by: User, at: datetime) -> IssuedDocument:
    year = localdate(at).year
    title = f"{evaluation.cooperation.title}{evaluation.get_kind_display()}报告"
    number = documents.take_number(
        series=NUMBERS, year=year, title=title, case_id=evaluation.cooperation_id,
        union=evaluation.union,
        venue_id=evaluation.venue_id, by=by, at=at,
    )  # fmt: skip
    is_stage = evaluation.kind == EvaluationKind.STAGE
    return documents.issue_pdf(
        kind="stage_evaluation" if is_stage else "final_evaluation",
        template="print/evaluation_report.html",
        context=report_context(evaluation, today=localdate(at)),
        number=number,
        title=title,
        case_id=evaluation.cooperation_id,
        union=evaluation.union,
        venue_id=evaluation.venue_id,
        by=by,
        at=at,
    )


def _order_rectification(evaluation: Evaluation, *, by: User, at: datetime) -> None:
    open_rectification(
        cooperation=evaluation.cooperation,
        source_kind="evaluation",
        source_id=evaluation.pk,
        source_url=common.page_of(evaluation),
        problems=evaluation.problems,
        rule_code="13-5-3",
        requirements=evaluation.requirements,
        by=by,
        at=at,
    )
