"""变相出租承包识别: is a cooperation a lease in disguise? (第十八条) Pure.

Three sources: the questionnaire, figures and other answers (`approvals.rules.screening`), and
the words of the texts. A word inside a prohibition (「不得转租」) is no hit; 「不论盈亏」 and
「不低于」 prohibit nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

SUSPECT_SCORE = 50
WATCH_SCORE = 30
NEGATION_REACH = 12
NEGATIONS = ("不得", "禁止", "严禁", "不允许", "不", "杜绝", "抵制", "并非", "绝非")
# 「不」 that forbids nothing.
HARMLESS = re.compile(
    r"不得(?:低于|少于)|不(?:低于|少于|论|管|变|足|超过|同|仅|但|断|定期|限|影响)"
)
# 「不得改变用途，可以转租」: a permission in a later part of the sentence ends the prohibition.
PERMISSION = re.compile(r"[，,、].*?(?:可以|可|允许|有权|准许)")
CLAUSE_BREAK = re.compile(r"[。；;！？\n]")
SPACES = re.compile(r"[^\S\n]+")


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
        Indicator("DL-06", "以承包经营、整体出租、转租、以租代管为合作条款", is_hard=True),
        Indicator("DL-07", "没有公益服务量，也没有职工优惠", 15),
        Indicator("DL-08", "票据或收款账户属于合作方", is_hard=True, rule="18-8"),
        Indicator("DL-09", "事项不在阵地主责主业之内", is_hard=True, rule="14-2-2"),
        Indicator("DL-10", "以合作方品牌作为阵地名称或门头", is_hard=True, rule="18-2"),
        Indicator("DL-11", "一次性预付多年费用，不按经营结果定期结算", 10),
        Indicator("DL-12", "没有与服务质量挂钩的考核和退出条款", 15),
    )
}

# Words whose operative use is a sign; each pattern names the indicator it shows.
PARTNER = r"(?:乙方|合作方|承办方|运营方)"
WORDS: tuple[tuple[str, str], ...] = (
    ("DL-06", r"承包经营|整体承包|整体出租|以租代管"),
    ("DL-05", r"转租|分租|转包|转让经营权|经营权(?:转让|转移)"),
    ("DL-02", r"租金|租赁费|物业押金|免租期|元\s*/\s*(?:㎡|平方米|平米|m2|m²)"),
    (
        "DL-01",
        r"固定回报|保底收益|保底收入|固定收益|年保底|旱涝保收|固定(?:金额|数额|上缴|利润)"
        r"|(?:保底|最低)(?:金额|分成|利润|上缴)"
        r"|(?:不论|无论|不管)[^，。；]{0,6}(?:盈亏|盈利|亏损|经营(?:结果|情况|状况|业绩))"
        r"|每年(?:向(?:甲方|工会方|阵地))?(?:固定)?(?:支付|上缴|缴纳|交纳|上交)"
        r"(?:甲方|工会方|阵地)?[^，。；\d]{0,4}\d[\d,.]*万?元",
    ),
    ("DL-03", r"自负盈亏|(?:承担|负责)全部(?:盈亏|经营风险|亏损)"),
    (
        "DL-04",
        rf"{PARTNER}[^，。；]{{0,6}}(?:独立经营|自主经营|自主定价|单独决定|自行决定|自行定价|全权)"
        r"|独家经营|(?:甲方|工会方?|阵地)不(?:参与|干预)(?:经营|管理|决策|定价)",
    ),
    (
        "DL-08",
        rf"(?:收入|费用|款项|票款|学费|场地费)[^，。；]{{0,8}}{PARTNER}(?:的)?(?:账户|账号|收款码)"
        rf"|(?:通过|进入|存入|转入|汇入|使用){PARTNER}(?:的)?(?:账户|账号|收款码)",
    ),
    (
        "DL-10",
        rf"(?:门头|招牌|阵地名称|场馆名称)[^，。；]{{0,8}}(?:使用|采用|悬挂|改为|更名为)"
        rf"[^，。；]{{0,6}}{PARTNER}",
    ),
    ("DL-11", r"一次性(?:预付|付清|支付|缴清|交清|收取)|趸交"),
)


def is_negated(text: str, position: int) -> bool:
    """Whether a prohibition stands within twelve characters before, in the same sentence."""
    before = text[max(0, position - NEGATION_REACH) : position]
    before = HARMLESS.sub("", CLAUSE_BREAK.split(before)[-1])
    last = max((before.rfind(word) for word in NEGATIONS), default=-1)
    if last < 0:
        return before.endswith("非")
    return PERMISSION.search(before, last) is None


def scan_text(text: str) -> list[Hit]:
    """The operative words of a lease in a text, each with its surroundings as evidence.

    Spaces are left out: 「转 租」 is 转租.
    """
    text, hits = SPACES.sub("", text), []
    for code, pattern in WORDS:
        for match in re.finditer(pattern, text):
            if not is_negated(text, match.start()):
                start, end = max(0, match.start() - 10), match.end() + 10
                hits.append(Hit(INDICATORS[code], f"“…{text[start:end]}…”"))
                break
    return hits


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
