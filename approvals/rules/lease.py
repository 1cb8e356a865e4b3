"""变相出租承包识别: is a cooperation a lease in disguise? (第十八条) Pure.

Three sources: the questionnaire, figures and other answers (`approvals.rules.screening`), and
the words of the texts (`approvals.rules.lease_words`). A word inside a prohibition (「不得转租」,
`approvals.rules.negation`) is no hit.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from approvals.rules.lease_words import PATTERNS, is_harmless
from approvals.rules.negation import is_negated, is_ruled_out

SUSPECT_SCORE = 50
WATCH_SCORE = 30
# 「转 租」 is 转租, 「“出租”“承包”」 are 出租 and 承包.
FILLING = re.compile(r"[^\S\n]+|[“”‘’「」『』\"']")


class LeaseVerdict(StrEnum):
    """The result of the screen."""

    CLEAR = "clear"
    WATCH = "watch"
    SUSPECT = "suspect"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One sign of a lease: its weight, or hard when no score can outweigh it."""

    code: str
    sentence: str
    weight: int = 0
    is_hard: bool = False
    rule: str = "18-1"


@dataclass(frozen=True, slots=True)
class Hit:
    """One indicator found, with the words or the answer that show it."""

    indicator: Indicator
    evidence: str


@dataclass(frozen=True, slots=True)
class Screen:
    """The screen's result: verdict, score and every hit with its evidence."""

    verdict: LeaseVerdict
    score: int
    hits: tuple[Hit, ...]


INDICATORS: dict[str, Indicator] = {
    one.code: one
    for one in (
        Indicator("DL-01", "工会方收益为固定数额或保底，与经营结果无关", 30),
        Indicator("DL-02", "价款按场地面积或年限计收（元/㎡、租金、押金、免租期）", 25),
        Indicator("DL-03", "合作方自负盈亏、承担全部经营结果", 20),
        Indicator("DL-04", "经营、定价、用人由合作方单独决定，工会方无席位", 20),
        Indicator("DL-05", "允许转租或转让经营权", is_hard=True),
        Indicator("DL-06", "以承包、出租、租用、以租代管为合作条款", is_hard=True),
        Indicator("DL-07", "没有公益服务量，也没有职工优惠", 15),
        Indicator("DL-08", "票据或收款账户属于合作方", is_hard=True, rule="18-8"),
        Indicator("DL-09", "事项不在阵地主责主业之内", is_hard=True, rule="14-2-2"),
        Indicator("DL-10", "以合作方品牌作为阵地名称或门头", is_hard=True, rule="18-2"),
        Indicator("DL-11", "一次性预付多年费用，不按经营结果定期结算", 10),
        Indicator("DL-12", "没有与服务质量挂钩的考核和退出条款", 15),
    )
}


def scan_text(text: str) -> list[Hit]:
    """The operative words of a lease in a text, each with its surroundings as evidence."""
    text, hits = FILLING.sub("", text), []
    for code, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if _is_operative(text, code, match):
                start, end = max(0, match.start() - 10), match.end() + 10
                hits.append(Hit(INDICATORS[code], f"“…{text[start:end]}…”"))
                break
    return hits


def _is_operative(text: str, code: str, match: re.Match) -> bool:
    has_key = "key" in match.re.groupindex and match["key"]
    start, end = match.span("key" if has_key else 0)
    if is_negated(text, start) or is_ruled_out(text, start, end):
        return False
    return code != "DL-06" or not is_harmless(text, start, end)


def screen(answers: Mapping[str, bool | str | None], texts: Iterable[str]) -> Screen:
    """Hold answers (indicator code → found, or the words that show it) and texts against all."""
    found: dict[str, Hit] = {}
    for code, answer in answers.items():
        if answer:
            evidence = answer if isinstance(answer, str) else "方案自查回答“是”"
            found[code] = Hit(INDICATORS[code], evidence)
    for text in texts:
        for hit in scan_text(text):
            found.setdefault(hit.indicator.code, hit)
    hits = tuple(found[code] for code in sorted(found))
    score = sum(hit.indicator.weight for hit in hits)
    if score >= SUSPECT_SCORE or any(hit.indicator.is_hard for hit in hits):
        verdict = LeaseVerdict.SUSPECT
    else:
        verdict = LeaseVerdict.WATCH if score >= WATCH_SCORE else LeaseVerdict.CLEAR
    return Screen(verdict, score, hits)
