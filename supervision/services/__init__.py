"""What changes reports and rectifications."""

from supervision.services.rectifications import (
    open_rectification,
    report_rectification,
    review_rectification,
)
from supervision.services.reports import (
    hand_in_report,
    review_report,
    save_report,
    schedule_for_all,
    schedule_report,
    submit_report,
)

__all__ = [
    "hand_in_report",
    "open_rectification",
    "report_rectification",
    "review_rectification",
    "review_report",
    "save_report",
    "schedule_for_all",
    "schedule_report",
    "submit_report",
]
