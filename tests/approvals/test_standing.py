"""变更、中止实施、恢复实施、终止实施 of an overall plan in force (第十三条（三）)."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import CARDS, Role
from approvals.enums import Stage
from approvals.models import Proposal, StandingChange
from approvals.services import drafting, revising, standing
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused, StaleVersion
from notifications.models import OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment

pytestmark = pytest.mark.databases
AT = moment("2026-10-05 09:00")
REASON = "东区新建场馆投入使用，需要扩大合作面积。"
KEEPER = "asset.head"


def amend(world, plan, *, by="venue.staff", at=AT, **changes):
    facts = {"reason": REASON, "version": fresh(plan).version, "by": world[by], "at": at}
    return revising.amend_plan(proposal=plan, **facts | changes)


def halt(world, plan, *, by=KEEPER, at=AT, **changes):
    facts = {"reason": "消防检查发现重大隐患。", "version": fresh(plan).version, "by": world[by]}
    return standing.halt_plan(proposal=plan, at=at, **facts | changes)


def take_up(world, plan, *, by=KEEPER, at=AT, **changes):
    facts = {"reason": "隐患已经整改。", "version": fresh(plan).version, "by": world[by]}
    return standing.take_up_plan(proposal=plan, at=at, **facts | changes)


def end(world, plan, *, by=KEEPER, at=AT, **changes):
    facts = {
        "reason": "阵地整体改造三年。", "decided_by": "市总党组 2026 年第 12 次会议",
        "decided_on": date(2026, 10, 4), "version": fresh(plan).version, "by": world[by],
    }  # fmt: skip
    return standing.end_plan(proposal=plan, at=at, **facts | changes)


def submitted_amendment(world, plan, **overview):
    """The amendment written, advised, decided by the venue and submitted."""
    draft = amend(world, plan)
    builders.change(world, draft, "overview", **overview)
    builders.advise(world, draft)
    return builders.submit_decided(world, draft)


def approved(world, plan):
    """The rest of the road: the desks, the union's meetings, the reply."""
    plan = walk.decided(world, walk.at_meeting(world, plan))
    while plan.stage != Stage.REPLYING:
        plan = walk.decided(world, plan)
    walk.drafted_reply(world, plan)
    walk.issued_reply(world, plan)
    return fresh(plan)


# --- 变更 ----------------------------------------------------------------------------------------


def test_an_amendment_begins_from_the_text_of_the_plan_in_force(world, overall):
    draft = amend(world, overall)

    assert (draft.kind, draft.stage, draft.replaces) == ("overall_plan", Stage.DRAFT, overall)
    assert draft.cited_reason == REASON
    assert draft.number is None
    old, new = (
        {one.code: one.data for one in plan.sections.order_by("code")} for plan in (overall, draft)
    )
    assert new == old
    assert not draft.engagements.exists()
    assert not draft.guidance.exists()
    assert fresh(overall).stage == Stage.APPROVED
    assert "approvals.standing.amending" in [one.code for one in events_of(overall.pk)]


def test_the_plan_in_force_holds_until_the_amendment_is_approved_and_is_kept_afterwards(
    world, overall
):
    running = builders.submitted_plan(world)
    draft = submitted_amendment(world, overall, allowed_modes=["internal"], max_area="900")
    assert drafting.overall_plan_of(world.venue) == overall
    decided_at = overall.decided_at

    new = approved(world, draft)

    old = fresh(overall)
    assert (old.stage, old.decided_at) == (Stage.SUPERSEDED, decided_at)
    assert (new.stage, drafting.overall_plan_of(world.venue)) == (Stage.APPROVED, new)
    assert new.number != old.number
    assert "approvals.standing.replaced" in [one.code for one in events_of(old.pk)]
    assert running.overall_plan == overall


