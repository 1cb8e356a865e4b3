"""作废 of an issued 批复 and of a 退回补正通知: the number stays as void, never given again."""

import pytest

from approvals.enums import Outcome, Stage
from approvals.models import Reply
from approvals.services import papers, replies
from audit.selectors import ledger_faults
from core.errors import ActionBlocked, Refused, StaleVersion
from documents.models import IssuedDocument, NumberEntry
from notifications.models import OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment
from tests.harness.acting import post_act

AT = moment("2026-11-18 09:00")
FIRST, SECOND = "西安市总工会资批〔2026〕1号", "西安市总工会资批〔2026〕2号"
NOTICE = "西安市总工会资退〔2026〕1号"


@pytest.fixture
def replied(world, submitted):
    """A plan of 对外合作 approved by a reply."""
    plan = walk.at_reply(world, submitted)
    walk.drafted_reply(world, plan)
    walk.issued_reply(world, plan)
    return fresh(plan)


def void(world, plan, **changes) -> Reply:
    facts = {
        "reason": "期限写错。",
        "version": fresh(plan).version,
        "by": world["leader"],
        "at": AT,
    }
    return replies.void_reply(proposal=plan, **facts | changes)


def told(title: str) -> set[str]:
    rows = OutboxItem.objects.filter(title=title, channel="inapp").select_related("recipient")
    return {one.recipient.username for one in rows}


def test_a_voided_reply_keeps_its_number_and_the_plan_waits_for_the_next(world, replied):
    void(world, replied)

    plan = fresh(replied)
    assert (plan.stage, plan.decided_at) == (Stage.REPLYING, None)
    paper = IssuedDocument.objects.get(kind="reply")
    assert (paper.status, paper.void_reason, paper.number) == ("void", "期限写错。", FIRST)
    assert NumberEntry.objects.get(text=FIRST).void_reason == "期限写错。"
    assert told(f"批复已作废：{FIRST}") == {
        "venue.staff", "venue.manager", "asset.officer", "asset.head",
    }  # fmt: skip

    walk.drafted_reply(world, plan, requirements="期限改为三年。")
    again = walk.issued_reply(world, plan, at=moment("2026-11-19 09:00"))

    assert again.document_number == SECOND
    assert fresh(plan).stage == Stage.APPROVED
    assert told(f"批复已签发：{SECOND}") == {"venue.staff", "venue.manager"}
    assert [one.text for one in NumberEntry.objects.filter(sequence__kind="reply")] == [
        FIRST, SECOND,
    ]  # fmt: skip
    assert list(ledger_faults()) == []


def test_only_who_issues_a_reply_voids_it_and_says_why(world, replied):
    for username in ("asset.officer", "asset.head", "secretary", "venue.manager", "auditor"):
        with pytest.raises(Refused):
            void(world, replied, by=world[username])
    with pytest.raises(ActionBlocked, match="请写明作废理由"):
        void(world, replied, reason=" ")
    with pytest.raises(StaleVersion):
        void(world, replied, version=replied.version - 1)

    assert fresh(replied).stage == Stage.APPROVED


def test_there_is_nothing_to_void_before_it_is_issued(world, submitted):
    plan = walk.at_reply(world, submitted)
    walk.drafted_reply(world, plan)

    with pytest.raises(ActionBlocked, match="不能办理“作废批复”"):
        void(world, plan)


def test_a_reply_others_rest_on_is_not_voided(world, replied):
    """An overall plan under which an operation plan was approved keeps its reply."""
    overall = builders.Proposal.objects.get(kind="overall_plan")
    Reply.objects.create(
        proposal=overall, drafted_by=world["asset.officer"], drafted_at=AT, state="issued",
        document=IssuedDocument.objects.get(kind="reply"),
    )  # fmt: skip

    with pytest.raises(ActionBlocked, match="已经据此获得批准，批复不能作废"):
        void(world, overall)


def test_the_leader_voids_a_reply_in_the_browser(world, replied, log_in):
    leader, page = log_in(world["leader"]), f"/proposals/{replied.pk}/reply/void/"
    assert page in leader.get(f"/proposals/{replied.pk}/review/").content.decode()

    assert post_act(leader, page, {"reason": ""}).status_code == 422
    assert post_act(leader, page, {"reason": "期限写错。"}).status_code == 302

    text = leader.get(f"/proposals/{replied.pk}/reply/").content.decode()
    assert f"{FIRST} 已作废。" in text
    assert "期限写错。" in text
    assert "不能办理“作废批复”" in leader.get(page).content.decode()
    for username in ("asset.head", "venue.manager"):
        client = log_in(world[username])
        assert client.get(page).status_code == 403
        assert page not in client.get(f"/proposals/{replied.pk}/review/").content.decode()
    assert log_in(world["baoji.officer"]).get(page).status_code in (403, 404)


@pytest.fixture
def noticed(world, submitted):
    """A plan that went back to the venue, told on paper."""
    walk.accept(world, submitted, outcome=Outcome.RETURN, points=("请补充客流测算依据。",))
    papers.issue_return_notice(
        proposal=submitted, by=world["asset.officer"], at=moment("2026-11-05 09:00")
    )
    return fresh(submitted)


def test_a_voided_notice_keeps_its_number_and_another_may_be_issued(world, noticed, log_in):
    head, review = log_in(world["asset.head"]), f"/proposals/{noticed.pk}/review/"
    page = f"/proposals/{noticed.pk}/return-notice/void/"
    assert page in head.get(review).content.decode()
    assert page not in log_in(world["asset.officer"]).get(review).content.decode()

    head = log_in(world["asset.head"])
    assert post_act(head, page, {"reason": "漏写一项。"}).status_code == 302

    text = head.get(review).content.decode()
    assert "已作废" in text
    assert "漏写一项。" in text
    assert NumberEntry.objects.get(text=NOTICE).void_reason == "漏写一项。"
    assert told(f"退回补正通知已作废：{NOTICE}") == {"venue.staff", "venue.manager"}
    again = papers.issue_return_notice(proposal=noticed, by=world["asset.officer"], at=AT)
    assert again.number == "西安市总工会资退〔2026〕2号"
    assert told(f"退回补正通知：{again.number}") == {"venue.staff", "venue.manager"}


def test_only_who_keeps_the_procedure_voids_a_notice_and_says_why(world, noticed):
    facts = {"proposal": noticed, "version": noticed.version, "reason": "漏写。", "at": AT}
    for username in ("asset.officer", "leader", "venue.manager", "auditor"):
        with pytest.raises(Refused):
            papers.void_return_notice(by=world[username], **facts)
    with pytest.raises(ActionBlocked, match="请写明作废理由"):
        papers.void_return_notice(by=world["asset.head"], **facts | {"reason": ""})
    papers.void_return_notice(by=world["asset.head"], **facts)
    with pytest.raises(ActionBlocked, match="没有有效的退回补正通知"):
        papers.void_return_notice(
            by=world["asset.head"], **facts | {"version": fresh(noticed).version}
        )
