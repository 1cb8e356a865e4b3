"""Two people wrote in one section: who changed what, and where two texts differ."""

import pytest

from approvals.rules import merging
from approvals.rules.merging import Changed
from approvals.rules.redline import Mark

NAMES = ("measures", "emergency")


def changes(base, theirs, mine):
    seen = merging.read_seen(merging.seen_of(NAMES, base))
    return merging.changes_between(NAMES, seen=seen, stored=theirs, typed=mine)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "expected"),
    [
        ("甲", "甲", "甲", Changed.NOBODY),
        ("甲", "乙", "甲", Changed.THEIRS),
        ("甲", "甲", "乙", Changed.MINE),
        ("甲", "乙", "丙", Changed.BOTH),
        ("甲", "乙", "乙", Changed.NOBODY),  # both wrote the same
        ("", "乙", "", Changed.THEIRS),
        ("甲", "", "丙", Changed.BOTH),  # they emptied what I rewrote
    ],
)
def test_each_answer_is_compared_three_ways(base, theirs, mine, expected):
    found = changes({"measures": base}, {"measures": theirs}, {"measures": mine})

    assert found == {"measures": expected, "emergency": Changed.NOBODY}


def test_nothing_typed_is_one_answer_however_written():
    found = changes({"measures": None}, {"measures": []}, {"measures": ""})

    assert found["measures"] is Changed.NOBODY


def test_rows_are_compared_as_one_answer():
    base = {"measures": [{"name": "签约", "owner": ""}]}
    theirs = {"measures": [{"name": "签约", "owner": "冯岚"}]}

    assert changes(base, theirs, base)["measures"] is Changed.THEIRS
    assert changes(base, theirs, {"measures": []})["measures"] is Changed.BOTH


@pytest.mark.parametrize(
    "seen", ["", "nonsense", "measures", "measures:xyz", "measures:" + "0" * 11]
)
def test_an_answer_never_seen_counts_as_changed_by_both(seen):
    found = merging.changes_between(
        ("measures",),
        seen=merging.read_seen(seen),
        stored={"measures": "乙"},
        typed={"measures": "丙"},
    )

    assert found == {"measures": Changed.BOTH}


def test_the_merged_answers_are_mine_but_for_what_is_theirs():
    found = merging.merged({"a": "甲", "b": "乙"}, {"a": "子", "b": "丑", "c": "寅"}, theirs=["b"])

    assert found == {"a": "子", "b": "乙", "c": "寅"}


def marked(runs):
    """A text with what only it has in brackets."""
    return "".join(run.text if run.mark is Mark.SAME else f"[{run.text}]" for run in runs)


@pytest.mark.parametrize(
    ("theirs", "mine", "shown"),
    [
        ("每日巡检。", "每日巡检。", ("每日巡检。", "每日巡检。")),
        ("每日巡检。", "每周巡检。", ("每[日]巡检。", "每[周]巡检。")),
        ("", "新写的。", ("", "[新写的。]")),
        ("两句。后一句没有了。", "两句。", ("两句。[后一句没有了。]", "两句。")),
        ("分成 3：7，按季。", "分成 4：6，按季。", ("分成 [3：7]，按季。", "分成 [4：6]，按季。")),
    ],
)
def test_each_text_shows_what_only_it_has(theirs, mine, shown):
    left, right = merging.marks_between(theirs, mine)

    assert (marked(left), marked(right)) == shown


@pytest.mark.parametrize("text", ["", "无标点", "一句。\n\n两句；三句！\n尾", "\n\n"])
def test_no_character_is_lost_in_marking(text):
    long = text * 900

    for theirs, mine in ((text, "别的"), (long, text), (text, long)):
        left, right = merging.marks_between(theirs, mine)
        assert "".join(run.text for run in left) == theirs
        assert "".join(run.text for run in right) == mine