def test_an_amendment_goes_before_the_meeting_of_the_union(world, overall):
    """总体方案由主管工会集体审议决定: no desk can approve it in the meeting's place."""
    plan = walk.at_meeting(world, submitted_amendment(world, overall))

    assert plan.stage == Stage.PARTY_GROUP
    with pytest.raises(ActionBlocked):
        walk.issued_reply(world, plan)


def test_what_was_frozen_names_the_plan_it_changes_and_why(world, overall):
    plan = submitted_amendment(world, overall)

    cited = json.loads(plan.versions.get(no=1).snapshot)["cites"]
    assert cited == {"number": overall.number or "", "title": overall.title, "reason": REASON}


def test_a_running_plan_keeps_the_overall_plan_it_was_decided_under(world, overall):
    running = builders.submitted_plan(world)
    walk.at_reply(world, running)
    walk.drafted_reply(world, running)
    walk.issued_reply(world, running)

    approved(world, submitted_amendment(world, overall, allowed_modes=["internal"]))

    assert fresh(running).overall_plan == overall
    assert fresh(running).stage == Stage.APPROVED


def test_a_plan_not_decided_yet_needs_the_new_one(world, overall):
    """对外合作 was in the old plan's scope and is not in the new one's."""
    waiting = walk.at_meeting(world, builders.submitted_plan(world))
    approved(world, submitted_amendment(world, overall, allowed_modes=["internal"]))

    with pytest.raises(ActionBlocked, match="须先变更总体方案"):
        walk.decided(world, waiting)
    with pytest.raises(ActionBlocked, match="须先变更总体方案"):
        builders.submitted_plan(world)


@pytest.mark.parametrize("by", ["venue.manager", "venue.staff"])
def test_the_venue_writes_the_amendment(world, overall, by):
    assert amend(world, overall, by=by).drafted_by == world[by]


@pytest.mark.parametrize("by", [KEEPER, "leader", "other.manager", "auditor", "asset.officer"])
def test_nobody_else_does(world, overall, by):
    with pytest.raises(Refused):
        amend(world, overall, by=by)
    assert Proposal.objects.filter(venue=world.venue, kind="overall_plan").count() == 1


def test_one_amendment_at_a_time(world, overall):
    amend(world, overall)

    with pytest.raises(ActionBlocked, match="在办理（草稿）"):
        amend(world, overall)


def test_an_amendment_says_why(world, overall):
    with pytest.raises(ActionBlocked, match="写明理由"):
        amend(world, overall, reason=" 　")


def test_a_second_plan_is_refused_with_the_way_to_mend(world, overall):
    with pytest.raises(ActionBlocked, match="办理“变更”"):
        builders.new_plan(world, "")


@pytest.mark.parametrize("stage", sorted(set(Stage) - set(Stage.STANDING)))
def test_only_a_plan_in_force_is_amended(world, overall, stage):
    Proposal.objects.filter(pk=overall.pk).update(stage=stage)

    with pytest.raises(ActionBlocked, match="只有实施中的总体方案可以变更"):
        amend(world, overall)


def test_an_operation_plan_is_not_amended_here(world, submitted):
    Proposal.objects.filter(pk=submitted.pk).update(stage=Stage.APPROVED)

    with pytest.raises(ActionBlocked, match="不在这里变更"):
        amend(world, submitted)


def test_an_amendment_of_what_was_ended_goes_no_further(world, overall):
    plan = walk.at_meeting(world, submitted_amendment(world, overall))
    end(world, overall)

    with pytest.raises(ActionBlocked, match="所变更的总体方案已不在实施中"):
        walk.decided(world, plan)


def test_a_halted_plan_may_be_mended_by_an_amendment(world, overall):
    halt(world, overall)

    new = approved(world, submitted_amendment(world, overall))

    assert (fresh(overall).stage, new.stage) == (Stage.SUPERSEDED, Stage.APPROVED)


def test_the_database_knows_one_overall_plan_in_force(world, overall):
    draft = amend(world, overall)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=draft.pk).update(stage=Stage.APPROVED)


