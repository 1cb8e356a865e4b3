"""Experts and guidance."""

import uuid
from datetime import date

import pytest

from accounts.models import Post
from accounts.roles import Role
from approvals.models import Proposal
from approvals.selectors.facts import missing_of
from approvals.selectors.snapshot import snapshot_of
from approvals.services import appraisal
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused, StaleVersion
from tests.approvals import builders
from tests.approvals.builders import TODAY, fresh, moment

AT = moment("2026-10-13 09:00")
NOW = moment("2026-11-20 09:00")


def engage(world, proposal, **changes):
    facts = {
        "kind": "lawyer", "name": "郑律", "firm": "西安公信所", "licence_no": "16101",
        "activity": "consultation", "by": world["venue.staff"], "at": AT,
    }  # fmt: skip
    return appraisal.engage_expert(proposal=proposal, **facts | changes)


def opine(world, engagement, **changes):
    facts = {
        "has_conflict": False, "conflict_statement": "无利害关系。", "opinion": "可行。",
        "conclusion": "agree", "opined_on": date(2026, 10, 13), "version": engagement.version,
        "by": world["venue.staff"], "at": AT, "paper": builders.signed_record(),
    }  # fmt: skip
    return appraisal.declare_and_opine(engagement=engagement, **facts | changes)


def answer(world, engagement, **changes):
    facts = {
        "is_adopted": True, "answer": "采纳。", "version": engagement.version,
        "by": world["venue.staff"], "at": AT,
    }  # fmt: skip
    return appraisal.answer_expert(engagement=engagement, **facts | changes)


def with_account(world, proposal, **changes):
    period = {"username": "expert", "access_from": TODAY, "access_until": TODAY}
    return engage(world, proposal, **period | changes)


def sees(world, proposal) -> bool:
    return Proposal.objects.visible_to(world["expert"]).filter(pk=proposal.pk).exists()


def test_an_expert_with_an_account_sees_the_one_plan_for_the_period(world, draft):
    other = builders.new_plan(world, "internal")

    with_account(world, draft)

    assert sees(world, draft)
    assert not sees(world, other)


@pytest.mark.parametrize(
    ("access_from", "access_until"),
    [(date(2026, 11, 1), date(2026, 11, 19)), (date(2026, 11, 21), date(2026, 11, 30))],
)
def test_outside_the_period_the_plan_is_unknown(world, draft, access_from, access_until):
    with_account(world, draft, access_from=access_from, access_until=access_until)

    assert not sees(world, draft)


def test_the_period_of_one_expert_does_not_open_the_plan_to_another(world, draft):
    second = builders.appoint("expert2", "另一位", Role.EXPERT, None)
    with_account(world, draft, access_from=date(2026, 11, 1), access_until=date(2026, 11, 2))
    with_account(world, draft, username="expert2", name="另一位")

    assert not sees(world, draft)
    assert Proposal.objects.visible_to(second).filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "nobody"}, "username"),
        ({"username": "leader"}, "username"),
        ({"access_until": None}, "access_until"),
        ({"access_until": date(2026, 11, 1)}, "access_until"),
    ],
)
def test_an_engagement_that_does_not_stand_names_its_field(world, draft, changes, field):
    with pytest.raises(ActionBlocked) as refusal:
        with_account(world, draft, **changes)

    assert [reason.field for reason in refusal.value.reasons] == [field]
    assert not draft.engagements.exists()


def test_the_partners_own_people_are_no_experts(world, complete_draft):
    with pytest.raises(ActionBlocked, match="合作方自己的人员"):
        engage(world, complete_draft, firm=f" {world.partner.name} ")


def test_nobody_writes_for_an_expert_with_an_account(world, draft):
    engagement = with_account(world, draft)

    with pytest.raises(Refused, match="本人登录"):
        opine(world, engagement)

    assert opine(world, engagement, by=world["expert"], at=NOW).opinion == "可行。"


def test_a_paper_opinion_is_entered_by_the_venue_only(world, draft):
    engagement = engage(world, draft)

    for who in ("expert", "asset.officer", "other.manager"):
        with pytest.raises(Refused):
            opine(world, engagement, by=world[who])


def test_an_opinion_of_tomorrow_is_refused(world, draft):
    with pytest.raises(ActionBlocked, match="不能晚于今天"):
        opine(world, engage(world, draft), opined_on=date(2026, 10, 14))


def test_a_new_opinion_takes_the_answer_back(world, draft):
    engagement = answer(world, opine(world, engage(world, draft)))
    assert engagement.is_adopted is True

    engagement = opine(world, engagement, opinion="须修改。", conclusion="amend")

    assert (engagement.is_adopted, engagement.answer) == (None, "")


