"""材料预览: a file of the plan on the left, what is said of it on the right, on one screen."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import reads
from accounts.enums import Permission
from accounts.models import User
from approvals import permissions
from approvals.enums import SectionCode
from approvals.models import Proposal
from approvals.rules.fields import sections_of
from approvals.selectors import writing
from approvals.views.panels import panels_of
from approvals.views.review import acts_context
from approvals.views.shared import LIST, plan_of
from core import clock
from documents import previews
from documents.models import Attachment
from partners.selectors import due_diligence_of

SECTION_PURPOSE = "section:"


def _file_of(request: HttpRequest, pk: UUID, file_pk: UUID) -> tuple[Proposal, Attachment]:
    """A file of the plan, or one behind its partner's due diligence, for whoever may fetch it."""
    proposal = plan_of(request, pk)
    attachment = writing.file_of(proposal, file_pk) or _evidence(request.user, proposal, file_pk)
    if attachment is None:
        raise Http404
    return proposal, attachment


def _evidence(user: User, proposal: Proposal, file_pk: UUID) -> Attachment | None:
    if proposal.partner is None or not user.can(Permission.FILE_READ):
        return None
    diligence = due_diligence_of(proposal.partner, proposal.venue_id)
    rows = Attachment.objects.visible_to(user).on_case_road().select_related("file")
    return rows.filter(pk=file_pk, case_id=diligence.pk).first() if diligence else None


@reads(Permission.PROPOSAL_READ)
def file_page(request: HttpRequest, pk: UUID, file_pk: UUID, number: int) -> HttpResponse:
    _, attachment = _file_of(request, pk, file_pk)
    return previews.page_response(attachment, number, viewer=request.user, at=clock.now())


@reads(Permission.PROPOSAL_READ)
def file_beside(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    proposal, attachment = _file_of(request, pk, file_pk)
    preview = previews.preview_of(
        attachment, lambda number: reverse("approvals:file_page", args=[pk, file_pk, number])
    )
    sections = [one.code.value for one in sections_of(proposal.kind, proposal.mode)]
    section = _section_of(request, attachment, sections)
    panels = panels_of(request.user, proposal, [section], back=str(file_pk))
    context = {
        "proposal": proposal,
        "attachment": attachment,
        "preview": preview,
        "download": _download_of(proposal, attachment),
        "crumbs": _crumbs(proposal),
        "sections": [(code, SectionCode(code).label) for code in sections],
        "section": section,
        "panel": panels.get(section),
    }
    if permissions.reads_file(request.user, proposal):
        context |= acts_context(request.user, proposal)
    return render(request, "approvals/file_beside.html", context, status=preview.status)


def _section_of(request: HttpRequest, attachment: Attachment, sections: list[str]) -> str:
    """The section asked for; else the one the file was given with; evidence is the partner's."""
    own = attachment.purpose.removeprefix(SECTION_PURPOSE)
    evidence = SectionCode.PARTNER.value if attachment.purpose.startswith("due_dil") else ""
    wanted = (request.GET.get("section", ""), own, evidence)
    return next((one for one in wanted if one in sections), sections[0])


def _download_of(proposal: Proposal, attachment: Attachment) -> str:
    if attachment.case_id == proposal.pk:
        return reverse("approvals:proposal_file", args=[proposal.pk, attachment.pk])
    return reverse("documents:attachment_download", args=[attachment.pk])


def _crumbs(proposal: Proposal) -> list[dict[str, Any]]:
    page = reverse("approvals:proposal_review", args=[proposal.pk])
    return [
        LIST,
        {"label": proposal.number or "未编号", "url": page},
        {"label": "材料预览", "url": ""},
    ]
