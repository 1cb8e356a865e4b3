"""DOCX and XLSX: a ZIP whose directory, names, sizes, parts and relationships are all checked."""

import stat
import zipfile
import zlib
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from documents.inspection.refusal import Unacceptable

ENTRY_LIMIT = 3_000
TOTAL_LIMIT = 200 * 1024 * 1024
RATIO_LIMIT = 100
# Small parts of repeated markup compress well and harm nobody.
RATIO_FREE_BYTES = 1024 * 1024

_MAIN = "application/vnd.openxmlformats-officedocument."
DOCX_MAIN = _MAIN + "wordprocessingml.document.main+xml"
XLSX_MAIN = _MAIN + "spreadsheetml.sheet.main+xml"
_WORDS = {DOCX_MAIN: "Word 文档（DOCX）", XLSX_MAIN: "Excel 工作簿（XLSX）"}
# Harmless things found inside papers made by Office and WPS.
_PART_KINDS = frozenset(
    [
        "xml",
        "rels",
        "vml",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "bmp",
        "tif",
        "tiff",
        "emf",
        "wmf",
        "svg",
        "odttf",
        "fntdata",
        "ttf",
        "wdp",
        "xlsx",
        "docx",
    ]
)
_ACTIVE_TYPES = ("vbaproject", "macroenabled", "activex", "oleobject", "ms-office.vba")
_SAVE_AGAIN = "请在 WPS 或 Office 中另存为新的文件，再上传。"


def inspect_docx(content: bytes) -> int:
    """Check a Word paper; its pages are known only to who renders it."""
    return _inspect(content, DOCX_MAIN)


def inspect_xlsx(content: bytes) -> int:
    """Check an Excel workbook."""
    return _inspect(content, XLSX_MAIN)


def _inspect(content: bytes, main_type: str) -> int:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
            _directory_is_sound(content, package, entries)
            for entry in entries:
                _entry_is_sound(entry)
            _parts_are_sound(package, entries)
            _main_part_is(package, main_type)
            _relations_stay_inside(package, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Unacceptable(
            "damaged", "这个 Office 文件已损坏，无法完整读取。" + _SAVE_AGAIN
        ) from error
    return 0


def _directory_is_sound(
    content: bytes, package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> None:
    end = content.rfind(b"PK\x05\x06")
    if not content.startswith(b"PK\x03\x04") or package.comment or len(content) != end + 22:
        raise Unacceptable("trailing", "这个 Office 文件前后夹带了其他数据。" + _SAVE_AGAIN)
    if len(entries) > ENTRY_LIMIT:
        raise Unacceptable(
            "entries", f"这个 Office 文件内部有 {len(entries)} 个部件，超出正常范围。" + _SAVE_AGAIN
        )
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise Unacceptable("duplicate", "这个 Office 文件内部有重名部件，含义不明。" + _SAVE_AGAIN)
    if sum(entry.file_size for entry in entries) > TOTAL_LIMIT:
        raise Unacceptable(
            "bomb",
            "这个 Office 文件展开后过大，疑似压缩炸弹。请删去多余的空白行列或图片后另存，再上传。",
        )


def _entry_is_sound(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        raise Unacceptable(
            "traversal", "这个 Office 文件内部含有越界路径，不是正常文档。" + _SAVE_AGAIN
        )
    if any(ord(c) < 32 for c in name):
        raise Unacceptable("traversal", "这个 Office 文件内部部件名含有控制字符。" + _SAVE_AGAIN)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unacceptable(
            "symlink", "这个 Office 文件内部含有链接文件，不是正常文档。" + _SAVE_AGAIN
        )
    if entry.flag_bits & 0x1:
        raise Unacceptable("encrypted", "这个 Office 文件设有密码。请取消密码后再上传。")
    packed = max(entry.compress_size, 1)
    if entry.file_size > RATIO_FREE_BYTES and entry.file_size / packed > RATIO_LIMIT:
        raise Unacceptable(
            "bomb", "这个 Office 文件压缩率异常，疑似压缩炸弹。请删去多余的空白行列后另存，再上传。"
        )


def _parts_are_sound(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if entry.is_dir():
            continue
        name = entry.filename.lower()
        _part_may_be_kept(name)
        with package.open(entry) as part:
            _text_is_plain(name, part.read(entry.file_size + 1))


def _part_may_be_kept(name: str) -> None:
    if "vbaproject" in name or "/macrosheets/" in name or "vbadata" in name:
        raise Unacceptable(
            "macro", "这个 Office 文件含有宏代码。请另存为不含宏的 DOCX、XLSX 或 PDF，再上传。"
        )
    if "/activex/" in name or "oleobject" in name:
        raise Unacceptable(
            "object", "这个 Office 文件嵌有对象或控件。请把嵌入的内容取出单独上传，再另存本件。"
        )
    if "/externallinks/" in name:
        raise _external("外部工作簿")
    suffix = name.rpartition(".")[2]  # also of a bare ".rels"
    if suffix not in _PART_KINDS and "/printersettings/" not in f"/{name}":
        raise Unacceptable(
            "object",
            f"这个 Office 文件夹带了 .{suffix[:12]} 类型的内容。请取出单独上传，再另存本件。",
        )


def _text_is_plain(name: str, content: bytes) -> None:
    if not name.endswith((".xml", ".rels", ".vml", ".svg")):
        return
    flat = content.replace(b"\0", b"")  # UTF-16 hides ASCII from a byte search
    if b"<!DOCTYPE" in flat or b"<!ENTITY" in flat:
        raise Unacceptable(
            "entity", "这个 Office 文件的内部定义了外部实体，不是正常文档。" + _SAVE_AGAIN
        )
    if b"DDEAUTO" in flat or (b"instrText" in flat and b">DDE " in flat.replace(b"> ", b">")):
        raise _external("其他程序（DDE）")


def _xml(package: zipfile.ZipFile, name: str) -> Element:
    try:
        return fromstring(package.read(name), forbid_dtd=True)
    except (KeyError, ParseError, DefusedXmlException, ValueError) as error:
        raise Unacceptable("damaged", "这个 Office 文件的内部结构不完整。" + _SAVE_AGAIN) from error


def _main_part_is(package: zipfile.ZipFile, main_type: str) -> None:
    types = [node.get("ContentType", "") for node in _xml(package, "[Content_Types].xml")]
    if any(word in kind.lower() for kind in types for word in _ACTIVE_TYPES):
        raise Unacceptable(
            "macro", "这个 Office 文件声明了宏或控件。请另存为不含宏的 DOCX、XLSX 或 PDF，再上传。"
        )
    if main_type not in types:
        raise Unacceptable(
            "mismatch", f"文件内容不是{_WORDS[main_type]}，与扩展名不符。" + _SAVE_AGAIN
        )


def _relations_stay_inside(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if entry.filename.lower().endswith(".rels"):
            for relation in _xml(package, entry.filename):
                _relation_stays_inside(relation)


def _relation_stays_inside(relation: Element) -> None:
    """A link a reader may click is text; anything fetched by itself is refused."""
    if relation.get("TargetMode", "").lower() != "external":
        return
    target = relation.get("Target", "").lower()
    is_link = relation.get("Type", "").endswith("/hyperlink")
    if not (is_link and target.startswith(("http://", "https://", "mailto:"))):
        raise _external("外部地址的内容")


def _external(what: str) -> Unacceptable:
    return Unacceptable(
        "external",
        f"这个 Office 文件引用了{what}，打开时会向外取数。请断开链接（粘贴为数值或图片）后另存，再上传。",
    )