def test_what_the_venue_types_has_the_signed_paper_behind_it(world, draft):
    """第十三条（一）: the opinion is the lawyer's; who types it for them shows their signature."""
    engagement = engage(world, draft, letter=builders.signed_record())

    with pytest.raises(ActionBlocked, match="签字的书面意见扫描件") as refusal:
        opine(world, engagement, paper=None)

    assert [reason.field for reason in refusal.value.reasons] == ["paper"]
    engagement = opine(world, engagement)
    assert (engagement.letter.purpose, engagement.paper.purpose) == (
        "expert:letter", "expert:paper",
    )  # fmt: skip
    first = engagement.paper
    with pytest.raises(ActionBlocked, match="签字的书面意见扫描件"):
        opine(world, engagement, opinion="须修改。", paper=None)  # another wording, another paper
    engagement.refresh_from_db()
    assert (engagement.opinion, engagement.paper) == ("可行。", first)


def test_who_writes_by_an_own_account_needs_no_paper(world, draft):
    engagement = opine(world, with_account(world, draft), by=world["expert"], at=NOW, paper=None)

    assert engagement.paper is None


def test_the_papers_are_on_the_page_and_in_the_frozen_list(world, complete_draft, log_in):
    one = complete_draft.engagements.get(kind="lawyer")
    client = log_in(world["venue.staff"])
    page = client.get(f"/proposals/{complete_draft.pk}/experts/").content.decode()
    url = f"/proposals/{complete_draft.pk}/files/{one.paper_id}/"
    assert url in page
    assert "未上传" in page  # no letter was given
    assert b"".join(client.get(url).streaming_content).startswith(b"\x89PNG")
    assert log_in(world["away.manager"]).get(url).status_code == 404

    names = [one["purpose"] for one in snapshot_of(complete_draft)["attachments"]]
    assert names == ["expert:paper", "expert:paper"]


def test_the_form_asks_for_the_paper(world, draft, log_in):
    url = f"/proposals/{draft.pk}/experts/{engage(world, draft).pk}/record/"
    data = {
        "command_id": uuid.uuid4(), "version": 1, "has_conflict": "no",
        "conflict_statement": "无。", "opinion": "可行。", "conclusion": "agree",
        "opined_on": "2026-11-18",
    }  # fmt: skip
    client = log_in(world["venue.staff"])
    assert 'type="file"' in client.get(url).content.decode()

    refused = client.post(url, data)

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["paper"]
    assert client.post(url, data | {"paper": builders.signed_record()}).status_code == 302


def test_no_answer_before_the_opinion(world, draft):
    with pytest.raises(ActionBlocked, match="尚未出具意见"):
        answer(world, engage(world, draft))


def test_an_answer_to_an_opinion_not_seen_is_stale(world, draft):
    engagement = opine(world, engage(world, draft))

    with pytest.raises(StaleVersion):
        answer(world, engagement, version=1)


def of_experts(proposal) -> list[str]:
    found = missing_of(fresh(proposal), today=TODAY)
    return [one.text for one in found if one.section == "experts"]


def test_a_conflict_beside_an_unconflicted_lawyer_stops_nothing(world, complete_draft):
    """第十三条（一） asks for one lawyer and one expert heard, not that nobody else was asked."""
    before = of_experts(complete_draft)
    early = {"has_conflict": True, "opined_on": date(2026, 1, 5)}  # before the appraisal

    opine(world, engage(world, complete_draft, name="有关系"), **early)

    assert before == of_experts(complete_draft) == []


def test_a_conflict_is_replaced_through_the_page(world, draft, log_in):
    client, base = log_in(world["venue.staff"]), f"/proposals/{draft.pk}/experts/"
    opine(world, engage(world, draft, name="有关系"), has_conflict=True)
    assert any("有关系声明有利害关系" in text and "另聘" in text for text in of_experts(draft))
    assert any("还缺少一名已声明无利害关系并出具意见的律师" in text for text in of_experts(draft))
    one = draft.engagements.get()
    assert f"{base}{one.pk}/end/" in client.get(base).content.decode()  # without an account too

    act = {"command_id": uuid.uuid4(), "version": one.version, "reason": "声明有利害关系"}
    assert client.post(f"{base}{one.pk}/end/", act).status_code == 302
    assert not any("有关系" in text for text in of_experts(draft))
    assert any("还缺少" in text and "律师" in text for text in of_experts(draft))
    answer(world, opine(world, engage(world, draft, name="另聘的")))

    assert not any("律师" in text for text in of_experts(draft))
    page = client.get(base).content.decode()
    assert "有利害关系，意见不采用" in page
    assert "聘请已结束" in page
    assert "2026-11-20：声明有利害关系" in page
    event = events_of(draft.case_id).get(code="approvals.expert.ended")
    assert (event.actor_id, "声明有利害关系" in event.title) == (world["venue.staff"].pk, True)


def test_a_conflict_of_the_lawyer_is_not_answered_by_an_expert(world, draft):
    opine(world, engage(world, draft, name="有关系"), has_conflict=True)
    answer(world, opine(world, engage(world, draft, name="行家", kind="industry_expert")))

    assert any("有关系声明有利害关系" in text for text in of_experts(draft))


