"""What a careless or a hostile hand may send."""

import uuid

TEXTS = (
    "\x00",
    "甲\x00乙",
    "\x07\x1b[31m",
    "长" * 10_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE accounts_user; --",
    "{{ 7|add:7 }}{% debug %}{% load static %}",
    "\u202e\u2066\u200f倒\ufeff",
    "%s%n%(x)s{0}{x!r}",
    "../../../etc/passwd",
    '=HYPERLINK("http://x")',
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") * 200,
)
NUMBERS = (
    "-1", "0", "9" * 40, "-" + "9" * 40, "1e400", "9e99", "NaN", "Infinity", "-Infinity",
    "0x10", "1,000", "١٢٣", "１２３", "1.00000000000000000001", "+", "1e-400", "2147483648",
    "9223372036854775808",
)  # fmt: skip
DATES = (
    "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-13-01",
    "1900-02-29", "二〇二六年一月一日", "2026-11-19T25:61", "9999-12-31T23:59", "0001-01-01T00:00",
)  # fmt: skip
CHOICES = (
    "nobody", "", "None", "null", "True", "[]", "{}", str(uuid.UUID(int=0)), "-1",
    "9" * 30, "\x00", "<script>alert(1)</script>",
)  # fmt: skip
VERSIONS = ("0", "-1", "9e99", "abc", "", "99999999999999999999", "1.5", "\x00")
EVERYWHERE = (*TEXTS, *NUMBERS[:9], *DATES[:5], *CHOICES[:8])
QUERY = (
    "tab", "page", "q", "item", "rule", "next", "user", "show", "status", "channel", "case",
    "within", "text", "contract", "proposal", "body", "kind", "stage", "mode", "venue", "city",
    "state", "grade", "union", "year", "level", "venue_kind", "unknown",
)  # fmt: skip
QUERY_VALUES = (
    "-1", "999999", "abc", "\x00", "<script>alert(1)</script>", "9" * 40, "长" * 2000,
    str(uuid.UUID(int=0)), "2026-02-30", "NaN",
)  # fmt: skip
SCRIPT = "<script>alert(1)"


def values_for(kind: str, name: str) -> tuple[str, ...]:
    """What is tried on one field while the others keep what they should have."""
    if name == "version":
        return VERSIONS
    if kind == "number" or name.endswith("_FORMS"):
        return NUMBERS
    if kind in ("date", "datetime-local"):
        return DATES
    if kind in ("select", "radio", "checkbox", "hidden"):
        return CHOICES
    return TEXTS + NUMBERS[2:6]
