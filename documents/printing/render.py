"""HTML to PDF through the worker process, with only our own styles and pictures in reach."""

import base64
import hashlib
import json
import unicodedata
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from core.errors import ActionBlocked
from documents.printing import fonts
from documents.printing.printer import TookTooLong, printer

HTML_LIMIT = 3 * 1024 * 1024
STYLES = ("print.css", "print_board.css", "print_form.css", "print_official.css")
UNEQUIPPED = (
    "本机尚未安装生成 PDF 所需的组件（{what}）。请系统管理员在服务器上运行："
    f"{fonts.INSTALL}，然后再试；所办事项未受影响。"
)
_REFUSED, _UNEQUIPPED = 3, 4


def html_to_pdf(html: str, *, pictures: dict[str, str] | None = None) -> bytes:
    """Render one page description; `pictures` are SVG texts by the name used in the HTML.

    ActionBlocked says in a sentence why there is no PDF: missing components, a character
    no font has, or a page too large.
    """
    found, missing = fonts.find_fonts(settings.DOC_FONT_DIR)
    if missing:
        what = "、".join(f"{role.label}字体" for role in missing)
        raise ActionBlocked(UNEQUIPPED.format(what=what))
    if len(html) > HTML_LIMIT:
        raise ActionBlocked(
            "这份文件内容过长，无法生成 PDF。请精简正文，或把附表改为单独上传的附件。"
        )
    cache = Path(settings.VAR_DIR) / "fontcache"
    job = {
        "html": html,
        "assets": _assets(pictures or {}),
        "fontconfig": fonts.configuration(found, cache=cache),
        "identifier": hashlib.sha256(html.encode()).hexdigest()[:32],
    }
    return _print(json.dumps(job))


def _assets(pictures: dict[str, str]) -> dict[str, dict[str, str]]:
    assets = {}
    for name in STYLES:
        path = finders.find(f"css/{name}")
        if path is None:
            raise FileNotFoundError(name)
        assets[name] = _asset("text/css", Path(str(path)).read_bytes())
    for name, svg in pictures.items():
        assets[name] = _asset("image/svg+xml", svg.encode())
    return assets


def _asset(kind: str, content: bytes) -> dict[str, str]:
    return {"type": kind, "base64": base64.b64encode(content).decode()}


def _print(job: str) -> bytes:
    try:
        code, said = printer.ask(job.encode())
    except TookTooLong as error:
        raise ActionBlocked(
            "生成 PDF 超过时间上限，已停止。请精简内容后再试，或联系系统管理员。"
        ) from error
    if code == 0 and said.startswith(b"%PDF-"):
        return said
    raise _refusal(code, said.decode(errors="replace"))


def _refusal(code: int, complaint: str) -> Exception:
    if code == _UNEQUIPPED:
        return ActionBlocked(UNEQUIPPED.format(what="Pango 排版库"))
    if code == _REFUSED:
        answer = json.loads(complaint)
        if answer["kind"] == "glyphs":
            return ActionBlocked(_missing_glyphs(answer["characters"]))
        return ActionBlocked("这份文件的内容引用了站外资源，已停止生成 PDF。请删去该引用后再试。")
    return RuntimeError(f"the PDF worker ended with {code}: {complaint[-2000:]}")


def _missing_glyphs(characters: list[str]) -> str:
    names = "、".join(
        f"“{c}”（U+{ord(c):04X}）" if unicodedata.category(c)[0] != "C" else f"U+{ord(c):04X}"
        for c in characters[:10]
    )
    return f"正文中有字体不支持的字符：{names}。请删去或改写这些字符（如表情符号）后再生成 PDF。"
