"""Every verb at every kind of node: it works, or says why not."""

import pytest
from django.db import transaction

from core import clock
from tests.sequences.driving import Command, Sequence
from tests.sequences.invariants import Watch
from tests.sequences.model import KEEPER, MANAGER
from tests.sequences.running import Start
from tests.sequences.shapes import SHAPES
from tests.sequences.world import build_province

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
WORKS = "可以"
SIGNED_HERE = "（本环节已有人签署）"
SAY = {"is_long": True, "is_seen": True}
# kind of node: the route, the department (none: the desk before them), who sits there
KINDS = {
    "single": ("all", "", "asset.officer"),
    "all": ("all", "finance", "cosign.finance"),
    "any": ("any", "office", "cosign.office"),
    "ratio": ("ratio", "office", "cosign.office"),
    "sequence": ("sequence", "personnel", "cosign.personnel"),
    "parallel": ("sequence", "office", "cosign.office"),
    "asked": ("all", "finance", "counsel"),
}


def say(outcome: str, **more) -> tuple:
    return ("give", "", {"outcome": outcome} | SAY | more)


# verb: by whom ("" is who sits there), with what
VERBS = {
    "同意": say("agree"),
    "不同意": say("disagree"),
    "保留意见": say("reserve"),
    "附条件": say("conditional"),
    "回避": say("recuse"),
    "退回阵地": say("return"),
    "退回形式审查（逐级重走）": say("return", to="formal_review"),
    "退回形式审查（直送退回人）": say("return", to="formal_review", is_direct=True),
    "转办": ("transfer", "", {"to": "second"}),
    "加签（前）": ("consult", "", {"person": "leader", "placed": "before", "is_binding": True}),
    "加签（并）": ("consult", "", {"person": "leader", "placed": "beside", "is_binding": True}),
    "加签（后）": ("consult", "", {"person": "leader", "placed": "after", "is_binding": False}),
    "委派": ("assign", "", {"person": "leader"}),
    "减签": ("remove", "cosign.finance", {}),
    "答复征求意见": ("answer", "", {"outcome": "agree"} | SAY),
    "报告委派结果": ("report", "", {}),
    "取回": ("take_back", "", {}),
    "催办": ("urge", MANAGER, {}),
    "移交上级工会": ("move_up", KEEPER, {}),
    "撤回": ("withdraw", MANAGER, {}),
    "撤回（本环节已有人签署）": ("withdraw", MANAGER, {}),
    "申请撤回": ("ask_back", MANAGER, {}),
    "申请撤回（本环节已有人签署）": ("ask_back", MANAGER, {}),
    "传阅": ("circulate", "", {"to": "leader"}),
    "代理": ("delegate", "", {"agent": "secretary", "with_waiting": True}),
    "中止": ("suspend", KEEPER, {}),
    "恢复": ("resume", KEEPER, {}),
    "作废": ("void", KEEPER, {}),
}


def cells() -> dict[str, dict[str, str]]:
    """What each verb answers at each kind of node, on the services and on the model."""
    found: dict[str, dict[str, str]] = {verb: {} for verb in VERBS}
    province = build_province()
    for shape in SHAPES:
        start = Start(Sequence(province, shape), Watch())
        start.step(Command("submit", MANAGER))
        _kinds(start, found, is_before=True)
        give = {"task": 0, "outcome": "agree"} | SAY
        start.step(Command("give", "asset.officer", args=give))
        _kinds(start, found, is_before=False)
    return found


def _kinds(start: Start, found: dict, *, is_before: bool) -> None:
    for kind, (route, department, who) in KINDS.items():
        if route == start.one.model.shape.name and is_before == (not department):
            for verb in VERBS:
                found[verb][kind] = _cell(start, kind, verb, department, who)


def _cell(start: Start, kind: str, verb: str, department: str, who: str) -> str:
    """One verb tried at one node; everything is rolled back."""
    start = start.again()
    with transaction.atomic():
        task = next(
            one for one in start.one.model.tasks
            if one.status == "open" and one.department == department
        )  # fmt: skip
        if kind == "asked":
            asked = {"task": task.no, "person": who, "placed": "beside", "is_binding": True}
            start.step(Command("consult", "cosign.finance", args=asked))
            task = start.one.model.tasks[-1]
        answer = start.step(_command(start, verb, kind, task, who))
        transaction.set_rollback(True)
    return answer or WORKS


