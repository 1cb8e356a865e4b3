"""代理: for which plans, at which union, for whom who is away; never for the vote of a meeting."""

import pytest

from accounts.models import Post
from accounts.roles import Role
from approvals.enums import Node
from approvals.models import Delegation
from approvals.selectors import desks
from approvals.services import decisions, delegating
from audit.selectors import events_of
from core.errors import ActionBlocked, DomainError, Refused
from meetings.rules import VoteMark
from notifications.models import OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import appoint, fresh, moment
from tests.harness.acting import post_act

pytestmark = pytest.mark.databases
AT = moment("2026-11-20 09:00")
DAYS = {"valid_from": AT.date(), "valid_to": moment("2026-11-30 09:00").date()}


@pytest.fixture
def agent(world):
    return world["secretary"]


@pytest.fixture
def both(world, submitted):
    """An external plan and an internal one, both at the countersigning."""
    internal = builders.submitted_plan(world, "internal")
    return walk.accept(world, submitted), walk.accept(world, internal)


def delegate(world, agent, *, by="cosign.finance", **changes):
    facts = {
        "agent": agent, "union": world.xian, "node": Node.COUNTERSIGNATURE, "reason": "培训",
        "includes_waiting": True, "at": AT, **DAYS,
    }  # fmt: skip
    return delegating.delegate(by=world[by], **facts | changes)


def titles(user) -> set[str]:
    return {task.proposal.title for task in desks.tasks_for(user)}


def test_a_delegation_may_be_narrowed_to_kinds_of_plan(world, both, agent):
    external, internal = both
    delegate(world, agent, kinds=["internal"])

    assert titles(agent) == {internal.title}
    task = walk.open_task(external, Node.COUNTERSIGNATURE, "finance")
    with pytest.raises(Refused, match="对应岗位"):
        walk.sign(world, task, agent.username, at=AT)
    said = walk.sign(
        world, walk.open_task(internal, Node.COUNTERSIGNATURE, "finance"), agent.username, at=AT
    )
    assert said.on_behalf_of == world["cosign.finance"]


def test_a_delegation_may_be_narrowed_to_named_plans(world, both, agent):
    external, internal = both
    delegate(world, agent, plans=[external])

    assert titles(agent) == {external.title}
    task = walk.open_task(internal, Node.COUNTERSIGNATURE, "finance")
    with pytest.raises(Refused):
        walk.sign(world, task, agent.username, at=AT)


def test_a_desk_is_given_twice_only_over_different_plans(world, both, agent):
    external, _ = both
    delegate(world, agent, kinds=["internal", "overall_plan"])
    leader = world["leader"]

    for narrowed in ({}, {"kinds": ["internal"]}, {"kinds": ["external", "overall_plan"]}):
        with pytest.raises(ActionBlocked, match="已经委托他人代理"):
            delegate(world, leader, **narrowed)
    delegate(world, leader, plans=[external])
    with pytest.raises(ActionBlocked, match="已经委托他人代理"):
        delegate(world, world["counsel"], kinds=["external"])
    assert Delegation.objects.count() == 2


def test_what_it_is_narrowed_to_must_exist_at_the_union(world, both, agent):
    with pytest.raises(ActionBlocked, match="方案类别"):
        delegate(world, agent, kinds=["everything"])
    external, _ = both
    appoint("beilin.finance", "丁一", Role.COUNTERSIGNER, world.beilin, department_kind="finance")
    colleague = appoint("beilin.agent", "丁二", Role.SECRETARY, world.beilin)
    world.people["beilin.finance"] = type(agent).objects.get(username="beilin.finance")
    with pytest.raises(ActionBlocked, match="主管的方案"):
        delegate(world, colleague, by="beilin.finance", union=world.beilin, plans=[external])


def test_who_keeps_the_procedure_delegates_for_somebody_away(world, both, agent):
    finance = world["cosign.finance"]
    made = delegate(world, agent, by="asset.head", principal=finance, kinds=["external"])

    assert (made.principal, made.made_by) == (finance, world["asset.head"])
    event = events_of(made.pk).get()
    assert event.actor_name == world["asset.head"].name
    assert (
        event.title
        == f"代{finance.name}委托{agent.name}代理“会签”（对外合作，2026-11-20 至 2026-11-30）"
    )
    for user in (finance, agent):
        assert OutboxItem.objects.filter(recipient=user, title__contains="代理").exists()

    task = walk.open_task(both[0], Node.COUNTERSIGNATURE, "finance")
    assert walk.sign(world, task, agent.username, at=AT).on_behalf_of == finance
    delegating.revoke_delegation(delegation=made, version=made.version, by=finance, at=AT)


