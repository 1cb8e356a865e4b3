"""The chapters of the help: `docs/help/*.md`, the same text the repository shows.

Raw HTML stays text. A link to another chapter's file becomes a link to its page; headings
can be linked to; the text is kept plain beside the page for searching.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(settings.BASE_DIR) / "docs" / "help"
EXCERPT = 46
CHAPTER_LINK = re.compile(r"(?:\d+-)?([a-z-]+)\.md(#.*)?")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a chapter under its own heading."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file: its address, title, first sentence, page and parts."""

    slug: str
    title: str
    lead: str
    html: SafeString
    parts: tuple[Part, ...]

    @property
    def url(self) -> str:
        return f"/help/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Hit:
    """A part that holds every word asked for, with the words around the first."""

    title: str
    url: str
    before: str
    found: str
    after: str


@lru_cache(maxsize=1)
def chapters() -> tuple[Chapter, ...]:
    """All chapters in their order; read once, they change with the program only."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("[0-9]*.md")))


def chapter(slug: str) -> Chapter | None:
    """The chapter at an address, or None."""
    return next((one for one in chapters() if one.slug == slug), None)


def _read(path: Path) -> Chapter:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(path.read_text(encoding="utf-8"))
    title, lead = tokens[1].content, tokens[4].content
    parts = _parts(tokens[3:])
    body = [token for token in tokens[6:] if not token.hidden or token.type != "heading"]
    html = parser.renderer.render(body, parser.options, {})
    slug = path.stem.partition("-")[2]
    return Chapter(slug, title, lead, mark_safe(_in_tables(html)), parts)


def _in_tables(html: str) -> str:
    """Tables look as everywhere and scroll by themselves on a phone."""
    opened = html.replace(
        "<table>",
        '<div class="tbl-wrap" tabindex="0" role="region" aria-label="表格"><table class="tbl">',
    )
    return opened.replace("</table>", "</table></div>")


def _parts(tokens: list[Token]) -> tuple[Part, ...]:
    """Cut at second-level headings; on the way headings get anchors and links their pages."""
    parts: list[Part] = []
    anchor, heading, words = "", "", []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            name = tokens[number + 1].content
            if token.tag == "h2":
                parts.append(Part(anchor, heading, " ".join(words)))
                anchor, heading, words = name, name, []
            token.attrSet("id", name)
        elif token.type == "inline":
            words.append("".join(_plain(token)))
            _turn_links(token)
    parts.append(Part(anchor, heading, " ".join(words)))
    return tuple(part for part in parts if part.text.strip())


def _plain(token: Token) -> list[str]:
    return [child.content for child in token.children or () if child.content]


def _turn_links(token: Token) -> None:
    for child in token.children or ():
        found = CHAPTER_LINK.fullmatch(str(child.attrGet("href") or ""))
        if child.type == "link_open" and found:
            child.attrSet("href", f"/help/{found[1]}/{found[2] or ''}")


def search(words: str) -> list[Hit]:
    """The parts that hold every word, in the order of the chapters."""
    wanted = [word.lower() for word in words.split()]
    if not wanted:
        return []
    return [
        _hit(one, part, wanted[0])
        for one in chapters()
        for part in one.parts
        if all(word in f"{one.title} {part.heading} {part.text}".lower() for word in wanted)
    ]


def _hit(one: Chapter, part: Part, word: str) -> Hit:
    place = part.text.lower().find(word)
    start = max(0, place)
    end = start + len(word) if place >= 0 else start
    return Hit(
        title=f"{one.title} · {part.heading}" if part.heading else one.title,
        url=f"{one.url}#{part.anchor}" if part.anchor else one.url,
        before=part.text[max(0, start - EXCERPT) : start],
        found=part.text[start:end],
        after=part.text[end : end + EXCERPT],
    )
