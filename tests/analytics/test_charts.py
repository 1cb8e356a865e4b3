"""The shapes of the charts: positions by hand."""

from datetime import date

import pytest

from analytics import charts


def test_parts_of_a_bar_lie_side_by_side_and_empty_ones_take_no_room():
    parts = [("a", "甲", 1, "/a"), ("b", "乙", 0, "/b"), ("c", "丙", 3, "/c")]

    segments = charts.stacked(parts)

    assert [(one.label, one.x, one.width) for one in segments] == [
        ("甲", "0.00%", "25.00%"),
        ("丙", "25.00%", "75.00%"),
    ]


def test_nothing_makes_no_bar():
    assert charts.stacked([("a", "甲", 0, "/")]) == []
    assert charts.time_line([], today=date(2026, 11, 20)) is None


def test_contracts_lie_on_an_axis_of_whole_years():
    # 2026 and 2027: 730 days; 2026-07-02 is day 182, 2026-12-31 day 364.
    span = ("合同", "阵地", "/c/", date(2026, 7, 2), date(2026, 12, 31))

    axis = charts.time_line([span, (*span[:3], date(2027, 1, 1), date(2027, 12, 31))],
                            today=date(2026, 7, 2))  # fmt: skip

    assert axis.years == [(2026, "0.00%"), (2027, "50.00%")]
    assert axis.today == "24.93%"
    first, second = axis.bars
    assert (first.x, first.width, first.end, first.is_inside) == (
        "24.93%", "25.07%", "50.00%", False,
    )  # fmt: skip
    assert (second.x, second.width, second.is_inside) == ("50.00%", "50.00%", True)


@pytest.mark.parametrize(
    ("ends_on", "tone", "words"),
    [
        (date(2026, 11, 19), "bad", "已到期 1 天，未办结"),
        (date(2026, 11, 20), "warn", "今天到期"),
        (date(2026, 11, 21), "warn", "剩 1 天"),
        (date(2027, 5, 19), "warn", "剩 180 天"),
        (date(2027, 5, 20), "ok", "2027-05"),
    ],
)
def test_a_contract_near_its_end_says_so(ends_on, tone, words):
    today = date(2026, 11, 20)

    assert charts.tone_of(ends_on, today=today) == tone
    assert charts.words_of(ends_on, today=today) == words


def test_cities_are_darker_with_more():
    tiles = {
        one.name: (one.count, one.shade)
        for one in charts.grid({"610100": (21, "/x"), "610800": (6, "/y"), "610600": (9, "/z")})
    }

    # of four shades: 21 of 21 is the fourth, 9 of 21 the second, 6 of 21 the second
    assert tiles["西安"] == (21, 4)
    assert tiles["延安"] == (9, 2)
    assert tiles["榆林"] == (6, 2)
    assert tiles["宝鸡"] == (0, 0)
    assert len(tiles) == 12


def test_no_two_cities_share_a_place():
    places = [(column, row) for _name, column, row in charts.PLACES.values()]

    assert len(set(places)) == len(places) == 12
