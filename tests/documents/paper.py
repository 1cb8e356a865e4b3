"""Reading a printed paper back: its fonts, its text, where each character stands."""

import ctypes
from collections import defaultdict
from io import BytesIO

import pypdf
import pypdfium2
import pypdfium2.raw
from django.template import engines
from fontTools.ttLib import TTFont

from documents.services.papers import OFFICIAL_FIELDS

MM = 72 / 25.4
PAGE_HEIGHT = 297 * MM

DOCUMENT = {
    "title": "关于职工羽毛球馆合作运营项目的批复",
    "title_lines": ["关于职工羽毛球馆合作运营项目的批复"],
    "number": "西工资〔2026〕17号",
    "mark": "",
    "verify_code": "ABCDEFGH23",
    "short_hash": "8f14e45fceea167a",
    "verify_url": "http://localhost:8000/verify/ABCDEFGH23/",
    "issued_at": "2026年11月20日 10:20",
    "issued_by": "赵喆",
}
CODE = {"code.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}


def html_of(source: str, **context) -> str:
    """A page description from a template source, with the fields every paper is given."""
    given = {**OFFICIAL_FIELDS, "document": DOCUMENT, **context}
    return engines["django"].from_string(source).render(given)


def form(body: str, **context) -> str:
    source = '{% extends "print/base_form.html" %}{% block content %}' + body + "{% endblock %}"
    return html_of(source, **context)


def official(body: str, **context) -> str:
    source = '{% extends "print/base_official.html" %}{% block content %}' + body + "{% endblock %}"
    return html_of(source, **context)


def real_fonts(content: bytes) -> set[str]:
    """The full names inside the embedded font programs, whatever the PDF calls them."""
    names = set()
    for page in pypdf.PdfReader(BytesIO(content)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            key = next(key for key in descriptor if key.startswith("/FontFile"))
            program = TTFont(BytesIO(descriptor[key].get_object().get_data()))
            names.add(program["name"].getDebugName(4))
    return names


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def pages_of(content: bytes) -> int:
    return len(pypdf.PdfReader(BytesIO(content)).pages)


def lines_on(content: bytes, page: int) -> list[tuple[float, str, float, float]]:
    """Each line of a page from the top: baseline in points, text, left and right in points."""
    rows: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    with pypdfium2.PdfDocument(content) as document:
        text = document[page].get_textpage()
        for index in range(text.count_chars()):
            char = text.get_text_range(index, 1)
            if char.strip():
                left, _, right, _ = text.get_charbox(index, loose=True)
                rows[round(_baseline(text, index) * 10)].append((left, right, char))
    return [
        (
            key / 10,
            "".join(char for _, _, char in sorted(cells)),
            min(left for left, _, _ in cells),
            max(right for _, right, _ in cells),
        )
        for key, cells in sorted(rows.items())
    ]


def _baseline(text, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(text, index, x, y)
    return PAGE_HEIGHT - y.value
