"""Submitting and signing over HTTP: once per key, on what was seen, with the pages' reasons."""

import uuid
from datetime import date

import pytest

from approvals.enums import Node, Outcome, Stage
from approvals.models import Opinion, Proposal, ProposalVersion
from approvals.services import submission
from audit.models import Event
from core.errors import ActionBlocked
from core.models import Command
from partners.selectors import due_diligence_of
from tests.approvals import walk
from tests.approvals.builders import decide, fresh, moment

pytestmark = pytest.mark.django_db
KEY = "0b8f9c52-6d6d-4c3e-9d2c-6b0d6a3f2c11"
LONG = "收益测算依据不足，请补充近三年客流数据。"


@pytest.fixture
def decided(world, complete_draft):
    """A plan that only waits to be submitted."""
    return decide(world, complete_draft)


def pledge(plan: Proposal, **changes) -> dict:
    return {"version": plan.version, "pledge": True} | changes


def opinion_on(task, **changes) -> dict:
    seen = {"version": task.version, "content_sha256": task.plan_version.sha256}
    return seen | {"outcome": "agree", "text": "同意。"} | changes


def path_of(task) -> str:
    return f"tasks/{task.pk}/opinion/"


def reasons(answer) -> list[tuple]:
    return [(one["code"], one["message"], one["field"]) for one in answer.json()["reasons"]]


def test_a_plan_is_submitted(world, decided, call):
    manager = call("venue.manager")

    answer = manager.post(f"proposals/{decided.pk}/submit/", pledge(decided), key=KEY)

    assert answer.status_code == 201
    shown = answer.json()
    version = ProposalVersion.objects.get(proposal=decided)
    assert (shown["no"], shown["sha256"]) == (1, version.sha256)
    assert shown["proposal"]["stage"]["code"] == "formal_review"
    assert shown["proposal"]["number"] == "HZ-2026-0001"
    assert shown["proposal"]["version"] == fresh(decided).version
    assert manager.get(answer["Location"]).json()["sha256"] == version.sha256
    event = Event.objects.get(code="approvals.proposal.submitted")
    assert (str(event.command_id), event.actor_name) == (KEY, "冯岚")


def test_the_row_history_names_the_person_of_the_token(world, decided, call):
    call("venue.manager").post(f"proposals/{decided.pk}/submit/", pledge(decided))

    assert decided.history.order_by("-history_id").first().history_user == world["venue.manager"]


