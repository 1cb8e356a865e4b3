"""How often each union sets a 「原则上」 aside: every union in sight, by rule and by what came of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from approvals.enums import ExceptionState
from approvals.models import RuleException
from approvals.rules.excepting import state_on
from organizations.models import TradeUnion
from regulation.register import RULES


@dataclass(slots=True)
class ExceptionCount:
    """One union: how many are asked for, stand, ran out, were refused or taken back."""

    union: TradeUnion
    asked: int = 0
    standing: int = 0
    expired: int = 0
    refused: int = 0
    revoked: int = 0
    by_rule: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def rules(self) -> list[tuple[str, int]]:
        """The rules set aside, most often first, with how many times."""
        return sorted(self.by_rule.items(), key=lambda one: (-one[1], list(RULES).index(one[0])))

    @property
    def total(self) -> int:
        return self.asked + self.standing + self.expired + self.refused + self.revoked


def exception_counts(user: User, *, today: date) -> list[ExceptionCount]:
    """The unions in sight that were asked for an exception, in the order of the tree."""
    rows = RuleException.objects.visible_to(user).exclude(submitted_at=None)
    facts = rows.order_by("pk").values_list(
        "proposal__supervising_union", "state", "valid_until", "rule_code"
    )
    found: dict[int, ExceptionCount] = {}
    unions = TradeUnion.objects.in_bulk({one[0] for one in facts})
    for union, state, until, rule in facts:
        line = found.setdefault(union, ExceptionCount(unions[union]))
        name = _column(state_on(state, until, today))
        setattr(line, name, getattr(line, name) + 1)
        if name in ("standing", "expired"):
            line.by_rule[rule] += 1
    return sorted(found.values(), key=lambda one: (one.union.path, one.union.pk))


def _column(state: ExceptionState) -> str:
    if state in (ExceptionState.APPROVED, ExceptionState.EXPIRED):
        return "standing" if state is ExceptionState.APPROVED else "expired"
    if state == ExceptionState.REJECTED:
        return "refused"
    return "revoked" if state == ExceptionState.REVOKED else "asked"
