"""The ways of 第十四条 from the page: another way needs the union's decision, unions are told."""

from datetime import date

import pytest

from approvals.models import UnionInitiative
from approvals.selectors.facts import missing_of
from approvals.services import appraisal
from core.errors import ActionBlocked
from notifications.models import OutboxItem
from tests.approvals import builders
from tests.approvals.builders import TODAY, moment
from venues.models import Venue

SAID = {
    "origin": "agreed", "decided_by": "主席办公会议2026年第8次", "decided_on": "2026-09-20",
    "content": "同意探索，五项控制不放手。",
}  # fmt: skip


@pytest.fixture
def exploring(world, overall):
    plan = builders.new_plan(world, "other", title="康养研学联合体方案")
    type(plan).objects.filter(pk=plan.pk).update(shared_at=moment("2026-10-02 09:00"))
    return builders.fresh(plan)


def codes(plan) -> set[tuple[str, str]]:
    return {(one.code, one.section) for one in missing_of(plan, today=TODAY)}


def test_the_decision_is_recorded_by_the_union_on_its_page(world, exploring, log_in):
    assert ("14-5-1", "initiative") in codes(exploring)

    client = log_in(world["asset.officer"])
    page = f"/proposals/{exploring.pk}/initiative/"
    assert client.get(page).status_code == 200
    command = client.get(page).context["form"]["command_id"].value()
    assert client.post(page, SAID | {"command_id": command}).status_code == 302

    assert ("14-5-1", "initiative") not in codes(builders.fresh(exploring))
    assert UnionInitiative.objects.get().decided_by == "主席办公会议2026年第8次"


def test_the_venue_and_other_unions_cannot_record_it(world, exploring, log_in):
    assert (
        log_in(world["venue.manager"]).get(f"/proposals/{exploring.pk}/initiative/").status_code
        == 403
    )
    assert (
        log_in(world["baoji.officer"]).get(f"/proposals/{exploring.pk}/initiative/").status_code
        == 404
    )


def test_a_plan_of_a_known_way_has_no_such_page(world, draft, log_in):
    type(draft).objects.filter(pk=draft.pk).update(shared_at=moment("2026-10-02 09:00"))

    assert (
        log_in(world["asset.officer"]).get(f"/proposals/{draft.pk}/initiative/").status_code == 404
    )


def test_the_other_union_is_told_when_venues_stand_under_two(world, overall):
    plan = builders.complete(world, builders.new_plan(world, "internal"))
    away = Venue.objects.get(supervising_union=world.baoji)
    builders.change(world, plan, "partner", counterpart_venue=str(away.pk))
    builders.submit(world, builders.decide(world, plan))

    told = OutboxItem.objects.filter(kind="approvals.counterpart", channel="inapp")
    assert [one.recipient for one in told] == [world["baoji.officer"]]
    assert "宝鸡工人文化宫" in told.get().body


def test_nobody_else_is_told_of_venues_under_one_union(world, overall):
    builders.submit(
        world,
        builders.decide(world, builders.complete(world, builders.new_plan(world, "internal"))),
    )

    assert not OutboxItem.objects.filter(kind="approvals.counterpart").exists()


def test_a_venue_nobody_registered_is_named(world, overall):
    plan = builders.complete(world, builders.new_plan(world, "internal"))
    builders.change(
        world, plan, "partner", other_counterparts=[{"name": "某某会所", "resources": "场地"}]
    )

    assert ("14-1-1", "partner") in codes(builders.fresh(plan))


def test_a_decision_of_tomorrow_is_refused(world, exploring):

    with pytest.raises(ActionBlocked):
        appraisal.record_initiative(
            proposal=exploring, by=world["asset.officer"], at=moment("2026-11-20 09:00"),
            **SAID | {"decided_on": date(2026, 11, 21)},
        )  # fmt: skip
