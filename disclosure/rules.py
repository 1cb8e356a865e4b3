"""What must be published, and what must never be. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from core.errors import Reason
from core.procedure import Act, Procedure, Side, Stop
from disclosure.enums import DisclosureState

RULE = "17-3"
MAX_PRICE = Decimal(1_000_000)
MAX_SERVICES = 60
LEAST_REASON = 4
ITEMS: dict[str, str] = {
    "opening_hours": "开放时间",
    "steps": "操作流程",
    "contact": "联系方式",
    "supervision_phone": "监督电话",
}
OFFERS: dict[str, str] = {
    "model_workers_offer": "劳模工匠优惠",
    "workers_in_need_offer": "困难职工优惠",
    "members_offer": "工会会员优惠",
}
LABELS = ITEMS | OFFERS

# 「无」 with its variants at the beginning of a text; what follows must be the reason.
_NOTHING = re.compile(
    r"(?:暂无|没有|无|不享受|不设|不提供|不予|/|-|—)(?:其他|此项|此类|相关|专门)?(?:优惠)?(?:措施|政策|安排)?"
)
_WORD = re.compile(r"\w")
PERSONAL: dict[str, re.Pattern[str]] = {
    "身份证号": re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    "银行账号": re.compile(r"(?<!\d)\d{16,17}(?!\d)|(?<!\d)\d{19}(?!\d)"),
    "个人手机号": re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),
}
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?:0\d{2,3}[- ]?)?\d{7,8}(?:[- ]\d{1,6})?|[48]00[- ]?\d{3}[- ]?\d{4}|1\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """One service as it is published: what it is and what it costs."""

    name: str
    unit: str = ""
    price: Decimal | None = None
    description: str = ""
    core_business_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that one edition says to the public."""

    opening_hours: str = ""
    steps: str = ""
    contact: str = ""
    supervision_phone: str = ""
    model_workers_offer: str = ""
    workers_in_need_offer: str = ""
    members_offer: str = ""
    services: tuple[ServiceLine, ...] = ()


def texts_of(content: Content) -> dict[str, str]:
    """The seven texts by field."""
    return {field.name: getattr(content, field.name) for field in fields(content)[:-1]}


def submission_reasons(content: Content, *, names: Sequence[str] = ()) -> list[Reason]:
    """Every reason why the edition cannot go to the public; empty when it can."""
    return [
        *texts_complete(content),
        *services_complete(content),
        *offers_explained(content),
        *phone_answers(content),
        *no_personal_facts(content, names=names),
    ]


def texts_complete(content: Content) -> Iterator[Reason]:
    """第十七条（三）：「向社会公布服务项目、开放时间、操作流程、项目价格」."""
    for name, label in LABELS.items():
        if not getattr(content, name).strip():
            hint = "；确无优惠的写“无”并说明理由" if name in OFFERS else ""
            yield Reason(f"请填写“{label}”{hint}。", RULE, name)


def services_complete(content: Content) -> Iterator[Reason]:
    """第十七条（三）：「服务项目」「项目价格」：each service with its price and unit."""
    if not content.services:
        yield Reason("请至少列出一个服务项目，写明名称、价格和计价单位。", RULE, "services")
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(content.services, start=1):
        label = line.name.strip() or f"第 {number} 项"
        if not line.name.strip():
            yield Reason(f"第 {number} 项服务没有名称。", RULE, "services")
        if line.price is None:
            yield Reason(f"“{label}”没有价格；免费的请填 0。", RULE, "services")
        if not line.unit.strip():
            yield Reason(f"“{label}”没有计价单位，例如“元/小时”“元/人次”。", RULE, "services")
        if (line.name.strip(), line.unit.strip()) in seen:
            yield Reason(f"“{label}”列了两次，请合并或改用不同的计价单位。", RULE, "services")
        seen.add((line.name.strip(), line.unit.strip()))


def offers_explained(content: Content) -> Iterator[Reason]:
    """第十七条（三）：「明确对劳模工匠、困难职工、工会会员的优惠措施」: 「无」 says why."""
    for name, label in OFFERS.items():
        text = getattr(content, name).strip()
        if nothing := _NOTHING.match(text):
            reason = _WORD.findall(text[nothing.end() :])
            if len(reason) < LEAST_REASON:
                yield Reason(f"“{label}”写了“无”，请在同一栏说明理由。", RULE, name)


