"""A cell on the page and in a spreadsheet."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.cells import Badge, Link, Marked, Several, html_of, plain_of

DAY = date(2026, 11, 20)
# 01:47 in London is 09:47 in Shanghai.
MOMENT = datetime(2026, 11, 18, 1, 47, tzinfo=UTC)
EVIL = '<script>alert("1")</script>'
SAFE = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "—"),
        ("", "—"),
        (0, "0"),
        (12345, "12,345"),
        (Decimal("12345.60"), "12,345.60"),
        (DAY, '<span class="nowrap">2026-11-20</span>'),
        (MOMENT, '<span class="nowrap">2026-11-18 09:47</span>'),
        (EVIL, SAFE),
        (Badge("会签中", "info"), '<span class="tag info">会签中</span>'),
        (Marked(DAY, "已超期"), '<span class="nowrap">2026-11-20</span> <span class="said bad-text">已超期</span>'),
        (Marked(None, "待确定", "warn"), '<span class="said warn-text">待确定</span>'),
        (Marked("未编号", tone="muted"), '<span class="muted-text">未编号</span>'),
        (Several(("甲", "乙")), "甲 乙"),
        (Several(("甲", "乙"), is_column=True), "甲<br>乙"),
    ],
)  # fmt: skip
def test_a_value_is_written_out(value, shown):
    assert html_of(value) == shown


@pytest.mark.parametrize(
    "value",
    [EVIL, Link(EVIL, "/x/"), Link("x", "/x/", EVIL), Badge(EVIL), Marked(EVIL), Marked("x", EVIL)],
)
def test_what_a_person_typed_is_escaped(value):
    assert SAFE in html_of(value)
    assert "<script" not in html_of(value)


def test_a_link_cannot_leave_its_attribute():
    assert html_of(Link("x", '"><b>')) == '<a href="&quot;&gt;&lt;b&gt;">x</a>'


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, ""),
        (Decimal("1.50"), Decimal("1.50")),
        (DAY, DAY),
        (MOMENT, datetime(2026, 11, 18, 9, 47)),  # noqa: DTZ001 - a sheet knows no zones
        (Link("合同", "/x/", "HT-1"), "合同（HT-1）"),
        (Badge("会签中"), "会签中"),
        (Marked(DAY, "已超期"), DAY),
        (Marked(None, "待确定"), "待确定"),
        (Several((Badge("启用"), "", Badge("未改密码"))), "启用；未改密码"),
    ],
)
def test_a_value_goes_into_a_spreadsheet(value, plain):
    assert plain_of(value) == plain
