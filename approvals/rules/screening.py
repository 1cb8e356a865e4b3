"""What of a plan speaks for a lease in disguise: answers, figures and texts together. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from approvals.rules.facts import PlanFacts
from approvals.rules.fields import fields_of, section_spec, sections_of
from approvals.rules.lease import Screen, screen
from approvals.rules.questions import Field, Kind

QUESTION_INDICATORS = {
    "fixed_income": "DL-01",
    "area_price": "DL-02",
    "partner_bears_all": "DL-03",
    "exclusive_control": "DL-04",
    "sub_letting": "DL-05",
    "uses_receipts": "DL-08",
    "uses_account": "DL-08",
    "lump_sum": "DL-11",
}
# An exit tied to the quality of the service says so in one of these words.
QUALITY = re.compile(r"评价|考核|满意|服务质量|整改|达标")
NO_DISCOUNT = re.compile(r"^(?:无|没有|不)")


def lease_screen(facts: PlanFacts) -> Screen:
    """The disguised-lease screen over the questionnaire, the figures and every text of the plan."""
    answers: dict[str, bool | str | None] = {
        code: True
        for name, code in QUESTION_INDICATORS.items()
        if facts.answer("negative_list", name) == "yes"
    }
    return screen(answers | _signs(facts), facts.texts)


def _signs(facts: PlanFacts) -> dict[str, str]:
    """What other sections answer: indicator code → the words that show it."""
    signs = {
        "DL-07": _no_welfare(facts),
        "DL-09": "" if facts.is_core_business else "所选主责主业不在本阵地登记的清单内",
        "DL-10": "五不变回答“阵地名称”将改变"
        if facts.answer("five_constants", "name") == "no"
        else "",
        "DL-12": _no_quality_exit(facts),
    }
    return {code: evidence for code, evidence in signs.items() if evidence}


def _no_welfare(facts: PlanFacts) -> str:
    share = facts.answer("four_properties", "welfare_share")
    discounts = [facts.answer("discounts", one.name) for one in section_spec("discounts").fields]
    if not share or float(share) or not all(NO_DISCOUNT.match(text) for text in discounts):
        return ""
    return "公益服务时段占比为 0，三类职工都没有优惠"


def _no_quality_exit(facts: PlanFacts) -> str:
    texts = [facts.answer("contract_elements", name) for name in ("constraint", "exit")]
    if not all(texts) or any(QUALITY.search(text) for text in texts):
        return ""
    return "约束机制、退出机制都没有写考核评价"


def texts_of(kind: str, mode: str, title: str, sections: Mapping[str, Mapping]) -> tuple[str, ...]:
    """Every text of a plan that the lease screen reads: the title, the answers in words, the rows.

    Choices, figures and dates are left out.
    """
    asked = (
        (one, sections.get(spec.code.value, {}).get(one.name))
        for spec in sections_of(kind, mode)
        for one in fields_of(spec, kind, mode)
    )
    return (title, *(text for one, answer in asked for text in _words_of(one, answer)))


def _words_of(question: Field, answer: Any) -> Iterator[str]:
    if question.kind in (Kind.TEXT, Kind.LONG):
        yield str(answer or "")
    elif question.kind is Kind.ROWS:
        for row in answer or ():
            for column in question.columns:
                yield from _words_of(column, row.get(column.name))
