"""The venue's pages, as people of other places and duties meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.models import Proposal, Section
from approvals.services import drafting
from documents.selectors import attachments_of
from tests.approvals import builders
from tests.approvals.addresses import page
from tests.approvals.builders import moment
from tests.documents.corpus import pdf
from tests.harness.acting import post_act

OWN_PAGES = ["proposal_edit", "experts", "venue_decision", "proposal_check", "return_points"]


@pytest.mark.parametrize("name", OWN_PAGES)
def test_the_managers_pages_open(world, log_in, complete_draft, name):
    response = log_in(world["venue.manager"]).get(page(name, complete_draft))

    assert response.status_code == 200


@pytest.mark.parametrize("mode", ["external", "internal", ""])
def test_every_section_opens(world, log_in, mode):
    if mode:
        builders.grant_overall_plan(world)
    proposal = builders.new_plan(world, mode)
    client = log_in(world["venue.staff"])

    codes = list(builders.sections_for(world, proposal))
    found = {code: client.get(page("section_edit", proposal, code)).status_code for code in codes}

    assert found == dict.fromkeys(codes, 200)


@pytest.mark.parametrize("name", [*OWN_PAGES, "guidance"])
@pytest.mark.parametrize(
    "who", ["other.manager", "away.manager", "baoji.officer", "county.officer"]
)
def test_a_draft_is_nobody_elses(world, log_in, complete_draft, name, who):
    response = log_in(world[who]).get(page(name, complete_draft))

    assert response.status_code in (403, 404)
    assert complete_draft.title not in response.content.decode()


def test_a_draft_not_shared_is_unknown_to_the_union(world, log_in, draft):
    client = log_in(world["asset.officer"])

    assert client.get(page("guidance", draft)).status_code == 404

    drafting.share_for_guidance(
        proposal=draft, by=world["venue.staff"], at=moment("2026-10-02 09:00")
    )

    assert client.get(page("guidance", draft)).status_code == 200
    assert client.get(page("proposal_edit", draft)).status_code == 403


def test_staff_do_not_decide_or_submit(world, log_in, complete_draft):
    client = log_in(world["venue.staff"])

    for name in ("venue_decision", "proposal_check", "proposal_withdraw"):
        assert client.get(page(name, complete_draft)).status_code == 403


def test_a_section_of_another_mode_is_not_there(world, log_in):
    builders.grant_overall_plan(world)
    proposal = builders.new_plan(world, "internal")

    response = log_in(world["venue.staff"]).get(page("section_edit", proposal, "contract_elements"))

    assert response.status_code == 404


def test_a_plan_is_started(world, log_in):
    builders.grant_overall_plan(world)
    client = log_in(world["venue.staff"])

    response = post_act(
        client, "/proposals/new/", {"choice": "internal", "title": "职工学校师资共享方案"}
    )

    proposal = Proposal.objects.get(title="职工学校师资共享方案")
    assert response.url == page("proposal_edit", proposal)
    assert (proposal.kind, proposal.mode, proposal.stage) == ("operation_plan", "internal", "draft")
    assert proposal.cooperation.mode == "internal"


def test_a_second_overall_plan_is_refused_and_the_title_stays(world, log_in, overall):
    response = post_act(
        log_in(world["venue.staff"]),
        "/proposals/new/",
        {"choice": "overall_plan", "title": "另一份总体方案"},
    )

    assert response.status_code == 422
    assert "已有一份总体方案" in response.content.decode()
    assert "另一份总体方案" in response.content.decode()
    assert Proposal.objects.count() == 1


def test_a_section_is_saved_as_typed(world, log_in, draft):
    data = {
        "project_content": "羽毛球馆运营。",
        "partner_investment": "68.5",
        "has_partner_fixed_investment": "yes",
        "fixed_assets-TOTAL_FORMS": "2",
        "fixed_assets-INITIAL_FORMS": "0",
        "fixed_assets-0-item": "运动地板",
        "fixed_assets-0-quantity": "8",
        "fixed_assets-0-amount": "40",
    }

    response = post_act(
        log_in(world["venue.staff"]), page("section_edit", draft, "contract_elements"), data
    )

    assert response.status_code == 302
    section = Section.objects.get(proposal=draft, code="contract_elements")
    assert section.data["partner_investment"] == "685000.00"
    assert section.data["fixed_assets"] == [
        {"item": "运动地板", "quantity": "8", "amount": "400000.00"}
    ]
    assert section.data["exit"] == ""
    draft.refresh_from_db()
    assert draft.partner_investment == 685000
    assert draft.has_partner_fixed_investment is True


def test_kept_yuan_are_shown_in_wan(world, log_in, complete_draft):
    builders.change(world, complete_draft, "contract_elements", partner_investment="1000000.00")

    html = (
        log_in(world["venue.staff"])
        .get(page("section_edit", complete_draft, "contract_elements"))
        .content.decode()
    )

    assert 'name="partner_investment" value="100"' in html


def test_a_deleted_row_is_gone(world, log_in, complete_draft):
    data = {
        "milestones-TOTAL_FORMS": "2",
        "milestones-INITIAL_FORMS": "2",
        "milestones-0-name": "签订合同",
        "milestones-0-DELETE": "on",
        "milestones-1-name": "场馆改造",
        "milestones-1-owner": "陈晨",
        "milestones-1-due_on": "2027-02-28",
    }

    post_act(log_in(world["venue.staff"]), page("section_edit", complete_draft, "roadmap"), data)

    rows = Section.objects.get(proposal=complete_draft, code="roadmap").data["milestones"]
    assert [row["name"] for row in rows] == ["场馆改造"]


def test_the_same_text_in_two_parts_is_told_at_once_and_kept(world, log_in, draft):
    client = log_in(world["venue.staff"])
    text = "必要可行可操作。"

    response = post_act(
        client,
        page("section_edit", draft, "appraisal"),
        {"necessity": text, "feasibility": text, "operability": "另一段。"},
    )

    assert "“可行性”与“必要性”文字完全相同" in client.get(response.url).content.decode()
    assert Section.objects.get(proposal=draft, code="appraisal").data["feasibility"] == text


def test_the_lease_screen_stands_on_the_negative_list(world, log_in, complete_draft):
    builders.change(world, complete_draft, "contract_elements", exit="合作方承包经营到期退出。")

    html = (
        log_in(world["venue.staff"])
        .get(page("section_edit", complete_draft, "negative_list"))
        .content.decode()
    )

    assert "疑似变相出租承包" in html
    assert "硬性迹象" in html


def test_the_venues_baseline_stands_beside_the_five_constants(world, log_in, draft):
    html = (
        log_in(world["venue.staff"])
        .get(page("section_edit", draft, "five_constants"))
        .content.decode()
    )

    assert "现登记：陕（2020）西安市不动产权第 1 号" in html


def test_a_file_is_uploaded_and_fetched_by_those_on_the_matter(world, log_in, submitted):
    proposal = builders.new_plan(world, "internal", title="附件方案")
    client = log_in(world["venue.staff"])
    response = post_act(
        client, page("section_edit", proposal, "safety"), {"file": _upload("应急预案.pdf")}
    )
    assert response.status_code == 302
    html = client.get(page("section_edit", proposal, "safety")).content.decode()
    attachment = attachments_of(proposal.pk).get()
    url = page("proposal_file", proposal, attachment.pk)
    assert url in html

    got = client.get(url)
    assert got.status_code == 200
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert client.get(page("proposal_file", submitted, attachment.pk)).status_code == 404
    assert log_in(world["asset.officer"]).get(url).status_code == 404
    assert log_in(world["other.manager"]).get(url).status_code == 404


def _upload(name, content=None):
    return SimpleUploadedFile(name, pdf() if content is None else content)


def test_a_file_that_is_not_what_it_says_keeps_the_text(world, log_in, draft):
    response = post_act(
        log_in(world["venue.staff"]),
        page("section_edit", draft, "safety"),
        {"measures": "每日巡检。", "file": _upload("预案.pdf", b"MZ not a pdf")},
    )

    assert response.status_code == 422
    assert "每日巡检。" in response.content.decode()
    assert not Section.objects.filter(proposal=draft, code="safety").exists()
