"""What a desk is helped to write: clauses it often cites, openings it often uses.

Pure. They open an opinion and never make one: what was only inserted does not count where
the regulation of this procedure asks for reasons in writing.
"""

import re
from collections.abc import Iterable

from approvals.enums import Node, Outcome

# By department where one countersigns, by desk otherwise: rules of the register.
CLAUSES: dict[str, tuple[str, ...]] = {
    Node.FORMAL_REVIEW: ("13-1-1", "13-2-2", "13-4-4"),
    Node.LEGAL_REVIEW: ("13-4-2", "13-4-3", "18-1"),
    "personnel": ("9-2", "12-1", "17-3"),
    "discipline": ("10-6", "18-1", "18-8"),
    "finance": ("13-4-2", "13-4-3", "18-8"),
    "fund_review": ("13-4-1", "13-4-3", "16-4"),
}
USUAL_CLAUSES = ("13-4-2", "17-3", "18-1")
PHRASES: dict[str, tuple[str, ...]] = {
    Node.FORMAL_REVIEW: (
        "材料齐全，程序完整，同意受理。",
        "下列材料须补正：",
        "与总体方案不一致：",
    ),
    Node.LEGAL_REVIEW: ("程序合法，条款完整，同意。", "下列条款须修改：", "法律风险在于："),
    "personnel": ("岗位和人员安排可行，同意。", "人员配备须补充：", "优惠措施须写明："),
    "discipline": ("未发现利害关系和廉政风险，同意。", "廉政风险点在于：", "须补充声明："),
    "finance": ("收益分配和结算路径清楚，同意。", "测算依据须补充：", "收款账户须写明："),
    "fund_review": ("测算依据充分，同意。", "评估依据须补充：", "资产风险在于："),
}
USUAL_PHRASES = ("经审核，同意。", "下列内容须补充：", "理由如下：")
CITATION = re.compile(
    r"（第[一二三四五六七八九十]+条(?:（[一二三四五六七八九十]+）)?(?:第[一二]款)?）"
)
EVERY_PHRASE = tuple(
    dict.fromkeys((*USUAL_PHRASES, *(one for all_ in PHRASES.values() for one in all_)))
)
# Where the reasons must be the writer's own.
IN_OWN_WORDS = frozenset({Outcome.RETURN.value, Outcome.DISAGREE.value})


def clauses_for(node: str, department: str) -> tuple[str, ...]:
    """The rules this desk is offered to cite."""
    return CLAUSES.get(department or node, USUAL_CLAUSES)


def phrases_for(node: str, department: str) -> tuple[str, ...]:
    """The openings this desk is offered."""
    return PHRASES.get(department or node, USUAL_PHRASES)


def own_words(text: str, kept: Iterable[str] = ()) -> str:
    """What remains of an opinion without the phrases and citations that were inserted.

    `kept` are the phrases a person and their desk keep; the longest goes out first, so that
    none is saved by a shorter one inside it.
    """
    for phrase in sorted({*EVERY_PHRASE, *kept}, key=len, reverse=True):
        text = text.replace(phrase, "")
    return CITATION.sub("", text).strip()
