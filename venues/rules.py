"""第九条: the four conditions of a venue, and what a register entry must say.

「推进社会化市场化运作的职工服务阵地，应当具备下列基本条件」: a hard article. No one may pass
over it; a venue that is not ready goes the way of 第十一条, step by step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from core.errors import Reason
from core.procedure import Act, Procedure, Side, Stop
from organizations import uscc
from venues.enums import Conclusion, LegalForm, ReadinessCode, ReadinessState, VenueKind

MAX_BUSINESSES = 12
PHASED = (
    "直接实施有困难、需要分步实施的阵地，可按第十一条“试点先行、逐步推开”，"
    "由主管工会制定具体工作方案分步推进"
)
SOURCE_LABELS = {"source": "数据来源", "as_of": "数据截止日期"}
FACILITIES = {
    "workers": "服务范围内职工人数",
    "members": "其中工会会员人数",
    "floor_area": "服务用房面积",
    "facilities": "设施清单",
    "demand": "职工需求调查情况",
}
STAFF = {
    "quota": "编制数",
    "on_quota": "在编人数",
    "hired": "聘用人数",
    "roles": "岗位与分工",
}
MONEY_FACTS = (
    "last_income",
    "last_expense",
    "last_subsidy",
    "prior_income",
    "prior_expense",
    "prior_subsidy",
)
ECONOMY = {
    "last_year": "最近一个完整年度",
    "last_income": "该年收入",
    "last_expense": "该年支出",
    "last_subsidy": "该年补助",
    "prior_income": "上一年收入",
    "prior_expense": "上一年支出",
    "prior_subsidy": "上一年补助",
}
CAPACITY = {**ECONOMY, "management": "管理水平（制度建设）", "reform": "改革创新能力（改革实例）"}
DRIVE = {
    "needs": "立足职工群众需求",
    "market": "适应市场变化",
    "policy": "争取公益政策保障",
    "cooperation": "加强对外合作",
    "mechanism": "创新完善运营机制",
}
FACT_LABELS: dict[str, dict[str, str]] = {
    ReadinessCode.FACILITIES: FACILITIES | SOURCE_LABELS,
    ReadinessCode.STAFF: STAFF | SOURCE_LABELS,
    ReadinessCode.CAPACITY: CAPACITY | SOURCE_LABELS,
    ReadinessCode.DRIVE: DRIVE | SOURCE_LABELS,
}
NUMERALS = dict(zip(ReadinessCode, "一二三四", strict=True))
Facts = Mapping[str, str | int | None]


def _name(code: str) -> str:
    condition = ReadinessCode(code)
    return f"第九条（{NUMERALS[condition]}）{condition.label}"


def _number(value: str | int | None) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def missing_facts(code: str, facts: Facts) -> list[str]:
    """The labels of what has not been filled in; a zero is an answer."""
    return [label for key, label in FACT_LABELS[code].items() if facts.get(key) in (None, "")]


def facilities_suffice(facts: Facts) -> str | None:
    """第九条（一）：「具有与当地职工群众数量和需求相适应的职工服务阵地及其它基本服务设施」。"""
    if _number(facts.get("workers")) <= 0 or _number(facts.get("floor_area")) <= 0:
        return "职工人数和服务用房面积须大于 0"
    if _number(facts.get("members")) > _number(facts.get("workers")):
        return "工会会员人数不能多于职工人数"
    return None


def staff_stand(facts: Facts) -> str | None:
    """第九条（二）：「按编制标准配备的专职工作人员或与开展服务职工工作相适应的工作人员」：either will do."""
    if _number(facts.get("on_quota")) <= 0 and _number(facts.get("hired")) <= 0:
        return "在编人数和聘用人数不能都为 0，两者有其一即可"
    return None


def capacity_shown(facts: Facts) -> str | None:
    """第九条（三）：「一定的经济基础、管理水平和改革创新能力」：three facts, none may stand for another."""
    if facts.get("management") and facts.get("management") == facts.get("reform"):
        return "管理水平和改革创新能力填写了同一段文字，请分别说明"
    if _number(facts.get("last_income")) <= 0 and _number(facts.get("prior_income")) <= 0:
        return "两个年度的收入都为 0，不能说明具有一定的经济基础"
    return None


def drive_shown(facts: Facts) -> str | None:
    """第九条（四）：「立足职工群众需求、适应市场变化、争取公益政策保障、加强对外合作和创新完善运营机制」。"""
    texts = [facts[key] for key in DRIVE if facts.get(key)]
    if len(set(texts)) < len(texts):
        return "五个方面中有两处填写了同一段文字，请分别说明"
    return None


CHECKS = {
    ReadinessCode.FACILITIES: facilities_suffice,
    ReadinessCode.STAFF: staff_stand,
    ReadinessCode.CAPACITY: capacity_shown,
    ReadinessCode.DRIVE: drive_shown,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """All that the rules may know of one item of a self-assessment."""

    code: str
    conclusion: str
    facts: Facts
    has_evidence: bool


def item_reasons(item: ItemFacts) -> list[Reason]:
    """Every reason why this condition cannot be submitted as met."""
    name = _name(item.code)
    if item.conclusion == Conclusion.UNMET:
        return [Reason(f"{name}：结论为“不具备”，不能报送。{PHASED}。", item.code)]
    reasons = []
    if not item.conclusion:
        reasons.append(Reason(f"{name}：还没有结论。", item.code))
    if missing := missing_facts(item.code, item.facts):
        reasons.append(Reason(f"{name}：还没有填写{'、'.join(missing)}。", item.code))
    elif fault := CHECKS[ReadinessCode(item.code)](item.facts):
        reasons.append(Reason(f"{name}：{fault}。", item.code))
    if not item.has_evidence:
        reasons.append(Reason(f"{name}：还没有上传证明材料。", item.code))
    return reasons


def submission_reasons(items: list[ItemFacts]) -> list[Reason]:
    """第九条：「应当具备下列基本条件」: all four, each with facts, source and evidence."""
    known = {item.code: item for item in items}
    reasons: list[Reason] = []
    for code in ReadinessCode:
        nothing = ItemFacts(code=code.value, conclusion="", facts={}, has_evidence=False)
        reasons += item_reasons(known.get(code.value, nothing))
    return reasons


def review_reasons(
    *, is_ready: bool, note: str, valid_until: date | None, today: date
) -> list[Reason]:
    """A review says why, and until when its yes holds."""
    reasons = []
    if not note.strip():
        reasons.append(Reason("请写明审核意见。", "9-0", "review_note"))
    if is_ready and valid_until is None:
        reasons.append(Reason("审核为具备条件的，请填写有效期至。", "9-0", "valid_until"))
    if is_ready and valid_until and valid_until <= today:
        text = f"有效期至须晚于今天（{today:%Y-%m-%d}）。"
        reasons.append(Reason(text, "9-0", "valid_until"))
    return reasons


def identity_reasons(*, kind: str, kind_note: str, legal_form: str, code: str) -> list[Reason]:
    """第二条：a kind outside the ten is said in words; what is a body of its own has a code."""
    reasons = []
    if kind == VenueKind.OTHER and not kind_note.strip():
        text = "类别为“其他”时，请说明属于何种职工服务阵地。"
        reasons.append(Reason(text, "2-1", "kind_note"))
    if kind != VenueKind.OTHER and kind_note.strip():
        text = "已选定十类阵地之一，类别说明请清空；确属其他类别的，请选“其他”。"
        reasons.append(Reason(text, "2-1", "kind_note"))
    if code or legal_form != LegalForm.INTERNAL:
        fault = uscc.fault_of(code)
        if fault:
            reasons.append(Reason(fault, "2-1", "uscc"))
    return reasons


def business_reasons(names: list[str]) -> list[Reason]:
    """第十二条（二）「突出主责主业」：a venue says what it is there for, each line once."""
    field = "businesses"
    if not names:
        return [Reason("请至少列出一项主责主业。", "12-2", field)]
    reasons = []
    if len(names) > MAX_BUSINESSES:
        text = f"主责主业最多 {MAX_BUSINESSES} 项，现有 {len(names)} 项，请归并。"
        reasons.append(Reason(text, "12-2", field))
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        text = f"“{'、'.join(repeated)}”重复列出，请合并为一项。"
        reasons.append(Reason(text, "12-2", field))
    if any(len(name) > 60 for name in names):
        reasons.append(Reason("每项主责主业的名称不超过 60 字。", "12-2", field))
    return reasons


S = ReadinessState
READINESS = Procedure(
    states=S,
    acts=(
        Act(
            name="submit", label="填写并提交自评", sources=(S.DRAFT,), targets=(S.SUBMITTED,),
            side=Side.VENUE,
            checks=(facilities_suffice, staff_stand, capacity_shown, drive_shown),
        ),
        Act(
            name="review", label="审核自评", sources=(S.SUBMITTED,),
            targets=(S.READY, S.NOT_READY), side=Side.DEPARTMENT,
        ),
    ),
    stops=(
        Stop(label="自评", states=(S.DRAFT,)),
        Stop(label="审核", states=(S.SUBMITTED,)),
        Stop(label="结论", states=(S.READY, S.NOT_READY)),
    ),
    failed=frozenset({S.NOT_READY.value}),
)  # fmt: skip
