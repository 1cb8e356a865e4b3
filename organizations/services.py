"""Loading the reference rows, and editing the calendar."""

import csv
import uuid
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from audit.services import Actor, record
from core.errors import ActionBlocked, Reason
from organizations.enums import DepartmentKind, UnionLevel
from organizations.models import CalendarException, Department, TradeUnion
from organizations.selectors import forget_working_days

REFERENCE = Path(__file__).parent / "data"
PROVINCE_CODE = "610000"
# 杨凌示范区 is a provincial zone without a code of its own; its territory is 610403 杨陵区.
YANGLING_CODE = "610403-SFQ"
YANGLING_DIVISION = "610403"
INDUSTRIES = (
    ("01", "陕西省教科文卫体工会", "省教科文卫体工会"),
    ("02", "陕西省能源化学地质工会", "省能源化学地质工会"),
    ("03", "陕西省国防工会", "省国防工会"),
    ("04", "陕西省机械冶金建材工会", "省机械冶金建材工会"),
    ("05", "陕西省财贸金融轻工工会", "省财贸金融轻工工会"),
    ("06", "陕西省农林水利气象工会", "省农林水利气象工会"),
    ("07", "陕西省建设交通运输工会", "省建设交通运输工会"),
)
FULL_DEPARTMENTS = {
    DepartmentKind.ASSET: "资产监管部",
    DepartmentKind.OFFICE: "办公室",
    DepartmentKind.ORGANIZATION: "组织部",
    DepartmentKind.PERSONNEL: "组织部（承担组织人事职责）",
    DepartmentKind.PUBLICITY: "宣教部",
    DepartmentKind.RIGHTS: "权保部",
    DepartmentKind.FINANCE: "财务部",
    DepartmentKind.FUND_REVIEW: "经审办",
    DepartmentKind.DISCIPLINE: "机关党委（纪委）",
}
SMALL_DEPARTMENTS = {DepartmentKind.ASSET: "办公室（承担资产监管职责）"}
CALENDAR_CASE = uuid.UUID("6f0b6a55-4f0e-5d0c-9a51-0d6c5b8a2e10")
CALENDAR_YEARS = range(2000, 2101)
NAME_LENGTH = 40
SOURCE_LENGTH = 200


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(
    *, parent: TradeUnion | None, code: str, name: str, short_name: str, level: UnionLevel,
    division: str, known: dict[str, TradeUnion],
) -> TradeUnion:  # fmt: skip
    """Find a union by its code, or add it under its parent with its departments."""
    if code in known:
        return known[code]
    fields = {
        "name": name,
        "short_name": short_name,
        "code": code,
        "level": level,
        "division_code": division,
    }
    nodes = TradeUnion.objects
    union = nodes.add_child(parent, fields) if parent else nodes.add_root(fields)
    is_full = level in {UnionLevel.PROVINCE, UnionLevel.CITY}
    departments = FULL_DEPARTMENTS if is_full else SMALL_DEPARTMENTS
    Department.objects.bulk_create(
        Department(union=union, kind=kind, name=title) for kind, title in departments.items()
    )
    known[code] = union
    return union


@transaction.atomic
def load_divisions() -> int:
    """Build the union tree of the province; what stands already is left as it is.

    Returns how many unions were added. 杨陵区总工会 stands under 杨凌示范区总工会,
    which governs that district, and not under 咸阳市 as the code table has it.
    """
    known = {union.code: union for union in TradeUnion.objects.order_by("path")}
    before = len(known)
    rows = _rows("shaanxi_divisions.csv")
    province = _place(
        parent=None,
        code=PROVINCE_CODE,
        name="陕西省总工会",
        short_name="陕西省总",
        level=UnionLevel.PROVINCE,
        division=PROVINCE_CODE,
        known=known,
    )
    _load_cities(rows, province, known)
    for number, name, short_name in INDUSTRIES:
        _place(
            parent=province,
            code=f"{PROVINCE_CODE}-{number}",
            name=name,
            short_name=short_name,
            level=UnionLevel.INDUSTRY,
            division=PROVINCE_CODE,
            known=known,
        )
    return len(known) - before


