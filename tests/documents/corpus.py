"""Files made in the test run: what must be refused, with the kind of refusal, and what must not."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, *, pages: int = 1, **save) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if change:
        change(document)
    out = BytesIO()
    document.save(out, **save)
    return out.getvalue()


def image(kind: str, size: tuple[int, int] = (40, 30), **save) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#c33").save(out, kind, **save)
    return out.getvalue()


def jpeg_with_thumbnail() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "现场照片"
    plain = image("JPEG", exif=exif)
    # An application segment that carries a whole small picture, its end marker included.
    small = image("JPEG", (8, 8))
    segment = b"\xff\xe5" + struct.pack(">H", len(small) + 2) + small
    return plain[:2] + segment + plain[2:]


def png_bomb() -> bytes:
    """A header that promises 60 000 × 60 000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + crc

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def docx(
    extra: dict[str, bytes] | None = None,
    *,
    main: str = DOCX_MAIN,
    relations: str = "",
    body: str = "<w:p><w:r><w:t>鄠邑区工人文化宫</w:t></w:r></w:p>",
    types: str = "",
) -> bytes:
    parts = {
        "[Content_Types].xml": (
            '<?xml version="1.0"?><Types '
            'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": (
            '<?xml version="1.0"?><Relationships '
            'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{LINKS}officeDocument" Target="word/document.xml"/>'
            "</Relationships>"
        ).encode(),
        "word/document.xml": (
            '<?xml version="1.0"?><w:document '
            'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>"
        ).encode(),
        "word/_rels/document.xml.rels": (
            '<?xml version="1.0"?><Relationships '
            'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{relations}</Relationships>"
        ).encode(),
        **(extra or {}),
    }
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def relation(kind: str, target: str) -> str:
    return f'<Relationship Id="x" Type="{LINKS}{kind}" Target="{target}" TargetMode="External"/>'


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["项目", "收益（元）"])
    book.active.append(["羽毛球馆", 123456])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_with(extra: dict[str, bytes]) -> bytes:
    out = BytesIO(xlsx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in extra.items():
            package.writestr(name, content)
    return out.getvalue()


def docx_with_symlink() -> bytes:
    out = BytesIO(docx())
    with zipfile.ZipFile(out, "a") as package:
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")
    return out.getvalue()


def docx_with_password_flag() -> bytes:
    content = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        content[at + offset] |= 1
    return bytes(content)


def _script(document: pikepdf.Pdf) -> None:
    names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _action("JavaScript")])))
    document.Root.Names = names


def _action(kind: str, **more) -> Dictionary:
    return Dictionary(S=Name("/" + kind), JS=String("app.alert(1)"), **more)


