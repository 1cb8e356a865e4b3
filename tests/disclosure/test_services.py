"""Editions: who writes, who publishes, what closes."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

import pytest

from audit.models import Event
from contracts.enums import ContractState
from contracts.services import put_into_effect
from core.errors import ActionBlocked, Refused, StaleVersion
from core.work import gather
from disclosure import selectors, services
from disclosure.enums import DisclosureState
from disclosure.models import Disclosure
from disclosure.rules import ServiceLine
from notifications.models import Deadline, OutboxItem
from tests.contracts import builders as contracts
from tests.disclosure.conftest import (
    LINES,
    NOW,
    content,
    drafted,
    fresh,
    gate_of,
    published,
    submitted,
)


def _sentences(refusal) -> list[str]:
    return [reason.text for reason in refusal.value.reasons]


def _codes(town) -> list[str]:
    events = Event.objects.filter(case_id=town.venue.pk).order_by("seq")
    return list(events.filter(code__startswith="disclosure").values_list("code", flat=True))


def _renew(town, **changes) -> Disclosure:
    deed = {"by": town["venue.staff"], "at": NOW}
    one = services.draft_disclosure(venue=town.venue, **deed)
    services.save_disclosure(disclosure=one, content=content(**changes), **deed)
    services.submit_disclosure(disclosure=one, **deed)
    return services.review_disclosure(
        disclosure=one, is_cleared=True, by=town["asset.officer"], at=NOW
    )


def test_an_edition_goes_from_draft_to_the_public(town):
    one = published(town)

    assert fresh(one).state == DisclosureState.PUBLISHED
    assert fresh(one).content == content()
    assert selectors.published_of(town.venue.pk) == one
    assert _codes(town) == [f"disclosure.disclosure.{verb}" for verb in
                            ("drafted", "saved", "submitted", "published")]  # fmt: skip


def test_publishing_tells_the_venue_and_sets_the_next_update(town):
    one = published(town)

    told = OutboxItem.objects.filter(title__contains="已公布").order_by("recipient__username")
    assert {item.recipient.username for item in told} == {"venue.manager", "venue.staff"}
    deadline = Deadline.objects.get(kind="disclosure.update", subject_id=one.pk)
    assert (deadline.due_on, deadline.closed_at) == (date(2027, 5, 17), None)


def test_a_new_edition_copies_what_is_public_and_takes_its_place(town):
    first = published(town)

    second = services.draft_disclosure(venue=town.venue, by=town["venue.staff"], at=NOW)
    assert (second.number, fresh(second).content) == (2, content())

    services.submit_disclosure(disclosure=second, by=town["venue.staff"], at=NOW)
    services.review_disclosure(disclosure=second, is_cleared=True, by=town["asset.officer"], at=NOW)
    assert fresh(first).state == DisclosureState.SUPERSEDED
    assert selectors.published_of(town.venue.pk) == second
    assert Deadline.objects.get(subject_id=first.pk).closed_at == NOW


def test_one_edition_is_open_at_a_time(town):
    drafted(town)

    with pytest.raises(ActionBlocked) as refusal:
        services.draft_disclosure(venue=town.venue, by=town["venue.manager"], at=NOW)

    assert "请在那一份上继续" in _sentences(refusal)[0]


def test_a_price_is_not_changed_in_what_is_public(town):
    one = published(town)
    dearer = (dataclasses.replace(LINES[0], price=Decimal(25)),)

    with pytest.raises(ActionBlocked) as refusal:
        services.save_disclosure(
            disclosure=one, content=content(services=dearer), by=town["venue.staff"], at=NOW
        )

    assert "请另起新版" in _sentences(refusal)[0]
    assert fresh(one).content == content()


def test_an_incomplete_draft_is_kept_but_not_submitted(town):
    one = drafted(town, opening_hours="", services=(ServiceLine(name="场地"),))

    with pytest.raises(ActionBlocked) as refusal:
        services.submit_disclosure(disclosure=one, by=town["venue.staff"], at=NOW)

    assert _sentences(refusal) == [
        "请填写“开放时间”。",
        "“场地”没有价格；免费的请填 0。",
        "“场地”没有计价单位，例如“元/小时”“元/人次”。",
    ]
    assert fresh(one).state == DisclosureState.DRAFT


@pytest.mark.parametrize("price", ["-1", "NaN", "1E+20"])
def test_a_price_that_cannot_be_is_not_kept(town, price):
    bad = (ServiceLine(name="场地", unit="元", price=Decimal(price)),)

    with pytest.raises(ActionBlocked):
        drafted(town, services=bad)

    assert Disclosure.objects.get().services.count() == 0


def test_a_business_of_another_venue_is_not_kept(town):
    foreign = town.other_venue.core_businesses.first()
    bad = (dataclasses.replace(LINES[0], core_business_id=foreign.pk),)

    with pytest.raises(ActionBlocked) as refusal:
        drafted(town, services=bad)

    assert _sentences(refusal) == ["所选主责主业不属于本阵地。"]


@pytest.mark.parametrize("username", ["other.manager", "asset.officer", "auditor", "away.manager"])
def test_others_do_not_write_for_the_venue(town, username):
    with pytest.raises(Refused):
        services.draft_disclosure(venue=town.venue, by=town[username], at=NOW)
    one = drafted(town)
    for service in (services.submit_disclosure, services.save_disclosure):
        more = {"content": content()} if service is services.save_disclosure else {}
        with pytest.raises(Refused):
            service(disclosure=one, by=town[username], at=NOW, **more)


@pytest.mark.parametrize(
    "username", ["venue.manager", "province.asset", "county.officer", "baoji.officer", "auditor"]
)
def test_others_do_not_publish(town, username):
    one = submitted(town)

    with pytest.raises(Refused):
        services.review_disclosure(disclosure=one, is_cleared=True, by=town[username], at=NOW)

    assert fresh(one).state == DisclosureState.IN_REVIEW


def test_nobody_reviews_what_they_wrote(town):
    one = submitted(town)
    Disclosure.objects.filter(pk=one.pk).update(written_by=town["asset.officer"])

    with pytest.raises(Refused) as refusal:
        services.review_disclosure(
            disclosure=one, is_cleared=True, by=town["asset.officer"], at=NOW
        )

    assert "审核须由另一人办理" in _sentences(refusal)[0]


def test_a_returned_edition_says_why_and_comes_back(town):
    one = submitted(town)
    deed = {"disclosure": one, "is_cleared": False, "by": town["asset.officer"], "at": NOW}

    with pytest.raises(ActionBlocked) as refusal:
        services.review_disclosure(note="不行", **deed)
    assert "至少 10 个字" in _sentences(refusal)[0]

    one = services.review_disclosure(note="请写明周末和节假日的开放时间。", **deed)
    assert (one.state, one.published_at) == (DisclosureState.DRAFT, None)
    again = services.submit_disclosure(disclosure=one, by=town["venue.staff"], at=NOW)
    assert again.state == DisclosureState.IN_REVIEW


def test_a_stale_version_is_refused(town):
    one = drafted(town)

    with pytest.raises(StaleVersion):
        services.submit_disclosure(
            disclosure=one, version=one.version - 1, by=town["venue.staff"], at=NOW
        )


def test_publishing_closes_the_gate_of_every_waiting_contract_once(contracted):
    contract = contracts.filed(contracted)
    assert gate_of(contract).is_open

    published(contracted)

    gate = gate_of(contract)
    assert (gate.is_open, gate.evidence) == (False, "公开信息第 1 版，2026-11-18 公布")
    assert gate.closed_by == contracted["asset.officer"]
    closed = Event.objects.filter(case_id=contract.case_id, code="contracts.gate.closed")
    assert closed.count() == 1
    with pytest.raises(ActionBlocked) as refusal:
        services.settle_gate(contract=contract, by=contracted["asset.officer"], at=NOW)
    assert "已经确认" in _sentences(refusal)[0]
    assert closed.count() == 1


def test_a_contract_drawn_up_later_is_settled_by_the_department(contracted):
    published(contracted)
    contract = contracts.filed(contracted)
    assert gate_of(contract).is_open

    for username in ("venue.manager", "province.asset", "auditor"):
        with pytest.raises(Refused):
            services.settle_gate(contract=contract, by=contracted[username], at=NOW)
    services.settle_gate(contract=contract, by=contracted["asset.head"], at=NOW)

    assert not gate_of(contract).is_open


def test_nothing_is_settled_before_anything_is_public(contracted):
    contract = contracts.filed(contracted)
    submitted(contracted)

    with pytest.raises(ActionBlocked) as refusal:
        services.settle_gate(contract=contract, by=contracted["asset.officer"], at=NOW)

    assert "还没有已公布的公开信息" in _sentences(refusal)[0]
    assert gate_of(contract).is_open


def test_a_contract_of_another_venue_keeps_its_gate(contracted):
    contract = contracts.filed(contracted)
    deed = {"by": contracted["other.manager"], "at": NOW}
    one = services.draft_disclosure(venue=contracted.other_venue, **deed)
    services.save_disclosure(disclosure=one, content=content(), **deed)
    services.submit_disclosure(disclosure=one, **deed)
    services.review_disclosure(
        disclosure=one, is_cleared=True, by=contracted["asset.officer"], at=NOW
    )

    assert gate_of(contract).is_open


def test_withdrawal_opens_the_gate_again_unless_the_contract_is_in_effect(contracted):
    one = published(contracted)
    contract = contracts.close_gates(contracted, contracts.filed(contracted))
    deed = {"by": contracted["asset.officer"], "at": NOW}

    with pytest.raises(ActionBlocked) as refusal:
        services.withdraw_disclosure(disclosure=one, reason="错", **deed)
    assert "至少 10 个字" in _sentences(refusal)[0]
    one = services.withdraw_disclosure(
        disclosure=one, reason="价格与物价备案不一致，更正后再公布。", **deed
    )

    assert (one.state, gate_of(contract).is_open) == (DisclosureState.WITHDRAWN, True)
    assert selectors.published_of(contracted.venue.pk) is None
    again = _renew(contracted)
    assert (again.number, gate_of(contract).is_open) == (2, False)
    put_into_effect(
        contract=contract, effective_on=date(2026, 11, 20),
        version=contracts.fresh(contract).version, by=contracted["asset.officer"],
        at=NOW + timedelta(days=2),
    )  # fmt: skip
    services.withdraw_disclosure(disclosure=again, reason="阵地闭馆检修，信息暂时撤下。", **deed)
    assert contracts.fresh(contract).state == ContractState.EFFECTIVE
    assert not gate_of(contract).is_open


def test_only_the_department_withdraws_and_only_what_is_public(town):
    one = submitted(town)
    reason = "价格与物价备案不一致，更正后再公布。"

    with pytest.raises(ActionBlocked):
        services.withdraw_disclosure(
            disclosure=one, reason=reason, by=town["asset.officer"], at=NOW
        )
    with pytest.raises(Refused):
        services.withdraw_disclosure(
            disclosure=one, reason=reason, by=town["venue.manager"], at=NOW
        )


def _work(town, username, today=date(2026, 11, 20)):
    return [
        (item.act, item.source) for item in gather(selectors.work_of(town[username], today=today))
    ]


def test_work_follows_the_edition(town):
    name = "西安东城工人文化宫"
    one = drafted(town)
    assert _work(town, "venue.staff") == [("填报公开信息", name)]
    assert _work(town, "asset.officer") == []

    services.submit_disclosure(disclosure=one, by=town["venue.staff"], at=NOW)
    assert _work(town, "venue.staff") == []
    assert _work(town, "asset.officer") == [("审核公开信息", name)]
    assert _work(town, "asset.head") == [("审核公开信息", name)]
    for username in ("other.manager", "baoji.officer", "province.asset", "auditor", "sysadmin"):
        assert _work(town, username) == []

    services.review_disclosure(disclosure=one, is_cleared=True, by=town["asset.officer"], at=NOW)
    assert _work(town, "venue.staff") == _work(town, "asset.officer") == []
    late = _work(town, "venue.staff", today=date(2027, 5, 17))
    assert [act for act, _source in late] == ["更新公开信息"]
    assert _work(town, "venue.staff", today=date(2027, 5, 16)) == []


def test_work_follows_the_contract(contracted, django_assert_num_queries):
    contracts.filed(contracted)
    assert _work(contracted, "venue.staff") == [("填报公开信息", "西安东城工人文化宫")]

    published(contracted)
    assert _work(contracted, "venue.staff") == _work(contracted, "asset.officer") == []

    user = contracted["venue.staff"]
    user.posts()
    with django_assert_num_queries(1):
        gather(selectors.work_of(user, today=date(2026, 11, 20)))


def test_the_department_is_asked_to_confirm_a_later_contract(contracted):
    published(contracted)
    contracts.filed(contracted)

    assert _work(contracted, "asset.officer") == [("确认信息已公开", "西安东城工人文化宫")]
    assert _work(contracted, "venue.staff") == []
