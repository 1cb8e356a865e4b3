"""Pieces of evidence: small PDF files, each with bytes of its own."""

from io import BytesIO
from itertools import count

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

_papers = count(1)


def paper(name: str) -> SimpleUploadedFile:
    """A small PDF of its own, to stand for a piece of evidence."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = f"{name} {next(_papers)}"
    out = BytesIO()
    pdf.save(out)
    return SimpleUploadedFile(f"{name}.pdf", out.getvalue(), content_type="application/pdf")
