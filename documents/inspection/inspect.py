"""One road through all inspectors."""

import puremagic

from documents.inspection.images import inspect_jpeg, inspect_png
from documents.inspection.office import inspect_docx, inspect_xlsx
from documents.inspection.pdf import inspect_pdf
from documents.inspection.refusal import Unacceptable

INSPECTORS = {
    "pdf": inspect_pdf,
    "jpg": inspect_jpeg,
    "jpeg": inspect_jpeg,
    "png": inspect_png,
    "docx": inspect_docx,
    "xlsx": inspect_xlsx,
}
_NAMES = {"exe": "Windows 程序", "html": "网页", "svg": "SVG 图形", "gif": "GIF 图片"}


def inspect(content: bytes, extension: str) -> int:
    """Pages of an acceptable file (0 where pages mean nothing); Unacceptable otherwise."""
    _agree_with_extension(content, extension)
    return INSPECTORS[extension](content)


def _agree_with_extension(content: bytes, extension: str) -> None:
    try:
        seen = [match.extension.lstrip(".") for match in puremagic.magic_string(content)]
    except (puremagic.PureError, ValueError):
        seen = []
    if extension in seen:
        return
    real = next((_NAMES[kind] for kind in seen if kind in _NAMES), "")
    told = f"实际是{real}" if real else f"不是真正的 {extension.upper()} 文件"
    raise Unacceptable(
        "mismatch",
        f"文件扩展名是 .{extension}，但内容{told}。请用原来的软件打开后另存为 {extension.upper()}，再上传。",
    )