def phone_answers(content: Content) -> Iterator[Reason]:
    """A number people can call: an office line, never somebody's own."""
    text = content.supervision_phone.strip()
    if text and not PHONE.fullmatch(text):
        yield Reason(
            "监督电话请填写单位固定电话，例如 029-87320000，或服务热线，例如 12351。",
            RULE,
            "supervision_phone",
        )


def no_personal_facts(content: Content, *, names: Sequence[str] = ()) -> Iterator[Reason]:
    """公开页面不得含有个人信息: numbers, addresses and names of people stay inside."""
    parts = [(name, LABELS[name], text) for name, text in texts_of(content).items()]
    for line in content.services:
        text = f"{line.name} {line.unit} {line.description}"
        parts.append(("services", f"服务项目“{line.name[:20]}”", text))
    for field, label, text in parts:
        if found := personal_fact(text):
            yield Reason(f"“{label}”含有{found}，公开页面不得出现个人信息，请删去。", RULE, field)
    for name in names:
        if len(name) > 1 and name in content.contact:
            text = "“联系方式”写了个人姓名，请改写岗位或部门，例如“前台”“文体科”。"
            yield Reason(text, RULE, "contact")


def personal_fact(text: str) -> str:
    """What kind of personal fact a text carries, in words; empty when none."""
    plain = unicodedata.normalize("NFKC", text)  # full-width digits are digits
    if MAIL.search(plain):
        return "电子邮箱"
    return next((kind for kind, pattern in PERSONAL.items() if pattern.search(plain)), "")


def price_reasons(services: Sequence[ServiceLine]) -> list[Reason]:
    """A price is a number of yuan from nothing up; what cannot be one is not even kept."""
    reasons = []
    if len(services) > MAX_SERVICES:
        reasons.append(Reason(f"服务项目最多 {MAX_SERVICES} 项，请归并。", RULE, "services"))
    for line in services:
        if line.price is None:
            continue
        if not line.price.is_finite() or line.price < 0:
            reasons.append(Reason(f"“{line.name}”的价格不能为负数。", RULE, "services"))
        elif line.price > MAX_PRICE:
            text = f"“{line.name}”的价格超过 100 万元，请核对单位是否为元。"
            reasons.append(Reason(text, RULE, "services"))
    return reasons


def price_changes(
    before: Sequence[ServiceLine], after: Sequence[ServiceLine]
) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """Services whose price differs between two editions: (name and unit, before, after)."""
    old = {f"{line.name}（{line.unit}）": line.price for line in before}
    new = {f"{line.name}（{line.unit}）": line.price for line in after}
    keys = [*new, *(key for key in old if key not in new)]
    return [
        (key, old.get(key), new.get(key))
        for key in keys
        if key not in old or key not in new or old[key] != new[key]
    ]


def mask_name(name: str) -> str:
    """A person on a public page: 张明远 → 张*."""
    return f"{name[:1]}*" if name else ""


S = DisclosureState
PROCEDURE = Procedure(
    states=S,
    acts=(
        Act(
            name="submit", label="填写并提交审核", sources=(S.DRAFT,), targets=(S.IN_REVIEW,),
            side=Side.VENUE,
            checks=(
                texts_complete, services_complete, offers_explained, phone_answers,
                no_personal_facts,
            ),
        ),
        Act(
            name="review", label="审核公布", sources=(S.IN_REVIEW,), targets=(S.PUBLISHED,),
            side=Side.DEPARTMENT,
        ),
        Act(
            name="review", label="退回修改", sources=(S.IN_REVIEW,), targets=(S.DRAFT,),
            side=Side.DEPARTMENT,
        ),
        Act(
            name="supersede", label="新版公布", sources=(S.PUBLISHED,), targets=(S.SUPERSEDED,),
            side=Side.SYSTEM, is_turn=False,
        ),
        Act(
            name="withdraw", label="撤下", sources=(S.PUBLISHED,), targets=(S.WITHDRAWN,),
            side=Side.DEPARTMENT, is_turn=False,
        ),
    ),
    stops=(
        Stop(label="填报", states=(S.DRAFT,)),
        Stop(label="审核", states=(S.IN_REVIEW,)),
        Stop(label="向社会公布", states=(S.PUBLISHED, S.SUPERSEDED, S.WITHDRAWN)),
    ),
    failed=frozenset({S.WITHDRAWN.value}),
)  # fmt: skip
