"""The lines of a timeline: what a person typed stays text, times are ours."""

from datetime import UTC, date, datetime

from core.templatetags.timelines import timeline_lines

EVENT = {"who": "周宁", "position": "资产监管部门经办人", "what": "报送", "at": date(2026, 11, 20)}


def test_a_moment_is_shown_in_our_time():
    event = EVENT | {"at": datetime(2026, 11, 19, 16, 5, tzinfo=UTC)}

    line = timeline_lines([event], "")

    assert 'datetime="2026-11-20T00:05:00+08:00"' in line
    assert 'title="2026-11-20 00:05">11-20 00:05</time>' in line
    assert ">2026-11-20</time>" in timeline_lines([event], "1")


def test_what_was_typed_stays_text():
    names = ("who", "position", "what", "label", "text", "url")  # a tone is ours, never typed

    line = timeline_lines([EVENT | dict.fromkeys(names, "\"><script>'")], "1")

    assert "<script" not in line
    assert "'" not in line


def test_an_act_of_nobody_has_a_flag():
    line = timeline_lines([{"what": "期限届满", "at": date(2026, 11, 20)}], "1")

    assert "#flag" in line
    assert "ava" not in line