def test_a_declared_conflict_is_not_typed_over(world, draft):
    engagement = opine(world, engage(world, draft), has_conflict=True)

    with pytest.raises(ActionBlocked, match="不能改为无利害关系") as refusal:
        opine(world, engagement, has_conflict=False)

    assert refusal.value.reasons[0].field == "has_conflict"
    engagement.refresh_from_db()
    engagement = end(world, engagement)
    with pytest.raises(ActionBlocked, match="聘请已结束"):
        opine(world, engagement, has_conflict=True)


def test_guidance_is_of_the_very_union(world, draft):
    for who in ("province.asset", "county.officer", "baoji.officer", "venue.manager"):
        with pytest.raises(Refused):
            appraisal.record_guidance(
                proposal=draft, content="x", guided_on=TODAY, by=world[who], at=AT
            )


def test_guidance_of_tomorrow_is_refused(world, draft):
    with pytest.raises(ActionBlocked, match="不能晚于今天"):
        appraisal.record_guidance(
            proposal=draft, content="x", guided_on=date(2026, 10, 14),
            by=world["asset.officer"], at=AT,
        )  # fmt: skip


def end(world, engagement, **changes):
    facts = {
        "reason": "论证结束", "version": engagement.version, "by": world["venue.staff"], "at": NOW,
    }  # fmt: skip
    return appraisal.end_engagement(engagement=engagement, **facts | changes)


def test_an_engagement_that_ended_makes_the_plan_unknown_at_once(world, draft, log_in):
    engagement = with_account(world, draft)
    url = f"/proposals/{draft.pk}/experts/{engagement.pk}/opinion/"
    client = log_in(world["expert"])
    assert client.get(url).status_code == 200
    assert sees(world, draft)

    engagement = end(world, engagement)

    assert not sees(world, draft)
    assert client.get(url).status_code == 404
    with pytest.raises(Refused, match="聘请已结束"):
        opine(world, engagement, by=world["expert"], at=NOW)


@pytest.mark.parametrize("day", ["2026-11-19", "2026-11-21"])
def test_outside_the_period_no_opinion_is_taken(world, draft, day):
    """The service asks by itself: a form kept open over the last day changes nothing."""
    engagement = with_account(world, draft)

    with pytest.raises(Refused, match="约定的阅看期间已过"):
        opine(world, engagement, by=world["expert"], at=moment(f"{day} 09:00"))


def test_what_was_said_before_the_end_is_still_answered(world, draft):
    engagement = opine(world, with_account(world, draft), by=world["expert"], at=NOW)

    engagement = answer(world, end(world, engagement), is_adopted=False, answer="已另有测算。")

    assert (engagement.is_adopted, engagement.answer) == (False, "已另有测算。")


def test_ending_one_of_two_engagements_leaves_the_other(world, draft):
    first = with_account(world, draft)
    with_account(world, draft, kind="industry_expert")

    end(world, first)

    assert sees(world, draft)


def test_the_end_is_the_venues_with_a_reason_and_once(world, draft):
    engagement = with_account(world, draft)
    for who in ("expert", "asset.officer", "other.manager"):
        with pytest.raises(Refused):
            end(world, engagement, by=world[who])
    with pytest.raises(ActionBlocked, match="请写明结束聘请的理由"):
        end(world, engagement, reason=" ")
    engagement = end(world, engagement)
    with pytest.raises(StaleVersion, match="已经结束"):
        end(world, engagement)


def test_the_unions_counsel_is_not_the_venues_lawyer(world, draft):
    Post.objects.create(
        user=world["counsel"], role=Role.EXPERT, title="律师", valid_from=date(2026, 1, 1)
    )

    with pytest.raises(ActionBlocked, match="法律顾问不能同时受阵地聘请"):
        with_account(world, draft, username="counsel")


def test_no_statement_and_no_reason_no_opinion_and_no_answer(world, draft):
    with pytest.raises(ActionBlocked, match="请声明与合作方有无利害关系"):
        opine(world, engage(world, draft), conflict_statement=" ")
    engagement = opine(world, engage(world, draft))
    for is_adopted in (True, False):
        with pytest.raises(ActionBlocked, match="不采纳的写明理由"):
            answer(world, engagement, is_adopted=is_adopted, answer=" ")


def test_the_end_in_the_browser(world, draft, log_in):
    engagement = with_account(world, draft)
    url = f"/proposals/{draft.pk}/experts/{engagement.pk}/end/"
    data = {"command_id": uuid.uuid4(), "version": engagement.version, "reason": ""}
    assert log_in(world["away.manager"]).post(url, data).status_code == 404
    client = log_in(world["venue.staff"])
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"reason": "论证结束"}).status_code == 302
    assert "聘请已结束" in client.get(f"/proposals/{draft.pk}/experts/").content.decode()