def test_the_same_request_twice_is_carried_out_once_and_answered_alike(world, decided, call):
    manager, path, body = call("venue.manager"), f"proposals/{decided.pk}/submit/", pledge(decided)

    first, second = (manager.post(path, body, key=KEY) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first["Location"] == second["Location"]
    assert second["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert ProposalVersion.objects.filter(proposal=decided).count() == 1


def test_the_order_of_names_in_a_body_changes_nothing(world, decided, call):
    manager, path, body = call("venue.manager"), f"proposals/{decided.pk}/submit/", pledge(decided)
    manager.post(path, body, key=KEY)

    again = manager.post(path, dict(reversed(body.items())), key=KEY)

    assert again.status_code == 201


def test_a_key_with_other_content_is_refused(world, decided, call):
    manager, path = call("venue.manager"), f"proposals/{decided.pk}/submit/"
    manager.post(path, pledge(decided), key=KEY)

    other = manager.post(path, pledge(decided, version=decided.version + 1), key=KEY)
    elsewhere = manager.post(f"proposals/{uuid.uuid4()}/submit/", pledge(decided), key=KEY)

    assert (other.status_code, elsewhere.status_code) == (409, 409)
    assert other.json()["type"].endswith("#problem-key-taken")


def test_a_key_is_its_persons_own(world, submitted, call):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    call("asset.officer").post(path_of(task), opinion_on(task), key=KEY)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")

    answer = call("cosign.finance").post(path_of(finance), opinion_on(finance), key=KEY)

    assert answer.status_code == 201


def test_a_refused_request_leaves_its_key_free(world, decided, call):
    manager, path = call("venue.manager"), f"proposals/{decided.pk}/submit/"

    refused = manager.post(path, pledge(decided, version=decided.version - 1), key=KEY)
    mended = manager.post(path, pledge(decided), key=KEY)

    assert (refused.status_code, mended.status_code) == (409, 201)
    assert Command.objects.count() == 1


@pytest.mark.parametrize("key", ["", "1", "not-a-uuid", "0b8f9c52-6d6d-4c3e-9d2c"])
def test_an_act_without_a_key_is_not_begun(world, decided, call, key):
    answer = call("venue.manager").post(
        f"proposals/{decided.pk}/submit/", pledge(decided), key=key or " "
    )

    assert answer.status_code == 400
    assert answer.json()["reasons"][0]["field"] == "Idempotency-Key"
    assert not ProposalVersion.objects.exists()


def test_a_stale_version_is_refused(world, decided, call):
    answer = call("venue.manager").post(
        f"proposals/{decided.pk}/submit/", pledge(decided, version=decided.version - 1)
    )

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#problem-stale-version")
    assert "刷新" not in answer.content.decode()


@pytest.mark.parametrize("pledged", [False, "true", 1, None])
def test_nobody_submits_without_the_pledge(world, decided, call, pledged):
    answer = call("venue.manager").post(
        f"proposals/{decided.pk}/submit/", pledge(decided, pledge=pledged)
    )

    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["field"] == "pledge"


def test_what_stands_in_the_way_is_what_the_service_and_the_page_say(world, decided, call, log_in):
    found = due_diligence_of(world.partner, world.venue.pk)
    found.items.filter(code="10-6").update(finding="unmet")
    world.venue.readiness.update(valid_until=date(2026, 11, 19))
    plan = fresh(decided)

    answer = call("venue.manager").post(f"proposals/{plan.pk}/submit/", pledge(plan))
    with pytest.raises(ActionBlocked) as refusal:
        submission.submit_proposal(
            proposal=plan, version=plan.version, by=world["venue.manager"],
            at=moment("2026-11-20 10:00"),
        )  # fmt: skip
    page = log_in(world["venue.manager"]).get(f"/proposals/{plan.pk}/check/").content.decode()

    assert answer.status_code == 422
    shown = answer.json()["reasons"]
    assert {one["code"] for one in shown} >= {"10-6"}
    assert [one["message"] for one in shown] == [one.text for one in refusal.value.reasons]
    assert all(one["message"] in page for one in shown)
    record = next(one for one in shown if one["code"] == "10-6")
    assert (record["article"], record["section"]) == ("第十条（六）", "partner")
    assert any(one["section"] == "readiness" for one in shown)


def test_a_desk_signs(world, submitted, call):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)

    answer = call("asset.officer").post(path_of(task), opinion_on(task), key=KEY)

    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["by"], shown["node"]["label"]) == ("周宁", "形式审查")
    assert shown["proposal"]["stage"]["code"] == "countersigning"
    assert Opinion.objects.get(task=task).content_sha256 == task.plan_version.sha256
    assert fresh(submitted).stage == Stage.COUNTERSIGNING


def test_returning_with_points_and_conditions_of_a_countersigner(world, submitted, call):
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    audit = walk.open_task(submitted, Node.COUNTERSIGNATURE, "fund_review")

    conditional = call("cosign.finance").post(
        path_of(finance),
        opinion_on(finance, outcome="conditional", text=LONG, conditions=["补充测算", "列明账户"]),
    )
    returned = call("cosign.audit").post(
        path_of(audit), opinion_on(audit, outcome="return", text=LONG, points=["补充依据"])
    )

    assert [one["text"] for one in conditional.json()["conditions"]] == ["补充测算", "列明账户"]
    assert returned.json()["proposal"]["stage"]["code"] == "returned"
    points = call("venue.staff").get(f"proposals/{submitted.pk}/").json()["file"]["return_points"]
    assert [(one["no"], one["text"]) for one in points] == [(1, "补充依据")]


