"""The pages of union plans as their people use them."""

import pytest

from planning.models import UnionPlan
from tests.approvals import walk
from tests.harness.acting import post_act
from tests.planning.builders import draft, fresh, in_force, submit, texts_of, write

pytestmark = pytest.mark.django_db
LIST = "/union-plans/"


def page(plan: UnionPlan, act: str = "") -> str:
    return f"{LIST}{plan.pk}/{act + '/' if act else ''}"


def words(response) -> str:
    return response.content.decode()


def test_a_plan_is_begun_written_and_put_before_the_meeting(world, log_in):
    client = log_in(world["asset.officer"])
    new = {"kind": "local_scheme", "union": world.xian.pk, "title": "西安市具体方案", "venue": ""}
    answer = post_act(client, f"{LIST}new/", new)
    plan = UnionPlan.objects.get()
    assert answer.headers["Location"] == page(plan, "edit")
    rows = {
        "steps-TOTAL_FORMS": 1, "steps-INITIAL_FORMS": 0, "steps-0-content": "先行试点",
        "steps-0-criteria": "总结通过", "steps-0-owner": "周宁", "steps-0-due_on": "2027-06-30",
    }  # fmt: skip
    body = {"title": plan.title, "starts_on": "2026-01-01", "ends_on": "2028-12-31",
            "version": plan.version, **texts_of(plan.kind), **rows}  # fmt: skip
    assert post_act(client, page(plan, "edit"), body).status_code == 302
    assert [one.content for one in plan.steps.all()] == ["先行试点"]
    plan = fresh(plan)
    facts = {"body": world.bodies["party_group"].pk, "version": plan.version}
    assert post_act(client, page(plan, "submit"), facts).status_code == 302
    assert fresh(plan).state == "queued"
    assert "会议秘书" in words(client.get(page(plan)))


def test_a_refused_submission_keeps_the_page_and_says_what_is_missing(world, log_in):
    plan = draft(world)
    client = log_in(world["asset.officer"])
    facts = {"body": world.bodies["party_group"].pk, "version": plan.version}
    answer = post_act(client, page(plan, "submit"), facts)
    assert answer.status_code == 422
    assert "请填写“依据一：本地区、本行业经济和社会发展状况”。" in words(answer)
    assert fresh(plan).state == "draft"


def test_the_secretary_records_the_vote_at_the_address_of_all_items(world, log_in):
    plan = submit(world, write(world, draft(world)))
    item = walk.seat(world, walk.waiting(plan.pk)).items.get()
    client = log_in(world["secretary"])
    text = words(client.get(f"/agenda/{item.pk}/decide/"))
    assert "查看实施规划" in text
    assert "西安市总工会" in text


def test_only_the_leader_issues(world, log_in):
    plan = in_force(world)
    UnionPlan.objects.filter(pk=plan.pk).update(
        state="decided", number=None, issued_by=None, issued_at=None
    )
    facts = {"version": plan.version}
    assert post_act(log_in(world["asset.head"]), page(plan, "issue"), facts).status_code == 403
    assert post_act(log_in(world["leader"]), page(plan, "issue"), facts).status_code == 302
    assert fresh(plan).state == "in_force"


def test_a_foreign_plan_and_a_missing_one_are_the_same(world, log_in):
    plan = in_force(world)
    client = log_in(world["baoji.officer"])
    missing = page(plan).replace(str(plan.pk), "6a4181a7-d70e-4f08-a0e5-42f011dce2b3")
    assert client.get(page(plan)).status_code == client.get(missing).status_code == 404


def test_the_venue_reads_what_its_union_issued_and_no_draft(world, log_in):
    issued, begun = in_force(world), draft(world, "local_scheme")
    client = log_in(world["venue.staff"])
    assert client.get(page(issued)).status_code == 200
    assert client.get(page(begun)).status_code == 404
    assert issued.title in words(client.get(LIST))


def test_the_coverage_names_who_has_a_plan_and_who_has_none(world, log_in):
    plan = in_force(world)
    client = log_in(world["asset.officer"])
    text = words(client.get(f"{LIST}coverage/"))
    assert plan.number in text
    owing = words(client.get(f"{LIST}coverage/?show=missing"))
    assert "西安市总工会" in owing  # its 具体方案 is not there
    in_force(world, "local_scheme")
    owing = words(client.get(f"{LIST}coverage/?show=missing"))
    assert plan.number not in owing


def test_the_print_is_a_pdf(world, log_in):
    plan = in_force(world)
    answer = log_in(world["asset.officer"]).get(page(plan, "pdf"))
    assert answer.content[:5] == b"%PDF-"
