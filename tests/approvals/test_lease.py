"""第十八条: a lease in disguise is found in answers and words, a prohibition of it is not."""

import pytest

from approvals.rules.lease import LeaseVerdict, scan_text, screen


def codes(text: str) -> list[str]:
    return [hit.indicator.code for hit in scan_text(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("合作方不得转租。", []),
        ("禁止以租代管、承包经营，坚决抵制变相出租。", []),
        ("由合作方承包经营羽毛球馆。", ["DL-06"]),
        ("允许转租给第三方。", ["DL-05"]),
        ("每年租金二十万元。", ["DL-02"]),
        ("按 12 元/㎡ 计收。", ["DL-02"]),
        ("按 12 元 / 平方米计收。", ["DL-02"]),
        ("年保底收益十万元。", ["DL-01"]),
        ("合作方自负盈亏。", ["DL-03"]),
        ("收入按比例分配，公益时段不少于六成。", []),
        ("不论盈亏，合作方每年上缴 96 万元。", ["DL-01"]),  # 「不论」 forbids nothing
        ("工会方收入不低于保底金额。", ["DL-01"]),
        ("不得改变用途，经营权可以转租。", ["DL-05"]),  # a permission ends the prohibition
        ("不得以任何方式允许他人转租。", []),
        ("每年支付公众责任险保费 2 万元。", []),
        ("由合作方独立经营。", ["DL-04"]),
        ("场地费存入乙方账户。", ["DL-08"]),
        ("门头使用合作方字号。", ["DL-10"]),
        ("场地费一次性付清。", ["DL-11"]),
        ("不得转租。整体出租给甲公司。", ["DL-06"]),  # the prohibition ends with its sentence
    ],
)
def test_operative_words_are_found_and_prohibitions_are_not(text, found):
    assert codes(text) == found


def test_one_hard_sign_is_enough():
    result = screen({}, ["由合作方承包经营。"])

    assert (result.verdict, result.score) == (LeaseVerdict.SUSPECT, 0)
    assert "承包经营" in result.hits[0].evidence


@pytest.mark.parametrize(
    ("answers", "score", "verdict"),
    [
        ((), 0, LeaseVerdict.CLEAR),
        (("DL-02",), 25, LeaseVerdict.CLEAR),
        (("DL-01",), 30, LeaseVerdict.WATCH),
        (("DL-02", "DL-03"), 45, LeaseVerdict.WATCH),
        (("DL-01", "DL-03"), 50, LeaseVerdict.SUSPECT),  # 30 + 20: the threshold itself
        (("DL-01", "DL-02"), 55, LeaseVerdict.SUSPECT),
        (("DL-05",), 0, LeaseVerdict.SUSPECT),
    ],
)
def test_scores_by_hand(answers, score, verdict):
    result = screen(dict.fromkeys(answers, True), [])

    assert (result.score, result.verdict) == (score, verdict)


def test_answer_and_word_of_one_sign_count_once():
    result = screen({"DL-02": True}, ["每年租金二十万元。", "押金和免租期另算，租金上浮。"])

    assert result.score == 25


def test_the_same_sign_is_told_with_the_words_that_show_it():
    result = screen({}, ["场地租金每年二十万元。"])

    assert [hit.evidence for hit in result.hits] == ["“…场地租金每年二十万元。…”"]


def test_a_no_is_no_sign():
    assert screen({"DL-01": False, "DL-05": None}, []).hits == ()


@pytest.mark.parametrize("text", ["乙方可以转 租部分场地。", "整体\u3000出租给乙方。"])
def test_a_space_inside_a_word_hides_nothing(text):
    assert [hit.indicator.is_hard for hit in scan_text(text)] == [True]
