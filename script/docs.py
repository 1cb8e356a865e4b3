"""Write the documents that are made from the code: roles, glossary, procedures, the API.

.venv/bin/python script/docs.py          writes docs/roles.md, glossary.md, procedures/, openapi.yaml
.venv/bin/python script/docs.py --check  ends 1 and names what is not as the code says
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
MADE = "Made from the code by `script/docs.py`; edit the code, not this page."

os.chdir(ROOT)
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionops.settings.test")
os.environ.setdefault("UNIONOPS_VAR", tempfile.gettempdir())

import django  # noqa: E402 - the settings are named first

django.setup()

from django.apps import apps  # noqa: E402
from drf_spectacular.renderers import OpenApiYamlRenderer  # noqa: E402

from accounts.description import description  # noqa: E402
from accounts.enums import DUTY_NAMES  # noqa: E402
from accounts.roles import CARDS, Place  # noqa: E402
from approvals.enums import Stage  # noqa: E402
from approvals.rules import procedure as plan  # noqa: E402
from approvals.rules import roads  # noqa: E402
from approvals.rules.clearing import CLEARING  # noqa: E402
from approvals.rules.detours import passed_nodes, reaches_back  # noqa: E402
from approvals.rules.excepting import EXCEPTING  # noqa: E402
from approvals.rules.route import NODE_STAGES, Route, stages_of  # noqa: E402
from contracts.enums import ContractState  # noqa: E402
from contracts.rules import procedure as contract  # noqa: E402
from core.procedure import Procedure, Side  # noqa: E402
from disclosure.rules import PROCEDURE as DISCLOSURE  # noqa: E402
from evaluations.rules import PROCEDURE as EVALUATION  # noqa: E402
from meetings.rules import MEETING, RESOLVING  # noqa: E402
from partners.rules import INVESTIGATION  # noqa: E402
from planning.rules import PROCEDURE as UNION_PLANNING  # noqa: E402
from supervision.rules import RECTIFYING, REPORTING  # noqa: E402
from tests.architecture.tree import APPS  # noqa: E402
from venues.rules import READINESS  # noqa: E402

PLACES = {
    Place.UNION: "at a union",
    Place.DEPARTMENT: "in a department of a union",
    Place.VENUE: "at a venue",
    Place.OUTSIDE: "outside the tree, for one plan and a period",
    Place.PLATFORM: "of the platform, without business content",
}
FULL_ROUTE = Route(
    countersigners=(), bodies=("party_group", "chairs_office"), formal_review_days=0,
    countersign_days=0, legal_review_days=0, fixed_by="", leader_days=1, upward_days=1,
)  # fmt: skip


def first_line(thing: object) -> str:
    """The first line of a docstring: what the thing is, in one sentence."""
    return (getattr(thing, "__doc__", "") or "").strip().splitlines()[0]


def roles() -> Iterator[str]:
    """Every role as an auditor reads it: where it stands, its duties in prose and as a list."""
    yield from ("# Roles", "", MADE, "")
    yield from ("A person acts by posts: a role at a place, from a day to a day.", "")
    for role, card in CARDS.items():
        duties = sorted(DUTY_NAMES[one] for one in card.permissions)
        yield from (f"## {card.name} (`{role.value}`)", "")
        yield from (f"Stands {PLACES[card.place]}. {card.description}", "")
        yield from ("、".join(duties) + "。", "")


def glossary() -> Iterator[str]:
    """The tables of each app: name in the code, Chinese term, what a row is."""
    yield from ("# Glossary", "", MADE, "")
    yield from ("What the rows of the database are called in the office and in the code.", "")
    for app in reversed(APPS):
        if app not in apps.app_configs:
            continue
        models = [one for one in apps.get_app_config(app).get_models() if _is_named(one)]
        if not models:
            continue
        yield from (f"## {app}", "", "| term | code | a row is |", "|---|---|---|")
        for model in sorted(models, key=lambda one: one.__name__):
            term, _, text = first_line(model).partition("：")
            yield f"| {term} | `{model.__name__}` | {text.strip()} |"
        yield ""


def _is_named(model: type) -> bool:
    return "：" in first_line(model) and not model.__name__.startswith("Historical")


def diagram(arrows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """A state diagram; each arrow once."""
    yield from ("```mermaid", "stateDiagram-v2")
    for source, target, label in dict.fromkeys(arrows):
        yield f"    {source} --> {target}: {label}"
    yield "```"


def plan_targets() -> dict[tuple[plan.Action, Stage], tuple[Stage, ...]]:
    """Where an act on a plan leads on the longest route; a pinned route may leave steps out."""
    stages = stages_of(FULL_ROUTE)
    following = {one: (stages[place + 1],) for place, one in enumerate(stages[:-1])}
    following[stages[-1]] = (Stage.APPROVED,)
    action = plan.Action
    targets: dict[tuple[plan.Action, Stage], tuple[Stage, ...]] = {}
    for one in plan.PROCEDURE:
        source = one.source
        if one.action is action.RECORD_VENUE_DECISION:
            to = (Stage.VENUE_DECIDED,) if source is Stage.DRAFT else (source,)
        elif one.action is action.SUBMIT:
            changed = source is Stage.CHANGES_PENDING
            to = (source,) if changed else (Stage.FORMAL_REVIEW,)
        elif one.action in (action.DECIDE_PARTY_GROUP, action.DECIDE_CHAIRS_OFFICE):
            to = (*following[source], Stage.CHANGES_PENDING)
        elif one.action is action.CONFIRM_CHANGES:
            to = (Stage.CHAIRS_OFFICE, Stage.UPWARD, Stage.REPLYING)
        else:
            to = END_OF.get(one.action.value) or following[source]
        targets[one.action, source] = to
    return targets


END_OF: dict[str, tuple[Stage, ...]] = {
    "return": (Stage.RETURNED,),
    "defer": (Stage.DEFERRED,),
    "reject": (Stage.REJECTED,),
    "withdraw": (Stage.WITHDRAWN,),
    "void_reply": (Stage.REPLYING,),
    "void": (Stage.VOID,),
    "give_up": (Stage.VOID,),
    "halt": (Stage.HALTED,),
    "take_up": (Stage.APPROVED,),
    "end": (Stage.ENDED,),
    "replace": (Stage.SUPERSEDED,),
    "consent_to_withdrawal": (Stage.WITHDRAWN,),
}


def detours() -> Iterator[tuple[str, str, str]]:
    """退回、直送、取回 between the desks of the longest route, 中止 and 恢复 of what is in review."""
    node_of = {stage: node for node, stage in NODE_STAGES.items()}
    for one in plan.PROCEDURE:
        if one.action is plan.Action.RETURN and one.source in node_of:
            for node in passed_nodes(FULL_ROUTE, one.source):
                back = NODE_STAGES[node].value
                yield one.source.value, back, "退回已走过的环节（逐级重走或者直送）"
                yield back, one.source.value, "重新办理后直送退回人"
    for stage in stages_of(FULL_ROUTE):
        for node, own in NODE_STAGES.items():
            if reaches_back(FULL_ROUTE, stage, node):
                yield stage.value, own.value, f"取回{node.label}意见"
    for stage in Stage.IN_REVIEW:
        yield stage, "suspended", "中止办理"
        yield "suspended", stage, "恢复办理"


def acts(transitions: Iterable[Any]) -> Iterator[str]:
    """Each act with the states it may be done in and what must hold, each check by its docstring."""
    groups: dict[tuple[str, tuple], list[str]] = {}
    for one in transitions:
        groups.setdefault((one.action.label, one.checks), []).append(one.source.label)
    for (label, checks), sources in groups.items():
        yield from (f"### {label}", "", f"From: {'、'.join(sources)}.", "")
        yield from (f"- {first_line(check)}" for check in checks)
        if checks:
            yield ""


def procedure_page(
    title: str,
    lead: str,
    arrows: list[tuple[str, str, str]],
    turns: dict[Any, Any],
    transitions: Iterable[Any],
    aside: Iterable[str] = (),
) -> Iterator[str]:
    """Diagram, whose turn it is, and what each act needs."""
    yield from (f"# {title}", "", MADE, "", lead, "")
    yield from diagram(arrows)
    yield from aside
    yield from ("", "## Whose turn it is", "", "| state | turn |", "|---|---|")
    yield from (
        f"| {state.label} (`{state.value}`) | {desk.label} |" for state, desk in turns.items()
    )
    yield from ("", "## What each act needs", "")
    yield from acts(transitions)


def plan_page() -> Iterator[str]:
    targets = plan_targets()
    arrows = [
        (one.source.value, to.value, one.action.label)
        for one in plan.PROCEDURE
        for to in targets[one.action, one.source]
    ]
    lead = (
        "总体方案 and 具体运作方案. The diagram shows the longest route; the route pinned on "
        "submission may leave out a body, never a department of 第十六条."
    )
    aside = (
        "",
        "## Off the straight road",
        "",
        "退回 to a desk the plan has passed, from where it goes through all desks again (逐级重走) or "
        "straight back (直送); 取回 of an opinion while the next step is undecided; 中止 and 恢复, "
        "where `suspended` is a mark on the plan and the stage stays.",
        "",
        *diagram(detours()),
    )
    return procedure_page("A plan", lead, arrows, plan.DESKS, plan.PROCEDURE, aside)


def contract_page() -> Iterator[str]:
    arrows = [(one.source.value, one.target.value, one.action.label) for one in contract.PROCEDURE]
    reachable = {one.target for one in contract.PROCEDURE} | {ContractState.DRAFT}
    turns = {state: desk for state, desk in contract.DESKS.items() if state in reachable}
    lead = "第十三条（四）依法签约: from the draft to the contract in effect."
    return procedure_page("A contract", lead, arrows, turns, contract.PROCEDURE)


def road_page(title: str, lead: str, road: Procedure) -> Iterator[str]:
    """The page of a table of `core.procedure`: diagram, turns, acts with their checks."""
    yield from (f"# {title}", "", MADE, "", lead, "")
    yield from diagram(road.arrows())
    yield from ("", "## Whose turn it is", "", "| state | waits for | turn |", "|---|---|---|")
    for state in road.states:
        turn = road.turn(state.value)
        what, who = (turn.label, turn.side.label) if turn else ("—", Side.NOBODY.label)
        yield f"| {state.label} (`{state.value}`) | {what} | {who} |"
    yield from ("", "## What each act needs", "")
    for (_label, _checks), same in groupby(road.acts, key=lambda one: (one.label, one.checks)):
        rows = list(same)
        act = rows[0]
        sources, targets = (
            "、".join(dict.fromkeys(one.label for one in chain.from_iterable(ends)))
            for ends in ((row.sources for row in rows), (row.targets for row in rows))
        )
        yield from (
            f"### {act.label}",
            "",
            f"From: {sources}. To: {targets}. By: {act.side.label}.",
        )
        yield ""
        yield from (f"- {first_line(check)}" for check in act.checks)
        if act.checks:
            yield ""


ROADS = {
    "exception": (
        "An exception",
        "例外审批: only for clauses that say 原则上; a hard clause has no exception.",
        EXCEPTING,
    ),
    "clearance": (
        "A clearance of a suspected lease",
        "第十八条: a score is cleared by lawyer, 纪委, 经审 and the union's meeting together; a hard "
        "sign never.",
        CLEARING,
    ),
    "desk": (
        "The work of a desk",
        "A task of 形式审查, 会签, 法律审核, 分管领导签批, or of those a desk asked (加签、委派).",
        roads.DESK_WORK,
    ),
    "condition": (
        "A condition",
        "附条件: met with evidence before signing, confirmed by the department that set it.",
        roads.FULFILLING,
    ),
    "thread": (
        "A comment",
        "批注 on a section of the submitted version; it is no opinion and moves no plan.",
        roads.ANNOTATING,
    ),
    "reply": (
        "A reply",
        "第十三条（二）批复: drafted by one person, issued by another; with it the plan is approved.",
        roads.REPLYING,
    ),
    "delegation": (
        "A delegation",
        "代理: a desk is also another's, from a day to a day; votes of a meeting have no delegate.",
        roads.DELEGATING,
    ),
    "amendment": (
        "An amendment of the authority matrix",
        "决策权限清单修订: written by one person, simulated, published by another; a plan submitted "
        "before keeps its route.",
        roads.AMENDING,
    ),
    "resolution": (
        "A matter resolved by a meeting",
        "议定事项: reported with evidence, closed by a secretary who did not report it.",
        RESOLVING,
    ),
    "meeting": (
        "A meeting",
        "第十三条（三）科学决策: party group, chairs' office, and the venue's own meeting.",
        MEETING,
    ),
    "evaluation": (
        "An evaluation", "第十三条（五）严格考核: scored by one person, confirmed by another.",
        EVALUATION,
    ),
    "report": (
        "A periodic report",
        "第十六条: 资产运营状况分析报告 and 专项工作报告, asked for, written, accepted or returned.",
        REPORTING,
    ),
    "rectification": (
        "A rectification",
        "第十三条（五）「阶段评价不合格的，要及时整改；整改不合格的，要终止合作」. Termination itself "
        "is not on the road yet.",
        RECTIFYING,
    ),
    "disclosure": (
        "Public information", "第十七条: an edition is written, reviewed, published, replaced.",
        DISCLOSURE,
    ),
    "union-plan": (
        "A union's own plan",
        "第六条、第十一条: 实施规划, 具体方案 and 具体工作方案, written, decided and issued by the union.",
        UNION_PLANNING,
    ),
    "readiness": (
        "Readiness of a venue", "第九条: the four basic conditions, assessed and reviewed.",
        READINESS,
    ),
    "due-diligence": (
        "Due diligence of a partner", "第十条: six conditions, each with source, day and evidence.",
        INVESTIGATION,
    ),
}  # fmt: skip


def openapi() -> list[str]:
    text = OpenApiYamlRenderer().render(description(), renderer_context={}).decode()
    return text.splitlines()


PAGES = {
    "openapi.yaml": openapi,
    "roles.md": roles,
    "glossary.md": glossary,
    "procedures/plan.md": plan_page,
    "procedures/contract.md": contract_page,
    **{f"procedures/{name}.md": partial(road_page, *facts) for name, facts in ROADS.items()},
}


def main() -> int:
    checks = "--check" in sys.argv[1:]
    stale = []
    for name, page in PAGES.items():
        path, text = DOCS / name, "\n".join(page()).rstrip() + "\n"
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if not checks:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
    if checks and stale:
        sys.stderr.write(f"docs/ is not as the code says, run script/docs.py: {', '.join(stale)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
