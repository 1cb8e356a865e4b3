"""The small province of the contracts, with a venue that has something to tell."""

import dataclasses
from decimal import Decimal

import pytest

from contracts.enums import GateCode
from disclosure import services
from disclosure.models import Disclosure
from disclosure.rules import Content, ServiceLine
from tests.approvals.builders import World, grant_overall_plan, moment
from tests.approvals.conftest import log_in, world

__all__ = ["log_in", "world"]

NOW = moment("2026-11-18 09:00")
LINES = (
    ServiceLine(name="羽毛球场地", unit="元/小时", price=Decimal("20.00"), description="八片"),
    ServiceLine(name="职工书屋", unit="元/人次", price=Decimal("0.00")),
)
WHOLE = Content(
    opening_hours="每日 9:00—21:00，周一闭馆",
    steps="电话或前台预约\n凭工会会员卡入场",
    contact="前台 029-87320000",
    supervision_phone="12351",
    model_workers_offer="凭证免费",
    workers_in_need_offer="凭帮扶证免费",
    members_offer="凭会员卡五折",
    services=LINES,
)


@pytest.fixture
def town(world, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return world


@pytest.fixture
def contracted(town):
    """The town with an overall plan in force, ready for a contract."""
    grant_overall_plan(town)
    return town


def content(**changes) -> Content:
    return dataclasses.replace(WHOLE, **changes)


def fresh(disclosure: Disclosure) -> Disclosure:
    return Disclosure.objects.select_related("venue__supervising_union").get(pk=disclosure.pk)


def drafted(world: World, **changes) -> Disclosure:
    deed = {"by": world["venue.staff"], "at": NOW}
    disclosure = services.draft_disclosure(venue=world.venue, **deed)
    return services.save_disclosure(disclosure=disclosure, content=content(**changes), **deed)


def submitted(world: World, **changes) -> Disclosure:
    disclosure = drafted(world, **changes)
    return services.submit_disclosure(disclosure=disclosure, by=world["venue.staff"], at=NOW)


def published(world: World, **changes) -> Disclosure:
    disclosure = submitted(world, **changes)
    return services.review_disclosure(
        disclosure=disclosure, is_cleared=True, by=world["asset.officer"], at=NOW
    )


def gate_of(contract):
    return contract.gates.get(code=GateCode.DISCLOSURE)
