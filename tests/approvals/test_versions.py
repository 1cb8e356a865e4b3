"""Which version a reader looks back to."""

import pytest

from approvals.rules.versions import Base, bases, chosen_base, chosen_pair


@pytest.mark.parametrize(
    ("current", "own", "offered"),
    [
        (0, None, ()),
        (1, None, ()),
        (1, 1, ()),
        (2, None, (Base(1, "上一版"),)),
        (2, 2, (Base(1, "上一版"),)),  # nothing came after the own opinion
        (2, 1, (Base(1, "自我上次意见以来"),)),
        (4, 1, (Base(1, "自我上次意见以来"), Base(3, "上一版"))),
    ],
)
def test_what_is_offered(current, own, offered):
    assert bases(current, own) == offered


@pytest.mark.parametrize(
    ("asked", "no"),
    [(None, 1), ("", 1), ("0", None), ("3", 3), ("2", 2), ("1", 1)],
)
def test_what_is_asked_for_is_taken(asked, no):
    choice = chosen_base(asked, current=4, own=1)

    assert (choice.no, choice.complaint) == (no, "")


@pytest.mark.parametrize("asked", ["4", "99", "-1", "abc", "1e3", "²", "1" * 400, " ", "v1"])
def test_a_version_that_is_not_there_is_said_and_the_usual_one_taken(asked):
    choice = chosen_base(asked, current=4, own=None)

    assert choice.no == 3
    assert choice.complaint.endswith("现对照第 3 版。")
    assert len(choice.complaint) < 60


def test_a_plan_of_one_version_says_so():
    assert chosen_base("1", current=1, own=None).complaint == (
        "本方案只报送过一版，没有可以对照的较早版本。"
    )
    assert chosen_base(None, current=1, own=None).complaint == ""


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [(None, None, (2, 3)), ("1", "3", (1, 3)), ("3", "1", (1, 3)), ("1", None, (1, 3))],
)
def test_a_pair_is_put_in_order(earlier, later, found):
    assert chosen_pair(earlier, later, [1, 2, 3]) == (*found, "")


@pytest.mark.parametrize(("earlier", "later"), [("9", "1"), ("x", None), (None, "-2"), ("0", "1")])
def test_a_pair_that_is_not_there_is_said(earlier, later):
    first, second, complaint = chosen_pair(earlier, later, [1, 2, 3])

    assert (first, second) == (2, 3)
    assert complaint


def test_a_version_is_not_compared_with_itself_in_silence():
    assert chosen_pair("2", "2", [1, 2, 3]) == (2, 2, "两边都是第 2 版，请选择两个不同的版本。")
