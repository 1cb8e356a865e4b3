"""The venue's pages, as people of other places and duties meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from approvals.enums import Stage
from approvals.models import Proposal, Section
from approvals.services import appraisal, drafting, opinions
from core.canonical import sha256_of
from documents.selectors import attachments_of
from meetings.models import Meeting
from tests.approvals import builders
from tests.approvals.builders import moment
from tests.documents.corpus import pdf
from tests.harness.acting import post_act


def page(name, proposal, *args):
    return reverse(f"approvals:{name}", args=[proposal.pk, *args])


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


def test_a_plan_is_decided_and_submitted_in_the_browser(world, log_in, complete_draft):
    client = log_in(world["venue.manager"])
    members = list(world.bodies["venue_board"].members.order_by("order", "pk"))
    vote = {"session": "2026年第12次", "starts_at": "2026-11-19T09:00", "place": "二楼会议室"}
    vote |= {"chair": members[-1].pk, "conclusion": "passed", "resolution": "同意报送。"}
    for order, member in enumerate(members, start=1):
        vote |= {
            f"status_{member.pk}": "present",
            f"choice_{member.pk}": "agree",
            f"order_{member.pk}": order,
        }
    response = post_act(client, page("venue_decision", complete_draft), vote)
    assert response.status_code == 302, response.content.decode()
    check = page("proposal_check", complete_draft)
    refused = post_act(client, check, {"is_true": "on"})
    assert "还没有上传签字的会议记录或签到表扫描件" in refused.content.decode()
    upload = reverse("meetings:meeting_upload", args=[Meeting.objects.get().pk])
    assert upload in refused.content.decode()
    assert post_act(client, upload, {"file": builders.signed_record()}).status_code == 302

    response = post_act(client, check, {"is_true": "on"})

    assert response.url == page("proposal_submitted", complete_draft)
    html = client.get(response.url).content.decode()
    proposal = builders.fresh(complete_draft)
    assert proposal.stage == Stage.FORMAL_REVIEW
    version = proposal.versions.get(no=1)
    assert version.sha256 == sha256_of(version.snapshot)
    assert "HZ-2026-0001" in html
    assert version.sha256[:16] in html
    assert "应于 2026-11-27 前办结" in html


def test_the_pledge_is_asked_for(world, log_in, complete_draft):
    proposal = builders.decide(world, complete_draft)

    response = post_act(log_in(world["venue.manager"]), page("proposal_check", proposal), {})

    assert response.status_code == 422
    assert "请先勾选承诺" in response.content.decode()
    assert builders.fresh(proposal).stage == Stage.VENUE_DECIDED


def test_an_incomplete_plan_is_not_submitted(world, log_in, draft):
    response = post_act(
        log_in(world["venue.manager"]), page("proposal_check", draft), {"is_true": "on"}
    )

    assert response.status_code == 422
    assert builders.fresh(draft).stage == Stage.DRAFT


def test_a_double_click_submits_once(world, log_in, complete_draft):
    proposal = builders.decide(world, complete_draft)
    client = log_in(world["venue.manager"])
    body = {
        "is_true": "on",
        "version": proposal.version,
        "command_id": "11111111-1111-4111-8111-111111111111",
    }

    first = client.post(page("proposal_check", proposal), body)
    second = client.post(page("proposal_check", proposal), body)

    assert first.url == second.url == page("proposal_submitted", proposal)
    assert proposal.versions.count() == 1


def test_a_submitted_plan_is_withdrawn_while_nobody_has_acted(world, log_in, submitted):
    response = post_act(
        log_in(world["venue.manager"]), page("proposal_withdraw", submitted), {"reason": "有误"}
    )

    assert response.status_code == 302
    assert builders.fresh(submitted).stage == Stage.WITHDRAWN


def returned(world, proposal):
    task = proposal.tasks.get()
    opinions.give_opinion(
        task=task, outcome="return", text="请补充客流测算依据并明确责任人。", version=task.version,
        content_sha256=task.plan_version.sha256, points=["补充客流测算依据。", "明确责任人。"],
        by=world["asset.officer"], at=moment("2026-11-04 09:00"),
    )  # fmt: skip
    return builders.fresh(proposal)


def test_a_returned_plan_shows_its_points_and_takes_answers(world, log_in, submitted):
    proposal = returned(world, submitted)
    client = log_in(world["venue.staff"])
    assert "补充客流测算依据。" in client.get(page("proposal_edit", proposal)).content.decode()
    first, second = proposal.return_points.order_by("no")

    response = post_act(
        client,
        page("return_points", proposal),
        {f"answer_{first.pk}": "已补充。", f"answer_{second.pk}": ""},
    )

    assert response.status_code == 302
    html = client.get(response.url).content.decode()
    assert "还有 1 条退回意见没有答复" in html
    assert "已补充。" in html


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


def test_the_list_shows_who_holds_a_plan_and_how_long(world, log_in, submitted):
    html = log_in(world["asset.officer"]).get("/proposals/").content.decode()

    assert "资产监管部门" in html
    assert "HZ-2026-0001" in html
    assert '<td data-label="停留工作日" class="num">14</td>' in html
    # 2026-11-09 was a Monday: 10–13 and 16–20 November are nine working days.
    assert '2026-11-09</span> <span class="said bad-text">超期 9 个工作日</span>' in html


@pytest.mark.parametrize("who", ["other.manager", "baoji.officer", "county.officer", "expert"])
def test_the_list_shows_nothing_of_others(world, log_in, submitted, who):
    html = log_in(world[who]).get("/proposals/").content.decode()

    assert submitted.title not in html


def test_the_tabs_of_the_list(world, log_in, submitted):
    builders.new_plan(world, "internal", title="仍在起草的方案")
    client = log_in(world["venue.manager"])

    drafts = client.get("/proposals/?tab=drafts").content.decode()
    assert "仍在起草的方案" in drafts
    assert submitted.title not in drafts
    assert submitted.title not in client.get("/proposals/?tab=mine").content.decode()
    mine = log_in(world["asset.officer"]).get("/proposals/?tab=mine").content.decode()
    assert submitted.title in mine
    assert "仍在起草的方案" not in mine


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("text=羽毛球", True),
        ("text=HZ-2026", True),
        ("text=游泳", False),
        ("stage=formal_review", True),
        ("stage=approved&kind=operation_plan", False),
        ("kind=operation_plan", True),
        ("venue=not-a-venue&stage=%00", True),
    ],
)
def test_the_list_is_narrowed(world, log_in, submitted, query, is_found):
    html = log_in(world["venue.manager"]).get(f"/proposals/?{query}").content.decode()

    assert (submitted.title in html) is is_found
