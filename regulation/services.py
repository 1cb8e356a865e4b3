"""The policy library: loaded with its titles, filled with texts by 省总资产监管部 alone."""

from datetime import date, datetime
from typing import IO
from uuid import UUID

from django.core.files import File
from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from audit.services import record
from core.errors import ActionBlocked, Reason
from core.models import lock
from documents.services import store_upload
from organizations.models import TradeUnion
from regulation.articles import TITLE
from regulation.enums import PolicyStatus
from regulation.models import PolicyDocument

ACFTU = "中华全国总工会"
# Title, issuer where the regulation names it, and the rule whose clause cites it.
AWAITED = (
    ("关于坚持公益性服务性方向推进职工服务阵地社会化市场化运作的意见", ACFTU, "1-1"),
    ("关于进一步加强工会企事业经营业绩考核工作的意见", ACFTU, "13-5-1"),
    ("陕西省工会行政事业性资产管理办法", "", "1-1"),
    ("陕西省总工会直属企事业单位管理办法", "", "13-2-3"),
    ("陕西省县级以上工会支出管理实施细则", "", "22-1"),
)
# The number under which each text is read: the regulation itself is 1.
TITLES = {number: title for number, (title, *_rest) in enumerate(((TITLE,), *AWAITED), start=1)}
NUMBERS = {title: number for number, title in TITLES.items()}


@transaction.atomic
def load_policies() -> int:
    """Enter the regulation and the five documents it names; what stands is left as it is.

    Returns how many were added.
    """
    rows = [
        PolicyDocument(
            title=TITLE,
            issuer="陕西省总工会",
            issued_on=date(2023, 4, 7),
            status=PolicyStatus.AVAILABLE,
        ),
        *(PolicyDocument(title=title, issuer=who, cited_by=code) for title, who, code in AWAITED),
    ]
    known = set(PolicyDocument.objects.values_list("title", flat=True))
    added = [row for row in rows if row.title not in known]
    PolicyDocument.objects.bulk_create(added)
    return len(added)


@transaction.atomic
def provide_policy(
    *, policy: PolicyDocument, issuer: str, issued_on: date, document_number: str,
    upload: File | IO[bytes], name: str, by: User, at: datetime, command_id: UUID | None = None,
) -> PolicyDocument:  # fmt: skip
    """Put the text of a document the regulation names into its slot.

    The title is fixed. Issuer, day and number are what the text says; a text without a
    number leaves it empty.
    """
    root = TradeUnion.objects.get(depth=1)
    require(by, Permission.POLICY_WRITE, union=root)
    policy = lock(PolicyDocument, pk=policy.pk)
    reasons = []
    if policy.status != PolicyStatus.AWAITED:
        raise ActionBlocked("这份文件已有原文，不能重复提供。请刷新页面查看。")
    if not issuer.strip():
        reasons.append(Reason("请按原文填写制定机关。", field="issuer"))
    if issued_on > at.date():
        reasons.append(Reason("印发日期不能晚于今天，请按原文核对。", field="issued_on"))
    if reasons:
        raise ActionBlocked(reasons)
    policy.attachment = store_upload(
        upload=upload, name=name, by=by, at=at, union=root, case_id=policy.pk, purpose="policy"
    )
    policy.issuer, policy.issued_on = issuer.strip(), issued_on
    policy.document_number = document_number.strip()
    policy.status = PolicyStatus.AVAILABLE
    policy.provided_by, policy.provided_at = by, at
    policy.save_new_version()
    record(
        case_id=policy.pk,
        code="regulation.policy.provided",
        title=f"提供政策依据原文《{policy.title}》",
        by=by,
        at=at,
        union_id=root.pk,
        command_id=command_id,
        body={"policy": str(policy.pk), "sha256": policy.attachment.file.sha256},
    )
    return policy
