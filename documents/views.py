from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import PUBLIC, reads, writes
from accounts.lists import show_list
from accounts.permissions import Permission
from core import clock
from documents import previews, selectors, services
from documents.filters import NumberFilter
from documents.models import Attachment, IssuedDocument
from documents.tables import NumberTable


def _attachment_of(request, pk) -> Attachment:
    rows = Attachment.objects.visible_to(request.user).on_case_road().select_related("file")
    return get_object_or_404(rows, pk=pk)


@reads(Permission.FILE_READ)
def attachment_download(request, pk):
    return services.file_response(_attachment_of(request, pk))


@reads(Permission.FILE_READ)
def attachment_preview(request, pk):
    attachment = _attachment_of(request, pk)
    if beside := request.GET.get("beside"):
        return _beside(beside, attachment)
    context = {
        "attachment": attachment,
        "preview": previews.preview_of(
            attachment, lambda number: reverse("documents:attachment_page", args=[pk, number])
        ),
        "download": reverse("documents:attachment_download", args=[pk]),
    }
    return render(request, "documents/preview.html", context, status=context["preview"].status)


def _beside(matter: str, attachment: Attachment):
    """The page of the matter that shows this file; whoever knows the matter answers there."""
    try:
        return redirect(settings.PREVIEW_BESIDE, UUID(matter), attachment.pk)
    except ValueError as error:
        raise Http404 from error


@reads(Permission.FILE_READ)
def attachment_page(request, pk, number):
    return previews.page_response(
        _attachment_of(request, pk), number, viewer=request.user, at=clock.now()
    )


@reads(Permission.FILE_READ)
def document_pdf(request, pk):
    rows = IssuedDocument.objects.visible_to(request.user).on_case_road().select_related("pdf")
    return services.document_response(get_object_or_404(rows, pk=pk))


@writes(Permission.FILE_READ)  # the posts of a list: its export, and keeping a view of it
def number_list(request):
    checks = selectors.series_checks(request.user)
    context = {"checks": checks, "broken": [one for one in checks if one.missing]}
    rows = selectors.numbers_for(request.user)
    template = "documents/number_list.html"
    return show_list(request, NumberTable, NumberFilter, rows, template, context)


@reads(PUBLIC)
def verify(request, code):
    document = selectors.document_by_code(code)
    context = {"document": document, "code": code[:20]}
    return render(request, "documents/verify.html", context, status=200 if document else 404)
