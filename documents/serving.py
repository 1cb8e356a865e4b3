"""Handing a stored file to a person whose right to it was already checked."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from documents import storage
from documents.models import Attachment, IssuedDocument, StoredFile


def file_response(attachment: Attachment) -> HttpResponseBase:
    """The attachment as a download under the name it was given."""
    return _response(attachment.file, attachment.name)


def document_response(document: IssuedDocument) -> HttpResponseBase:
    """The bytes of an issued paper as they were stored."""
    return _response(document.pdf, document.file_name)


def _response(file: StoredFile, name: str) -> HttpResponseBase:
    if settings.FILES_ACCEL_PREFIX:
        response: HttpResponseBase = HttpResponse(content_type=file.content_type)
        prefix = settings.FILES_ACCEL_PREFIX.rstrip("/")
        response["X-Accel-Redirect"] = f"{prefix}/{file.relative_path}"
    else:
        try:
            stream = storage.path_of(file.sha256).open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(stream, content_type=file.content_type)
    # Never shown inside the portal's own origin: downloaded, unsniffed, without rights.
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A paper printed on demand, as a download that nobody keeps."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response
