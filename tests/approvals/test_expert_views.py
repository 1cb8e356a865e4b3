"""Experts, guidance and sharing a draft, in the browser."""

from approvals.services import appraisal, drafting
from tests.approvals import builders
from tests.approvals.addresses import page
from tests.approvals.builders import moment
from tests.harness.acting import post_act


def engage(world, proposal, username=""):
    period = {}
    if username:
        period = {
            "username": username,
            "access_from": builders.TODAY,
            "access_until": builders.TODAY,
        }
    return appraisal.engage_expert(
        proposal=proposal, kind="lawyer", name="郑律", firm="西安公信所", licence_no="16101",
        activity="consultation", by=world["venue.staff"], at=moment("2026-10-13 09:00"), **period,
    )  # fmt: skip


def test_an_expert_reads_and_opines_on_the_one_plan(world, log_in, complete_draft):
    engagement = engage(world, complete_draft, "expert")
    client = log_in(world["expert"])
    url = page("expert_opinion", complete_draft, engagement.pk)
    assert "职工羽毛球馆" in client.get(url).content.decode()

    response = post_act(
        client,
        url,
        {
            "has_conflict": "no",
            "conflict_statement": "与合作方无利害关系。",
            "opinion": "可行。",
            "conclusion": "agree",
            "opined_on": "2026-11-19",
        },
    )

    assert response.url == url
    engagement.refresh_from_db()
    assert (engagement.has_conflict, engagement.conclusion) == (False, "agree")


def test_a_plan_an_expert_was_not_asked_about_is_unknown_to_them(world, log_in, complete_draft):
    own = engage(world, builders.new_plan(world, "internal"), "expert")
    paper = engage(world, complete_draft)
    client = log_in(world["expert"])

    assert client.get(page("expert_opinion", complete_draft, paper.pk)).status_code == 404
    assert client.get(page("expert_opinion", complete_draft, own.pk)).status_code == 404
    assert client.get(page("expert_opinion", own.proposal, paper.pk)).status_code == 404
    assert client.get(page("expert_opinion", own.proposal, own.pk)).status_code == 200


def test_the_venue_does_not_write_for_an_expert_with_an_account(world, log_in, complete_draft):
    engagement = engage(world, complete_draft, "expert")

    response = log_in(world["venue.staff"]).get(
        page("expert_record", complete_draft, engagement.pk)
    )

    assert response.status_code == 403


def test_a_paper_opinion_is_entered_and_answered(world, log_in, draft):
    engagement = engage(world, draft)
    client = log_in(world["venue.staff"])
    post_act(
        client,
        page("expert_record", draft, engagement.pk),
        {
            "has_conflict": "no",
            "conflict_statement": "无。",
            "opinion": "建议修改。",
            "conclusion": "amend",
            "opined_on": "2026-11-18",
            "paper": builders.signed_record(),
        },
    )

    response = post_act(
        client,
        page("expert_answer", draft, engagement.pk),
        {"is_adopted": "no", "answer": "已有同类条款。"},
    )

    assert response.url == page("experts", draft)
    engagement.refresh_from_db()
    assert (engagement.opinion, engagement.is_adopted) == ("建议修改。", False)


def test_an_expert_is_engaged(world, log_in, draft):
    response = post_act(
        log_in(world["venue.staff"]),
        page("experts", draft),
        {
            "kind": "industry_expert",
            "name": "钱教授",
            "firm": "体育学院",
            "licence_no": "教授",
            "activity": "site_visit",
        },
    )

    assert response.status_code == 302
    assert draft.engagements.get().name == "钱教授"


def test_the_union_records_its_guidance(world, log_in, draft):
    drafting.share_for_guidance(
        proposal=draft, by=world["venue.staff"], at=moment("2026-10-02 09:00")
    )

    response = post_act(
        log_in(world["asset.officer"]),
        page("guidance", draft),
        {"content": "建议聘请体育行业专家。", "guided_on": "2026-11-19"},
    )

    assert response.status_code == 302
    assert draft.guidance.get().content == "建议聘请体育行业专家。"


def test_the_higher_union_reads_and_does_not_guide(world, log_in, draft):
    drafting.share_for_guidance(
        proposal=draft, by=world["venue.staff"], at=moment("2026-10-02 09:00")
    )

    assert log_in(world["province.asset"]).get(page("guidance", draft)).status_code == 403


def test_the_draft_is_shared_by_a_button(world, log_in, draft):
    client = log_in(world["venue.staff"])

    response = post_act(client, page("proposal_share", draft), page=page("proposal_edit", draft))

    assert response.url == page("proposal_edit", draft)
    assert builders.fresh(draft).shared_at is not None
