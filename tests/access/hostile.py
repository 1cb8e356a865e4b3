"""What nobody should send: hostile values for every kind of field, and broken forms."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.contracts.builders import picture
from tests.harness.forms import Field, PageForm

Body = dict[str, list]
NOBODY = "6a4181a7-d70e-4f08-a0e5-42f011dce2b3"
LONG = "长" * 100_000
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
TEXTS = (
    "甲\x00乙",
    "甲\x07\x1b[31m\x7f\u0085乙",
    LONG,
    "=cmd|' /C calc'!A0",
    SCRIPT,
    "'; DROP TABLE accounts_user; --",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "\u202e\ufeff𠀀\u2028\u0000",
    "-1",
    "NaN",
    "1e400",
    " \t　 ",
    "../../../etc/passwd",
    "%s%n%00%ff",
)
NUMBERS = (
    "-1", "-0", "0", "9" * 400, "1e400", "1e-400", "NaN", "sNaN", "Infinity", "-Infinity", "1,000",
    "１２", "٣", "1_000", "0x1F", "99999999999999999999", "2147483648", "1.005", "一百", "5\x00",
)  # fmt: skip
DAYS = (
    "2027-02-30", "2027-02-29", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01",
    "2026-13-45", "2026-1-1T25:61", "2026年1月1日", "20261120", "-1", "NaN", "2026-11-20\x00",
)  # fmt: skip
MOMENTS = (*DAYS, "9999-12-31T23:59", "0001-01-01T00:00", "2026-11-20T24:00", "2026-11-20T09:00+99")
CHOICES = (
    NOBODY, NOBODY[:-1], f"{NOBODY}\x00", "9" * 30, "-1", "0", "None", "null", "[]", "true",
    "' OR 1=1 --", "\x00", "长" * 1000,
)  # fmt: skip
VALUES = {"number": NUMBERS, "date": DAYS, "datetime-local": MOMENTS, "time": MOMENTS,
          "select": CHOICES, "radio": CHOICES, "checkbox": CHOICES, "hidden": CHOICES}  # fmt: skip
KEPT = frozenset({"text", "textarea", "number", "search", "tel", "email"})
# What a person would write: by the end of the field's name, else by its kind, else some words.
WORDS = "样例文字，供检验这张表单之用。"
BY_NAME = {
    "uscc": "91610103MA6TBQ0M5K", "email": "yangli@example.cn", "username": "yangli.x",
    "phone": "029-87320000", "copies": "4", "amount": "1", "fee": "1", "price": "1", "share": "1",
    "income": "1", "count": "1", "score": "1", "value": "1", "weight": "100", "population": "1",
    "on": "2026-11-20", "from": "2026-11-20", "until": "2027-11-20",
}  # fmt: skip
BY_KIND = {"date": "2026-11-20", "datetime-local": "2026-11-20T00:01", "number": "1",
           "password": "Demo-2026!"}  # fmt: skip
SPECIAL: dict[str, tuple[list[str] | None, ...]] = {
    "command_id": (None, [""], ["x"], ["\x00"], [NOBODY, NOBODY[::-1]], ["9" * 5000]),
    "version": (
        None, [""], ["x"], ["-1"], ["1.5"], ["9" * 50], ["2147483648"], ["9223372036854775808"],
    ),
    "content_sha256": (None, [""], ["0" * 64], ["\x00"], [LONG]),
}  # fmt: skip
BOOKKEEPING = 3  # of the ways to break one of these fields, at each form
TOTALS: tuple[list[str] | None, ...] = (["-1"], ["99999999"], ["9" * 5000], ["x\x00"], None)


@dataclass(frozen=True, slots=True)
class Attack:
    """One hostile request: its name, its body, and the texts that must not get lost."""

    name: str
    body: Body
    typed: tuple[str, ...] = ()
    stored: frozenset[str] = frozenset()  # what the form was opened with
    may_show: bool = False  # a button that only shows something is answered with a page


def liars() -> dict[str, Callable[[], SimpleUploadedFile]]:
    """Files that are not what they say."""
    png = picture().getvalue()
    made = {
        "program": ("计划.pdf", b"MZ\x90\x00" * 100, "application/pdf"),
        "empty": ("空.png", b"", "image/png"),
        "cut": ("断.png", png[: len(png) // 2], "image/png"),
        "page": ("页.png", b"<html><script>alert(1)</script>", "image/png"),
        "zip": ("表.xlsx", b"PK\x03\x04" + b"\0" * 60, "application/zip"),
        "named": ("../../etc/" + "名" * 300 + ".png", png, "image/png"),
        "script": (f"{SCRIPT}.png", png, "text/html"),
        "no extension": ("无扩展名", png, ""),
        "two extensions": ("双.pdf.exe", png, "application/octet-stream"),
    }
    return {key: (lambda row=row: SimpleUploadedFile(*row)) for key, row in made.items()}


LIARS = liars()


class Sample:
    """The attacks on one form: around a body that a careless person might send."""

    def __init__(self, form: PageForm, *, name: str, lean: bool = False) -> None:
        self.form = form
        self.lean = lean  # only what is asked for, or something in every gap
        self.start = crc32(name.encode())  # a fixed place to begin, another for each form
        self.fields = [one for one in form.fields.values() if one.name != "csrfmiddlewaretoken"]

    def plausible(self) -> Body:
        body = {one.name: filled for one in self.fields if (filled := self._filled(one))}
        if "command_id" in body:
            body["command_id"] = [str(uuid.uuid4())]
        return body

    def _filled(self, one: Field) -> list:
        standing = [value for value in one.values if value]
        if standing or one.kind == "hidden":
            return standing or list(one.values)
        if self.lean and not one.required:
            return [""] if one.kind in KEPT else []
        if one.kind in ("select", "radio", "checkbox"):
            return [value for value in one.options if value][:1]
        if one.kind == "file":
            return [SimpleUploadedFile("样例.png", picture().getvalue(), "image/png")]
        return [_likely(one)]

    def attacks(self, *, each: int, most: int) -> list[Attack]:
        """`each` hostile values in every field, `most` of them in all; every way to break the form."""
        single = [
            self._aimed(one, _values_for(one), self.start + number * each + turn)
            for number, one in enumerate(self.fields)
            for turn in range(each)
        ]
        step = max(1, -(-len(single) // most))
        stored = frozenset(value for one in self.fields for value in one.values)
        sample = [*single[self.start % step :: step], *self._broken()]
        return [replace(one, stored=stored) for one in sample]

    def _aimed(self, one: Field, values: tuple[str, ...], turn: int) -> Attack:
        value = values[turn % len(values)]
        body = self.plausible()
        body[one.name] = [LIARS[value]() if one.kind == "file" else value]
        return Attack(f"{one.name} is {value[:40]!r}", body, self._typed(body))

    def _broken(self) -> Iterator[Attack]:
        yield Attack("nothing but the token", {"csrfmiddlewaretoken": ["x"]})
        yield Attack("the command alone", {"command_id": [str(uuid.uuid4())]})
        yield self._changed({"is_superuser": ["1"], "stage": ["approved"], "pk": [NOBODY]})
        for button in self.form.buttons:
            pressed = self._changed({button.name: list(button.values)})
            yield replace(pressed, may_show=True)
        if self.fields:
            one, other = (self.fields[self.start // n % len(self.fields)].name for n in (1, 7))
            yield self._changed({one: None})
            yield self._changed({other: ["甲", "乙", "丙"]})
        for name in self.form.fields:
            values = _special(name)
            for turn in range(min(BOOKKEEPING, len(values))):
                yield self._changed({name: values[(self.start + turn) % len(values)]})

    def _changed(self, changes: dict[str, list[str] | None]) -> Attack:
        body = self.plausible() | {key: value for key, value in changes.items() if value}
        for key in [key for key, value in changes.items() if value is None]:
            body.pop(key, None)
        told = ", ".join(f"{key} is {str(value)[:40]}" for key, value in changes.items())
        return Attack(told, body, self._typed(body))

    def _typed(self, body: Body) -> tuple[str, ...]:
        """The texts of a body that a person wrote: the last value counts, as in Django."""
        sent = [body.get(one.name, [])[-1:] for one in self.fields if one.kind in KEPT]
        return tuple(value for values in sent for value in values if value.strip())


def _likely(one: Field) -> str:
    last = one.name.rpartition("-")[2].rpartition("_")[2]
    return BY_KIND.get(one.kind) or BY_NAME.get(last, WORDS)


def _values_for(one: Field) -> tuple[str, ...]:
    if one.kind == "file":
        return tuple(LIARS)
    if one.kind == "text" and _likely(one) != WORDS:
        return NUMBERS + DAYS + TEXTS
    return VALUES.get(one.kind, TEXTS)


def _special(name: str) -> tuple[list[str] | None, ...]:
    if name.endswith("-TOTAL_FORMS"):
        return TOTALS
    if name.endswith("-INITIAL_FORMS"):
        return (["-1"], ["3"], ["x"], None)
    return SPECIAL.get(name, ())
