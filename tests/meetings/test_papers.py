"""Minutes and record: two papers; numbers given when the minutes are signed, none given twice."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.errors import Refused
from documents.models import IssuedDocument, NumberSequence
from meetings import papers, selectors, services
from meetings.enums import VoteMethod
from meetings.models import Meeting
from meetings.rules import Tally, VoteMark
from tests.harness.acting import post_act
from tests.meetings.conftest import NOW, moment
from tests.meetings.refusing import refusal


@pytest.fixture
def enter(client, town):
    def log_in(username):
        client.force_login(town[username], backend="accounts.backends.PostedBackend")
        return client

    return log_in


@pytest.fixture
def closed(town) -> Meeting:
    """One on leave, one recused; of 7, five agree."""
    meeting = town.plan(invited="资产监管部 周宁")
    item = town.placed(meeting)
    town.attend(meeting, leave=1)
    votes = town.votes(meeting, "aaaaaa")
    votes[0] = VoteMark(member=votes[0].member, is_recused=True, recusal_reason="配偶在合作方任职")
    town.conclude(item, "aaaaaa", votes=votes)
    return town.close(meeting, record_text="刘洋当面提出退出条款过松。")


def issue(town, meeting: Meeting, **changes) -> Meeting:
    facts = {
        "minutes_text": "会议强调，要守住公益底线。",
        "signed_by": "赵磊",
        "signed_on": date(2025, 11, 20),
        "by": town["secretary"],
        "at": NOW,
    }
    return services.issue_minutes(meeting=meeting, **facts | changes)


def text_of(content: bytes) -> str:
    """The words of a PDF, without the breaks of its lines and the numbers of its pages."""
    pages = PdfReader(BytesIO(content)).pages
    return re.sub(r"—\d—", "", "".join("".join(page.extract_text() for page in pages).split()))


def body_of(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_minutes_are_numbered_by_body_and_year_when_signed(town, closed):
    assert closed.minutes_number == ""

    meeting = issue(town, closed)

    assert meeting.minutes_number == "西安市总工会党组纪〔2025〕1号"
    assert meeting.minutes_document.number == meeting.minutes_number
    assert NumberSequence.objects.get(series=f"minutes:{town.group.pk}", year=2025).last == 1


def test_void_minutes_keep_their_number_and_the_next_takes_another(town, closed):
    first = issue(town, closed)
    act = {"by": town["secretary"], "at": NOW}

    assert refusal(issue, town, first) == [
        "纪要 西安市总工会党组纪〔2025〕1号 已经签发；有误的，先作废再重新签发。"
    ]
    assert refusal(services.void_minutes, meeting=first, reason=" ", **act) == ["请填写作废原因。"]
    services.void_minutes(meeting=first, reason="请假人姓名写错", **act)
    second = issue(town, first)

    assert second.minutes_number == "西安市总工会党组纪〔2025〕2号"
    kept = IssuedDocument.objects.filter(kind="minutes").order_by("number")
    assert [(one.number[-2:], one.status, one.void_reason) for one in kept] == [
        ("1号", "void", "请假人姓名写错"), ("2号", "in_force", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signed_by": "孙 悦"}, "纪要签发人不能是记录人（孙悦）本人。"),
        (
            {"signed_on": date(2025, 11, 18)},
            "纪要签发日期不能早于会议日（2025-11-19），也不能晚于今天。",
        ),
        (
            {"signed_on": date(2025, 11, 21)},
            "纪要签发日期不能早于会议日（2025-11-19），也不能晚于今天。",
        ),
        ({"minutes_text": " "}, "请填写会议纪要：纪要与记录是两份文件。"),
    ],
    ids=["recorder", "before", "future", "empty"],
)
def test_minutes_that_may_not_be_issued_take_no_number(town, closed, changes, sentence):
    assert refusal(issue, town, closed, **changes) == [sentence]
    assert not NumberSequence.objects.filter(series=f"minutes:{town.group.pk}").exists()


def test_a_meeting_without_quorum_has_no_minutes(town):
    meeting = town.plan()
    town.placed(meeting)
    town.attend(meeting, leave=3)
    meeting = town.close(meeting)

    assert refusal(issue, town, meeting) == ["会议到会人数不足、未形成结论，没有可以签发的纪要。"]
    refusal(issue, town, meeting, by=town["leader"], error=Refused)


def test_minutes_print_who_was_there_who_left_and_what_was_agreed(town, closed, enter):
    services.add_resolution(
        meeting=closed, text="补充退出条款", owner="周宁", department_kind="asset",
        due_on=date(2025, 12, 1), by=town["secretary"], at=NOW,
    )  # fmt: skip
    meeting = issue(town, closed)
    client = enter("asset.officer")

    printed = text_of(body_of(client.get(f"/meetings/{meeting.pk}/minutes/pdf/")))

    for words in (
        "西安市总工会党组会议纪要",
        "西安市总工会党组纪〔2025〕1号",
        "应到7人，实到6人，回避1人（计入应到）；同意5票，不同意0票，弃权0票，缓议0票",
        "李强回避并离席，未参加讨论和表决。",
        "1.补充退出条款（责任：资产监督管理部门（周宁）；时限：2025年12月1日）",
        "出席：李强、张华、刘洋、陈静、杨帆、赵磊",
        "请假：王敏（出差）",
        "列席：资产监管部周宁",
        "签发：赵磊",
    ):
        assert "".join(words.split()) in printed, words
    assert "刘洋当面提出退出条款过松" not in printed
    assert "配偶在合作方任职" not in printed


def test_record_prints_everything_for_its_circle_only(town, closed, enter):
    client = enter("leader")
    printed = text_of(body_of(client.get(f"/meetings/{closed.pk}/record/pdf/")))

    for words in (
        "西安市总工会党组会议记录（2025年第12次）",
        "刘洋当面提出退出条款过松。",
        "回避、离席配偶在合作方任职",
        "主要负责人末位表态是",
        "有效；待补：签字原件",
        "主持人（签字）",
        "仅限知悉范围",
    ):
        assert "".join(words.split()) in printed, words
    for username in ("asset.officer", "province.secretary", "baoji.secretary"):
        assert enter(username).get(f"/meetings/{closed.pk}/record/pdf/").status_code == 404


def test_secret_ballot_prints_totals_and_no_names(town):
    meeting = town.plan(vote_method=VoteMethod.SECRET_BALLOT)
    item = town.placed(meeting)
    town.attend(meeting)
    votes = [
        VoteMark(member=vote.member, speaking_order=vote.speaking_order)
        for vote in town.votes(meeting, "aaaaaaa")
    ]
    ballot = {"agree": 5, "disagree": 2}
    town.conclude(item, "aaaaaaa", votes=votes, ballot=Tally(**ballot))

    (printed,) = papers.record_context(town.close(meeting))["items"]

    assert {vote["choice"] for vote in printed["votes"]} == {"无记名"}
    assert "同意5票，不同意2票" in printed["counts"]


def test_late_entry_is_on_page_paper_and_ledger(town, enter):
    """The meeting of 3 November is entered on the 20th: 13 working days after it."""
    meeting = town.plan(starts_at=moment("2025-11-03 09:00"), at=NOW)
    item = town.queue(at=moment("2025-10-20 09:00"))
    services.place_item(
        item=item, meeting=meeting, reporter="周宁", materials_sent_on=date(2025, 10, 31),
        by=town["secretary"], at=NOW,
    )  # fmt: skip
    town.attend(meeting)
    town.conclude(meeting.items.get(), "aaaaaaa")
    meeting = issue(town, town.close(meeting))

    assert meeting.is_late_entry
    assert "补录" in enter("asset.officer").get(f"/meetings/{meeting.pk}/").content.decode()
    town.plan(session="2025年第13次")
    counted = enter("auditor").get("/meetings/?tab=late").content.decode()
    assert "1 次会议" in counted
    assert f"/meetings/{meeting.pk}/" in counted
    assert [one.late for one in selectors.bodies_for(town["auditor"]) if one.late] == [1]
    assert "本次会议为会后补录。" in meeting.minutes_document.snapshot
    assert dict(papers.record_context(meeting)["basics"])["补录"].startswith("补录")


def test_substitute_of_a_party_group_stands_on_both_papers(town, closed):
    words = "未设党组，经区委同意由主席团会议代行"
    closed.body.substitute_for = words

    assert papers.minutes_context(closed)["substitute"] == f"代行职责说明：{words}"
    assert dict(papers.record_context(closed)["basics"])["代行职责"] == words


@pytest.mark.parametrize("page", ["minutes", "minutes/void", "resolutions/new"])
def test_pages_of_papers_are_the_secretarys(enter, closed, page):
    address = f"/meetings/{closed.pk}/{page}/"

    assert enter("secretary").get(address).status_code == 200
    assert enter("leader").get(address).status_code == 403
    assert enter("baoji.secretary").get(address).status_code == 404


def test_minutes_are_issued_in_the_browser_and_refused_with_what_was_typed(enter, town, closed):
    client = enter("secretary")
    address = f"/meetings/{closed.pk}/minutes/"
    facts = {"minutes_text": "会议强调公益。", "signed_by": "孙悦", "signed_on": "2025-11-19"}
    facts |= {"version": closed.version}

    answer = post_act(client, address, facts)
    assert (answer.status_code, "会议强调公益。" in answer.content.decode()) == (422, True)

    assert post_act(client, address, facts | {"signed_by": "赵磊"}).status_code == 302
    assert "西安市总工会党组纪〔2025〕1号" in client.get(address).content.decode()
