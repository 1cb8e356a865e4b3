"""The small province of the plans' tests, its venues and who supervises them."""

from datetime import date

import pytest

from supervision import services
from supervision.enums import ReportKind
from supervision.models import PeriodicReport
from tests.approvals.builders import moment
from tests.approvals.conftest import log_in, world

__all__ = ["log_in", "world"]

NOW = moment("2026-11-20 10:00")
FIGURES = {
    "asset_total": "12000000.00", "open_days": "80", "sessions": "36", "income": "685000.00",
    "expense": "540000.00", "receivable": "200000.00", "received": "180000.00",
    "welfare_hours": "420", "served": "15800", "discount": "32000.00", "risks": "无重大风险。",
    "changes": "无。", "constants": "五项均未改变。", "next_steps": "延长晚间开放。",
}  # fmt: skip


def schedule(world, **changes) -> PeriodicReport:
    """The third quarter of 2026, asked for on 20 September."""
    fields = {
        "venue": world.venue, "kind": ReportKind.ASSET_OPERATION,
        "period_from": date(2026, 7, 1), "period_to": date(2026, 9, 30),
        "by": world["asset.officer"], "at": moment("2026-09-20 09:00"),
    }  # fmt: skip
    return services.schedule_report(**(fields | changes))


def hand_in(world, report: PeriodicReport, **changes) -> PeriodicReport:
    fields = {
        "answers": FIGURES, "version": report.version, "by": world["venue.staff"], "at": NOW,
    }  # fmt: skip
    return services.hand_in_report(report=report, **(fields | changes))


def review(world, report: PeriodicReport, **changes) -> PeriodicReport:
    fields = {
        "is_accepted": True, "note": "", "version": report.version,
        "by": world["asset.officer"], "at": NOW,
    }  # fmt: skip
    return services.review_report(report=report, **(fields | changes))


@pytest.fixture
def report(world):
    """A report that is due."""
    return schedule(world)


@pytest.fixture
def submitted(world, report):
    """A report that waits for the asset department."""
    return hand_in(world, report)
