"""Hostile input over every form of the venue's side: a sentence, never a fault."""

import uuid

import pytest
from django.urls import reverse

from approvals.models import ExpertEngagement, Proposal, Section
from approvals.rules.fields import SECTIONS, Kind, sections_of
from tests.approvals import builders
from tests.harness.acting import post_act

HOSTILE = {
    "nul": "甲\x00乙",
    "long": "长" * 10_000,
    "html": '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
    "sql": "'; DROP TABLE approvals_proposal; --",
    "huge": "9" * 400,
    "exponent": "1e400",
    "not_a_number": "NaN",
    "infinity": "-Infinity",
    "negative": "-1",
    "foreign": "6a4181a7-d70e-4f08-a0e5-42f011dce2b3",
    "leap": "2027-02-29",
    "february": "2027-02-30",
    "year_nine_thousand": "9999-12-31",
    "year_one": "0001-01-01",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "direction": "\u202e\ufeff𠀀",
}
ANSWERED = (200, 302, 409, 422)


def filled(spec, value) -> dict:
    body = {}
    for one in spec.fields:
        if one.kind is not Kind.ROWS:
            body[one.name] = value
            continue
        body |= {f"{one.name}-TOTAL_FORMS": "3", f"{one.name}-INITIAL_FORMS": "0"}
        body |= {f"{one.name}-1-{column.name}": value for column in one.columns}
    return body


def plan_with(world, draft, spec):
    """A draft that has this section: the external one, or one of the way that is asked it."""
    if spec in sections_of(draft.kind, draft.mode):
        return draft
    mode = next(iter(spec.modes))
    return Proposal.objects.filter(mode=mode).first() or builders.new_plan(world, mode)


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_sections_answer_hostile_text(world, log_in, draft, value):
    client = log_in(world["venue.staff"])
    for spec in SECTIONS:
        plan = plan_with(world, draft, spec)
        url = reverse("approvals:section_edit", args=[plan.pk, spec.code.value])

        response = post_act(client, url, filled(spec, value))

        assert response.status_code in ANSWERED, spec.code
        html = response.content.decode()
        assert "<script>alert(1)" not in html
        assert "<img src=x" not in html
        if response.status_code == 302:
            assert client.get(url).status_code == 200
    edit = reverse("approvals:proposal_edit", args=[draft.pk])
    assert client.get(edit).status_code == 200
    check = reverse("approvals:proposal_check", args=[draft.pk])
    assert log_in(world["venue.manager"]).get(check).status_code == 200


@pytest.mark.parametrize(
    "name", ["nul", "long", "html", "huge", "foreign", "february", "direction"]
)
def test_saving_unasked_answers_hostile_text(world, log_in, draft, name):
    client = log_in(world["venue.staff"])
    for spec in SECTIONS:
        plan = plan_with(world, draft, spec)
        url = reverse("approvals:section_autosave", args=[plan.pk, spec.code.value])
        page = reverse("approvals:section_edit", args=[plan.pk, spec.code.value])

        response = post_act(client, url, filled(spec, HOSTILE[name]), page=page)

        assert response.status_code == 200, spec.code
        news = response.json()
        assert all(news["problems"].values())
        assert "<script>alert(1)" not in news["checks"]
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_exception_form_answers_hostile_text(world, log_in, complete_draft, value):
    url = reverse("approvals:exception_new", args=[complete_draft.pk])
    names = ("rule_code", "facts", "reason", "risk", "mitigation", "lawyer_opinion", "valid_until")

    response = post_act(log_in(world["venue.staff"]), url, dict.fromkeys(names, value))

    html = response.content.decode()
    assert response.status_code == 422
    assert "只有写明“原则上”的条款可以申请" in html
    assert "<script>alert(1)" not in html
    assert not complete_draft.exceptions.exists()


@pytest.mark.parametrize(
    "rows",
    [
        {},
        {"milestones-TOTAL_FORMS": "999999999", "milestones-INITIAL_FORMS": "0"},
        {"milestones-TOTAL_FORMS": "-5", "milestones-INITIAL_FORMS": "x"},
        {
            "milestones-TOTAL_FORMS": "2",
            "milestones-INITIAL_FORMS": "2",
            "milestones-0-due_on": "x",
        },
        {"milestones": ["a", "b"], "milestones-0-name": "x"},
        {"milestones-TOTAL_FORMS": "9" * 5000, "milestones-INITIAL_FORMS": "0"},
    ],
)
def test_a_broken_table_is_answered(world, log_in, draft, rows):
    url = reverse("approvals:section_edit", args=[draft.pk, "roadmap"])

    response = post_act(log_in(world["venue.staff"]), url, rows)

    assert response.status_code in ANSWERED


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 50, "1.5", "2147483648"])
def test_a_broken_version_saves_nothing(world, log_in, draft, version):
    url = reverse("approvals:section_edit", args=[draft.pk, "safety"])

    response = post_act(
        log_in(world["venue.staff"]), url, {"version": version, "measures": "每日巡检。"}
    )

    assert response.status_code in (409, 422)
    assert "每日巡检。" in response.content.decode()
    assert not Section.objects.exists() or not Section.objects.filter(proposal=draft).exists()


