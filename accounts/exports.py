"""A list as a file: an Excel workbook or CSV, with the note that says what it holds.

Text stays text. A spreadsheet takes what begins with = + - @ for a formula: the workbook
is told that every text is one, and in CSV a quotation mark goes in front.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NOTE_SHEET = "口径"
MOST_WIDE, LEAST_WIDE = 48, 8
LONGEST_CELL = 32_767
PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def csv_file(labels: Sequence[str], rows: Iterable[Sequence[Any]], notes: Sequence[str]) -> bytes:
    """The rows as CSV that Excel and WPS open as Chinese; the note stands below the rows."""
    out = StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_ALL).writerow
    write([harmless(label) for label in labels])
    for row in rows:
        write([harmless(value) for value in row])
    write([])
    for note in notes:
        write([harmless(note)])
    return (BOM + out.getvalue()).encode()


def harmless(value: Any) -> Any:
    """A value that no spreadsheet computes; figures are left as they are."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def workbook(
    title: str, labels: Sequence[str], rows: Iterable[Sequence[Any]], notes: Sequence[str]
) -> bytes:
    """The rows as a workbook: one sheet of them, one of the note."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    head = book.add_format({"bold": True, "bg_color": "#F1F3F5", "bottom": 1})
    days = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 1)
    for at, label in enumerate(labels):
        sheet.set_column(at, at, min(MOST_WIDE, max(LEAST_WIDE, 2 * len(label) + 6)))
        sheet.write_string(0, at, label, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            _write(sheet, (last, at), value, days=days, moments=moments)
    sheet.autofilter(0, 0, last, len(labels) - 1)
    note_sheet = book.add_worksheet(NOTE_SHEET)
    note_sheet.set_column(0, 0, 2 * MOST_WIDE)
    for at, note in enumerate(notes):
        note_sheet.write_string(at, 0, note)
    book.close()
    return out.getvalue()


def _write(sheet: Any, place: tuple[int, int], value: Any, *, days: Any, moments: Any) -> None:
    match value:
        case datetime():
            sheet.write_datetime(*place, value, moments)
        case date():
            sheet.write_datetime(*place, datetime(value.year, value.month, value.day), days)  # noqa: DTZ001 - a sheet knows no zones
        case int() | Decimal():
            sheet.write_number(*place, value)
        case _:
            sheet.write_string(*place, str(value)[:LONGEST_CELL])
