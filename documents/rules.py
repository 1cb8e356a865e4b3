"""Names, kinds and printed forms: what can be said of a paper without opening it."""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NAME_LENGTH = 120
NAMELESS = "未命名"
# Without 0 O 1 I L: a code is read aloud and typed from paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10

_UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*]')
_SHANGHAI = ZoneInfo("Asia/Shanghai")


def clean_name(name: str) -> str:
    """The last part of a file name, without paths, control or direction characters, capped."""
    bare = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")[-1]
    bare = "".join(c for c in bare if unicodedata.category(c)[0] != "C")
    bare = " ".join(_UNSAFE_IN_NAMES.sub("_", bare).split()).rstrip(". ")
    extension = extension_of(bare)
    if not extension:
        return bare.lstrip(".")[:NAME_LENGTH] or NAMELESS
    stem = bare[: -len(extension) - 1].strip(". ")[: NAME_LENGTH - len(extension) - 1]
    return f"{stem or NAMELESS}.{extension}"


def extension_of(name: str) -> str:
    """The extension in lower case, without the dot; empty when there is none."""
    _, dot, extension = name.rpartition(".")
    return extension.lower() if dot else ""


def extension_refusal(name: str) -> str | None:
    """只收 PDF、图片、Word、Excel 的现行格式。"""
    extension = extension_of(name)
    if extension in CONTENT_TYPES:
        return None
    if not extension:
        return "文件名没有扩展名，无法判断类型。请上传 PDF、JPG、PNG、DOCX 或 XLSX 文件。"
    if extension in ("doc", "xls", "wps", "et"):
        return f"暂不接收 .{extension} 旧格式文件。请在 WPS 或 Office 中另存为 DOCX、XLSX 或 PDF 后再上传。"
    if extension in ("docm", "xlsm", "dotm", "xltm", "xlsb"):
        return f".{extension} 文件可以携带宏。请另存为不含宏的 DOCX、XLSX 或 PDF 后再上传。"
    return f"不接收 .{extension[:12]} 类型的文件。请转换为 PDF、JPG、PNG、DOCX 或 XLSX 后再上传。"


def size_refusal(size: int, *, limit: int) -> str | None:
    """文件不能为空，也不能超过上限。"""
    if size == 0:
        return "文件是空的（0 字节）。请检查原文件能否打开，再重新选择上传。"
    if size > limit:
        return (
            f"文件大小 {size / 1024 / 1024:.1f} MB，超过 {limit // 1024 // 1024} MB 的上限。"
            "请压缩扫描分辨率或拆分成几个文件后再上传。"
        )
    return None


def format_day(day: date) -> str:
    """A day as papers write it: 2026年1月5日, without leading zeros; a moment by Shanghai's day."""
    if isinstance(day, datetime):
        day = day.astimezone(_SHANGHAI)
    return f"{day.year}年{day.month}月{day.day}日"


def printable(value: Any) -> Any:
    """The value as it will be printed and kept: text, whole numbers, lists, dictionaries.

    A snapshot holds what stood on the paper, so days and amounts are put into their
    printed form here, once.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            local = value.astimezone(_SHANGHAI)
            return f"{format_day(local)} {local:%H:%M}"
        case date():
            return format_day(value)
        case Decimal():
            return f"{value.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):,.2f}"
        case dict():
            return {str(key): printable(item) for key, item in value.items()}
        case list() | tuple() | set():
            return [printable(item) for item in value]
        case float():
            raise TypeError("a figure on a paper is a Decimal or a text, never a float")
    return str(value)


TITLE_LINE = 19
_NEVER_FIRST = set("的之、，。）》”〕（")
_NEVER_LAST = set("（《“〔关第")
_GOOD_LAST = set("会宫馆院校社所站司心区市县局部、》）与和及")


def title_lines(title: str) -> list[str]:
    """Break a long title as GB/T 9704 asks: few lines, upper shorter, words kept whole."""
    if len(title) <= TITLE_LINE:
        return [title]
    rows = -(-len(title) // TITLE_LINE)
    aim = round(len(title) / rows * 0.92)
    options = range(max(4, aim - 6), min(TITLE_LINE, len(title) - 4) + 1)
    best = min(options, key=lambda at: _break_cost(title, at, aim))
    return [title[:best], *title_lines(title[best:])]


def _break_cost(title: str, at: int, aim: int) -> int:
    cost = abs(at - aim)
    if title[at] in _NEVER_FIRST or title[at - 1] in _NEVER_LAST:
        cost += 50
    if title[at - 1] not in _GOOD_LAST or title[at] in _GOOD_LAST:
        cost += 5
    if (title[at - 1].isascii() or title[at - 1].isdigit()) and title[at].isalnum():
        cost += 5
    return cost
