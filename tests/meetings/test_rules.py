"""Quorum, majority and votes against a plain reference, for every body of up to seven."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from meetings import rules
from meetings.enums import Choice, Conclusion
from meetings.rules import Decision, Presence, Seat, VoteMark
from organizations.rules import Calendar

SHARES = [(2, 3), (3, 5), (3, 4), (1, 1), (51, 100)]
NAMES = ["王敏", "李强", "张华", "刘洋", "陈静", "杨帆", "赵磊"]


@pytest.mark.parametrize(("members", "needed"), [(7, 5), (8, 6), (9, 6), (3, 2), (1, 1), (6, 4)])
def test_present_needed_at_two_thirds(members, needed):
    assert rules.present_needed(members, 2, 3) == needed


@pytest.mark.parametrize(("numerator", "denominator"), SHARES)
def test_quorum_met_equals_the_reference(numerator, denominator):
    for members in range(1, 60):
        for present in range(members + 1):
            share = Fraction(present, members)
            expected = share >= Fraction(numerator, denominator) and share > Fraction(1, 2)
            assert rules.quorum_met(present, members, numerator, denominator) is expected


def test_quorum_never_falls_to_half_whatever_is_set():
    assert not rules.quorum_met(3, 6, 1, 2)
    assert not rules.quorum_met(2, 6, 1, 3)
    assert rules.quorum_met(4, 6, 1, 3)


def test_quorum_of_an_empty_body_is_never_met():
    assert not rules.quorum_met(0, 0, 2, 3)


def seats_of(count: int) -> tuple[Seat, ...]:
    return tuple(
        Seat(member=n, name=NAMES[n - 1], is_principal=n == count, is_chair=n == count)
        for n in range(1, count + 1)
    )


def decide(members: int, marks: str, conclusion: str, **changes) -> Decision:
    """One letter per present member: a 同意, d 不同意, s 弃权, f 缓议, r 回避."""
    words = {"a": Choice.AGREE, "d": Choice.DISAGREE, "s": Choice.ABSTAIN, "f": Choice.DEFER}
    votes = tuple(
        VoteMark(member=n, is_recused=True, recusal_reason="亲属在合作方任职")
        if mark == "r"
        else VoteMark(member=n, choice=words[mark], speaking_order=n)
        for n, mark in enumerate(marks, start=1)
    )
    facts = {
        "members": members,
        "seats": seats_of(len(marks)),
        "quorum": (2, 3),
        "votes": votes,
        "conclusion": conclusion,
        "resolution": "同意该方案。",
    }
    if conclusion == Conclusion.PASSED_WITH_CHANGES:
        facts |= {"required_changes": "补充退出条款。", "has_confirmer": True}
    return Decision(**facts | changes)


def texts(decision: Decision) -> list[str]:
    return [reason.text for reason in rules.decision_reasons(decision)]


def splits(present: int):
    """Every way to divide the present into the five marks."""
    for parts in product(range(present + 1), repeat=4):
        if sum(parts) <= present:
            yield (*parts, present - sum(parts))


@pytest.mark.parametrize("members", range(1, 8))
def test_every_vote_of_a_body_agrees_with_the_plain_reference(members):
    for present in range(1, members + 1):
        for counts in splits(present):
            marks = "".join(mark * count for mark, count in zip("adsfr", counts, strict=True))
            has_quorum = Fraction(present, members) >= Fraction(2, 3)
            is_majority = Fraction(counts[0], members) > Fraction(1, 2)
            for conclusion in Conclusion.values:
                passes = conclusion in ("passed", "passed_with_changes")
                expected = has_quorum and conclusion != "no_conclusion" and passes == is_majority
                facts = (members, marks, conclusion)
                assert (texts(decide(*facts)) == []) is expected, facts


def test_majority_is_named_with_its_figures():
    assert texts(decide(7, "aaadd", Conclusion.PASSED)) == [
        "不符合“赞成票超过应到半数”规则：赞成 3 票，应到 7 人，须超过半数（至少 4 票），"
        "不能记为“通过”。"
    ]


def test_half_is_no_majority():
    assert texts(decide(6, "aaadd", Conclusion.PASSED)) == [
        "不符合“赞成票超过应到半数”规则：赞成 3 票，应到 6 人，须超过半数（至少 4 票），"
        "不能记为“通过”。"
    ]


def test_recused_stay_in_the_members():
    assert texts(decide(7, "aaarrrr", Conclusion.PASSED)) == [
        "不符合“赞成票超过应到半数”规则：赞成 3 票，应到 7 人，须超过半数（至少 4 票），"
        "不能记为“通过”。"
    ]


def test_recused_leave_the_members_where_the_body_says_so():
    """Of 9, with 6 there and 2 recused: 4 of 7 are no two thirds, 5 are needed."""
    kept = decide(9, "aaaarr", Conclusion.PASSED)
    left = decide(9, "aaaarr", Conclusion.PASSED, keeps_recused=False)

    assert texts(kept)[0].startswith("不符合“赞成票超过应到半数”规则：赞成 4 票，应到 9 人")
    assert texts(left) == [
        "实到 4 人，应到 7 人（2 人回避，不计入应到），未达到到会下限 5 人，不能形成结论。"
        "请以“未形成结论”结束本次会议，议题自动退回议程，另行上会。"
    ]
    assert texts(decide(8, "aaaarr", Conclusion.PASSED, keeps_recused=False)) == []


def test_rejection_against_the_majority_is_refused():
    assert texts(decide(7, "aaaad", Conclusion.REJECTED)) == [
        "与“赞成票超过应到半数”规则不一致：赞成 4 票，应到 7 人，须超过半数（至少 4 票），已过半数，"
        "不能记为“不通过”。"
    ]


def test_lack_of_quorum_stands_alone():
    assert texts(decide(7, "aaaa", Conclusion.PASSED, resolution="")) == [
        "实到 4 人，应到 7 人，未达到到会下限 5 人，不能形成结论。"
        "请以“未形成结论”结束本次会议，议题自动退回议程，另行上会。"
    ]


def test_missing_vote_is_named_and_the_sum_explained():
    decision = decide(7, "aaaaa", Conclusion.PASSED)
    votes = (*decision.votes[:4], VoteMark(member=5, speaking_order=5))

    reasons = rules.decision_reasons(decide(7, "aaaaa", Conclusion.PASSED, votes=votes))

    assert [(reason.field, reason.text) for reason in reasons] == [
        ("choice_5", "请登记陈静的表态。"),
        (
            "",
            "票数不符：实到 5 人，回避 0 人，应有 5 票，现为同意 4、不同意 0、弃权 0、缓议 0，"
            "合计 4 票。请逐人核对。",
        ),
    ]


def test_absent_person_cannot_vote():
    votes = (*decide(7, "aaaaa", "").votes, VoteMark(member=6, choice="agree", speaking_order=6))

    assert texts(decide(7, "aaaaa", Conclusion.PASSED, votes=votes)) == [
        "表态名单与实到成员不一致：未到会的成员不表决，每人只记一次。"
    ]


@pytest.mark.parametrize("office", ["is_chair", "is_principal"])
def test_a_principal_who_spoke_first_is_marked_and_not_refused(office):
    first = Seat(member=1, name="王敏", **{office: True})
    seats = (first, *(Seat(member=n, name=NAMES[n - 1]) for n in range(2, 6)))
    decision = decide(7, "aaaaa", Conclusion.PASSED, seats=seats)

    assert texts(decision) == []
    assert not rules.spoke_last(decision)
    assert rules.spoke_last(decide(7, "aaaaa", Conclusion.PASSED))


def test_recused_chair_does_not_speak():
    seats = (
        Seat(member=1, name="王敏", is_chair=True),
        *(Seat(member=n, name=NAMES[n - 1]) for n in range(2, 7)),
    )

    assert texts(decide(7, "raaaaa", Conclusion.PASSED, seats=seats)) == []


def test_same_speaking_order_twice_is_refused():
    votes = tuple(VoteMark(member=n, choice="agree", speaking_order=1) for n in range(1, 6))

    assert texts(decide(7, "aaaaa", Conclusion.PASSED, votes=votes)) == [
        "有两人的发言次序相同，请按实际先后逐人填写。"
    ]


def test_recusal_without_reason_and_with_a_vote_is_refused():
    votes = list(decide(7, "aaaaaa", "").votes)
    votes[0] = VoteMark(member=1, is_recused=True)
    votes[1] = VoteMark(member=2, is_recused=True, recusal_reason="回避", choice="agree")

    assert texts(decide(7, "aaaaaa", Conclusion.PASSED, votes=tuple(votes))) == [
        "王敏回避，请写明原因。",
        "李强已回避，不发言、不表决，请清空其表态和次序。",
    ]


def test_changes_need_a_list_and_a_person():
    decision = decide(
        7, "aaaaa", Conclusion.PASSED_WITH_CHANGES, required_changes=" ", has_confirmer=False
    )

    assert texts(decision) == [
        "修改后通过，请逐条写明须修改的内容。",
        "修改后通过，须指定一名确认人；经其确认修改到位后才算通过。",
    ]


def test_changes_beside_another_conclusion_are_refused():
    decision = decide(7, "aaaaa", Conclusion.PASSED, required_changes="补充退出条款。")

    assert texts(decision) == [
        "只有结论为“修改后通过”时才填写须修改内容和确认人，请清空或改选结论。"
    ]


def test_secret_ballot_counts_the_announced_figures():
    votes = tuple(VoteMark(member=n, speaking_order=n) for n in range(1, 6))
    ballot = rules.Tally(agree=4, disagree=1)

    assert texts(decide(7, "aaaaa", Conclusion.PASSED, votes=votes, ballot=ballot)) == []


def test_secret_ballot_that_does_not_add_up_is_refused():
    votes = tuple(VoteMark(member=n, speaking_order=n) for n in range(1, 6))
    ballot = rules.Tally(agree=5, disagree=1)

    assert texts(decide(7, "aaaaa", Conclusion.PASSED, votes=votes, ballot=ballot)) == [
        "票数不符：实到 5 人，回避 0 人，应有 5 票，现为同意 5、不同意 1、弃权 0、缓议 0，"
        "合计 6 票。请逐人核对。"
    ]


def test_attendance_covers_the_roster_once():
    roster = {1: "王敏", 2: "李强", 3: "张华", 4: "刘洋"}
    rows = [
        Presence(member=1, status="present", written_opinion="同意"),
        Presence(member=2, status="leave"),
        Presence(member=3, status="asleep"),
    ]

    assert [(r.field, r.text) for r in rules.attendance_reasons(rows, roster)] == [
        ("status_4", "请选择刘洋的到会情况：实到、请假或缺席。"),
        ("written_1", "王敏已到会，应当面表态；书面意见只记录未到会成员的意见，且不计票。"),
        ("reason_2", "李强请假，请写明原因。"),
        ("status_3", "请选择张华的到会情况：实到、请假或缺席。"),
    ]


def test_stranger_on_the_attendance_list_is_refused():
    rows = [Presence(member=1, status="present"), Presence(member=9, status="present")]

    assert [r.text for r in rules.attendance_reasons(rows, {1: "王敏"})] == [
        "到会名单与应到成员不一致，请刷新页面后重新登记。"
    ]


HELD = {
    "terms": rules.Terms(materials_days=1),
    "conclusion": "passed",
    "members": 7,
    "present": 5,
    "recused": 0,
    "agree": 4,
    "cast": 5,
    "held_on": date(2026, 11, 12),
    "materials_sent_on": date(2026, 11, 11),
    "materials_due_on": date(2026, 11, 11),
    "spoke_last": True,
    "is_late_entry": False,
    "has_original": True,
}


@pytest.mark.parametrize(
    ("changes", "failing", "label"),
    [
        ({}, [], "有效"),
        ({"present": 4, "cast": 4}, ["到会下限"], "不能作为决策依据：到会下限"),
        ({"agree": 3}, ["赞成票超过应到半数"], "不能作为决策依据：赞成票超过应到半数"),
        ({"cast": 4}, ["票数相符"], "不能作为决策依据：票数相符"),
        (
            {"materials_sent_on": date(2026, 11, 12)},
            ["材料会前送达"],
            "不能作为决策依据：材料会前送达",
        ),
        ({"spoke_last": False}, [], "有效，注明：主要负责人末位表态"),
        ({"is_late_entry": True}, [], "有效，注明：按时登记"),
        ({"has_original": False}, [], "有效；待补：签字原件"),
        (
            {"conclusion": "no_conclusion", "present": 4, "agree": 0, "cast": 0},
            ["到会下限"],
            "不能作为决策依据：到会下限",
        ),
    ],
    ids=[
        "kept", "quorum", "majority", "sum", "papers", "last", "late", "original", "none",
    ],
)  # fmt: skip
def test_the_verdict_names_every_rule_that_failed(changes, failing, label):
    verdict = rules.verdict_of(rules.Held(**HELD | changes))

    assert (verdict.failing, verdict.label) == (failing, label)
    assert verdict.is_valid is (not failing)


def test_papers_are_due_working_days_before_the_meeting():
    """Over the holiday of October 2026 (1 to 7), and over a week-end."""
    calendar = Calendar({date(2026, 10, n): False for n in range(1, 8)}, frozenset({2026}))

    assert rules.materials_due(date(2026, 10, 8), 1, calendar) == date(2026, 9, 30)
    assert rules.materials_due(date(2026, 11, 16), 1, calendar) == date(2026, 11, 13)
    assert rules.materials_due(date(2026, 11, 12), 3, calendar) == date(2026, 11, 9)
    assert rules.materials_due(date(2026, 11, 12), 0, calendar) == date(2026, 11, 12)


@pytest.mark.parametrize(("share", "whole"), [(1, 2), (2, 5), (4, 3), (1, 0)])
def test_no_body_lowers_the_floor(share, whole):
    terms = rules.Terms(quorum_numerator=share, quorum_denominator=whole)

    assert [reason.field for reason in rules.terms_reasons(terms, basis="13-3-1")] == ["quorum"]
