"""PDF: parsed whole by qpdf; nothing that runs, carries or hides is kept."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf

from documents.inspection.refusal import Unacceptable

TRAILING_LIMIT = 1024
OBJECT_LIMIT = 300_000
# A key (or /S, /Subtype value) that makes a paper act or carry, and the sentence for it.
_FORBIDDEN_KEYS = {
    "/JavaScript": "script",
    "/JS": "script",
    "/Launch": "launch",
    "/RichMedia": "rich_media",
    "/RichMediaContent": "rich_media",
    "/XFA": "xfa",
    "/EmbeddedFiles": "embedded",
    "/EF": "embedded",
    "/AA": "automatic",
}
_FORBIDDEN_VALUES = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/RichMedia": "rich_media",
    "/Movie": "rich_media",
    "/Sound": "rich_media",
    "/Screen": "rich_media",
    "/FileAttachment": "embedded",
    "/GoToE": "embedded",
    "/SubmitForm": "automatic",
    "/ImportData": "automatic",
}
_PRINT_AGAIN = "请用“打印到 PDF”重新生成一份，再上传。"
_SENTENCES = {
    "script": "这份 PDF 含有脚本（JavaScript），不能作为档案保存。" + _PRINT_AGAIN,
    "launch": "这份 PDF 含有启动外部程序的动作，不能作为档案保存。" + _PRINT_AGAIN,
    "rich_media": "这份 PDF 嵌有音视频或多媒体内容，不能作为档案保存。" + _PRINT_AGAIN,
    "xfa": "这份 PDF 是动态表单（XFA），换一台电脑可能显示不同内容。" + _PRINT_AGAIN,
    "embedded": "这份 PDF 里夹带了其他文件。请把夹带的文件取出来单独上传，并用“打印到 PDF”重新生成本件。",
    "automatic": "这份 PDF 设有打开或翻页时自动执行的动作。" + _PRINT_AGAIN,
    "open_action": "这份 PDF 设有打开时自动执行的动作。" + _PRINT_AGAIN,
}


def inspect_pdf(content: bytes) -> int:
    """Count the pages of an acceptable PDF."""
    _begins_and_ends(content)
    try:
        with pikepdf.open(BytesIO(content)) as document:
            return _inspect_open(document)
    except pikepdf.PasswordError as error:
        raise _encrypted() from error
    except pikepdf.PdfError as error:
        raise Unacceptable(
            "damaged", "这份 PDF 已损坏，无法完整读取。请重新导出或重新扫描后再上传。"
        ) from error


def _inspect_open(document: pikepdf.Pdf) -> int:
    if document.is_encrypted:
        raise _encrypted()
    if not len(document.pages):
        raise Unacceptable("no_pages", "这份 PDF 没有任何页面。请重新导出后再上传。")
    _opens_quietly(document)
    for seen, item in enumerate(_containers(document)):
        if seen > OBJECT_LIMIT:
            raise Unacceptable(
                "too_complex",
                "这份 PDF 内部对象过多，无法检查。请降低精度重新扫描，或拆分后再上传。",
            )
        if kind := _forbidden(item):
            raise Unacceptable(kind, _SENTENCES[kind])
    return len(document.pages)


def _begins_and_ends(content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise Unacceptable("prefix", "这份 PDF 开头夹有其他数据，不是规范的 PDF。" + _PRINT_AGAIN)
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise Unacceptable(
            "truncated",
            "这份 PDF 不完整（没有结束标记），可能没有下载完。请重新下载或导出后再上传。",
        )
    if len(content) - end - len(b"%%EOF") > TRAILING_LIMIT:
        raise Unacceptable("trailing", "这份 PDF 末尾附带了其他数据。" + _PRINT_AGAIN)


def _encrypted() -> Unacceptable:
    return Unacceptable(
        "encrypted", "这份 PDF 设有密码或权限限制，日后可能打不开。请取消加密后再上传。"
    )


def _opens_quietly(document: pikepdf.Pdf) -> None:
    """Only a destination may open a paper; /GoTo is one, written as an action by LaTeX."""
    action = document.Root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") != pikepdf.Name.GoTo:
        kind = "script" if "/JS" in action else "open_action"
        raise Unacceptable(kind, _SENTENCES[kind])


def _containers(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream, also those written inside others."""
    for item in document.objects:
        yield from _within(item)
    yield from _within(document.trailer)


def _within(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    waiting = [item]
    while waiting:
        current = waiting.pop()
        if isinstance(current, (pikepdf.Dictionary, pikepdf.Stream)):
            yield current
            children = [current.get(key) for key in current.keys()]  # noqa: SIM118 - not a mapping
        elif isinstance(current, pikepdf.Array):
            children = list(current)
        else:
            continue
        waiting += [
            child
            for child in children
            if isinstance(child, (pikepdf.Dictionary, pikepdf.Array)) and not child.is_indirect
        ]


def _forbidden(item: pikepdf.Object) -> str:
    for key in item.keys():  # noqa: SIM118 - a pikepdf dictionary iterates differently
        if key in _FORBIDDEN_KEYS:
            return _FORBIDDEN_KEYS[key]
    for key in ("/S", "/Subtype"):
        value = item.get(key)
        if isinstance(value, pikepdf.Name) and str(value) in _FORBIDDEN_VALUES:
            return _FORBIDDEN_VALUES[str(value)]
    return ""
