"""The redline: by sentence, then by token; rows by their name. All vectors made by hand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.redline import (
    Mark,
    changes_in,
    plain,
    redline,
    redline_rows,
)

WRITTEN = {Mark.SAME: "{}", Mark.GONE: "[-{}-]", Mark.COME: "[+{}+]"}
TEXTS = st.text(alphabet="甲乙丙三四0157年月-。；，\n ab", max_size=60)


def written(runs) -> str:
    return "".join(WRITTEN[run.mark].format(run.text) for run in runs)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("合作期限 6 年。", "合作期限 5 年。", "合作期限 [-6-][+5+] 年。"),
        ("六年", "五年", "[-六-][+五+]年"),
        (
            "2026-12-01 至 2032-11-30",
            "2026-12-01 至 2031-11-30",
            "2026-12-01 至 [-2032-11-30-][+2031-11-30+]",
        ),
        ("2032年11月30日止", "2031年11月30日止", "[-2032年11月30日-][+2031年11月30日+]止"),
        (
            "保底外超额部分三七分成（阵地：合作方）。",
            "保底外超额部分四六分成（阵地：合作方），按季结算。",
            "保底外超额部分[-三七-][+四六+]分成（阵地：合作方）[+，按季结算+]。",
        ),
        ("超额部分 3：7 分成", "超额部分 4：6 分成", "超额部分 [-3：7-][+4：6+] 分成"),
        ("投资 1,860.50 万元", "投资 1,960.50 万元", "投资 [-1,860.50-][+1,960.50+] 万元"),
        ("公益时段 40%", "公益时段 45%", "公益时段 [-40%-][+45%+]"),
        (
            "工会方三成、合作方七成，按年结算",
            "工会方四成、合作方六成，按季结算",
            "工会方[-三-][+四+]成、合作方[-七-][+六+]成，按[-年-][+季+]结算",
        ),
        ("代码 91610103MAXX010776", "代码 91610113MAXX01149E", "代码 [-91610103MAXX010776-][+91610113MAXX01149E+]"),
        (
            "公益课时 600 课时。",
            "公益课时 800 课时，其中周末早场不少于 90 课时。",
            "公益课时 [-600-][+800+] 课时[+，其中周末早场不少于 90 课时+]。",
        ),
        ("甲句。乙句丙。丁句。", "甲句。丁句。", "甲句。[-乙句丙。-]丁句。"),
        ("甲句。丁句。", "甲句。新的一句；丁句。", "甲句。[+新的一句；+]丁句。"),
        (
            "公益演出若干场。",
            "每年送演出进企业不少于六次。",
            "[-公益演出若干场。-][+每年送演出进企业不少于六次。+]",
        ),
        ("", "新写的一段。", "[+新写的一段。+]"),
        ("删去的一段。", "", "[-删去的一段。-]"),
        ("同一段。", "同一段。", "同一段。"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_change_reads_as_a_person_would_mark_it(before, after, expected):
    assert written(redline(before, after)) == expected


def test_a_character_left_between_two_changes_is_read_with_them():
    assert written(redline("每月 5 年", "每月 6 个月")) == "每月 [-5 年-][+6 个月+]"


def test_places_are_counted_not_runs():
    assert changes_in(redline("期限 6 年，三七分成。", "期限 5 年，四六分成，按季结算。")) == 3
    assert changes_in(redline("一样。", "一样。")) == 0
    assert changes_in(plain("只有一版。")) == 0


@given(TEXTS, TEXTS)
def test_what_stays_and_goes_is_the_old_text_what_stays_and_comes_the_new(before, after):
    runs = redline(before, after)

    assert "".join(run.text for run in runs if run.mark is not Mark.COME) == before
    assert "".join(run.text for run in runs if run.mark is not Mark.GONE) == after
    assert all(run.text for run in runs)
    assert all(one.mark is not other.mark for one, other in pairwise(runs))
    assert (changes_in(runs) == 0) == (before == after)


def test_a_long_text_of_few_characters_is_compared_at_once():
    before, after = "甲乙，" * 1600, "乙甲，" * 1600

    assert changes_in(redline(before, after)) > 0


def row(name: str, amount: str, day: str):
    return (("名称", name), ("金额", amount), ("日期", day))


def test_rows_are_matched_by_their_name():
    before = [row("专业器材", "180 万元", "2027-03-01"), row("灯光改造", "140 万元", "2027-04-01")]
    after = [row("专业器材", "160 万元", "2027-03-01"), row("灯光改造", "140 万元", "2027-04-01")]

    first, second = redline_rows(before, after)

    assert (first.mark, first.is_changed, second.is_changed) == (Mark.SAME, True, False)
    assert [written(runs) for _label, runs in first.cells] == [
        "专业器材", "[-180-][+160+] 万元", "2027-03-01",
    ]  # fmt: skip


def test_a_renamed_row_keeps_its_place_beside_what_it_was():
    before = [row("灯光改造", "140 万元", "2027-04-01")]
    after = [row("灯光和地面改造", "140 万元", "2027-04-01")]

    (only,) = redline_rows(before, after)

    assert written(only.cells[0][1]) == "灯光[+和地面+]改造"


def test_rows_come_and_go():
    before = [row("甲", "1", "2027-01-01"), row("乙", "2", "2027-02-01")]
    after = [row("乙", "2", "2027-02-01"), row("丙", "3", "2027-03-01")]

    rows = redline_rows(before, after)

    assert [(one.word, one.cells[0][1][0].text) for one in rows] == [
        ("删去", "甲"), ("", "乙"), ("新增", "丙"),
    ]  # fmt: skip
    assert [one.is_changed for one in rows] == [True, False, True]
