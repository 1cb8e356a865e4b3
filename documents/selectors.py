"""Named reads of files and papers."""

from uuid import UUID

from django.db.models import QuerySet

from core.models import FixedDay
from documents.enums import Audience
from documents.models import Attachment, IssuedDocument


def attachments_of(
    case_id: UUID, purpose: str | None = None, *, audience: str = ""
) -> QuerySet[Attachment]:
    """The attachments of a case, oldest first; a meeting record's only when asked for."""
    audiences = [audience] if audience else [Audience.CASE, Audience.MATTER]
    rows = Attachment.objects.filter(case_id=case_id, audience__in=audiences)
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    return rows.select_related("file", "uploaded_by").order_by("uploaded_at", "pk")


def documents_of(
    case_id: UUID, kind: str | None = None, *, audience: str = Audience.CASE
) -> QuerySet[IssuedDocument]:
    """The papers issued in a case, newest first."""
    rows = IssuedDocument.objects.filter(case_id=case_id, audience=audience)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return rows.select_related("pdf", "issued_by", "issuer").order_by("-issued_at", "pk")


def document_by_code(code: str) -> IssuedDocument | None:
    """The paper a check code stands for, as typed by anybody."""
    rows = IssuedDocument.objects.select_related("pdf", "issuer", "superseded_by")
    return rows.filter(verify_code=code.strip().upper()).first()


def is_demo() -> bool:
    """Whether this database lives on a fixed day, which every paper then says."""
    return FixedDay.objects.exists()