def _on_page(annotation: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        annotation.Type = Name.Annot
        annotation.Rect = Array([0, 0, 10, 10])
        document.pages[0].obj.Annots = Array([document.make_indirect(annotation)])

    return change


def _set(**keys) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        for key, value in keys.items():
            document.Root[f"/{key}"] = value

    return change


def _attached(document: pikepdf.Pdf) -> None:
    document.attachments["合同.exe"] = b"MZ" + b"\0" * 50


def _without_pages(document: pikepdf.Pdf) -> None:
    del document.pages[0]


def _opens_at_page(document: pikepdf.Pdf) -> None:
    goal = Array([document.pages[0].obj, Name.Fit])
    document.Root.OpenAction = Dictionary(S=Name.GoTo, D=goal)


MZ = b"MZ\x90\x00" + b"\0" * 400
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">]><a>&a;</a>'

# name, content, kind of refusal by the inspectors ("" where name or size refuse before them)
HOSTILE: list[tuple[str, bytes, str]] = [
    ("脚本.pdf", pdf(_script), "script"),
    ("打开动作.pdf", pdf(_set(OpenAction=_action("JavaScript"))), "script"),
    (
        "打开网址.pdf",
        pdf(_set(OpenAction=Dictionary(S=Name.URI, URI=String("http://x")))),
        "open_action",
    ),
    (
        "链接脚本.pdf",
        pdf(_on_page(Dictionary(Subtype=Name.Link, A=_action("JavaScript")))),
        "script",
    ),
    (
        "启动.pdf",
        pdf(
            _on_page(
                Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd.exe")))
            )
        ),
        "launch",
    ),
    ("夹带.pdf", pdf(_attached), "embedded"),
    ("夹带批注.pdf", pdf(_on_page(Dictionary(Subtype=Name.FileAttachment))), "embedded"),
    ("多媒体.pdf", pdf(_on_page(Dictionary(Subtype=Name.RichMedia))), "rich_media"),
    ("动态表单.pdf", pdf(_set(AcroForm=Dictionary(Fields=Array([]), XFA=String("<xdp/>")))), "xfa"),
    (
        "自动动作.pdf",
        pdf(_set(AA=Dictionary(WC=Dictionary(S=Name.Named, N=Name.Print)))),
        "automatic",
    ),
    (
        "提交表单.pdf",
        pdf(_on_page(Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm)))),
        "automatic",
    ),
    ("加密.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "encrypted"),
    ("限制权限.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="")), "encrypted"),
    ("附压缩包.pdf", pdf() + packed({"a.exe": MZ * 20}) + b"\0" * 1500, "trailing"),
    ("前缀.pdf", b"GIF89a" + pdf(), "mismatch"),
    ("截断.pdf", pdf()[:200], "truncated"),
    ("乱码.pdf", b"%PDF-1.7\n" + b"\x01\x02" * 300 + b"\n%%EOF\n", "damaged"),
    ("空白.pdf", pdf(_without_pages), "no_pages"),
    ("程序.pdf", MZ, "mismatch"),
    ("网页.pdf", HTML, "mismatch"),
    ("网页.png", HTML, "mismatch"),
    ("矢量.png", SVG, "mismatch"),
    ("动图.jpg", image("GIF"), "mismatch"),
    ("动图.png", image("GIF"), "mismatch"),
    ("图片.pdf", image("PNG"), "mismatch"),
    ("附网页.png", image("PNG") + HTML, "trailing"),
    ("附压缩包.jpg", image("JPEG") + packed({"a.js": b"alert(1)"}), "trailing"),
    ("炸弹.png", png_bomb(), "pixels"),
    ("巨图.png", image("PNG", (10_000, 5_001)), "pixels"),
    ("残图.jpg", image("JPEG", (300, 300))[:600], "damaged"),
    ("残图.png", image("PNG", (300, 300))[:-20], "damaged"),
    ("宏.docx", docx({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "macro"),
    ("宏类型.docx", docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"), "macro"),
    ("旧宏表.xlsx", xlsx_with({"xl/macrosheets/sheet1.xml": b"<x/>"}), "macro"),
    ("外部模板.docx", docx(relations=relation("attachedTemplate", "http://x/t.dotm")), "external"),
    ("外部图片.docx", docx(relations=relation("image", "http://x/a.png")), "external"),
    ("共享链接.docx", docx(relations=relation("hyperlink", "file://///host/share/a")), "external"),
    ("外部表.xlsx", xlsx_with({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "external"),
    ("动态数据.docx", docx(body="<w:instrText>DDEAUTO c:\\cmd.exe</w:instrText>"), "external"),
    ("嵌对象.docx", docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}), "object"),
    ("夹程序.docx", docx({"word/media/a.exe": MZ}), "object"),
    ("控件.docx", docx({"word/activeX/activeX1.xml": b"<x/>"}), "object"),
    ("压缩炸弹.xlsx", xlsx_with({"xl/worksheets/sheet9.xml": b"\0" * 20_000_000}), "bomb"),
    ("越界.docx", docx({"../../etc/cron.xml": b"<x/>"}), "traversal"),
    ("绝对路径.docx", docx({"/etc/cron.xml": b"<x/>"}), "traversal"),
    ("盘符.docx", docx({"C:\\a.xml": b"<x/>"}), "traversal"),
    ("链接.docx", docx_with_symlink(), "symlink"),
    ("密码.docx", docx_with_password_flag(), "encrypted"),
    ("实体.docx", docx({"word/settings.xml": LAUGHS}), "entity"),
    ("附尾.docx", docx() + b"<script>" * 4, "trailing"),
    ("部件过多.docx", docx({f"word/a{n}.xml": b"<x/>" for n in range(3_100)}), "entries"),
    ("表格冒充.docx", xlsx(), "mismatch"),
    ("文稿冒充.xlsx", docx(), "mismatch"),
    ("压缩包.docx", packed({"a.txt": b"hello"}), "object"),
    ("空.pdf", b"", ""),
    ("图形.svg", SVG, ""),
    ("文件.pdf.exe", pdf(), ""),
    ("网页.html", HTML, ""),
    ("脚本.js", b"alert(1)", ""),
    ("旧文稿.doc", b"\xd0\xcf\x11\xe0", ""),
    ("带宏.xlsm", xlsx(), ""),
    ("无扩展名", pdf(), ""),
    ("压缩包.zip", packed({"a.txt": b"hello"}), ""),
]

CLEAN: list[tuple[str, bytes]] = [
    ("方案.pdf", pdf()),
    ("两页.PDF", pdf(pages=2)),
    ("自指定页打开.pdf", pdf(_opens_at_page)),
    (
        "带链接.pdf",
        pdf(
            _on_page(
                Dictionary(
                    Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.cn"))
                )
            )
        ),
    ),
    ("线性化.pdf", pdf(linearize=True)),
    ("对象流.pdf", pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate)),
    ("照片.jpg", image("JPEG")),
    ("照片.jpeg", image("JPEG", progressive=True)),
    ("带缩略图.jpg", jpeg_with_thumbnail()),
    ("补零.jpg", image("JPEG") + b"\0" * 64),
    ("截图.png", image("PNG")),
    ("文稿.docx", docx()),
    ("带网址.docx", docx(relations=relation("hyperlink", "https://example.cn"))),
    ("带图.docx", docx({"word/media/image1.png": image("PNG")})),
    ("台账.xlsx", xlsx()),
    ("带打印设置.xlsx", xlsx_with({"xl/printerSettings/printerSettings1.bin": b"\0\1" * 40})),
]
