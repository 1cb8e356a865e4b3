"""A venue that never registered its board: from registering it to submitting a plan, by the pages."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from approvals.enums import Stage
from meetings.models import Body
from tests.approvals import builders
from tests.approvals.builders import moment
from tests.harness.acting import post_act
from venues.models import Readiness


@pytest.fixture
def school(world):
    """The world seen from a venue that is ready and has no board."""
    venue, staff = world.other_venue, world["venue.staff"]
    at = moment("2026-06-01 09:00")
    Readiness.objects.create(
        venue=venue, state="ready", drafted_by=staff, started_at=at, submitted_by=staff,
        submitted_at=at, reviewed_by=world["asset.officer"], reviewed_at=at,
        valid_until=date(2027, 5, 31),
    )  # fmt: skip
    clerk = builders.appoint("clerk", "校经办", Role.VENUE_STAFF, world.xian, venue_id=venue.pk)
    people = world.people | {"venue.staff": clerk, "venue.manager": world["other.manager"]}
    return replace(world, venue=venue, people=people, bodies={})


def test_a_venue_registers_its_board_decides_and_submits(school, log_in):
    plan = builders.complete(school, builders.new_plan(school, ""))
    client = log_in(school["venue.manager"])
    decision = reverse("approvals:venue_decision", args=[plan.pk])

    told = client.get(decision).content.decode()
    assert "还没有登记班子会议" in told
    assert reverse("meetings:body_add") in told
    assert (
        post_act(client, decision, {"conclusion": "passed"}).status_code == 200
    )  # nothing is done

    added = post_act(
        client, reverse("meetings:body_add"), {"kind": str(school.venue.pk), "name": "校务会"}
    )
    body = Body.objects.get(venue_id=school.venue.pk)
    told = client.get(decision).content.decode()
    assert "班子会议名单上还没有成员" in told
    assert reverse("meetings:member_add", args=[body.pk]) in told

    for order, name in enumerate(("王敏", "李强", "张华"), start=1):
        member = {"name": name, "title": "校领导", "order": str(order), "valid_from": "2026-01-01"}
        member |= {"is_principal": "on"} if order == 3 else {}
        assert post_act(client, f"{added.url}members/new/", member).status_code == 302

    members = list(body.members.order_by("order"))
    vote = {"session": "2026年第1次", "starts_at": "2026-11-19T09:00", "place": "会议室"}
    vote |= {"chair": members[-1].pk, "conclusion": "passed", "resolution": "同意报送。"}
    vote |= {"record_file": builders.signed_record()}
    for order, one in enumerate(members, start=1):
        vote |= {f"status_{one.pk}": "present", f"choice_{one.pk}": "agree"}
        vote |= {f"order_{one.pk}": order}
    answer = post_act(client, decision, vote)
    assert answer.status_code == 302, answer.content.decode()

    check = reverse("approvals:proposal_check", args=[plan.pk])
    answer = post_act(client, check, {"is_true": "on"})

    assert answer.status_code == 302, answer.content.decode()
    plan = builders.fresh(plan)
    assert (plan.stage, plan.number) == (Stage.FORMAL_REVIEW, "ZT-2026-0001")
    assert plan.venue_decisions.get().item.agree == 3
