"""What changes the store of files and papers."""

from documents.services.files import store_upload
from documents.services.numbers import Series, next_number, take_number, void_number
from documents.services.papers import issue_pdf, preview_pdf, void_document
from documents.serving import document_response, file_response, pdf_response

__all__ = [
    "Series",
    "document_response",
    "file_response",
    "issue_pdf",
    "next_number",
    "pdf_response",
    "preview_pdf",
    "store_upload",
    "take_number",
    "void_document",
    "void_number",
]
