"""From the venue's draft of an exception to the party group's decision, and its end."""

from datetime import date
from decimal import Decimal

from approvals.models import Proposal, RuleException
from approvals.services import exceptions
from partners.models import DueDiligenceItem
from tests.approvals import walk
from tests.approvals.builders import World, change, fresh, moment

# 配套服务: two of the kinds admitted by default, 90 of 1,000 ㎡.
ANCILLARY = {
    "unrelated_business": "yes",
    "ancillary_need": "训练时间长，场内没有饮水和简餐。",
    "ancillary_services": [
        {"service": "便民餐饮", "items": "简餐、盒饭", "area": "60"},
        {"service": "饮品零食", "items": "自动售货机两台", "area": "30"},
    ],
    "ancillary_income_cap": "5",
    "ancillary_prices": "不高于周边超市。",
    "ancillary_signs": "以阵地名称标识，不挂商户招牌。",
}
UNTIL = date(2029, 11, 30)

CASE = {
    "facts": "合作方投入 1800 万元，期限八年。",
    "reason": "五年内不能收回投入。",
    "risk": "期限较长。",
    "mitigation": "逐年评价。",
    "lawyer_opinion": "可以例外。",
}


def drafted(world, proposal, rule_code="13-4-4", **changes) -> RuleException:
    facts = CASE | {"valid_until": UNTIL, "rule_code": rule_code}
    facts |= {"by": world["venue.staff"], "at": moment("2026-10-20 09:00")}
    return exceptions.draft_exception(proposal=proposal, **facts | changes)


def submitted_one(world, proposal, rule_code="13-4-4", **changes) -> RuleException:
    one = drafted(world, proposal, rule_code, **changes)
    return exceptions.submit_exception(
        exception=one, version=one.version, by=world["venue.manager"],
        at=moment("2026-10-21 09:00"),
    )  # fmt: skip


def reviewed(world, proposal, rule_code="13-4-4", *, is_cleared=True, **changes) -> RuleException:
    one = submitted_one(world, proposal, rule_code, **changes)
    return exceptions.review_exception(
        exception=one, opinion="属原则性规定，可以上会。", is_cleared=is_cleared,
        version=one.version, by=world["counsel"], at=moment("2026-10-22 09:00"),
    )  # fmt: skip


def granted(world, proposal, rule_code="13-4-4", **changes) -> RuleException:
    """Passed by the party group on 26 October."""
    one = reviewed(world, fresh(proposal), rule_code, **changes)
    walk.conclude(
        world,
        walk.seat(world, walk.waiting(one.pk), day="2026-10-26"),
        at=moment("2026-10-26 10:00"),
    )
    one.refresh_from_db()
    return one


def revoked(world, one, at: str = "2026-11-11 09:00") -> RuleException:
    return exceptions.revoke_exception(
        exception=one, reason="合作方未按约定投入", version=one.version, by=world["asset.head"],
        at=moment(at),
    )  # fmt: skip


def break_rule(world: World, proposal: Proposal, rule_code: str) -> Proposal:
    """The plan as it is when it does not meet one of the eight 原则上 rules."""
    if rule_code == "13-4-4":
        change(world, proposal, "overview", ends_on="2034-11-30")
    elif rule_code == "18-5":
        world.venue.building_area = Decimal(1000)
        world.venue.save()
        change(world, proposal, "negative_list", **ANCILLARY)
    else:
        DueDiligenceItem.objects.filter(code=rule_code).update(finding="unmet")
    return fresh(proposal)