@pytest.mark.parametrize(
    ("code", "name", "typed", "sentence"),
    [
        ("overview", "starts_on", "2027-02-30", "日期不存在"),
        ("overview", "starts_on", "1999-12-31", "2000 年至 2100 年"),
        ("contract_elements", "partner_investment", "-1", "不能为负数"),
        ("contract_elements", "partner_investment", "一百万", "请填写金额数字"),
        ("contract_elements", "partner_investment", "1000001", "金额过大"),
        ("four_properties", "welfare_share", "120", "0 到 100"),
        ("safety", "measures", "长" * 5001, "最多 5000 字，现有 5001 字"),
        ("appraisal", "authors", "名" * 121, "最多 120 字，现有 121 字"),
        ("partner", "partner", "6a4181a7-d70e-4f08-a0e5-42f011dce2b3", "请从列出的选项中选择"),
        ("overview", "core_business", "999999", "请从列出的选项中选择"),
        ("negative_list", "uses_seal", "maybe", "请从列出的选项中选择"),
        ("overview", "tags", "nonsense", "请从列出的选项中选择"),
        ("safety", "measures", "甲\x00乙", "控制字符"),
    ],
)
def test_what_cannot_be_kept_is_told_and_stays(world, log_in, draft, code, name, typed, sentence):
    url = reverse("approvals:section_edit", args=[draft.pk, code])

    response = post_act(log_in(world["venue.staff"]), url, {name: typed})

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    if typed.isascii() and len(typed) < 30 and code != "negative_list" and name != "tags":
        assert typed in html or "<select" in html
    assert not Section.objects.filter(proposal=draft).exists()


def test_the_core_business_of_another_venue_is_refused(world, log_in, draft):
    foreign = world.other_venue.core_businesses.order_by("order").first()
    url = reverse("approvals:section_edit", args=[draft.pk, "overview"])

    response = post_act(log_in(world["venue.staff"]), url, {"core_business": foreign.pk})

    assert response.status_code == 422


def test_the_venue_itself_is_no_counterpart(world, log_in, overall):
    proposal = builders.new_plan(world, "internal")
    url = reverse("approvals:section_edit", args=[proposal.pk, "partner"])

    response = post_act(
        log_in(world["venue.staff"]), url, {"counterpart_venue": str(world.venue.pk)}
    )

    assert response.status_code == 422


FORMS = ["proposal_new", "experts", "venue_decision", "proposal_check", "return_points",
         "proposal_withdraw", "withdrawal_ask", "proposal_share", "guidance"]  # fmt: skip
NAMES = ("choice", "title", "venue", "kind", "name", "firm", "licence_no", "activity", "username",
         "access_from", "access_until", "session", "starts_at", "place", "chair", "conclusion",
         "resolution", "is_true", "reason", "content", "guided_on")  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_other_forms_answer_hostile_text(world, log_in, complete_draft, value):
    stage = complete_draft.stage
    for name in FORMS:
        who = "asset.officer" if name == "guidance" else "venue.manager"
        args = [] if name == "proposal_new" else [complete_draft.pk]
        body = dict.fromkeys(NAMES, value)

        response = post_act(log_in(world[who]), reverse(f"approvals:{name}", args=args), body)

        assert response.status_code in (*ANSWERED, 403, 404), name
    assert Proposal.objects.get(pk=complete_draft.pk).stage == stage


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_expert_forms_answer_hostile_text(world, log_in, complete_draft, value):
    engagement = ExpertEngagement.objects.filter(proposal=complete_draft).first()
    names = ("has_conflict", "conflict_statement", "opinion", "conclusion", "opined_on",
             "is_adopted", "answer")  # fmt: skip
    for name in ("expert_record", "expert_answer"):
        url = reverse(f"approvals:{name}", args=[complete_draft.pk, engagement.pk])

        response = post_act(log_in(world["venue.staff"]), url, dict.fromkeys(names, value))

        assert response.status_code == 422
    engagement.refresh_from_db()
    assert engagement.answer == "已列入处置规则。"


def test_an_address_with_strange_ids_is_not_found(world, log_in, draft):
    client = log_in(world["venue.staff"])

    for path in (
        f"/proposals/{uuid.uuid4()}/edit/",
        "/proposals/1/edit/",
        f"/proposals/{draft.pk}/edit/nonsense/",
        f"/proposals/{draft.pk}/edit/%00/",
        f"/proposals/{draft.pk}/experts/{uuid.uuid4()}/answer/",
        f"/proposals/{draft.pk}/files/{uuid.uuid4()}/",
        f"/proposals/{draft.pk}/submitted/",
    ):
        assert client.get(path).status_code == 404, path


def test_a_post_without_a_command_id_is_refused_with_what_was_typed(world, log_in, draft):
    url = reverse("approvals:section_edit", args=[draft.pk, "safety"])

    response = log_in(world["venue.staff"]).post(url, {"version": "0", "measures": "每日巡检。"})

    assert response.status_code == 422
    assert "每日巡检。" in response.content.decode()
