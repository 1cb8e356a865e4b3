"""Who looks, from where and when, written across a picture each time it is handed out."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from documents.printing import fonts

ROLE = "heiti"
CHINESE_FACE = 2  # of the collection: Japanese, Korean, simplified, traditional, Hong Kong
ANGLE = 28
SIZE_PART = 58  # of the picture's long side
INK, PAPER = (70, 78, 92), (255, 255, 255)
STRENGTH, EDGE = 44, 40  # of 255; the pale edge keeps it readable on dark photographs
UNEQUIPPED = f"本机缺少加注水印所需的字体，不能预览。请系统管理员在服务器上运行：{fonts.INSTALL}。"


class NoFont(Exception):
    """There is nothing to write the watermark with; a bare picture is never shown."""

    text = UNEQUIPPED


def watermarked(picture: Path, lines: tuple[str, ...]) -> bytes:
    """The picture with the lines across it, as PNG."""
    with Image.open(picture) as opened:
        sheet = opened.convert("RGB")
    stamp = _stamp(lines, max(14, max(sheet.size) // SIZE_PART))
    for place in _places(sheet.size, stamp.size):
        left, top = place
        sheet.paste(PAPER, (left + 1, top + 1), stamp.point(lambda one: one * EDGE // 255))
        sheet.paste(INK, place, stamp.point(lambda one: one * STRENGTH // 255))
    out = BytesIO()
    sheet.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _stamp(lines: tuple[str, ...], size: int) -> Image.Image:
    """The lines at a slant, as a mask."""
    font = _font(size)
    text = "\n".join(lines)
    measure = ImageDraw.Draw(Image.new("L", (1, 1)))
    _, _, right, bottom = measure.multiline_textbbox((0, 0), text, font=font, spacing=size // 3)
    mask = Image.new("L", (int(right) + 4, int(bottom) + 4))
    ImageDraw.Draw(mask).multiline_text(
        (2, 2), text, font=font, fill=255, spacing=size // 3, align="center"
    )
    return mask.rotate(ANGLE, expand=True, resample=Image.Resampling.BICUBIC)


def _places(sheet: tuple[int, int], stamp: tuple[int, int]) -> list[tuple[int, int]]:
    """Where the stamps stand: close enough that no part of a page is without one."""
    across, down = max(1, stamp[0] * 4 // 3), max(1, stamp[1] * 4 // 3)
    return [
        (left - (across // 2 if row % 2 else 0), top)
        for row, top in enumerate(range(-stamp[1] // 4, sheet[1], down))
        for left in range(-stamp[0] // 6, sheet[0] + across // 2, across)
    ]


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    found, _ = fonts.find_fonts(settings.DOC_FONT_DIR)
    path = next((one.path for one in found if one.role.name == ROLE), None)
    if path is None:
        raise NoFont
    return ImageFont.truetype(path, size, index=CHINESE_FACE if path.suffix == ".ttc" else 0)
