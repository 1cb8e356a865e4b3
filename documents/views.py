from django.shortcuts import get_object_or_404, render

from accounts.access import PUBLIC, reads
from accounts.permissions import Permission
from documents import selectors, services
from documents.models import Attachment, IssuedDocument


@reads(Permission.FILE_READ)
def attachment_download(request, pk):
    rows = Attachment.objects.visible_to(request.user).on_case_road().select_related("file")
    return services.file_response(get_object_or_404(rows, pk=pk))


@reads(Permission.FILE_READ)
def document_pdf(request, pk):
    rows = IssuedDocument.objects.visible_to(request.user).on_case_road().select_related("pdf")
    return services.document_response(get_object_or_404(rows, pk=pk))


@reads(PUBLIC)
def verify(request, code):
    document = selectors.document_by_code(code)
    context = {"document": document, "code": code[:20]}
    return render(request, "documents/verify.html", context, status=200 if document else 404)
