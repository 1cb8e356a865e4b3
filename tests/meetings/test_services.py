"""Each act on bodies, agendas and meetings, and each refusal with its sentence."""

import uuid
from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from audit.selectors import events_of, ledger_faults
from core.errors import ActionBlocked, Refused, StaleVersion
from core.work import gather
from meetings import selectors, services
from meetings.enums import DecisionBodyKind, MeetingState, VoteMethod
from meetings.models import AgendaItem, Meeting, Vote
from meetings.rules import Presence, Tally, Terms, VoteMark
from tests.meetings.conftest import NOW, Town, moment

pytestmark = pytest.mark.databases


def refusal(act, *args, error=ActionBlocked, **kwargs) -> list[str]:
    """What the act is refused with; nothing may have been written."""
    with pytest.raises(error) as caught, transaction.atomic():
        act(*args, **kwargs)
    return [reason.text for reason in caught.value.reasons]


def test_body_takes_its_quorum_from_the_parameter(town):
    terms = selectors.terms_of(town.group, on=date(2025, 11, 1))
    assert (terms.quorum, terms.materials_days, terms.late_entry_days) == ((2, 3), 1, 5)
    assert terms.source == "系统默认（可由主管工会调整）"
    assert town.group.unit_2 == town.xian


def test_quorum_at_or_below_half_is_refused_by_service_and_database(town):
    facts = {"kind": DecisionBodyKind.PARTY_GROUP, "union": town.baoji, "name": "宝鸡市总工会党组"}
    by = town["baoji.secretary"]

    assert refusal(services.form_body, **facts, quorum=(1, 2), by=by, at=NOW) == [
        "到会下限必须超过应到成员的半数，且不超过全体，例如 2/3。"
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        town.group.policies.update(quorum_numerator=1, quorum_denominator=2)


def terms(**changes) -> Terms:
    return Terms(**{"materials_days": 2, "source": "党组议事规则（2025年修订）"} | changes)


def test_policy_holds_from_its_day_and_called_meetings_keep_theirs(town):
    before = town.plan(starts_at=moment("2025-12-08 09:00"), session="2025年第13次", at=NOW)
    act = {"body": town.group, "by": town["secretary"], "at": NOW}

    services.set_policy(
        terms=terms(quorum_numerator=3, quorum_denominator=4, keeps_recused=False),
        valid_from=date(2025, 12, 1),
        **act,
    )
    after = town.plan(starts_at=moment("2025-12-09 09:00"), session="2025年第14次", at=NOW)

    assert (before.terms.quorum, before.keeps_recused) == ((2, 3), True)
    assert (after.terms.quorum, after.keeps_recused) == ((3, 4), False)
    assert selectors.terms_of(town.group, on=date(2025, 11, 30)).quorum == (2, 3)
    assert events_of(town.group.pk).last().title == (
        "西安市总工会党组议事规则：到会不少于应到成员的 3/4，回避成员不计入应到，"
        "材料会前 2 个工作日，自 2025-12-01 起（党组议事规则（2025年修订））"
    )


def test_policy_is_not_backdated_lowered_or_without_a_document(town):
    facts = {"body": town.group, "by": town["secretary"], "at": NOW}

    assert refusal(
        services.set_policy, terms=terms(quorum_denominator=4, source=" "),
        valid_from=date(2025, 11, 19), **facts,
    ) == [
        "到会下限必须超过应到成员的半数，且不超过全体，例如 2/3。",
        "请写明由哪次会议或哪份文件确定；没有依据的，沿用系统默认。",
        "议事规则不能溯及已经开过的会议：施行日期不能早于今天。",
    ]  # fmt: skip
    facts["by"] = town["province.secretary"]
    refusal(
        services.set_policy, terms=terms(), valid_from=date(2025, 12, 1), error=Refused, **facts
    )


def test_papers_later_than_the_bodys_rule_keep_the_item_out(town):
    meeting = town.plan()

    assert refusal(
        services.place_item, item=town.queue(), meeting=meeting, reporter="周宁",
        materials_sent_on=date(2025, 11, 19), by=town["secretary"], at=NOW,
    ) == [
        "《职工书屋共建合作方案》的材料 2025-11-19 才送达，不符合“材料会前送达”规则："
        "本机构要求会前 1 个工作日，最迟 2025-11-18。请改期开会，或改列下一次会议。"
    ]  # fmt: skip


def test_meeting_does_not_open_for_papers_that_came_late(town):
    """Placed before the day was moved forward: the same rule meets it at the door."""
    meeting = town.plan()
    town.placed(meeting)
    meeting.items.update(materials_sent_on=date(2025, 11, 19))

    assert refusal(town.attend, meeting) == [
        "《职工书屋共建合作方案》的材料 2025-11-19 才送达，不符合“材料会前送达”规则："
        "本机构要求会前 1 个工作日，最迟 2025-11-18。请改期开会，或改列下一次会议。"
    ]


def test_union_without_party_group_names_its_substitute(town):
    facts = {
        "kind": DecisionBodyKind.PARTY_GROUP,
        "union": town.beilin,
        "name": "碑林区总工会主席团",
    }
    by = town["beilin.secretary"]

    assert refusal(services.form_body, **facts, by=by, at=NOW) == [
        "碑林区总工会未设党组，请写明由哪个机构代行党组会议职责及其依据。"
    ]
    body = services.form_body(**facts, substitute_for="经区委同意代行", by=by, at=NOW)
    assert selectors.body_of(town.beilin, DecisionBodyKind.PARTY_GROUP) == body


def test_body_is_registered_once(town):
    facts = {"kind": DecisionBodyKind.PARTY_GROUP, "union": town.xian, "name": "党组"}

    assert refusal(services.form_body, **facts, by=town["secretary"], at=NOW) == [
        "已登记过“西安市总工会党组”，不能重复登记。"
    ]


def test_second_principal_and_repeated_member_are_refused(town):
    facts = {"body": town.group, "title": "成员", "order": 8, "valid_from": date(2025, 6, 1)}
    act = {"by": town["secretary"], "at": NOW}

    assert refusal(services.set_member, **facts, name="何平", is_principal=True, **act) == [
        "同一时期已有主要负责人赵磊，请先填写其任职止日。"
    ]
    assert refusal(services.set_member, **facts, name="王敏", **act) == [
        "王敏同一时期已在名单中，不能重复登记。"
    ]


def test_ended_member_leaves_the_roster_but_not_earlier_meetings(town):
    meeting = town.plan()
    first = town.members()[0]

    services.end_member(member=first, on=date(2025, 11, 18), by=town["secretary"], at=NOW)

    assert first not in selectors.roster_of(town.group, on=date(2025, 11, 19))
    assert meeting.attendances.count() == 7


@pytest.mark.parametrize("username", ["baoji.secretary", "province.secretary", "venue.manager"])
def test_only_the_secretary_of_the_union_writes(town, username):
    assert refusal(town.plan, by=town[username], error=Refused) == [
        "您的岗位不能办理这一事项（应由西安市总工会的对应岗位办理）。如确需办理，请联系安全管理员核对岗位。"
    ]


def test_plan_meeting_names_what_is_missing(town):
    stranger = town.members(town.board)[0]

    assert refusal(town.plan, session=" ", place="", chair=stranger) == [
        "请填写届次，例如“2026年第12次”。",
        "请填写会议地点。",
        "主持人须是会议当日在名单上的成员。",
    ]


def test_session_is_registered_once(town):
    town.plan()

    assert refusal(town.plan) == ["西安市总工会党组2025年第12次已经登记过，请核对届次。"]


def test_recorder_of_a_union_body_is_not_a_member(town):
    services.set_member(
        body=town.group,
        name="孙悦",
        title="成员",
        order=8,
        valid_from=date(2025, 1, 1),
        user=town["secretary"],
        by=town["secretary"],
        at=NOW,
    )

    assert refusal(town.plan) == ["会议秘书只记录、不表决：您是本会议成员，请由其他会议秘书登记。"]


def test_same_matter_waits_once_before_a_body(town):
    item = town.queue()

    assert refusal(town.queue, subject_id=item.subject_id) == [
        "《职工书屋共建合作方案》已在西安市总工会党组的议程上，尚未形成结论，不能重复提请。"
    ]
    assert town.queue(town.office, subject_id=item.subject_id).is_waiting


def test_item_goes_to_a_body_of_its_own_union(town):
    assert refusal(town.queue, union=town.baoji) == [
        "西安市总工会党组不是宝鸡市总工会的决策机构，议题只能提请本级机构。"
    ]


def test_withdrawn_item_leaves_the_agenda_and_may_come_again(town):
    item = town.queue()

    services.withdraw_item(item=item, by=town["asset.officer"], at=NOW)

    assert list(selectors.waiting_items(town.xian)) == []
    again = town.queue(subject_id=item.subject_id, version_no=2)
    assert list(selectors.waiting_items(town.xian)) == [again]
    assert refusal(services.withdraw_item, item=item, by=town["asset.officer"], at=NOW) == [
        "《职工书屋共建合作方案》已经撤出议程。"
    ]


def test_place_item_gives_the_next_order(town):
    meeting = town.plan()

    assert [town.placed(meeting).order, town.placed(meeting).order] == [1, 2]


def test_placed_item_is_not_placed_again(town):
    meeting = town.plan()
    item = town.placed(meeting)

    assert refusal(town.placed, meeting, item) == [
        "《职工书屋共建合作方案》已列入会议或已撤出，不能再次列入。"
    ]


def test_item_of_another_body_is_not_placed(town):
    assert refusal(town.placed, town.plan(), town.queue(town.office)) == [
        "《职工书屋共建合作方案》提请的是西安市总工会主席办公会议，不能列入西安市总工会党组。"
    ]


def test_materials_are_sent_before_and_the_item_queued_before_the_meeting(town):
    meeting = town.plan()
    late = town.queue(at=moment("2025-11-20 09:00"))
    act = {"meeting": meeting, "by": town["secretary"], "at": NOW}

    assert refusal(
        services.place_item, item=late, reporter=" ", materials_sent_on=date(2025, 11, 20), **act
    ) == [
        "会议日（2025-11-19）早于议题提请日（2025-11-20），不能列入这次会议。",
        "请填写汇报人。",
        "汇报材料须在会前送达成员：送达日不能晚于会议日（2025-11-19），也不能晚于今天。",
    ]


def test_future_meeting_has_no_attendance(town):
    meeting = town.plan(starts_at=moment("2025-12-01 09:00"))

    assert refusal(town.attend, meeting) == [
        "会议定于 2025-12-01 09:00 召开，尚未开始，不能登记到会和表决。"
    ]


def test_absent_chair_is_replaced_by_one_present(town):
    meeting = town.plan(chair=town.members()[0])

    assert refusal(town.attend, meeting, leave=1) == [
        "主持人王敏未到会，请在到会成员中另定主持人。"
    ]
    meeting = town.attend(meeting, leave=1, chair=town.members()[6])
    assert (meeting.chair.name, meeting.state) == ("赵磊", MeetingState.HELD)


def test_stale_attendance_is_refused(town):
    meeting = town.plan()
    town.attend(meeting)

    assert len(refusal(town.attend, meeting, version=1, error=StaleVersion)) == 1


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


def test_close_meeting_asks_for_conclusions_minutes_and_another_signer(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting)

    assert refusal(
        town.close,
        meeting,
        record_text=" ",
        minutes_text="",
        minutes_signed_by="孙 悦",
        ends_at=moment("2025-11-19 08:00"),
    ) == [
        "请填写会议记录；未形成结论的，写明到会情况。",
        "会议结束时间必须晚于开始时间。",
        "纪要签发人不能是记录人（孙悦）本人。",
        "第 1 项议题《职工书屋共建合作方案》尚未形成结论，请先登记表决。",
        "请填写会议纪要：纪要与记录是两份文件。",
    ]
    town.conclude(item, "aaaaaaa")
    assert town.close(meeting).state == MeetingState.CLOSED
    assert refusal(town.close, meeting) == ["会议已经结束。"]
    assert refusal(town.placed, meeting) == ["会议已经结束，不能再列入议题。请列入下一次会议。"]


def test_planned_meeting_is_not_closed(town):
    assert refusal(town.close, town.plan()) == ["请先登记到会情况。"]


def test_record_after_the_limit_is_a_late_entry_for_ever(town):
    meeting = town.plan(at=moment("2025-11-18 09:00"))
    assert not town.attend(meeting, at=moment("2025-11-26 09:00")).is_late_entry

    assert town.attend(meeting, at=moment("2025-11-27 09:00")).is_late_entry
    town.attend(meeting, at=moment("2025-11-19 10:00"))
    assert Meeting.objects.get().is_late_entry


def venue_meeting(town: Town, **changes) -> dict:
    members = town.members(town.board)
    facts = {
        "body": town.board,
        "session": "2025年第5次",
        "starts_at": moment("2025-11-19 10:00"),
        "place": "文化宫会议室",
        "chair": members[-1],
        "attendance": [Presence(member=member.pk, status="present") for member in members],
        "votes": [
            VoteMark(member=member.pk, choice="agree", speaking_order=order)
            for order, member in enumerate(members, start=1)
        ],
        "conclusion": "passed",
        "resolution": "同意报送。",
        "subject_kind": "proposal",
        "subject_id": uuid.uuid4(),
        "case_id": uuid.uuid4(),
        "title": "职工书屋共建合作方案",
        "url": "/proposals/x/",
        "version_no": 1,
        "content_sha256": "b" * 64,
        "by": town["venue.manager"],
        "at": NOW,
    }
    return facts | changes


def test_hold_meeting_records_the_venue_decision_at_one_go(town):
    item = services.hold_meeting(**venue_meeting(town))

    item.refresh_from_db()
    assert (item.conclusion, item.agree, item.members) == ("passed", 3, 3)
    assert item.meeting.state == MeetingState.CLOSED
    assert item.meeting.venue_id == town.venue_id
    assert list(ledger_faults()) == []


def test_hold_meeting_without_quorum_leaves_nothing(town):
    members = town.members(town.board)
    rows = [
        Presence(member=member.pk, status="present" if member == members[-1] else "absent")
        for member in members
    ]
    votes = [VoteMark(member=members[-1].pk, choice="agree", speaking_order=1)]
    facts = venue_meeting(town, attendance=rows, votes=votes)

    assert refusal(services.hold_meeting, **facts) == [
        "实到 1 人，应到 3 人，未达到到会下限 2 人，不能形成结论。"
        "请以“未形成结论”结束本次会议，议题自动退回议程，另行上会。"
    ]
    assert (Meeting.objects.count(), AgendaItem.objects.count()) == (0, 0)


def test_hold_meeting_is_for_the_venue_alone(town):
    facts = venue_meeting(town, body=town.group, by=town["secretary"])
    assert refusal(services.hold_meeting, **facts) == [
        "只有阵地班子会议可以一次登记；党组会议、主席办公会议由会议秘书逐步登记。"
    ]
    for username in ("secretary", "venue.staff"):
        facts = venue_meeting(town, by=town[username])
        assert len(refusal(services.hold_meeting, **facts, error=Refused)) == 1


def test_hold_meeting_ends_after_it_began_and_not_in_the_future(town):
    for ends_at in (moment("2025-11-19 10:00"), moment("2025-11-20 15:01")):
        facts = venue_meeting(town, ends_at=ends_at)
        assert refusal(services.hold_meeting, **facts) == [
            "会议结束时间必须晚于开始时间，且不能晚于现在。"
        ]


def test_work_of_the_secretary_follows_the_meeting(town, pdf_bytes):
    def acts(username="secretary"):
        return [work.act for work in gather(selectors.work_of(town[username], today=NOW.date()))]

    assert acts() == []
    item = town.queue()
    assert acts() == ["列入会议"]
    meeting = town.plan()
    town.placed(meeting, item)
    town.plan(session="2025年第13次", starts_at=moment("2025-12-30 09:00"))
    assert acts() == ["登记到会"]
    town.attend(meeting)
    assert acts() == ["登记表决、结束会议"]
    item.refresh_from_db()
    town.conclude(item, "aaaaaaa")
    town.close(meeting)
    assert acts() == ["上传签字原件"]
    services.keep_record_file(
        meeting=meeting, upload=BytesIO(pdf_bytes), name="签到表.pdf", by=town["secretary"], at=NOW
    )
    assert acts() == []
    town.queue()
    assert [acts(name) for name in ("leader", "province.secretary", "baoji.secretary")] == [[]] * 3
