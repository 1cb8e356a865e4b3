"""The regulation's text, read into its 25 articles."""

import re
from dataclasses import dataclass
from pathlib import Path

TEXT_PATH = Path(__file__).parent / "data" / "shaanxi-2023.md"
ARTICLE = re.compile(r"\*\*第([一二三四五六七八九十]+)条\*\*\s+")
ITEM = re.compile(r"（([一二三四五六七八九十]+)）")
DIGITS = "零一二三四五六七八九"
LEAD_LENGTH = 16
# The text does not mark where a list of items ends. In article 14 the last paragraph
# (其它方式) closes the article; elsewhere a paragraph after an item belongs to the item.
CLOSING_PARAGRAPHS = {14: 1}


@dataclass(frozen=True, slots=True)
class Item:
    """项: one numbered item of an article, with all its paragraphs."""

    number: int
    paragraphs: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"（{chinese_number(self.number)}）"


@dataclass(frozen=True, slots=True)
class Article:
    """条: one article; `paragraphs` stand before its items, `closing` after them."""

    number: int
    chapter: str
    paragraphs: tuple[str, ...]
    items: tuple[Item, ...] = ()
    closing: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """第十三条."""
        return f"第{chinese_number(self.number)}条"

    @property
    def lead(self) -> str:
        """The beginning of the article, short enough for an index."""
        sentence = re.split("[。，；：]", self.paragraphs[0])[0]
        return sentence if len(sentence) <= LEAD_LENGTH else f"{sentence[:LEAD_LENGTH]}…"

    @property
    def text(self) -> str:
        """All paragraphs, one per line."""
        items = [paragraph for item in self.items for paragraph in item.paragraphs]
        return "\n".join([*self.paragraphs, *items, *self.closing])


def chinese_number(number: int) -> str:
    """Write 1 to 99 as the regulation does: 一, 十三, 二十五."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


NUMBERS = {chinese_number(number): number for number in range(1, 100)}


def _article(number: int, chapter: str, paragraphs: list[str]) -> Article:
    closing = CLOSING_PARAGRAPHS.get(number, 0)
    body, rest = paragraphs[: len(paragraphs) - closing], paragraphs[len(paragraphs) - closing :]
    before: list[str] = []
    items: list[tuple[int, list[str]]] = []
    for paragraph in body:
        if match := ITEM.match(paragraph):
            items.append((NUMBERS[match[1]], [paragraph]))
        else:
            (items[-1][1] if items else before).append(paragraph)
    return Article(
        number=number,
        chapter=chapter,
        paragraphs=tuple(before),
        items=tuple(Item(number, tuple(lines)) for number, lines in items),
        closing=tuple(rest),
    )


def parse(text: str) -> tuple[str, tuple[Article, ...], str]:
    """Split the text into its title, its articles and its imprint."""
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    title, chapter = blocks[0].removeprefix("# "), ""
    found: list[tuple[int, str, list[str]]] = []
    for block in blocks[1:-1]:
        if block.startswith("## "):
            chapter = re.sub(r"(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff]$)", "", block[3:])
        elif match := ARTICLE.match(block):
            found.append((NUMBERS[match[1]], chapter, [block[match.end() :]]))
        else:
            found[-1][2].append(block)
    return title, tuple(_article(*parts) for parts in found), blocks[-1]


TITLE, ARTICLES, IMPRINT = parse(TEXT_PATH.read_text(encoding="utf-8"))
BY_NUMBER: dict[int, Article] = {article.number: article for article in ARTICLES}
