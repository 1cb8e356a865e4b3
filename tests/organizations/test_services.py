"""The reference rows and the editable calendar."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from audit.models import Event
from core.errors import ActionBlocked
from organizations import selectors, services
from organizations.enums import DepartmentKind, UnionLevel
from organizations.models import CalendarException, Department, Parameter, TradeUnion

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


@dataclass
class Editor:
    """Whoever edits, as the ledger sees them."""

    pk: uuid.UUID = field(default_factory=uuid.uuid4)
    name: str = "王璐"
    position: str = "陕西省总工会 资产监管部"


def edit(**changes) -> CalendarException:
    fields = {
        "day": date(2027, 10, 1),
        "name": "国庆节",
        "is_workday": False,
        "source": "国务院办公厅通知",
    }
    return services.upsert_calendar_exception(**{**fields, **changes}, by=Editor(), at=AT)


def test_load_divisions_builds_the_tree_of_the_province():
    assert services.load_divisions() == 1 + 11 + 107 + 7

    levels = Counter(TradeUnion.objects.order_by("pk").values_list("level", "depth"))
    assert levels == {
        (UnionLevel.PROVINCE, 1): 1,
        (UnionLevel.CITY, 2): 11,
        (UnionLevel.INDUSTRY, 2): 7,
        (UnionLevel.COUNTY, 3): 107,
    }
    assert TradeUnion.objects.find_problems() == ([], [], [], [], [])


def test_load_divisions_repeated_adds_nothing():
    services.load_divisions()

    assert services.load_divisions() == 0
    assert TradeUnion.objects.count() == 126


def test_load_divisions_counts_counties_by_city():
    services.load_divisions()

    counts = {
        city.short_name: city.numchild for city in TradeUnion.objects.filter(level=UnionLevel.CITY)
    }
    assert counts == {
        "西安市总": 13,
        "铜川市总": 4,
        "宝鸡市总": 12,
        "咸阳市总": 13,
        "渭南市总": 11,
        "延安市总": 13,
        "汉中市总": 11,
        "榆林市总": 12,
        "安康市总": 10,
        "商洛市总": 7,
        "杨凌示范区总": 1,
    }


def test_yangling_zone_governs_yangling_district():
    services.load_divisions()

    zone = TradeUnion.objects.get(name="杨凌示范区总工会")
    district = TradeUnion.objects.get(name="杨陵区总工会")
    assert (zone.level, zone.division_code) == (UnionLevel.CITY, "610403")
    assert district.get_parent() == zone
    assert [union.name for union in district.get_ancestors()] == [
        "陕西省总工会",
        "杨凌示范区总工会",
    ]
    assert list(zone.get_children()) == list(zone.get_descendants()) == [district]


def test_departments_of_a_city_and_of_a_county():
    services.load_divisions()

    city = TradeUnion.objects.get(name="西安市总工会")
    county = TradeUnion.objects.get(name="碑林区总工会")
    assert {row.kind for row in city.departments.all()} == set(DepartmentKind)
    assert [(row.kind, row.name) for row in county.departments.all()] == [
        (DepartmentKind.ASSET, "办公室（承担资产监管职责）")
    ]
    assert TradeUnion.objects.exclude(departments__kind=DepartmentKind.ASSET).count() == 0


def test_a_union_has_one_department_of_a_kind():
    services.load_divisions()
    union = TradeUnion.objects.get(code="610100")

    with pytest.raises(IntegrityError):
        Department.objects.create(union=union, kind=DepartmentKind.ASSET, name="资产处")


def test_union_tree_is_read_in_two_queries(django_assert_num_queries):
    services.load_divisions()

    with django_assert_num_queries(2):
        roots = selectors.union_tree()
        names = [node.union.departments.all()[0].name for node in roots[0].children]
    assert [node.union.name for node in roots] == ["陕西省总工会"]
    assert len(names) == 18
    xian = roots[0].children[0]
    assert (xian.union.name, xian.children[1].union.name) == ("西安市总工会", "碑林区总工会")


def test_load_calendar_gives_the_published_years(django_assert_num_queries):
    assert services.load_calendar() == 142
    assert services.load_calendar() == 0

    with django_assert_num_queries(1):
        calendar = selectors.working_days()
    assert calendar.published_years == {2023, 2024, 2025, 2026}
    assert calendar.add(date(2026, 9, 30), 10).day == date(2026, 10, 20)


def test_upsert_calendar_exception_enters_and_changes_with_one_event_each():
    edit()
    edit(is_workday=True, source="更正通知")

    row = CalendarException.objects.get()
    assert (row.is_workday, row.source) == (True, "更正通知")
    titles = Event.objects.filter(case_id=services.CALENDAR_CASE).order_by("seq")
    assert [event.title for event in titles] == [
        "工作日历：2027-10-01 定为休息（国庆节）",
        "工作日历：2027-10-01 定为上班（国庆节）",
    ]


@pytest.mark.parametrize(
    ("changes", "field_name", "sentence"),
    [
        ({"name": "  "}, "name", "请写明这一天的名称，例如“国庆节”。"),
        ({"name": "节" * 41}, "name", "名称过长，最多 40 字，请精简。"),
        ({"source": ""}, "source", "请写明安排的来源，例如通知的名称或网址。"),
        ({"source": "文" * 201}, "source", "来源过长，最多 200 字，请精简。"),
        (
            {"day": date(1999, 12, 31)},
            "day",
            "日期不在可维护的年份内，请填写 2000 至 2100 年的日期。",
        ),
    ],
)
def test_upsert_calendar_exception_refuses_bad_input(changes, field_name, sentence):
    with pytest.raises(ActionBlocked) as refusal:
        edit(**changes)

    assert [(reason.field, reason.text) for reason in refusal.value.reasons] == [
        (field_name, sentence)
    ]
    assert CalendarException.objects.count() == 0
    assert Event.objects.count() == 0


def test_upsert_calendar_exception_refuses_no_change():
    edit()

    with pytest.raises(ActionBlocked, match="没有需要保存的改动"):
        edit()
    assert Event.objects.count() == 1


def fix(union, value, valid_from):
    return Parameter.objects.create(
        union=union,
        code="filing_days",
        value=value,
        valid_from=valid_from,
        source="主席办公会议纪要",
        decided_by=union.name if union else "系统",
    )


def test_parameter_takes_the_nearest_union_then_the_default(django_assert_num_queries):
    services.load_divisions()
    province = TradeUnion.objects.get(code="610000")
    city = TradeUnion.objects.get(code="610100")
    county = TradeUnion.objects.get(code="610103")
    other = TradeUnion.objects.get(code="610300")
    day = date(2026, 11, 20)

    def value(union, on=day):
        return selectors.parameter("filing_days", union=union, on=on).value

    assert value(county) == 10
    fix(None, "9", date(2026, 1, 1))
    assert (value(county), value(None)) == (9, 9)
    fix(province, "8", date(2026, 1, 1))
    fix(city, "7", date(2026, 6, 1))
    fix(city, "6", date(2026, 11, 21))
    assert (value(county), value(city), value(other)) == (7, 7, 8)
    assert value(county, date(2026, 5, 31)) == 8
    assert value(county, date(2026, 11, 21)) == 6
    with django_assert_num_queries(1):
        found = selectors.parameter("filing_days", union=city, on=day)
    assert found.source == "西安市总工会：主席办公会议纪要"


def test_parameter_default_says_it_is_one():
    found = selectors.parameter("quorum", union=None, on=date(2026, 11, 20))

    assert (found.value, found.source) == ("2/3", "系统默认（可由主管工会调整）")


def test_parameter_is_fixed_once_for_all_on_a_day():
    fix(None, "9", date(2026, 1, 1))

    with pytest.raises(IntegrityError):
        fix(None, "8", date(2026, 1, 1))