def _load_cities(
    rows: list[dict[str, str]], province: TradeUnion, known: dict[str, TradeUnion]
) -> None:
    cities = [row for row in rows if not row["city_code"] and row["code"] != PROVINCE_CODE]
    places = [(row["code"], row["name"], row["code"]) for row in cities]
    places.append((YANGLING_CODE, "杨凌示范区", YANGLING_DIVISION))
    for code, name, division in places:
        _place(
            parent=province,
            code=code,
            name=f"{name}总工会",
            short_name=f"{name}总",
            level=UnionLevel.CITY,
            division=division,
            known=known,
        )
    for row in rows:
        if row["city_code"]:
            city = YANGLING_CODE if row["code"] == YANGLING_DIVISION else row["city_code"]
            _place(
                parent=known[city],
                code=row["code"],
                name=f"{row['name']}总工会",
                short_name=f"{row['name']}总",
                level=UnionLevel.COUNTY,
                division=row["code"],
                known=known,
            )


@transaction.atomic
def load_calendar() -> int:
    """Enter the State Council's holiday notices; days entered already are left as they are.

    Returns how many days were added.
    """
    known = set(CalendarException.objects.values_list("day", flat=True))
    rows = [
        CalendarException(
            day=date.fromisoformat(row["date"]),
            name=row["name"],
            is_workday=row["is_off"] == "0",
            source=row["source"],
        )
        for row in _rows("cn_calendar_exceptions.csv")
    ]
    return len(CalendarException.objects.bulk_create(row for row in rows if row.day not in known))


def _calendar_reasons(*, day: date, name: str, source: str) -> list[Reason]:
    reasons = []
    if day.year not in CALENDAR_YEARS:
        reasons.append(
            Reason("日期不在可维护的年份内，请填写 2000 至 2100 年的日期。", field="day")
        )
    if not name:
        reasons.append(Reason("请写明这一天的名称，例如“国庆节”。", field="name"))
    if len(name) > NAME_LENGTH:
        reasons.append(Reason(f"名称过长，最多 {NAME_LENGTH} 字，请精简。", field="name"))
    if not source:
        reasons.append(Reason("请写明安排的来源，例如通知的名称或网址。", field="source"))
    if len(source) > SOURCE_LENGTH:
        reasons.append(Reason(f"来源过长，最多 {SOURCE_LENGTH} 字，请精简。", field="source"))
    return reasons


@transaction.atomic
def upsert_calendar_exception(
    *,
    day: date,
    name: str,
    is_workday: bool,
    source: str,
    by: Actor,
    at: datetime,
    command_id: uuid.UUID | None = None,
) -> CalendarException:
    """Enter or change one day of the calendar, and record it.

    Whoever calls has checked the permission: posts stand above this app. The root
    of the tree is locked, so that two editors write the calendar's ledger in turn.
    """
    name, source = name.strip(), source.strip()
    if reasons := _calendar_reasons(day=day, name=name, source=source):
        raise ActionBlocked(reasons)
    root = TradeUnion.objects.select_for_update(of=("self",)).filter(depth=1).first()
    row = CalendarException.objects.filter(day=day).first()
    before = [row.name, int(row.is_workday), row.source] if row else []
    if before == [name, int(is_workday), source]:
        raise ActionBlocked("这一天已经是这样安排的，没有需要保存的改动。")
    row = row or CalendarException(day=day)
    row.name, row.is_workday, row.source = name, is_workday, source
    row.save()
    transaction.on_commit(forget_working_days)
    record(
        case_id=CALENDAR_CASE,
        code="organizations.calendar.changed",
        by=by,
        at=at,
        title=f"工作日历：{day:%Y-%m-%d} 定为{'上班' if is_workday else '休息'}（{name}）",
        body={"day": str(day), "before": before, "after": [name, int(is_workday), source]},
        union_id=root.pk if root else None,
        command_id=command_id,
    )
    return row
