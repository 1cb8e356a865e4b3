"""附条件: met by the venue with evidence, confirmed by the department that set it alone."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Post
from accounts.roles import Role
from approvals import permissions
from approvals.enums import ConditionState, Outcome
from approvals.selectors.approval_form import approval_form_context
from approvals.selectors.conditions import open_conditions
from approvals.selectors.facts import facts_of
from approvals.selectors.snapshot import snapshot_of
from approvals.services import conditions
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused, StaleVersion
from tests.approvals import builders, walk
from tests.approvals.builders import TODAY, fresh, moment
from tests.contracts.builders import picture

TEXTS = ["签约前补充第三年客流测算", "公示服务价格"]


@pytest.fixture
def conditional(world, submitted):
    """Countersigned, with two conditions of the finance department."""
    walk.accept(world, submitted)
    conditions_ = {"outcome": Outcome.CONDITIONAL, "conditions": TEXTS}
    return walk.countersign(world, submitted, finance=conditions_)


def upload(name: str = "测算.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture().read())


def first(proposal):
    return proposal.conditions.order_by("pk").select_related("opinion__task").get(text=TEXTS[0])


def report(world, condition, username="venue.staff", **changes):
    facts = {
        "note": "已补充，见附件。", "upload": upload(), "version": condition.version,
        "by": world[username], "at": moment("2026-11-10 09:00"),
    }  # fmt: skip
    return conditions.report_condition(condition=condition, **facts | changes)


def confirm(world, condition, username="cosign.finance", **changes):
    facts = {
        "note": "已核对。", "version": condition.version, "by": world[username],
        "at": moment("2026-11-11 09:00"),
    }  # fmt: skip
    return conditions.confirm_condition(condition=condition, **facts | changes)


def test_a_condition_is_open_reported_met(world, conditional):
    condition = first(conditional)
    assert condition.state is ConditionState.OPEN
    assert set(open_conditions(conditional)) == set(TEXTS)

    condition = report(world, condition)
    assert condition.state is ConditionState.REPORTED
    assert condition.evidence.name == "测算.png"
    assert set(open_conditions(conditional)) == set(TEXTS)

    condition = confirm(world, condition)
    assert condition.state is ConditionState.MET
    assert open_conditions(conditional) == (TEXTS[1],)
    assert facts_of(conditional, today=TODAY).open_conditions == (TEXTS[1],)
    codes = list(events_of(conditional.case_id).values_list("code", flat=True))
    assert codes[-2:] == ["approvals.condition.reported", "approvals.condition.met"]


@pytest.mark.parametrize(
    "username",
    ["cosign.personnel", "cosign.audit", "counsel", "asset.officer", "asset.head", "leader",
     "venue.manager", "auditor", "province.asset"],
)  # fmt: skip
def test_only_the_department_that_set_it_confirms(world, conditional, username):
    condition = report(world, first(conditional))

    with pytest.raises(Refused, match="只能由提出它的“会签 · 财务部门”确认"):
        confirm(world, condition, username)


def test_counsel_confirms_what_counsel_set(world, conditional):
    proposal = walk.clear(world, conditional, outcome=Outcome.CONDITIONAL, conditions=["改第六条"])
    condition = report(world, proposal.conditions.get(text="改第六条"))

    with pytest.raises(Refused):
        confirm(world, condition, "cosign.finance")
    assert confirm(world, condition, "counsel").state is ConditionState.MET


def test_who_drafted_the_plan_confirms_nothing_on_it(world, conditional):
    condition = report(world, first(conditional))
    conditional.drafted_by = world["cosign.finance"]
    conditional.save()

    with pytest.raises(Refused, match="起草人"):
        confirm(world, condition)


def test_without_the_guard_anybody_would_confirm(world, conditional, monkeypatch):
    """The twin: only these two checks keep a stranger from confirming."""
    condition = report(world, first(conditional))
    monkeypatch.setattr(permissions, "require_confirmer", lambda user, condition: None)

    assert confirm(world, condition, "cosign.personnel").state is ConditionState.MET


def test_nothing_is_confirmed_that_was_not_reported(world, conditional):
    with pytest.raises(ActionBlocked, match="阵地还没有报告落实情况"):
        confirm(world, first(conditional))


def test_a_report_that_does_not_do_goes_back_with_what_is_missing(world, conditional):
    condition = confirm(world, report(world, first(conditional)), is_met=False, note="缺第三年。")

    assert condition.state is ConditionState.OPEN
    assert condition.sent_back_note == "缺第三年。"
    assert set(open_conditions(conditional)) == set(TEXTS)
    assert confirm(world, report(world, condition)).state is ConditionState.MET


def test_only_the_venue_reports_and_only_what_is_open(world, conditional):
    condition = first(conditional)
    for username in ("asset.officer", "cosign.finance", "leader"):
        with pytest.raises(Refused):
            report(world, condition, username)
    with pytest.raises(ActionBlocked, match="请写明条件如何落实"):
        report(world, condition, note="  ")
    condition = confirm(world, report(world, condition))
    with pytest.raises(StaleVersion, match="已经确认落实"):
        report(world, condition)


def test_the_condition_of_a_void_opinion_no_longer_counts(world, conditional):
    condition = first(conditional)
    conditional.opinions.filter(pk=condition.opinion_id).update(is_valid=False)

    assert open_conditions(conditional) == ()
    with pytest.raises(ActionBlocked, match="意见已经失效"):
        report(world, condition)


def test_evidence_is_no_part_of_the_plan(world, conditional):
    before = snapshot_of(fresh(conditional))
    report(world, first(conditional))

    assert snapshot_of(fresh(conditional)) == before


def test_the_form_prints_where_each_condition_stands(world, conditional):
    condition = confirm(world, report(world, first(conditional)))
    version = conditional.versions.select_related("submitted_by").get()

    cells = approval_form_context(fresh(conditional), version, today=TODAY)["countersignatures"]

    printed = next(one["opinion"] for one in cells if one["label"] == "财务部门")["conditions"]
    assert [one["text"] for one in printed] == TEXTS
    assert condition.met_by.name in printed[0]["met"]
    assert "确认落实：已核对。" in printed[0]["met"]
    assert printed[1]["met"] == "尚未落实"


def test_the_road_in_the_browser(world, conditional, log_in):
    condition = first(conditional)
    client = log_in(world["venue.staff"])
    assert "报告落实情况" in client.get(f"/proposals/{conditional.pk}/review/").content.decode()
    url = f"/conditions/{condition.pk}/report/"
    data = {"command_id": uuid.uuid4(), "version": condition.version, "note": "已补充。"}
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"file": upload()}).status_code == 302
    condition.refresh_from_db()
    url = f"/conditions/{condition.pk}/met/"
    assert log_in(world["cosign.personnel"]).post(url, data).status_code == 403
    client = log_in(world["cosign.finance"])
    assert "已补充。" in client.get(url).content.decode()
    data = {"command_id": uuid.uuid4(), "version": condition.version, "note": "已核对。"}
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"verdict": "met"}).status_code == 302
    assert first(conditional).state is ConditionState.MET


def test_a_foreign_union_finds_no_condition(world, conditional, log_in):
    condition = first(conditional)
    client = log_in(world["away.manager"])
    assert client.get(f"/conditions/{condition.pk}/report/").status_code == 404
    stranger = builders.appoint(
        "baoji.finance", "宝鸡财务", Role.COUNTERSIGNER, world.baoji, department_kind="finance"
    )
    assert log_in(stranger).get(f"/conditions/{condition.pk}/met/").status_code == 404


def test_both_desks_find_it_on_their_workbench(world, conditional, log_in):
    condition = first(conditional)
    assert "落实所附条件" in log_in(world["venue.staff"]).get("/").content.decode()
    report(world, condition)
    assert "确认条件落实" in log_in(world["cosign.finance"]).get("/").content.decode()
    assert "确认条件落实" not in log_in(world["cosign.audit"]).get("/").content.decode()


def test_the_page_of_a_condition_stays_within_its_queries(world, conditional, log_in):
    condition = report(world, first(conditional))
    client, url = log_in(world["cosign.finance"]), f"/conditions/{condition.pk}/met/"
    client.get(url)

    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200

    assert len(seen) <= 9, "\n".join(one["sql"][:160] for one in seen)


def test_a_post_that_ended_confirms_nothing(world, conditional):
    condition = report(world, first(conditional))
    Post.objects.filter(user=world["cosign.finance"]).update(valid_to=TODAY - timedelta(days=1))

    with pytest.raises(Refused):
        confirm(world, condition)
