"""Entering subjects of civil law in the register all unions share."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.permissions import Permission
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused
from organizations import uscc as codes
from partners import rules
from partners.models import Partner


@transaction.atomic
def register_partner(
    *, uscc: str, name: str, subject_kind: str, legal_representative: str, business: str,
    parent_uscc: str = "", parent_authorisation: str = "", by: User, at: datetime,
    command_id: UUID | None = None,
) -> Partner:  # fmt: skip
    """Enter a subject of civil law in the register all unions share.

    Two people entering the same code are answered one after the other: the second is
    sent to the row of the first.
    """
    if not by.can(Permission.PARTNER_WRITE):
        raise Refused("您的岗位不能登记合作对象。请联系阵地经办人或资产监督管理部门办理。")
    uscc, parent_uscc = codes.normalise(uscc), codes.normalise(parent_uscc)
    reasons = rules.uscc_reasons(uscc)
    if not reasons:
        reasons += rules.kind_reasons(subject_kind, uscc)
    reasons += rules.branch_reasons(subject_kind, uscc, parent_uscc, parent_authorisation.strip())
    reasons += _known_reasons(uscc)
    if reasons:
        raise ActionBlocked(reasons)
    partner = Partner(
        uscc=uscc,
        name=name.strip(),
        subject_kind=subject_kind,
        legal_representative=legal_representative.strip(),
        business=business.strip(),
        parent_uscc=parent_uscc,
        parent_authorisation=parent_authorisation.strip(),
        registered_by=by,
        registered_at=at,
    )
    try:
        with transaction.atomic():
            partner.save(force_insert=True)
    except IntegrityError as conflict:  # somebody entered the same code a moment ago
        raise ActionBlocked(_known_reasons(uscc)) from conflict
    record(
        case_id=partner.pk,
        code="partners.partner.registered",
        by=by,
        at=at,
        title=f"登记合作对象：{partner.name}",
        body={"uscc": uscc, "subject_kind": subject_kind, "name": partner.name},
        command_id=command_id,
    )
    return partner


def _known_reasons(uscc: str) -> list[Reason]:
    known = Partner.objects.filter(uscc=uscc).first()
    if known is None:
        return []
    text = f"这个代码已经登记为“{known.name}”，不必重复登记，请在合作对象库中查找。"
    return [Reason(text, field="uscc")]
