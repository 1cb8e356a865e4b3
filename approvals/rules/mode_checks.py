"""What only one way of cooperation is held to (第十四条). Pure."""

import re
from collections.abc import Iterator

from approvals.enums import CooperationMode
from approvals.rules.facts import PlanFacts
from approvals.rules.findings import Check, Finding, day_of
from approvals.rules.negation import is_negated
from approvals.rules.ways import CONTROLS, GOVERNMENT

# Words of a return that no sponsor may have, whatever the question was answered.
BRAND_WORDS = re.compile(
    r"品牌授权|授权使用[^，。；]{0,6}(?:品牌|名称|标识)|(?:输出|使用)[^，。；]{0,8}品牌"
    r"|阵地[^，。；]{0,4}冠名|(?:场馆|文化宫|中心|阵地)更名"
)
EXCLUSIVE_WORDS = re.compile(
    r"独家(?:经营|销售|供应|供货|运营|使用)|专营|排他|唯一(?:供应|经营|销售)"
)


def counterparts_are_union_venues(facts: PlanFacts) -> Iterator[Finding]:
    """第十四条（一）「阵地之间的资源整合与业务合作」：only venues of unions."""
    if facts.mode != CooperationMode.INTERNAL:
        return
    for name in facts.unknown_counterparts:
        text = f"合作对象：“{name}”不是登记的工会阵地，请按登记的全称填写。"
        yield Finding(text, "14-1-1", "partner", "other_counterparts")


def commission_proven(facts: PlanFacts) -> Iterator[Finding]:
    """第十四条（三）「承接政府需要购买的公共服务」：bought by a procedure that left its record."""
    if facts.mode != CooperationMode.UNDERTAKING:
        return
    if facts.answer("undertaking", "commission_kind") == GOVERNMENT:
        day = day_of(facts.answer("undertaking", "procured_on"))
        if day and day > facts.today:
            text = "承接服务：采购结果确定日期在今天之后，须先有采购结果，再报批方案。"
            yield Finding(text, "14-3-1", "undertaking", "procured_on")
    rows = facts.sections.get("undertaking", {}).get("deliverables") or []
    for number, row in enumerate(rows, start=1):
        if not (row.get("item") and row.get("standard")):
            text = f"承接服务：交付内容第 {number} 行须写明活动或服务和验收标准。"
            yield Finding(text, "14-3-1", "undertaking", "deliverables")


def sponsorship_is_no_trade(facts: PlanFacts) -> Iterator[Finding]:
    """第十四条（四）、第十八条：a sponsor gets neither the brand nor the run of the place."""
    if facts.mode != CooperationMode.SPONSORSHIP:
        return
    questions = {
        "gives_brand": ("18-7", "回报含阵地名称、标识使用权或冠名权，属于输出阵地品牌"),
        "gives_exclusivity": ("18-1", "回报含独家经营、排他销售或场地专用，不是赞助"),
        "pays_individuals": ("14-4-1", "赞助资金不能直接付给个人"),
    }
    for name, (code, words) in questions.items():
        if facts.answer("sponsorship", name) == "yes":
            yield Finding(f"社会赞助：{words}，须先改正方案。", code, "sponsorship", name)
    text = facts.answer("sponsorship", "return_for_sponsor")
    for pattern, code, what in (
        (BRAND_WORDS, "18-7", "输出阵地品牌"),
        (EXCLUSIVE_WORDS, "18-1", "独家或排他经营"),
    ):
        match = pattern.search(text)
        if match and not is_negated(text, match.start()):
            sentence = f"社会赞助：“{match.group()}”相当于以{what}作为对价，须先改正方案。"
            yield Finding(sentence, code, "sponsorship", "return_for_sponsor")


def explored_by_the_union(facts: PlanFacts) -> Iterator[Finding]:
    """第十四条第二款「主管工会在坚持主导权控制权的前提下，可以积极探索其它……方式」：the union's
    own decision comes first, and its own meeting decides."""
    if facts.mode != CooperationMode.OTHER:
        return
    if facts.initiative is None:
        text = "其它方式由主管工会探索：尚未登记主管工会发起或者同意的决定，请联系主管工会资产监管部门。"
        yield Finding(text, "14-5-1", "initiative")
    if not facts.route_bodies:
        text = (
            "其它方式须由主管工会会议决定：决策权限清单没有为本方案确定会议，请联系资产监管部门。"
        )
        yield Finding(text, "14-5-1", "route")


def control_kept(facts: PlanFacts) -> Iterator[Finding]:
    """第十四条第二款「坚持主导权控制权」：five controls, each said for itself."""
    if facts.mode != CooperationMode.OTHER:
        return
    seen: dict[str, str] = {}
    for name, label in CONTROLS.items():
        text = "".join(facts.answer("control", f"control_{name}").split())
        if text and text in seen:
            sentence = f"主导权控制权：“{label}”与“{seen[text]}”文字完全相同，五项须分别写明。"
            yield Finding(sentence, "14-5-1", "control", f"control_{name}")
        seen.setdefault(text, label)


MODE_CHECKS: tuple[Check, ...] = (
    counterparts_are_union_venues,
    commission_proven,
    sponsorship_is_no_trade,
    explored_by_the_union,
    control_kept,
)
