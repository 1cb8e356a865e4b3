"""Whether a decision stands, and whether its signed record is there."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from documents.enums import Audience
from documents.models import Attachment
from documents.selectors import attachments_of
from meetings import rules
from meetings.models import AgendaItem, Meeting
from meetings.selectors.reading import materials_due


def verdicts_of(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[UUID, rules.Verdict]:
    """效力核查: the verdict on each item of a meeting that has a conclusion."""
    due = materials_due(meeting)
    has_original = has_signed_original(meeting)
    return {
        item.pk: rules.verdict_of(
            rules.Held(
                terms=replace(meeting.terms, keeps_recused=item.keeps_recused),
                conclusion=item.conclusion,
                members=item.members,
                present=item.present,
                recused=item.recused,
                agree=item.agree,
                cast=item.agree + item.disagree + item.abstain + item.defer,
                held_on=localdate(meeting.starts_at),
                materials_sent_on=item.materials_sent_on,
                materials_due_on=due,
                spoke_last=item.spoke_last,
                is_late_entry=meeting.is_late_entry,
                has_original=has_original,
            )
        )
        for item in items
        if item.conclusion
    }


def has_signed_original(meeting: Meeting) -> bool:
    """Whether the signed record or attendance list was scanned."""
    return attachments_of(meeting.pk, audience=Audience.MEETING_RECORD).exists()


def signed_original(meeting: str = "pk") -> Exists:
    """The same in a query, seen from a row that names its meeting by this path."""
    return Exists(
        Attachment.objects.filter(case_id=OuterRef(meeting), audience=Audience.MEETING_RECORD)
    )


def unfiled_meetings(case_id: UUID) -> list[str]:
    """The union's meetings that passed something in a case and whose signed record is not scanned."""
    passed = AgendaItem.objects.filter(
        ~signed_original("meeting_id"), case_id=case_id, conclusion__in=rules.PASSING,
        meeting__venue_id=None,
    )  # fmt: skip
    rows = passed.select_related("meeting__body").order_by("meeting__starts_at", "pk")
    return list(dict.fromkeys(str(item.meeting) for item in rows))
