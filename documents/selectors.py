"""Named reads of files and papers."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet

from accounts.models import User
from core.models import FixedDay
from documents.enums import Audience
from documents.models import Attachment, IssuedDocument, NumberEntry, NumberSequence


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


def numbers_for(user: User) -> QuerySet[NumberEntry]:
    """The register of numbers in a person's scope."""
    return NumberEntry.objects.visible_to(user).select_related("sequence", "union", "taken_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesCheck:
    """One series of a year: how far it is, what is void in it, what is missing from it."""

    sequence: NumberSequence
    count: int
    void: int
    missing: tuple[int, ...]

    @property
    def missing_text(self) -> str:
        shown = "、".join(str(no) for no in self.missing[:10])
        return f"{shown} 等 {len(self.missing)} 个" if len(self.missing) > 10 else shown


def series_checks(user: User) -> list[SeriesCheck]:
    """断号检查: every series a person sees a number of, held against its whole register."""
    seen = NumberEntry.objects.visible_to(user).values("sequence")
    rows = NumberSequence.objects.filter(pk__in=seen).annotate(
        count=Count("entries"),
        void=Count("entries", filter=~Q(entries__void_reason="")),
        first=Min("entries__no"),
        greatest=Max("entries__no"),
        due=F("last") - F("registered_from") + 1,
    )
    found = list(rows.order_by("-year", "kind", "holder", "pk"))
    missing = _missing([row for row in found if not _is_whole(row)])
    return [
        SeriesCheck(sequence=row, count=row.count, void=row.void, missing=missing.get(row.pk, ()))
        for row in found
    ]


def _is_whole(row: Any) -> bool:
    """Numbers are unique: as many as there should be, from first to last, leave no gap."""
    return (row.count, row.first, row.greatest) == (row.due, row.registered_from, row.last)


def _missing(broken: list[NumberSequence]) -> dict[int, tuple[int, ...]]:
    if not broken:
        return {}
    there = set(NumberEntry.objects.filter(sequence__in=broken).values_list("sequence_id", "no"))
    return {
        row.pk: tuple(
            no for no in range(row.registered_from, row.last + 1) if (row.pk, no) not in there
        )
        for row in broken
    }
