"""What must be published, and what must never be."""

import dataclasses
from decimal import Decimal

import pytest

from disclosure import rules
from disclosure.rules import ServiceLine
from tests.disclosure.conftest import LINES, WHOLE, content


def _texts(**changes):
    return [reason.text for reason in rules.submission_reasons(content(**changes), names=["陈晨"])]


def test_a_whole_edition_passes():
    assert _texts() == []


@pytest.mark.parametrize("field", list(rules.LABELS))
def test_each_text_is_asked_for(field):
    (reason,) = rules.submission_reasons(content(**{field: "  "}))

    assert (reason.field, reason.code) == (field, "17-3")
    assert rules.LABELS[field] in reason.text


@pytest.mark.parametrize("field", list(rules.OFFERS))
@pytest.mark.parametrize(
    "text", ["无", "无。", "暂无优惠", "没有优惠措施", "无，暂无", "不设", "—"]
)
def test_nothing_without_a_reason_is_refused(field, text):
    assert _texts(**{field: text}) == [f"“{rules.OFFERS[field]}”写了“无”，请在同一栏说明理由。"]


@pytest.mark.parametrize(
    "text",
    ["无，全部项目对职工免费开放", "暂无优惠：场馆改造期间停止收费", "无需预约，凭证免费", "全免"],
)
def test_nothing_with_a_reason_passes(text):
    assert _texts(members_offer=text) == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (ServiceLine(name="场地", unit="元/小时"), "“场地”没有价格；免费的请填 0。"),
        (
            ServiceLine(name="场地", price=Decimal(5)),
            "“场地”没有计价单位，例如“元/小时”“元/人次”。",
        ),
        (ServiceLine(name="", unit="元", price=Decimal(5)), "第 3 项服务没有名称。"),
        (LINES[0], "“羽毛球场地”列了两次，请合并或改用不同的计价单位。"),
    ],
)
def test_each_service_says_all(line, sentence):
    assert _texts(services=(*LINES, line)) == [sentence]


def test_no_service_is_refused():
    assert _texts(services=()) == ["请至少列出一个服务项目，写明名称、价格和计价单位。"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("请拨 13812345678", "个人手机号"),
        ("138-1234-5678", "个人手机号"),
        ("138 1234 5678", "个人手机号"),
        ("+86 13812345678", "个人手机号"),
        ("１３８１２３４５６７８", "个人手机号"),
        ("610102199001011234", "身份证号"),
        ("61010219900101123x", "身份证号"),
        ("6222021234567890123", "银行账号"),
        ("写信至 zhang.san@example.cn", "电子邮箱"),
    ],
)
@pytest.mark.parametrize("field", ["opening_hours", "steps", "contact", "members_offer"])
def test_personal_facts_are_refused(field, text, kind):
    assert _texts(**{field: f"凭卡入场，{text}。"}) == [
        f"“{rules.LABELS[field]}”含有{kind}，公开页面不得出现个人信息，请删去。"
    ]


def test_personal_facts_in_a_service_are_refused():
    line = dataclasses.replace(LINES[0], description="找我 13812345678")

    assert len(_texts(services=(line,))) == 1


@pytest.mark.parametrize(
    "text", ["029-87320000", "2026-01-01 至 2026-12-31 每日 09:00-21:00", "400-810-1234"]
)
def test_days_and_office_lines_are_no_personal_facts(text):
    assert rules.personal_fact(text) == ""


def test_a_name_in_the_contact_is_refused():
    assert _texts(contact="陈晨 029-87320000") == [
        "“联系方式”写了个人姓名，请改写岗位或部门，例如“前台”“文体科”。"
    ]


@pytest.mark.parametrize("text", ["12351", "029-87320000", "02987320000", "400-810-1234"])
def test_an_office_line_answers(text):
    assert _texts(supervision_phone=text) == []


@pytest.mark.parametrize("text", ["电话", "123", "029-87320000x", "13812345678"])
def test_what_is_no_office_line_is_refused(text):
    assert "监督电话请填写单位固定电话" in _texts(supervision_phone=text)[0]


@pytest.mark.parametrize(
    ("price", "count"),
    [("0", 0), ("0.01", 0), ("1000000", 0), ("1000000.01", 1), ("-0.01", 1), ("NaN", 1),
     ("Infinity", 1), ("1E+20", 1)],
)  # fmt: skip
def test_prices_that_cannot_be_are_refused(price, count):
    line = ServiceLine(name="场地", unit="元", price=Decimal(price))

    assert len(rules.price_reasons([line])) == count


def test_price_changes_name_new_gone_and_changed():
    dearer = dataclasses.replace(LINES[0], price=Decimal("25.00"))
    fresh = ServiceLine(name="乒乓球", unit="元/小时", price=Decimal("10.00"))

    assert rules.price_changes(LINES, (dearer, fresh)) == [
        ("羽毛球场地（元/小时）", Decimal("20.00"), Decimal("25.00")),
        ("乒乓球（元/小时）", None, Decimal("10.00")),
        ("职工书屋（元/人次）", Decimal("0.00"), None),
    ]
    assert rules.price_changes(LINES, LINES) == []


def test_a_person_is_shown_by_the_family_name():
    assert [rules.mask_name(name) for name in ("张明远", "王敏", "")] == ["张*", "王*", ""]


def test_the_whole_content_is_covered_by_the_texts():
    assert set(rules.texts_of(WHOLE)) == set(rules.LABELS)
