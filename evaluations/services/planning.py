"""评价计划: fixed with the contract, before it takes effect."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals.models import Cooperation
from contracts import services as contracts
from contracts.enums import ContractState, GateCode
from contracts.models import Contract
from core.errors import ActionBlocked
from core.models import lock
from evaluations import rules
from evaluations.models import Evaluation, KpiScheme
from evaluations.rules import PlannedEvaluation
from evaluations.services import common
from notifications import services as notifications


@transaction.atomic
def plan_evaluations(
    *, contract: Contract, scheme: KpiScheme, rows: Sequence[PlannedEvaluation], by: User,
    at: datetime, command_id: UUID | None = None,
) -> list[Evaluation]:  # fmt: skip
    """Fix when a cooperation is evaluated; this closes the contract's gate (13(五)).

    At least one stage evaluation before the final one, the periods inside the term and
    apart, the scheme in force before the first period begins. The case is locked before
    the contract, as whoever writes on its ledger does.
    """
    lock(Cooperation, pk=contract.cooperation_id)
    contract = lock(
        Contract.objects.select_related("venue", "cooperation__supervising_union"), pk=contract.pk
    )
    require(by, Permission.EVALUATION_PLAN, union=contract.cooperation.supervising_union)
    if contract.evaluations.exists():
        raise ActionBlocked("本合同已有评价计划，不能另定一份。")
    if reasons := rules.plan_reasons(_facts_of(contract, scheme), rows):
        raise ActionBlocked(reasons)
    ordered = sorted(rows, key=lambda row: (row.period_from, row.period_to))
    planned = [_plan(contract, scheme, row, by=by, at=at) for row in ordered]
    evidence = f"评价计划：{len(planned)} 次，方案《{scheme.name}》"
    contracts.close_gate(
        contract=contract, code=GateCode.EVALUATION_PLAN, evidence=evidence, by=by, at=at
    )
    common.note(planned[0], "planned", evidence, by=by, at=at, command_id=command_id)
    return planned


def _facts_of(contract: Contract, scheme: KpiScheme) -> rules.PlanFacts:
    return rules.PlanFacts(
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        venue_kind=contract.venue.kind,
        scheme_kind=scheme.venue_kind,
        scheme_valid_from=scheme.valid_from,
        mode=contract.cooperation.mode,
        is_closed=contract.state in ContractState.CLOSED,
    )


def _plan(
    contract: Contract, scheme: KpiScheme, row: PlannedEvaluation, *, by: User, at: datetime
) -> Evaluation:
    evaluation = Evaluation(
        contract=contract,
        cooperation=contract.cooperation,
        venue_id=contract.venue_id,
        union=contract.cooperation.supervising_union,
        scheme=scheme,
        kind=row.kind,
        period_from=row.period_from,
        period_to=row.period_to,
        due_on=row.due_on,
        planned_by=by,
        planned_at=at,
    )
    evaluation.place_like(contract)
    evaluation.save(force_insert=True)
    _set_deadline(evaluation, at=at)
    return evaluation


def _set_deadline(evaluation: Evaluation, *, at: datetime) -> None:
    due = evaluation.due_on
    alerts = [
        notifications.Alert(due - timedelta(days=30), "还有 30 天到期"),
        notifications.Alert(due - timedelta(days=7), "还有 7 天到期"),
        notifications.Alert(due, "今天到期"),
        notifications.Alert(due + timedelta(days=1), "已逾期"),
    ]
    notifications.set_deadline(
        kind=common.DEADLINE,
        subject_id=evaluation.pk,
        case_id=evaluation.cooperation_id,
        title=f"{evaluation.get_kind_display()}：{evaluation.cooperation.title}",
        url=common.page_of(evaluation),
        due_on=due,
        union=evaluation.union,
        venue_id=evaluation.venue_id,
        alerts=[alert for alert in alerts if alert.fire_on >= localdate(at)],
        recipients=[
            notifications.Audience(permission=Permission.EVALUATION_SCORE, union=evaluation.union)
        ],
        at=at,
    )
