"""Making a plan and writing its sections."""

import pytest

from approvals.enums import Stage
from approvals.models import Proposal, Section
from approvals.services import drafting
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused, StaleVersion
from notifications.models import OutboxItem
from tests.approvals import builders
from tests.approvals.builders import moment

AT = moment("2026-10-12 09:00")


def test_an_operation_plan_stands_under_the_overall_plan_in_force(world, overall):
    proposal = builders.new_plan(world)

    assert proposal.overall_plan == overall
    assert proposal.cooperation.title == proposal.title
    assert proposal.case_id == proposal.cooperation_id
    assert proposal.supervisor == world.people["asset.head"]
    assert (proposal.unit_1, proposal.unit_2) == (world.province, world.xian)
    assert [event.code for event in events_of(proposal.case_id)] == ["approvals.proposal.drafted"]


@pytest.mark.parametrize("dropped", ["rejected", "void", "superseded", "ended"])
def test_a_venue_has_one_overall_plan_at_a_time(world, dropped):
    first = builders.new_plan(world, "")

    with pytest.raises(ActionBlocked, match="已有一份总体方案"):
        builders.new_plan(world, "")

    Proposal.objects.filter(pk=first.pk).update(stage=dropped)
    assert builders.new_plan(world, "").pk != first.pk


@pytest.mark.parametrize("mode", ["", "nonsense"])
def test_a_way_the_article_does_not_name_is_refused(world, mode):
    with pytest.raises(ActionBlocked, match="请选择合作方式"):
        drafting.create_operation_plan(
            venue=world.venue, title="方案", mode=mode, by=world["venue.staff"], at=AT
        )


@pytest.mark.parametrize("who", ["asset.officer", "other.manager", "auditor", "sysadmin"])
def test_nobody_else_writes_for_the_venue(world, draft, who):
    with pytest.raises(Refused):
        builders.new_plan(world, by=world[who])
    with pytest.raises(Refused):
        builders.write(world, draft, "safety", {"measures": "x"}, by=world[who])


def test_the_first_writer_wins(world, draft):
    builders.write(world, draft, "safety", {"measures": "先写的。"}, version=0)

    with pytest.raises(StaleVersion):
        builders.write(world, draft, "safety", {"measures": "后写的。"}, version=0)

    section = Section.objects.get(proposal=draft, code="safety")
    assert (section.version, section.data) == (1, {"measures": "先写的。"})


def test_answers_of_other_questions_are_dropped(world, draft):
    section = builders.write(world, draft, "safety", {"measures": "甲", "is_major": "yes"})

    assert section.data == {"measures": "甲"}


def test_a_section_of_another_mode_is_refused(world, overall):
    proposal = builders.new_plan(world, "internal")

    with pytest.raises(ActionBlocked, match="没有这一节"):
        builders.write(world, proposal, "contract_elements", {"exit": "x"})


def test_the_columns_follow_the_sections(world, draft):
    sections = builders.external_sections(world)
    for code in ("overview", "partner", "contract_elements", "major_matter"):
        builders.write(world, draft, code, sections[code])

    proposal = builders.fresh(draft)

    assert str(proposal.starts_on) == "2026-12-01"
    assert proposal.partner == world.partner
    assert proposal.cooperation.partner == world.partner
    assert proposal.partner_investment == 685000
    assert proposal.is_major is True
    assert str(proposal.core_business_id) == world.core_business


def test_a_core_business_of_another_venue_is_not_taken(world, draft):
    foreign = world.other_venue.core_businesses.order_by("order").first()

    builders.write(world, draft, "overview", {"core_business": str(foreign.pk)})

    assert builders.fresh(draft).core_business is None


def test_the_venue_itself_is_not_its_counterpart(world, overall):
    proposal = builders.new_plan(world, "internal")

    builders.write(world, proposal, "partner", {"counterpart_venue": str(world.venue.pk)})

    assert builders.fresh(proposal).counterpart_venue is None


def test_a_change_of_substance_reopens_a_decided_plan(world, complete_draft):
    proposal = builders.decide(world, complete_draft)

    builders.change(world, proposal, "contract_elements", exit="一次整改不到位即终止。")

    assert builders.fresh(proposal).stage == Stage.DRAFT


def test_a_change_that_is_none_of_substance_leaves_the_decision(world, complete_draft):
    proposal = builders.decide(world, complete_draft)

    builders.change(world, proposal, "safety", emergency="每月演练一次。")

    assert builders.fresh(proposal).stage == Stage.VENUE_DECIDED


def test_a_submitted_plan_is_not_written(world, submitted):
    with pytest.raises(ActionBlocked, match="内容不能修改"):
        builders.change(world, submitted, "safety", emergency="x")


def test_asking_for_guidance_opens_the_draft_to_the_union_and_tells_it(world, draft):
    assert not Proposal.objects.visible_to(world["asset.officer"]).filter(pk=draft.pk).exists()

    drafting.share_for_guidance(proposal=draft, by=world["venue.staff"], at=AT)

    assert Proposal.objects.visible_to(world["asset.officer"]).filter(pk=draft.pk).exists()
    assert not Proposal.objects.visible_to(world["baoji.officer"]).filter(pk=draft.pk).exists()
    told = OutboxItem.objects.filter(title="阵地提请指导论证")
    assert {one.recipient.username for one in told} == {"asset.officer", "asset.head"}
    with pytest.raises(ActionBlocked, match="不必重复提请"):
        drafting.share_for_guidance(proposal=draft, by=world["venue.staff"], at=AT)
