"""What changes reports and rectifications."""

from supervision.services.rectifications import (
    open_rectification,
    report_rectification,
    review_rectification,
)
from supervision.services.reports import review_report, save_report, schedule_report, submit_report

__all__ = [
    "open_rectification",
    "report_rectification",
    "review_rectification",
    "review_report",
    "save_report",
    "schedule_report",
    "submit_report",
]
