"""Signing, filing, taking effect."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from approvals.enums import Duty
from approvals.services.involving import take_duty
from approvals.services.standing import note_signed
from contracts import permissions
from contracts.enums import Action
from contracts.models import Contract
from contracts.selectors import filing_context
from contracts.services import common
from documents import services as documents
from documents.enums import NumberKind
from notifications import services as notifications
from organizations.enums import DepartmentKind
from organizations.selectors import parameter, working_days

EXPIRY_ALERT_DAYS = (180, 90, 60, 30, 7, 1)
FILING_KIND = "contracts.filing"
EXPIRY_KIND = "contracts.expiry"


@transaction.atomic
def sign_contract(
    *, contract: Contract, signed_on: date, venue_signatory: str, partner_signatory: str,
    signatory_authority: str, copies: int, version: int, by: User, at: datetime,
    signed_at_place: str = "", command_id: UUID | None = None,
) -> Contract:  # fmt: skip
    """Record that both sides signed; from now on the filing is due."""
    contract = common.lock_contract(contract, version)
    permissions.require_signer(by, contract, on=at.date())
    contract.signed_on = signed_on
    contract.venue_signatory = venue_signatory.strip()
    contract.partner_signatory = partner_signatory.strip()
    contract.signatory_authority = signatory_authority.strip()
    contract.signed_at_place = signed_at_place.strip()
    contract.copies = copies
    common.ensure_allowed(contract, Action.SIGN, today=at.date())
    take_duty(contract.cooperation_id, [by], Duty.SIGNER, "签订合同", at=at)
    contract.signed_by, contract.signed_at = by, at
    union = contract.cooperation.supervising_union
    days = int(parameter("filing_days", union=union, on=at.date()).value)
    contract.filing_due_on = working_days().add(signed_on, days).day
    common.move(contract, Action.SIGN, at=at)
    note_signed(contract.proposal)
    title = f"签订合同（{signed_on:%Y-%m-%d}）"
    common.note(contract, "contract.signed", title, by=by, at=at, command_id=command_id)
    _set_filing_deadline(contract, at=at)
    people = common.union_people(contract, Permission.CONTRACT_FILE, today=at.date())
    common.tell(people, contract, "合同已签订，待备案", key="signed", at=at)
    return contract


def _set_filing_deadline(contract: Contract, *, at: datetime) -> None:
    due = contract.filing_due_on
    assert due is not None  # noqa: S101 - set by the caller
    notifications.set_deadline(
        kind=FILING_KIND,
        subject_id=contract.pk,
        case_id=contract.case_id,
        title=f"合同备案：{contract.title}",
        url=common.page_of(contract),
        due_on=due,
        union=contract.cooperation.supervising_union,
        venue_id=contract.venue_id,
        alerts=[
            notifications.Alert(working_days().before(due), "备案期限临近"),
            notifications.Alert(due, "备案今天到期"),
            notifications.Alert(due + timedelta(days=1), "备案已逾期"),
        ],
        recipients=_audiences(contract),
        at=at,
    )


def _audiences(contract: Contract) -> list[notifications.Audience]:
    """The venue that performs the contract and the department that supervises it."""
    return [
        notifications.Audience(permission=Permission.CONTRACT_WRITE, venue_id=contract.venue_id),
        notifications.Audience(
            permission=Permission.CONTRACT_FILE,
            union=contract.cooperation.supervising_union,
            department=DepartmentKind.ASSET,
        ),
    ]


@transaction.atomic
def file_contract(
    *, contract: Contract, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Contract:
    """Put the signed contract on file under its number and issue the filing form.

    Late filing is recorded as late, never refused: an unfiled contract is worse.
    """
    contract = common.lock_contract(contract, version)
    permissions.require_at_union(by, Permission.CONTRACT_FILE, contract, on=at.date())
    common.ensure_allowed(contract, Action.FILE, today=at.date())
    union = contract.cooperation.supervising_union
    series = f"ZCHT-{union.division_code}"
    contract.filing_number = documents.take_number(
        series=documents.Series(
            code=series, kind=NumberKind.FILING, holder=union.name,
            form=series + "-{year}-{no:04d}",
        ),
        year=at.year, title=contract.title, case_id=contract.cooperation_id, union=union,
        venue_id=contract.venue_id, by=by, at=at,
    )  # fmt: skip
    contract.filed_by, contract.filed_at = by, at
    contract.is_filed_late = bool(contract.filing_due_on and at.date() > contract.filing_due_on)
    common.move(contract, Action.FILE, at=at)
    contract.filing_form = documents.issue_pdf(
        kind="contract_filing",
        template="print/contract_filing.html",
        context=filing_context(contract, today=at.date(), filer=by),
        number=contract.filing_number,
        title="合同备案表",
        case_id=contract.case_id,
        union=union,
        venue_id=contract.venue_id,
        by=by,
        at=at,
    )
    contract.save()
    late = "（逾期）" if contract.is_filed_late else ""
    title = f"合同备案 {contract.filing_number}{late}"
    common.note(contract, "contract.filed", title, by=by, at=at, command_id=command_id)
    notifications.close_deadline(kind=FILING_KIND, subject_id=contract.pk, at=at)
    people = common.venue_people(contract, Permission.CONTRACT_WRITE, today=at.date())
    common.tell(people, contract, f"合同已备案：{contract.filing_number}", key="filed", at=at)
    return contract


@transaction.atomic
def put_into_effect(
    *, contract: Contract, effective_on: date, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Contract:  # fmt: skip
    """Confirm that the contract takes effect: its gates stand and its day has come."""
    contract = common.lock_contract(contract, version)
    permissions.require_at_union(by, Permission.CONTRACT_FILE, contract, on=at.date())
    contract.effective_on = effective_on
    common.ensure_allowed(contract, Action.PUT_INTO_EFFECT, today=at.date())
    contract.effective_by, contract.effective_at = by, at
    common.move(contract, Action.PUT_INTO_EFFECT, at=at)
    title = f"合同生效（{effective_on:%Y-%m-%d}）"
    common.note(contract, "contract.effective", title, by=by, at=at, command_id=command_id)
    _set_expiry_deadline(contract, at=at)
    people = common.venue_people(contract, Permission.CONTRACT_WRITE, today=at.date())
    common.tell(people, contract, "合同已生效", key="effective", at=at)
    return contract


def _set_expiry_deadline(contract: Contract, *, at: datetime) -> None:
    end = contract.ends_on
    assert end is not None  # noqa: S101 - nothing is signed without its last day
    notifications.set_deadline(
        kind=EXPIRY_KIND,
        subject_id=contract.pk,
        case_id=contract.case_id,
        title=f"合同到期：{contract.title}",
        url=common.page_of(contract),
        due_on=end,
        union=contract.cooperation.supervising_union,
        venue_id=contract.venue_id,
        alerts=[
            notifications.Alert(end - timedelta(days=days), f"合同还有 {days} 天到期")
            for days in EXPIRY_ALERT_DAYS
            if end - timedelta(days=days) >= at.date()
        ],
        recipients=_audiences(contract),
        at=at,
    )
