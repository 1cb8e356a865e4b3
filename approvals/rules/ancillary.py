"""配套性准商业服务: what an exception from 18-5 leads to, and no farther (第十八条第二款). Pure.

The regulation says 少量 and 按照配套性要求限制经营内容 and names neither kinds nor a figure: both are
parameters of the supervising union (系统默认).
"""

from collections.abc import Iterator
from decimal import Decimal

from approvals.rules.facts import PlanFacts
from approvals.rules.findings import Finding
from approvals.rules.questions import OPERATION, Field, Kind
from approvals.rules.scope import area_of

SECTION, ROWS = "negative_list", "ancillary_services"
ASKED = ("unrelated_business", "yes")
SEPARATOR = "、"


def _asked(name: str, label: str, kind: Kind = Kind.LONG, **more) -> Field:
    return Field(
        name=name, label=label, kind=kind, rule="18-6", plans=OPERATION, is_required=False,
        only_if=ASKED, **more,
    )  # fmt: skip


QUESTIONS = (
    _asked("ancillary_need", "确需提供配套服务的理由"),
    _asked(
        ROWS,
        "配套服务清单",
        Kind.ROWS,
        columns=(
            Field(name="service", label="类别", kind=Kind.TEXT),
            Field(name="items", label="具体商品和服务", kind=Kind.TEXT),
            Field(name="area", label="面积（㎡）", kind=Kind.INTEGER),
        ),
    ),
    _asked("ancillary_income_cap", "配套服务收入占比上限（%）", Kind.PERCENT),
    _asked("ancillary_prices", "对职工的价格规则"),
    _asked("ancillary_signs", "标识标牌规则"),
)


def offers_ancillary(facts: PlanFacts) -> bool:
    """Whether the plan answers that it does business that is no service of the union."""
    return facts.is_operation and facts.answer(SECTION, ASKED[0]) == ASKED[1]


def ancillary_kept_small(facts: PlanFacts) -> Iterator[Finding]:
    """第十八条「确需提供少量配套性质的准商业服务的，应当按照配套性要求限制经营内容」.

    Hard: an exception from 18-5 opens the door to these services, not to other business
    (第十四条（二）「必须是」).
    """
    if not offers_ancillary(facts):
        return
    rows = facts.sections.get(SECTION, {}).get(ROWS) or []
    for number, row in enumerate(rows, start=1):
        yield from _row_limited(facts, number, row)
    yield from _area_limited(facts, sum((_area(row) for row in rows), Decimal(0)))


def _area(row: dict) -> Decimal:
    return area_of(row.get("area") or "")


def _row_limited(facts: PlanFacts, number: int, row: dict) -> Iterator[Finding]:
    service = (row.get("service") or "").strip()
    if service not in facts.ancillary_kinds:
        kinds = SEPARATOR.join(facts.ancillary_kinds)
        text = (
            f"负面清单：配套服务第 {number} 行“{service or '未写类别'}”不在许可类别之内（{kinds}），"
            "须改为其中一类或者删去；有例外也不能经营其他内容。"
        )
        yield Finding(text, "18-6", SECTION, ROWS)
    if not (row.get("items") or "").strip():
        text = f"负面清单：配套服务第 {number} 行没有写明具体商品和服务。"
        yield Finding(text, "18-6", SECTION, ROWS)
    if not _area(row):
        text = f"负面清单：配套服务第 {number} 行没有写明面积（㎡）。"
        yield Finding(text, "18-6", SECTION, ROWS)


def _area_limited(facts: PlanFacts, area: Decimal) -> Iterator[Finding]:
    cap = facts.ancillary_area_cap
    if not facts.venue_area:
        text = "负面清单：阵地没有登记建筑面积，不能核对配套服务的面积占比，请先补登记。"
        yield Finding(text, "18-6", SECTION, ROWS)
    elif area * 100 > facts.venue_area * cap:
        text = (
            f"负面清单：配套服务共 {area} ㎡，超过阵地建筑面积 {facts.venue_area} ㎡ 的 {cap:f}%"
            "（配套服务面积占比上限），须缩减。"
        )
        yield Finding(text, "18-6", SECTION, ROWS)


def listed(data: dict) -> list[str]:
    """The list of ancillary services of a negative list, a line each; empty when not asked."""
    if data.get(ASKED[0]) != ASKED[1]:
        return []
    return [
        f"{row.get('service')}（{row.get('items')}），{row.get('area')} ㎡"
        for row in data.get(ROWS) or []
    ]
