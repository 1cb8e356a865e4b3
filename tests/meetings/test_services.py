"""Each act on bodies, agendas and meetings, and each refusal with its sentence."""

import uuid
from datetime import date
from io import BytesIO

import pytest

from audit.selectors import ledger_faults
from core.errors import Refused, StaleVersion
from core.work import gather
from meetings import selectors, services
from meetings.enums import MeetingState
from meetings.models import AgendaItem, Meeting
from meetings.rules import Presence, VoteMark
from tests.meetings.conftest import NOW, Town, moment
from tests.meetings.refusing import refusal

pytestmark = pytest.mark.databases


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
