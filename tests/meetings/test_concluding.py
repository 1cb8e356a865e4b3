"""How a meeting concludes on an item: votes, counts, quorum, what it asks to be changed."""

import pytest
from django.db import IntegrityError, transaction

from audit.selectors import events_of, ledger_faults
from core.errors import Refused
from meetings import selectors, services
from meetings.enums import MeetingState, VoteMethod
from meetings.models import AgendaItem, Vote
from meetings.rules import Tally, VoteMark
from tests.meetings.conftest import NOW, moment
from tests.meetings.refusing import refusal

pytestmark = pytest.mark.databases


def test_conclude_item_keeps_votes_and_counts(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting, leave=1)

    item = town.conclude(item, "aaaads")

    counts = (item.members, item.present, item.recused, item.agree, item.disagree, item.abstain)
    assert counts == (7, 6, 0, 4, 1, 1)
    assert item.counts
    assert item.votes.count() == 6
    last = events_of(item.case_id).last()
    assert last.title == (
        "西安市总工会党组2025年第12次：通过（应到 7，实到 6，回避 0，"
        "同意 4，不同意 1，弃权 1，缓议 0）"
    )
    assert list(ledger_faults()) == []


def test_written_opinions_of_the_absent_are_kept_but_not_counted(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting, leave=2)

    assert refusal(town.conclude, item, "aaadd") == [
        "不符合“赞成票超过应到半数”规则：赞成 3 票，应到 7 人，须超过半数（至少 4 票），"
        "不能记为“通过”。"
    ]
    assert meeting.attendances.filter(written_opinion="同意").count() == 2
    absent = VoteMark(member=town.members()[0].pk, choice="agree", speaking_order=9)
    votes = [*town.votes(meeting, "aaadd"), absent]
    assert refusal(town.conclude, item, "aaadd", votes=votes) == [
        "表态名单与实到成员不一致：未到会的成员不表决，每人只记一次。"
    ]
    assert Vote.objects.count() == 0


def test_chair_who_spoke_first_is_marked_for_ever(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting)
    votes = [
        VoteMark(member=vote.member, choice=vote.choice, speaking_order=8 - vote.speaking_order)
        for vote in town.votes(meeting, "aaaaaaa")
    ]

    item = town.conclude(item, "aaaaaaa", votes=votes)

    assert item.spoke_last is False
    assert events_of(item.case_id).last().title.endswith("；主要负责人（主持人）未末位表态")
    verdict = selectors.verdicts_of(item.meeting, [item])[item.pk]
    assert verdict.label == "有效，注明：主要负责人末位表态；待补：签字原件"


def test_conclude_without_attendance_without_meeting_or_twice_is_refused(town):
    meeting = town.plan()
    waiting, item = town.queue(), town.placed(meeting)

    assert refusal(
        services.conclude_item,
        item=waiting,
        votes=[],
        conclusion="passed",
        resolution="同意",
        by=town["secretary"],
        at=NOW,
    ) == ["《职工书屋共建合作方案》尚未列入会议，不能表决。请先由会议秘书列入议程。"]
    assert refusal(town.conclude, item, "") == ["请先登记到会情况，再逐项表决。"]
    town.attend(meeting)
    town.conclude(item, "aaaaaaa")
    assert refusal(town.conclude, item, "aaaaaaa") == [
        "《职工书屋共建合作方案》已形成结论“通过”，不能重复表决。"
    ]
    assert refusal(town.attend, meeting) == [
        "已有议题形成结论，到会登记不能再改：票数以登记时的到会人数为准。"
    ]


def test_no_quorum_concludes_nothing_and_requeues_the_same_version(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting, leave=3)
    assert refusal(town.conclude, item, "aaaa") == [
        "实到 4 人，应到 7 人，未达到到会下限 5 人，不能形成结论。"
        "请以“未形成结论”结束本次会议，议题自动退回议程，另行上会。"
    ]

    meeting = town.close(meeting, minutes_text="", minutes_signed_by="")

    assert meeting.state == MeetingState.NO_CONCLUSION
    item.refresh_from_db()
    assert (item.conclusion, item.meeting, item.counts) == ("no_conclusion", meeting, False)
    again = selectors.waiting_items(town.xian).get()
    same = ("subject_id", "case_id", "version_no", "content_sha256", "url")
    assert [getattr(again, name) for name in same] == [getattr(item, name) for name in same]
    assert again.queued_at == meeting.starts_at
    assert [row.pk for row in selectors.items_of(item.subject_id)] == [item.pk, again.pk]
    assert events_of(item.case_id).last().title == (
        "西安市总工会党组2025年第12次到会人数不足（应到 7 人，实到 4 人），未形成结论，退回议程"
    )


def test_returned_item_can_be_decided_at_the_next_meeting(town):
    first = town.plan()
    item = town.placed(first)
    town.attend(first, leave=3)
    town.close(first)
    second = town.plan(session="2025年第13次", starts_at=moment("2025-11-19 15:00"))

    again = town.placed(second, selectors.waiting_items(town.xian).get())
    town.attend(second)

    assert town.conclude(again, "aaaaaaa").subject_id == item.subject_id


def test_changes_count_only_when_the_named_person_confirms(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting)
    facts = {"conclusion": "passed_with_changes", "required_changes": "补充退出条款。"}
    assert refusal(town.conclude, item, "aaaaaaa", **facts) == [
        "修改后通过，须指定一名确认人；经其确认修改到位后才算通过。"
    ]
    assert refusal(town.conclude, item, "aaaaaaa", **facts, confirmer=town["auditor"]) == [
        "钱进在西安市总工会没有确认修改的岗位，请指定分管领导。"
    ]

    item = town.conclude(item, "aaaaaaa", **facts, confirmer=town["leader"])

    assert not item.counts
    confirm = services.confirm_changes
    assert refusal(confirm, item=item, by=town["secretary"], at=NOW, error=Refused) == [
        "会议指定由赵磊确认修改，其他人不能代为确认。"
    ]
    assert confirm(item=item, by=town["leader"], at=NOW).counts
    assert refusal(confirm, item=item, by=town["leader"], at=NOW) == [
        "修改已经确认过，不必重复确认。"
    ]


def test_secret_ballot_keeps_counts_without_names(town):
    meeting = town.plan(vote_method=VoteMethod.SECRET_BALLOT)
    item = town.placed(meeting)
    town.attend(meeting)
    votes = [
        VoteMark(member=vote.member, speaking_order=vote.speaking_order)
        for vote in town.votes(meeting, "aaaaaaa")
    ]
    short = Tally(agree=5, disagree=1)
    assert refusal(town.conclude, item, "aaaaaaa", votes=votes, ballot=short) == [
        "票数不符：实到 7 人，回避 0 人，应有 7 票，现为同意 5、不同意 1、弃权 0、缓议 0，"
        "合计 6 票。请逐人核对。"
    ]

    item = town.conclude(item, "aaaaaaa", votes=votes, ballot=Tally(agree=5, disagree=2))

    assert (item.agree, item.disagree) == (5, 2)
    assert set(item.votes.values_list("choice", flat=True)) == {""}


def test_database_refuses_votes_that_do_not_add_up_or_make_no_majority(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting)
    item = town.conclude(item, "aaaadds")
    rows = AgendaItem.objects.filter(pk=item.pk)

    for change in ({"agree": 5}, {"agree": 3, "defer": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