# --- 中止、恢复、终止实施 ------------------------------------------------------------------------


def test_while_halted_no_operation_plan_is_submitted_decided_or_replied_to(world, overall):
    waiting = walk.at_meeting(world, builders.submitted_plan(world))
    meeting = walk.seat(world, walk.waiting(waiting.pk))
    halt(world, overall)

    assert fresh(overall).stage == Stage.HALTED
    with pytest.raises(ActionBlocked, match="已被主管工会中止实施"):
        walk.conclude(world, meeting)
    with pytest.raises(ActionBlocked, match="已被主管工会中止实施"):
        builders.submitted_plan(world)

    take_up(world, overall)
    walk.conclude(world, meeting)
    assert fresh(waiting).stage == Stage.CHAIRS_OFFICE


def test_no_reply_is_issued_while_halted(world, overall):
    plan = walk.at_reply(world, builders.submitted_plan(world))
    walk.drafted_reply(world, plan)
    halt(world, overall)

    with pytest.raises(ActionBlocked, match="已被主管工会中止实施"):
        walk.issued_reply(world, plan)

    take_up(world, overall)
    walk.issued_reply(world, plan)
    assert fresh(plan).overall_plan == overall


def test_an_ended_plan_admits_no_new_operation_plan_and_a_new_overall_plan(world, overall):
    end(world, overall)

    with pytest.raises(ActionBlocked, match="须先报批新的总体方案"):
        builders.submitted_plan(world)
    assert builders.new_plan(world, "").replaces is None


def test_each_change_keeps_the_day_of_the_approval_and_is_on_the_ledger(world, overall):
    for act in (halt, take_up, end):
        act(world, overall)

    found = StandingChange.objects.filter(proposal=overall).order_by("pk")
    assert [one.act for one in found] == ["halt", "take_up", "end"]
    assert all(one.by == world[KEEPER] and one.reason for one in found)
    codes = [one.code for one in events_of(overall.pk)]
    assert [one for one in codes if one.startswith("approvals.standing.")] == [
        "approvals.standing.halt", "approvals.standing.take_up", "approvals.standing.end",
    ]  # fmt: skip
    assert (fresh(overall).stage, fresh(overall).decided_at) == (Stage.ENDED, overall.decided_at)
    told = OutboxItem.objects.filter(recipient=world["venue.manager"], channel="inapp")
    assert sorted(told.values_list("title", flat=True)) == [
        "总体方案中止实施", "总体方案恢复实施", "总体方案终止实施",
    ]  # fmt: skip


@pytest.mark.parametrize("act", [halt, take_up, end])
@pytest.mark.parametrize(
    "by", ["venue.manager", "leader", "asset.officer", "secretary", "auditor", "province.asset"]
)
def test_only_the_keeper_of_the_supervising_union_does_it(world, overall, act, by):
    with pytest.raises(Refused):
        act(world, overall, by=by)
    assert fresh(overall).stage == Stage.APPROVED


@pytest.mark.parametrize("act", [halt, end])
def test_it_says_why(world, overall, act):
    with pytest.raises(ActionBlocked, match="理由"):
        act(world, overall, reason=" ")


def test_a_stale_page_changes_nothing(world, overall):
    with pytest.raises(StaleVersion):
        halt(world, overall, version=fresh(overall).version - 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"decided_by": " "}, "会议"),
        ({"decided_on": date(2026, 10, 6)}, "不能晚于今天"),
        ({"decided_on": date(2026, 9, 29)}, "早于本方案的批准日"),
    ],
)
def test_what_the_meeting_approved_only_a_meeting_ends(world, overall, changes, words):
    with pytest.raises(ActionBlocked, match=words):
        end(world, overall, **changes)
    assert fresh(overall).stage == Stage.APPROVED


def test_the_database_ends_nothing_without_a_meeting(world, overall):
    with pytest.raises(IntegrityError), transaction.atomic():
        StandingChange.objects.create(
            proposal=overall, act="end", reason="无", by=world[KEEPER], at=AT
        )


