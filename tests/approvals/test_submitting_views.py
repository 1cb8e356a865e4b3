"""Deciding, submitting, withdrawing and answering a plan in the browser."""

from django.urls import reverse

from approvals.enums import Stage
from approvals.services import opinions
from core.canonical import sha256_of
from meetings.models import Meeting
from tests.approvals import builders
from tests.approvals.addresses import page
from tests.approvals.builders import moment
from tests.harness.acting import post_act


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
