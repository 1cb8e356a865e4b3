"""Issuing papers: frozen content, bytes kept for ever, a code by which anybody can check."""

import json
import secrets
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import segno
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from audit.services import record
from core.canonical import canonical_json, sha256_of
from core.errors import ActionBlocked
from core.models import lock
from documents import rules, selectors
from documents.enums import Audience, DocumentStatus
from documents.models import IssuedDocument
from documents.printing.render import html_to_pdf
from documents.services.files import store_bytes
from documents.services.numbers import void_number
from organizations.models import TradeUnion

# What base_official.html may be given beside the document itself.
OFFICIAL_FIELDS = {
    "letterhead": "",  # 发文机关标志
    "signer": "",  # 签发人，上行文才有
    "addressee": "",  # 主送机关，不带冒号
    "paragraphs": [],
    "attachments": [],  # 附件说明
    "signature": "",  # 署名
    "signed_on": "",
    "copy_to": "",  # 抄送，不带句号
    "printed_by": "",
    "printed_on": "",
}
DEMO_MARK = "演示数据"
DRAFT_MARK = "草稿，未出具"


@transaction.atomic
def issue_pdf(
    *,
    kind: str,
    template: str,
    context: dict[str, Any],
    number: str,
    title: str,
    case_id: UUID,
    union: TradeUnion,
    by: User,
    at: datetime,
    venue_id: UUID | None = None,
    audience: str = Audience.CASE,
    supersedes: IssuedDocument | None = None,
) -> IssuedDocument:
    """Print a paper from frozen content and keep its bytes; they are never printed again.

    The caller has permitted the act and taken the number. Days and amounts in the
    context are put into their printed form before the content is frozen and hashed.
    """
    code = _free_code()
    frozen = _freeze(template, context, number=number, title=title, union=union, by=by, at=at)
    document = IssuedDocument(
        kind=kind,
        number=number,
        title=title,
        case_id=case_id,
        venue_id=venue_id,
        audience=audience,
        issuer=union,
        snapshot=canonical_json({**frozen, "verify_code": code}),
        verify_code=code,
        issued_by=by,
        issued_at=at,
    )
    html = _html(document.snapshot, short_hash=document.short_hash)
    content = html_to_pdf(html, pictures={"code.svg": _code_picture(_verify_url(code))})
    document.html_sha256 = sha256_of(html)
    document.pdf = store_bytes(content=content, extension="pdf", pages=_pages(content), at=at)
    document.place_under(union)
    document.save(force_insert=True)
    if supersedes is not None:
        _supersede(supersedes, document)
    _record_issue(document)
    return document


def _record_issue(document: IssuedDocument) -> None:
    number = f"（{document.number}）" if document.number else ""
    record(
        case_id=document.case_id,
        code="documents.document.issued",
        title=f"出具《{document.title}》{number}",
        by=document.issued_by,
        at=document.issued_at,
        union_id=document.issuer_id,
        body={
            "document": str(document.pk),
            "kind": document.kind,
            "number": document.number,
            "sha256": document.pdf.sha256,
            "verify_code": document.verify_code,
        },
        snapshot_sha256=document.snapshot_sha256,
    )


@transaction.atomic
def void_document(*, document: IssuedDocument, reason: str, by: User, at: datetime) -> None:
    """Declare a paper void; its number and bytes stay. The caller has permitted the act."""
    document = lock(IssuedDocument, pk=document.pk)
    if document.status != DocumentStatus.IN_FORCE:
        raise ActionBlocked("这份文件已不是有效状态，无需再作废。请刷新页面查看现状。")
    if not reason.strip():
        raise ActionBlocked("请填写作废原因。")
    document.status = DocumentStatus.VOID
    document.void_reason = reason.strip()[:200]
    document.save_new_version()
    void_number(case_id=document.case_id, text=document.number, reason=document.void_reason)
    record(
        case_id=document.case_id,
        code="documents.document.voided",
        title=f"作废《{document.title}》",
        by=by,
        at=at,
        union_id=document.issuer_id,
        body={"document": str(document.pk), "reason": document.void_reason},
    )


def preview_pdf(
    template: str, context: dict[str, Any], *, title: str = "草稿", number: str = "",
    mark: str = DRAFT_MARK, by: User | None = None, at: datetime | None = None, leads_to: str = "",
) -> bytes:  # fmt: skip
    """Print a paper that is neither kept nor numbered and says so.

    An export of what already happened is no draft: it names who printed it, and when.
    `leads_to` is the address a QR code on the paper opens.
    """
    frozen = {
        "template": template,
        "context": {**OFFICIAL_FIELDS, **rules.printable(context)},
        "number": number,
        "title": title,
        "mark": " · ".join(one for one in (mark, DEMO_MARK if selectors.is_demo() else "") if one),
        "issued_at": rules.printable(at) if at else "",
        "issued_by": by.name if by else "",
        "verify_code": "",
    }
    pictures = {"code.svg": _code_picture(leads_to)} if leads_to else {}
    return html_to_pdf(_html(canonical_json(frozen), short_hash=""), pictures=pictures)


def _freeze(
    template: str,
    context: dict[str, Any],
    *,
    number: str,
    title: str,
    union: TradeUnion,
    by: User,
    at: datetime,
) -> dict[str, Any]:
    today = rules.format_day(at)
    house = {
        "letterhead": f"{union.name}文件",
        "signature": union.name,
        "signed_on": today,
        "printed_by": union.name,
        "printed_on": today,
    }
    return {
        "template": template,
        "context": {**OFFICIAL_FIELDS, **house, **rules.printable(context)},
        "number": number,
        "title": title,
        "mark": DEMO_MARK if selectors.is_demo() else "",
        "issued_at": rules.printable(at),
        "issued_by": by.name,
    }


def _html(snapshot: str, *, short_hash: str) -> str:
    """The page description, from the frozen content alone."""
    frozen = json.loads(snapshot)
    context = frozen.pop("context")
    code = frozen["verify_code"]
    document = {
        **frozen,
        "title_lines": context.get("title_lines") or rules.title_lines(frozen["title"]),
        "short_hash": short_hash,
        "verify_url": _verify_url(code) if code else "",
    }
    return render_to_string(frozen["template"], {**context, "document": document})


def _verify_url(code: str) -> str:
    return settings.PORTAL_URL + reverse("documents:verify", args=[code])


def _code_picture(url: str) -> str:
    picture = BytesIO()
    segno.make(url, micro=False, error="m").save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(rules.CODE_ALPHABET) for _ in range(rules.CODE_LENGTH))
        if not IssuedDocument.objects.filter(verify_code=code).exists():
            return code


def _pages(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as document:
        return len(document.pages)


def _supersede(earlier: IssuedDocument, document: IssuedDocument) -> None:
    earlier = lock(IssuedDocument, pk=earlier.pk)
    earlier.status = DocumentStatus.SUPERSEDED
    earlier.superseded_by = document
    earlier.save_new_version()
