"""放弃 of a plan that lies with its venue, 重新申报 of one that was not approved."""

import json

import pytest

from approvals.enums import Stage
from approvals.models import Cooperation, Proposal
from approvals.services import revising
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused, StaleVersion
from documents.models import NumberEntry
from notifications.models import OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment
from tests.approvals.test_standing import amend, end, page, post, submitted_amendment

pytestmark = pytest.mark.databases
AT = moment("2026-11-13 09:00")
GONE = "合作方已经退出，不再开展。"
AGAIN = "已按会议意见压缩面积、补充客流测算。"


def give_up(world, plan, *, by="venue.staff", **changes):
    facts = {"reason": GONE, "version": fresh(plan).version, "by": world[by], "at": AT}
    return revising.give_up_plan(proposal=plan, **facts | changes)


def refile(world, plan, *, by="venue.staff", **changes):
    facts = {"reason": AGAIN, "version": fresh(plan).version, "by": world[by], "at": AT}
    return revising.refile_plan(proposal=plan, **facts | changes)


def returned(world):
    plan = builders.submitted_plan(world)
    return walk.accept(world, plan, outcome="return", points=("请补充客流测算。",))


def rejected(world, plan):
    """The union's party group did not approve it."""
    plan = walk.at_meeting(world, plan)
    return walk.decided(world, plan, "ddd", conclusion="rejected", resolution="面积过大，不同意。")


# --- 放弃 ----------------------------------------------------------------------------------------


def test_a_draft_is_given_up_by_who_writes_it(world, draft):
    give_up(world, draft)

    plan = fresh(draft)
    assert (plan.stage, plan.number) == (Stage.VOID, None)
    last = list(events_of(plan.case_id))[-1]
    assert (last.code, last.title) == ("approvals.proposal.given_up", f"阵地放弃：{GONE}")


def test_a_venue_may_begin_another_overall_plan_after_giving_one_up(world):
    give_up(world, builders.new_plan(world, ""))

    assert builders.new_plan(world, "").stage == Stage.DRAFT


def test_what_the_venues_meeting_decided_its_head_gives_up(world, complete_draft):
    plan = builders.decide(world, complete_draft)

    with pytest.raises(Refused):
        give_up(world, plan)
    give_up(world, plan, by="venue.manager")

    assert fresh(plan).stage == Stage.VOID


def test_a_returned_plan_keeps_its_number_as_void_and_the_union_is_told(world, overall):
    plan = returned(world)
    number = plan.number

    with pytest.raises(Refused):
        give_up(world, plan)
    give_up(world, plan, by="venue.manager")

    assert (fresh(plan).stage, fresh(plan).number) == (Stage.VOID, number)
    assert NumberEntry.objects.get(text=number).void_reason == GONE
    told = OutboxItem.objects.filter(recipient=world["asset.officer"], title="阵地放弃了方案")
    assert told.exists()


@pytest.mark.parametrize(
    "stage", sorted(set(Stage) - {"draft", "venue_decided", "returned", "deferred", "withdrawn"})
)
def test_what_does_not_lie_with_the_venue_is_not_given_up(world, draft, stage):
    Proposal.objects.filter(pk=draft.pk).update(stage=stage)

    with pytest.raises(ActionBlocked, match="不能办理“放弃”"):
        give_up(world, draft, by="venue.manager")


@pytest.mark.parametrize("by", ["asset.head", "leader", "other.manager", "auditor"])
def test_nobody_else_gives_it_up(world, draft, by):
    with pytest.raises(Refused):
        give_up(world, draft, by=by)


def test_it_is_given_up_with_a_reason_and_on_the_page_that_was_seen(world, draft):
    with pytest.raises(ActionBlocked, match="放弃的理由"):
        give_up(world, draft, reason="　")
    with pytest.raises(StaleVersion):
        give_up(world, draft, version=fresh(draft).version - 1)
    assert fresh(draft).stage == Stage.DRAFT


# --- 重新申报 ------------------------------------------------------------------------------------


