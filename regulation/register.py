"""The register of rules: what each clause asks, word for word, and how strictly it binds."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regulation.articles import BY_NUMBER, Article, chinese_number
from regulation.enums import RuleKind
from regulation.places import Place, places_of

REGISTER_PATH = Path(__file__).parent / "data" / "register.csv"
# Soft rules an approved exception can stand in for; 10-0 is met item by item.
EXCEPTIONABLE = frozenset({"10-1", "10-2", "10-3", "10-4", "10-5", "10-6", "13-4-4", "18-5"})


@dataclass(frozen=True, slots=True)
class Rule:
    """条款规则: one demand of the regulation, under the code every check and page quotes."""

    code: str
    article: int
    clause: str
    quotation: str
    kind: RuleKind
    title: str

    @property
    def basis(self) -> str:
        """第十三条（四）."""
        return f"{BY_NUMBER[self.article].title}{self.clause}"

    @property
    def url(self) -> str:
        """The page of the article, at this rule."""
        return f"/rules/{self.article}/#{self.code}"

    @property
    def places(self) -> list[Place]:
        """Where the product carries it out; empty when it does not yet."""
        return places_of(self.code)

    @property
    def is_exceptionable(self) -> bool:
        """Whether an approved exception may stand in for it."""
        return self.code in EXCEPTIONABLE


def _read(path: Path) -> dict[str, Rule]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Rule(
                code=row["code"],
                article=int(row["code"].split("-")[0]),
                clause=row["clause"],
                quotation=row["quotation"],
                kind=RuleKind(row["kind"]),
                title=row["title"],
            )
            for row in csv.DictReader(file)
        }


RULES: dict[str, Rule] = _read(REGISTER_PATH)


def rules_of(article: int, clause: str | None = None) -> list[Rule]:
    """The rules of an article, or of one clause of it, in the register's order."""
    return [
        rule for rule in RULES.values() if rule.article == article and clause in (None, rule.clause)
    ]


@dataclass(frozen=True, slots=True)
class Clause:
    """条款: a part of an article as the page shows it, with the rules read out of it."""

    anchor: str
    label: str
    paragraphs: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def marked(self) -> list[list[tuple[str, str]]]:
        """Each paragraph in pieces: a text, and the code of the rule that quotes it or nothing."""
        return [_marked(paragraph, self.rules) for paragraph in self.paragraphs]


def _marked(paragraph: str, rules: Sequence[Rule]) -> list[tuple[str, str]]:
    """Cut a paragraph at the words its rules quote; of two that overlap the earlier counts."""
    found = sorted(
        (start, -len(words), rule.code)
        for rule in rules
        for words in rule.quotation.split("…")
        if words and (start := paragraph.find(words)) >= 0
    )
    pieces, at = [], 0
    for start, minus_length, code in found:
        if start < at:
            continue
        pieces += [(paragraph[at:start], ""), (paragraph[start : start - minus_length], code)]
        at = start - minus_length
    return [piece for piece in [*pieces, (paragraph[at:], "")] if piece[0]]


def clauses_of(article: Article) -> list[Clause]:
    """The article in its clauses: items where it has them, else its paragraphs."""
    number, several = article.number, len(article.paragraphs) + len(article.closing) > 1
    parts = [
        (f"{number}-paragraph-{at}", f"第{chinese_number(at)}款" if several else "", (text,))
        for at, text in enumerate((*article.paragraphs, *article.closing), start=1)
    ]
    items = [
        (f"{number}-item-{item.number}", item.label, item.paragraphs) for item in article.items
    ]
    ahead = len(article.paragraphs)
    return [
        Clause(anchor, label, paragraphs, tuple(rules_of(number, label)))
        for anchor, label, paragraphs in (*parts[:ahead], *items, *parts[ahead:])
    ]
