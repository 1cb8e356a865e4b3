"""Pieces of evidence: small PDF files, each with bytes of its own, that say what they stand for."""

from functools import lru_cache
from io import BytesIO
from itertools import count

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from documents.printing import fonts

A4, DENSITY = (827, 1169), 100
CHINESE_FACE = 2  # in the collection of the open fonts
_papers = count(1)


def paper(name: str) -> SimpleUploadedFile:
    """One page with its name on it, and the word that it is no real paper."""
    number = next(_papers)
    sheet = Image.new("1", A4, 1)
    draw = ImageDraw.Draw(sheet)
    lines = ((name, 40, 250), ("演示材料，不是真实文件", 22, 340), (f"第 {number} 号", 18, 1080))
    for text, size, top in lines:
        if font := _font(size):
            draw.text((A4[0] // 2, top), text, font=font, fill=0, anchor="mm")
    draw.rectangle((60, 60, A4[0] - 60, A4[1] - 60), outline=0)
    out = BytesIO()
    sheet.save(out, "PDF", resolution=DENSITY, title=f"{name} {number}")
    return SimpleUploadedFile(f"{name}.pdf", out.getvalue(), content_type="application/pdf")


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    """The sans of the printed papers; a machine without fonts makes papers without words."""
    found, _ = fonts.find_fonts(settings.DOC_FONT_DIR)
    path = next((one.path for one in found if one.role.name == "heiti"), None)
    if path is None:
        return None
    return ImageFont.truetype(path, size, index=CHINESE_FACE if path.suffix == ".ttc" else 0)
