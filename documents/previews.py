"""What a page shows of a stored file: its pages as watermarked pictures, or why there are none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils import timezone
from PIL import Image

from accounts.models import User
from accounts.places import venue_place
from documents.models import Attachment, StoredFile
from documents.previewing import rasterise
from documents.previewing.watermark import NoFont, watermarked

SHORT_HASH = 8
DOWNLOAD_ONLY = "此类文件请下载查看"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page as a page of the portal refers to it."""

    number: int
    url: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file as it is looked at: its pages, or the sentence that stands in their place."""

    name: str
    size: int
    short_hash: str
    total: int
    pages: tuple[PageImage, ...] = ()
    width: int = 0
    height: int = 0
    problem: str = ""
    is_shown: bool = True

    @property
    def status(self) -> int:
        return 422 if self.problem else 200

    @property
    def cut(self) -> str:
        """What is said below the pages when there are more."""
        if not self.pages or self.total <= len(self.pages):
            return ""
        return f"全文共 {self.total} 页，这里只显示前 {len(self.pages)} 页，其余请下载查看。"


def preview_of(attachment: Attachment, address: Callable[[int], str]) -> Preview:
    """The pages of an attachment; `address` says where the picture of a page is fetched.

    The first page is made before the page is answered, so a file that cannot be shown says so.
    """
    file = attachment.file
    facts = {
        "name": attachment.name,
        "size": file.size,
        "short_hash": file.sha256[:SHORT_HASH],
        "total": file.pages,
    }
    if not rasterise.is_shown(file):
        return Preview(**facts, is_shown=False)
    try:
        width, height = _size_of(file)
    except rasterise.NoPreview as reason:
        return Preview(**facts, problem=reason.text)
    except FileNotFoundError as error:
        raise Http404 from error
    shown = rasterise.pages_shown(file)
    pages = tuple(
        PageImage(
            number=number,
            url=address(number),
            alt=f"《{attachment.name}》第 {number} 页，共 {file.pages} 页",
        )
        for number in range(1, shown + 1)
    )
    return Preview(**facts, pages=pages, width=width, height=height)


def _size_of(file: StoredFile) -> tuple[int, int]:
    with Image.open(rasterise.page_picture(file, 1)) as picture:
        return picture.size


def page_response(
    attachment: Attachment, number: int, *, viewer: User, at: datetime
) -> HttpResponse:
    """The picture of one page with the viewer's name across it; kept by nobody on the way."""
    file = attachment.file
    if not 1 <= number <= rasterise.pages_shown(file):
        raise Http404
    try:
        picture = rasterise.page_picture(file, number)
        response = HttpResponse(watermarked(picture, seal_of(viewer, at)), content_type="image/png")
    except (rasterise.NoPreview, NoFont) as reason:
        response = HttpResponse(reason.text, content_type="text/plain; charset=utf-8", status=422)
    except FileNotFoundError as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def seal_of(viewer: User, at: datetime) -> tuple[str, str]:
    """Name and place of whoever looks, and the moment."""
    place = next((named for post in viewer.posts() if (named := _place_of(post))), "")
    return f"{viewer.name}　{place}".strip(), f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _place_of(post) -> str:
    if post.venue_id and (venue := venue_place(post.venue_id)):
        return venue.name
    return post.union.name if post.union else post.title
