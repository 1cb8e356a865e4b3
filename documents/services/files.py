"""Taking files in."""

from datetime import datetime
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction

from accounts.models import User
from audit.services import record
from core.errors import ActionBlocked, Reason
from documents import rules, storage
from documents.enums import Audience
from documents.inspection.inspect import inspect
from documents.inspection.refusal import Unacceptable
from documents.models import Attachment, StoredFile
from organizations.models import TradeUnion


@transaction.atomic
def store_upload(
    *,
    upload: File | IO[bytes],
    name: str,
    by: User,
    at: datetime,
    union: TradeUnion,
    case_id: UUID,
    venue_id: UUID | None = None,
    purpose: str = "",
    audience: str = Audience.CASE,
) -> Attachment:
    """Check a file whole, keep it once by its hash, and hang it on the case.

    The caller has permitted the act. A refusal is one sentence for the field `file`.
    """
    name = rules.clean_name(name)
    content = _acceptable_bytes(upload, name)
    pages = _inspected_pages(content, rules.extension_of(name))
    attachment = Attachment(
        file=store_bytes(content=content, extension=rules.extension_of(name), pages=pages, at=at),
        name=name,
        case_id=case_id,
        venue_id=venue_id,
        purpose=purpose,
        audience=audience,
        uploaded_by=by,
        uploaded_at=at,
    )
    attachment.place_under(union)
    attachment.save(force_insert=True)
    record(
        case_id=case_id,
        code="documents.attachment.added",
        title=f"上传附件《{name}》",
        by=by,
        at=at,
        union_id=union.pk,
        body={"attachment": str(attachment.pk), "sha256": attachment.file.sha256},
    )
    return attachment


def store_bytes(*, content: bytes, extension: str, pages: int, at: datetime) -> StoredFile:
    """Keep bytes that were already found good; the same bytes are kept once."""
    sha256 = storage.keep(content)
    file, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size": len(content),
            "content_type": rules.CONTENT_TYPES[extension],
            "extension": extension,
            "pages": pages,
            "stored_at": at,
        },
    )
    return file


def _acceptable_bytes(upload: File | IO[bytes], name: str) -> bytes:
    """Size first, then extension: neither needs the content to be looked into."""
    limit = settings.UPLOAD_MAX_BYTES
    told = getattr(upload, "size", None)
    if told is not None:
        _refuse(rules.size_refusal(told, limit=limit))
    _refuse(rules.extension_refusal(name))
    content = upload.read(limit + 1)
    _refuse(rules.size_refusal(len(content), limit=limit))
    return content


def _inspected_pages(content: bytes, extension: str) -> int:
    try:
        return inspect(content, extension)
    except Unacceptable as refusal:
        raise ActionBlocked(Reason(refusal.text, field="file")) from refusal


def _refuse(sentence: str | None) -> None:
    if sentence:
        raise ActionBlocked(Reason(sentence, field="file"))