def test_a_cooperation_is_not_halted_here(world, submitted):
    Proposal.objects.filter(pk=submitted.pk).update(stage=Stage.APPROVED)

    with pytest.raises(ActionBlocked, match="随合同办理"):
        halt(world, submitted)


@pytest.mark.parametrize("act", [take_up])
def test_what_is_not_halted_is_not_taken_up(world, overall, act):
    with pytest.raises(ActionBlocked, match="已批准"):
        act(world, overall)


def test_the_card_of_the_keeper_says_so():
    assert "终止实施中的总体方案" in CARDS[Role.ASSET_HEAD].description


@pytest.fixture
def reported(overall):
    """The plan in force as its union sees it: a plan that was reported is no draft of the venue's."""
    Proposal.objects.filter(pk=overall.pk).update(shared_at=AT)
    return fresh(overall)


# --- pages ---------------------------------------------------------------------------------------


def post(client, address, **fields):
    page = client.get(address)
    form = page.context["form"]
    body = {"command_id": form["command_id"].value(), "version": form["version"].value()}
    return client.post(address, body | fields)


def page(client, plan):
    return client.get(f"/proposals/{plan.pk}/review/").content.decode()


def test_the_pages_lead_from_the_plan_in_force_to_its_amendment_and_back(world, overall, log_in):
    venue = log_in(world["venue.staff"])
    assert f"/proposals/{overall.pk}/amend/" in page(venue, overall)

    answer = post(venue, f"/proposals/{overall.pk}/amend/", reason=REASON)

    draft = Proposal.objects.get(replaces=overall)
    assert answer["Location"] == f"/proposals/{draft.pk}/edit/"
    edit = venue.get(answer["Location"]).content.decode()
    assert "本方案变更的总体方案" in edit
    assert REASON in edit
    assert f"/proposals/{draft.pk}/review/" in page(venue, overall)


def test_a_draft_stays_its_venues_own_on_the_page_of_the_plan_it_changes(world, reported, log_in):
    draft = amend(world, reported)

    assert f"/proposals/{draft.pk}/review/" not in page(log_in(world["leader"]), reported)


def test_the_page_of_a_replaced_plan_leads_to_the_one_in_force(world, reported, log_in):
    new = approved(world, submitted_amendment(world, reported))

    text = page(log_in(world["leader"]), reported)
    assert "已被替代" in text
    assert f"/proposals/{new.pk}/review/" in text


@pytest.mark.parametrize(
    ("name", "fields", "stage"),
    [
        ("halt", {}, Stage.HALTED),
        ("end", {"decided_by": "市总党组会议", "decided_on": "2026-10-08"}, Stage.ENDED),
    ],
)
def test_the_keeper_changes_the_standing_on_its_page(world, reported, log_in, name, fields, stage):
    head = log_in(world[KEEPER])
    assert f"/proposals/{reported.pk}/{name}/" in page(head, reported)

    post(head, f"/proposals/{reported.pk}/{name}/", reason="整体改造。", **fields)

    assert fresh(reported).stage == stage
    assert "整体改造。" in page(head, reported)


def test_a_halted_plan_is_taken_up_on_its_page(world, reported, log_in):
    halt(world, reported)
    head = log_in(world[KEEPER])

    post(head, f"/proposals/{reported.pk}/take-up/", reason="已经整改。")

    assert fresh(reported).stage == Stage.APPROVED


def test_the_start_page_says_where_a_halted_plan_stands(world, overall, log_in):
    halt(world, overall)

    text = log_in(world["venue.staff"]).get("/proposals/new/").content.decode()

    assert text.count("总体方案已中止实施") == 5


def test_the_operation_plan_leads_to_the_overall_plan_it_stands_under(world, submitted, log_in):
    address = f"/proposals/{submitted.overall_plan_id}/review/"
    assert address in page(log_in(world["leader"]), submitted)