REFUSED = {
    "short text": {"outcome": "disagree", "text": "不行"},
    "no points": {"outcome": "return", "text": LONG, "points": []},
    "no conditions": {"outcome": "conditional", "text": LONG, "conditions": [" "]},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_page_and_api_refuse_an_opinion_alike(world, submitted, call, log_in, changes):
    walk.accept(world, submitted)
    task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")

    answer = call("cosign.finance").post(path_of(task), opinion_on(task, **changes))
    seen = opinion_on(task) | {"command_id": str(uuid.uuid4())}
    typed = {name: "\n".join(v) if isinstance(v, list) else v for name, v in changes.items()}
    client = log_in(world["cosign.finance"])
    page = client.post(f"/tasks/{task.pk}/opinion/", seen | typed)

    assert answer.status_code == page.status_code == 422
    html = page.content.decode()
    assert reasons(answer)
    assert all(message in html for _code, message, _field in reasons(answer))
    assert not Opinion.objects.filter(task=task).exists()


def test_an_outcome_the_desk_does_not_have(world, submitted, call):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)

    answer = call("asset.officer").post(path_of(task), opinion_on(task, outcome="disagree"))

    assert answer.status_code == 422
    assert reasons(answer) == [(None, "形式审查只能选择：同意、退回。", "outcome")]


def test_nobody_signs_what_they_did_not_see(world, submitted, call):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)

    answer = call("asset.officer").post(path_of(task), opinion_on(task, content_sha256="0" * 64))

    assert answer.status_code == 409
    assert not Opinion.objects.exists()


def test_a_task_already_done_is_stale(world, submitted, call):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    officer = call("asset.officer")
    officer.post(path_of(task), opinion_on(task))

    assert officer.post(path_of(task), opinion_on(task)).status_code == 409


def test_another_desk_is_told_whose_turn_it_is(world, submitted, call, log_in):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    page = log_in(world["cosign.finance"]).post(
        f"/tasks/{task.pk}/opinion/", {"command_id": str(uuid.uuid4())}
    )

    answer = call("cosign.finance").post(path_of(task), opinion_on(task))

    assert answer.status_code == page.status_code == 403
    assert "西安市总工会的对应岗位" in answer.json()["detail"]


def test_a_foreign_plan_and_task_are_not_there(world, submitted, call):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)

    signing = call("baoji.officer").post(path_of(task), opinion_on(task))
    submitting = call("away.manager").post(f"proposals/{submitted.pk}/submit/", {"version": 1})

    assert (signing.status_code, submitting.status_code) == (404, 404)


@pytest.mark.parametrize("username", ["venue.staff", "auditor", "asset.officer"])
def test_who_may_not_submit_is_refused(world, decided, call, username):
    answer = call(username).post(f"proposals/{decided.pk}/submit/", pledge(decided))

    assert answer.status_code == 403


def test_a_token_for_reading_carries_out_nothing(world, submitted, call):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    officer = call("asset.officer", may_write=False)

    answer = officer.post(path_of(task), opinion_on(task))

    assert answer.status_code == 403
    assert "只能读取" in answer.json()["detail"]
    assert officer.get(f"proposals/{submitted.pk}/").status_code == 200
    assert not Opinion.objects.exists()


def test_a_page_and_the_api_share_no_key(world, submitted, call, log_in):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    call("asset.officer").post(path_of(task), opinion_on(task), key=KEY)

    page = log_in(world["asset.officer"]).post(
        f"/tasks/{task.pk}/opinion/", {"command_id": KEY, "outcome": Outcome.AGREE}
    )

    assert page.status_code == 409
