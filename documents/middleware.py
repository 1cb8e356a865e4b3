"""The receipt of an upload: what was kept, under which hash, said on the next page."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat

from documents.models import StoredFile
from documents.rules import clean_name

HEADER = "X-Upload"  # sent by static/js/upload.js, which must not follow the redirect itself
SHORT_HASH = 8
DONE = (301, 302, 303)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file as it was kept."""

    name: str
    size: int
    sha256: str

    def __str__(self) -> str:
        size = filesizeformat(self.size).replace("\xa0", " ")
        return f"已保存《{self.name}》，{size}，SHA-256 {self.sha256[:SHORT_HASH]}。"


class UploadReceiptMiddleware:
    """Tell whoever sent files which of them lie in the store, whatever page took them."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_done = request.method == "POST" and response.status_code in DONE
        if not is_done or not request.FILES or not request.user.is_authenticated:
            return response
        receipts = list(_kept(request))
        for receipt in receipts:
            messages.info(request, str(receipt))
        if HEADER in request.headers:
            files = [asdict(one) for one in receipts]
            return JsonResponse({"location": response["Location"], "files": files})
        return response


def _kept(request: HttpRequest) -> Iterator[Receipt]:
    sent = [(file, _hash_of(file)) for _, files in request.FILES.lists() for file in files]
    hashes = [sha256 for _, sha256 in sent]
    stored = StoredFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True)
    found = set(stored)
    for file, sha256 in sent:
        if sha256 in found:
            yield Receipt(clean_name(file.name or ""), file.size or 0, sha256)


def _hash_of(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