@pytest.mark.parametrize(
    ("by", "changes", "error", "sentence"),
    [
        ("asset.officer", {}, Refused, "流程管理的部长办理"),
        ("counsel", {}, Refused, "流程管理的部长办理"),
        ("asset.head", {"agent": "asset.head"}, ActionBlocked, "代理人不能是您自己"),
        ("asset.head", {"agent": "cosign.finance"}, ActionBlocked, "不能委托自己代理"),
        ("asset.head", {"node": Node.LEGAL_REVIEW}, ActionBlocked, "岗位不办理“法律审核”"),
    ],
)
def test_what_the_keeper_may_not_give_away(world, agent, by, changes, error, sentence):
    facts = dict(changes)
    to = world[facts.pop("agent")] if "agent" in facts else agent
    with pytest.raises(error, match=sentence):
        delegate(world, to, by=by, principal=world["cosign.finance"], **facts)
    assert not Delegation.objects.exists()


def test_the_keeper_takes_back_what_somebody_away_gave(world, agent):
    made = delegate(world, agent)
    with pytest.raises(Refused, match="流程管理的部长收回"):
        delegating.revoke_delegation(
            delegation=made, version=made.version, by=world["asset.officer"], at=AT
        )

    delegating.revoke_delegation(
        delegation=made, version=made.version, by=world["asset.head"], at=AT
    )
    assert OutboxItem.objects.filter(recipient=made.principal, title__contains="收回").exists()


def test_a_vote_and_a_confirmation_have_no_delegate(world, submitted, agent):
    """A member who is away has no vote; the leader's desk, given away whole, gives no voice."""
    plan = walk.at_meeting(world, submitted)
    delegate(world, agent, by="leader", node=Node.LEADER_SIGNOFF)
    meeting = walk.seat(world, walk.waiting(plan.pk), present=2, day="2026-11-25")
    away = meeting.attendances.get(status="leave")
    item, seated = meeting.items.get(), walk.votes(meeting, "aa")
    for_another = VoteMark(member=away.member_id, choice="agree", speaking_order=3, opinion="代")

    with pytest.raises(DomainError, match=r"表决|实到|出席"):
        decisions.conclude_agenda_item(
            item=item, votes=[*seated, for_another], conclusion="passed", resolution="同意。",
            version=item.version, by=world["secretary"], at=moment("2026-11-25 10:00"),
        )  # fmt: skip
    item.refresh_from_db()
    assert item.conclusion == ""

    walk.conclude(
        world, meeting, "aa", conclusion="passed_with_changes", required_changes="改为每月演练。",
        confirmer=world["leader"], at=moment("2026-11-25 10:00"),
    )  # fmt: skip
    builders.change(world, fresh(plan), "safety", emergency="每月演练一次。")
    builders.submit(world, plan, at="2026-11-26 09:00")
    with pytest.raises(Refused):
        decisions.confirm_changes(
            proposal=fresh(plan), version=fresh(plan).version, by=agent,
            at=moment("2026-11-26 10:00"),
        )  # fmt: skip
    with pytest.raises(ValueError, match="party_group"):
        delegate(world, agent, by="leader", node="party_group")
    with pytest.raises(ActionBlocked, match="不能委托他人代理"):
        delegate(world, agent, node=Node.CONSULTATION)


def test_the_page_offers_every_union_where_one_holds_a_post(world, log_in, both):
    finance = world["cosign.finance"]
    Post.objects.create(
        user=finance, role=Role.COUNTERSIGNER, union=world.beilin, department_kind="finance",
        title="财务部经办人", valid_from=moment("2026-01-01 09:00").date(),
    )  # fmt: skip
    colleague = appoint("beilin.agent", "丁二", Role.SECRETARY, world.beilin)
    client = log_in(finance)
    page = client.get("/delegations/new/").content.decode()
    assert f'value="countersignature@{world.xian.pk}"' in page
    assert f'value="countersignature@{world.beilin.pk}"' in page

    body = {
        "people": str(colleague.pk), "node": f"countersignature@{world.beilin.pk}",
        "valid_from": "2026-11-20", "valid_to": "2026-11-30", "includes_waiting": "yes",
        "reason": "培训", "scope": "kinds", "kinds": ["external"],
    }  # fmt: skip
    assert post_act(client, "/delegations/new/", body | {"kinds": []}).status_code == 422
    assert post_act(client, "/delegations/new/", body).status_code == 302
    made = Delegation.objects.get()
    assert (made.union, made.kinds) == (world.beilin, ["external"])
    shown = client.get("/delegations/").content.decode()
    assert "对外合作" in shown


def test_the_keepers_page_delegates_for_somebody_away(world, log_in, both, agent):
    client, external = log_in(world["asset.head"]), both[0]
    body = {
        "principal": str(world["cosign.finance"].pk), "people": str(agent.pk),
        "node": "countersignature", "valid_from": "2026-11-20", "valid_to": "2026-11-30",
        "includes_waiting": "yes", "reason": "住院", "scope": "plans",
        "plans": [str(external.pk)],
    }  # fmt: skip
    assert post_act(client, "/delegations/new/", body).status_code == 302

    made = Delegation.objects.get()
    assert (made.principal, made.made_by) == (world["cosign.finance"], world["asset.head"])
    shown = client.get("/delegations/").content.decode()
    assert "吴部长代为委托" in shown
    assert f"/delegations/{made.pk}/revoke/" in shown
