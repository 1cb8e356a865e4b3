"""Reads of the workbench: work, figures, what stands beside them; the deadlines."""

from analytics.selectors.deadlines import deadlines_in, near_deadlines
from analytics.selectors.figures import (
    HANCHENG,
    FigureKey,
    Figures,
    count_figures,
    watches_desks,
    watches_province,
)
from analytics.selectors.panels import (
    ContractSpan,
    Near,
    Panels,
    Sitting,
    read_panels,
    watches_acts,
)
from analytics.selectors.work import (
    ROWS,
    SOON_DAYS,
    SOURCES,
    WorkRow,
    done_by,
    done_rows,
    limit_words,
    started_by,
    started_rows,
    waiting_for,
    work_row,
)

__all__ = [
    "HANCHENG",
    "ROWS",
    "SOON_DAYS",
    "SOURCES",
    "ContractSpan",
    "FigureKey",
    "Figures",
    "Near",
    "Panels",
    "Sitting",
    "WorkRow",
    "count_figures",
    "deadlines_in",
    "done_by",
    "done_rows",
    "limit_words",
    "near_deadlines",
    "read_panels",
    "started_by",
    "started_rows",
    "waiting_for",
    "watches_acts",
    "watches_desks",
    "watches_province",
    "work_row",
]