def _command(start: Start, verb: str, kind: str, task, who: str) -> Command:
    name, by, args = VERBS[verb]
    args = dict(args)
    if name == "take_back" or verb.endswith(SIGNED_HERE):
        word = {"task": task.no, "outcome": "agree"} | SAY
        start.step(Command("answer" if kind == "asked" else "give", who, args=word))
    if name == "take_back":
        args["said"] = start.one.model.opinions[-1].no
    elif name == "delegate":
        args["node"] = task.node
    elif name not in ("withdraw", "ask_back", "circulate", "suspend", "resume", "void"):
        args["task"] = task.no
    if args.get("to") == "second":
        args["to"] = SECONDS[kind]
    return Command(name, by or who, args=args)


SECONDS = {
    "single": "asset.head", "all": "second.finance", "any": "second.office",
    "ratio": "second.office", "sequence": "second.personnel", "parallel": "second.office",
    "asked": "leader",
}  # fmt: skip


Y = WORKS
SIGNED, PASSED, FOUR_SIGN = "不能签署环节意见", "已经走过的环节", "部门不能回避"
ONLY, NOT_ASKED, NOT_TAKEN = "形式审查只能选择：同意、退回", "请直接答复", "法定环节不能减去"
NO_ANSWER, NO_REPORT = "不是征求意见的事项", "不是委派办理的事项"
NO_NEED, NOT_STOPPED = "不需要移交", "没有中止，不需要恢复"
ASK, WITHDRAW = "可以申请撤回", "可以直接撤回"
# As the page of verbs has them (第2节); kinds in the order of KINDS.
EXPECTED = {
    "同意": (Y, Y, Y, Y, Y, Y, SIGNED),
    "不同意": (ONLY, Y, Y, Y, Y, Y, SIGNED),
    "保留意见": (ONLY, Y, Y, Y, Y, Y, SIGNED),
    "附条件": (ONLY, Y, Y, Y, Y, Y, SIGNED),
    "回避": (ONLY, FOUR_SIGN, Y, Y, FOUR_SIGN, Y, SIGNED),
    "退回阵地": (Y, Y, Y, Y, Y, Y, SIGNED),
    "退回形式审查（逐级重走）": (PASSED, Y, Y, Y, Y, Y, SIGNED),
    "退回形式审查（直送退回人）": (PASSED, Y, Y, Y, Y, Y, SIGNED),
    "转办": (Y, Y, Y, Y, Y, Y, "由本人答复，不能转办"),
    "加签（前）": (Y, Y, Y, Y, Y, Y, NOT_ASKED),
    "加签（并）": (Y, Y, Y, Y, Y, Y, NOT_ASKED),
    "加签（后）": (Y, Y, Y, Y, Y, Y, NOT_ASKED),
    "委派": (Y, Y, Y, Y, Y, Y, NOT_ASKED),
    "减签": (*[NOT_TAKEN] * 6, Y),
    "答复征求意见": (*[NO_ANSWER] * 6, Y),
    "报告委派结果": (*[NO_REPORT] * 6, NO_REPORT),
    "取回": (Y, Y, Y, Y, Y, Y, "征求意见的答复不能取回"),
    "催办": (Y, Y, Y, Y, Y, Y, Y),
    "移交上级工会": (*[NO_NEED] * 6, "由本人答复，不能移交"),
    # 2.1: at any step before the meeting, while nobody has acted on that step. Who agrees at the
    # formal review opens the next one; an answer to a desk is no word of the desk.
    "撤回": (Y,) * 7,
    "撤回（本环节已有人签署）": (Y, *[ASK] * 5, Y),
    "申请撤回": (WITHDRAW,) * 7,
    "申请撤回（本环节已有人签署）": (WITHDRAW, *[Y] * 5, WITHDRAW),
    "传阅": (Y, Y, Y, Y, Y, Y, Y),
    "代理": (Y, Y, Y, Y, Y, Y, "不能委托他人代理"),
    "中止": (Y, Y, Y, Y, Y, Y, Y),
    "恢复": (NOT_STOPPED,) * 7,
    "作废": (Y, Y, Y, Y, Y, Y, Y),
}  # fmt: skip


def test_every_verb_at_every_kind_of_node_works_or_says_why_not():
    try:
        found = cells()
    finally:
        clock.forget()

    answers = {(verb, kind): text for verb, row in found.items() for kind, text in row.items()}
    expected = {
        (verb, kind): text
        for verb, row in EXPECTED.items()
        for kind, text in zip(KINDS, row, strict=True)
    }
    assert set(answers) == set(expected)
    assert {cell: text for cell, text in answers.items() if expected[cell] not in text} == {}