def test_a_matter_filed_anew_has_its_own_case_and_cites_the_old_one(world, submitted):
    old = rejected(world, submitted)

    new = refile(world, old)

    assert (new.stage, new.refiles, new.number, new.version_no) == (Stage.DRAFT, old, None, 0)
    assert new.cooperation_id != old.cooperation_id
    assert (new.mode, new.partner, new.starts_on) == (old.mode, old.partner, old.starts_on)
    assert Cooperation.objects.get(pk=new.cooperation_id).partner == old.partner
    before, after = (
        {one.code: one.data for one in plan.sections.order_by("code")} for plan in (old, new)
    )
    assert after == before
    assert fresh(old).stage == Stage.REJECTED
    assert [one.code for one in events_of(old.case_id)][-1] == "approvals.proposal.refiled"
    assert [one.code for one in events_of(new.case_id)] == ["approvals.proposal.drafted"]


def test_it_goes_the_whole_road_under_a_number_of_its_own(world, submitted):
    old = rejected(world, submitted)
    new = refile(world, old)

    with pytest.raises(ActionBlocked, match="律师"):
        builders.decide(world, new)
    builders.advise(world, new)
    new = builders.submit_decided(world, fresh(new))

    assert new.stage == Stage.FORMAL_REVIEW
    assert new.number not in (None, old.number)
    cited = json.loads(new.versions.get(no=1).snapshot)["refiles"]
    assert cited == {"number": old.number, "title": old.title, "reason": AGAIN}


def test_a_matter_is_filed_anew_once_at_a_time(world, submitted):
    old = rejected(world, submitted)
    first = refile(world, old)

    with pytest.raises(ActionBlocked, match="已经重新申报"):
        refile(world, old)

    give_up(world, first)
    assert refile(world, old).refiles == old


@pytest.mark.parametrize("stage", sorted(set(Stage) - {"rejected"}))
def test_only_what_was_not_approved_is_filed_anew(world, draft, stage):
    Proposal.objects.filter(pk=draft.pk).update(stage=stage)

    with pytest.raises(ActionBlocked, match="只有不予批准的方案可以重新申报"):
        refile(world, draft)


@pytest.mark.parametrize("by", ["asset.head", "leader", "other.manager", "auditor"])
def test_nobody_else_files_it_anew(world, draft, by):
    Proposal.objects.filter(pk=draft.pk).update(stage=Stage.REJECTED)

    with pytest.raises(Refused):
        refile(world, draft, by=by)


def test_a_refused_amendment_filed_anew_changes_the_plan_in_force(world, overall):
    old = rejected(world, submitted_amendment(world, overall))

    new = refile(world, old)

    assert (new.refiles, new.replaces) == (old, overall)


def test_a_refused_first_plan_is_not_filed_anew_beside_one_in_force(world, overall):
    old = amend(world, overall)
    Proposal.objects.filter(pk=old.pk).update(stage=Stage.REJECTED, replaces=None)

    with pytest.raises(ActionBlocked, match="办理“变更”"):
        refile(world, old)

    end(world, overall, at=AT)
    assert refile(world, old).replaces is None


# --- pages ---------------------------------------------------------------------------------------


def test_the_pages_of_both_lead_to_each_other(world, submitted, log_in):
    old = rejected(world, submitted)
    staff = log_in(world["venue.staff"])
    assert f"/proposals/{old.pk}/refile/" in page(staff, old)

    answer = post(staff, f"/proposals/{old.pk}/refile/", reason=AGAIN)

    new = Proposal.objects.get(refiles=old)
    assert answer["Location"] == f"/proposals/{new.pk}/edit/"
    assert f"/proposals/{old.pk}/review/" in page(staff, new)
    assert AGAIN in page(staff, new)
    assert f"/proposals/{new.pk}/review/" in page(staff, old)
    assert f"/proposals/{new.pk}/review/" not in page(log_in(world["leader"]), old)


def test_a_draft_is_given_up_on_its_page(world, draft, log_in):
    staff = log_in(world["venue.staff"])
    assert (
        f"/proposals/{draft.pk}/give-up/"
        in staff.get(f"/proposals/{draft.pk}/edit/").content.decode()
    )

    post(staff, f"/proposals/{draft.pk}/give-up/", reason=GONE)

    assert fresh(draft).stage == Stage.VOID
    assert "已作废" in page(staff, draft)


def test_who_may_not_give_a_decided_plan_up_is_not_led_there(world, complete_draft, log_in):
    plan = builders.decide(world, complete_draft)
    address = f"/proposals/{plan.pk}/give-up/"

    staff, manager = (
        log_in(world[name]).get(f"/proposals/{plan.pk}/edit/").content.decode()
        for name in ("venue.staff", "venue.manager")
    )

    assert (address in staff, address in manager) == (False, True)
