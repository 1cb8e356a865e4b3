"""Words looked for in lists, held against Python's own `in` over the same columns."""

import random
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import models, transaction
from django.http import QueryDict
from django.utils.http import urlencode

from bench.figures import Figure
from core.filters import MOST_WORDS, TEXT_LENGTH, ListFilter
from partners.filters import PartnerFilter
from partners.models import Partner
from regulation.articles import TEXT_PATH
from tests.approvals.builders import TODAY, World
from tests.approvals.conftest import build_world
from tests.lists.rows import copies, set_own
from venues.filters import VenueFilter
from venues.models import Venue

ROWS, TERMS, SEED = 600, 200, 25
# What means something to LIKE, to SQL or to an address, and what people type by mistake.
AWKWARD = (
    "%", "_", "\\", "%%", "_%", "100%", "a_b", "\\%", "'", '"', "';--", "--", "*", "?", "[工]",
    "&", "+", "#", "<b>", "Ａ馆", "ａ馆", "É", "é", "ß", "𠮷", "　", " 工会 ", "工 会", "·", "（",
)  # fmt: skip


def measure(database: str) -> Iterator[Figure]:
    """One figure: how many of the terms find another set of rows than Python finds."""
    with transaction.atomic():
        world = build_world()
        texts = _texts()
        names = [*_slices(texts, ROWS - len(AWKWARD), 4, 14), *(f"样{one}例" for one in AWKWARD)]
        _rows(world, names)
    terms = _terms(texts)
    lists = ((VenueFilter, Venue), (PartnerFilter, Partner))
    wrong = [
        f"{conditions.__name__} {term!r}"
        for conditions, model in lists
        for term in _differing(conditions, model, world["province.asset"], terms)
    ]
    note = f"{database}: {len(terms)} terms, {len(lists)} lists of {ROWS} rows; {_words(wrong)}"
    yield Figure(
        group="search", figure="oracle_mismatches", value=len(wrong), op="==", bar=0,
        unit="terms", note=note,
    )  # fmt: skip


def _words(wrong: list[str]) -> str:
    return f"first: {', '.join(wrong[:3])}" if wrong else "as Python's `in`"


def _texts() -> str:
    """The regulation in one line: what venues and projects are called is made of its words."""
    return "".join(TEXT_PATH.read_text().split())


def _slices(text: str, number: int, shortest: int, longest: int) -> list[str]:
    chance = random.Random(SEED + longest)  # noqa: S311 - the same rows every time
    starts = (chance.randrange(len(text) - longest) for _ in range(number))
    return [text[start : start + chance.randint(shortest, longest)] for start in starts]


def _terms(text: str) -> list[str]:
    """Two characters mostly, as people search; one, many, two words, codes; then the awkward."""
    codes = ["zd-9-0001", "ZD-9", "zd 9", "9-00", "XA", "xa1"]
    several = [
        " ".join(pair)
        for pair in zip(_slices(text, 20, 1, 2), _slices(text, 20, 2, 3), strict=True)
    ]
    known = [*AWKWARD, *codes, *several, *_slices(text, 24, 1, 1), *_slices(text, 20, 3, 6)]
    return [*known, *_slices(text, TERMS - len(known), 2, 2)]


def _rows(world: World, names: list[str]) -> None:
    numbers = range(len(names))
    copies(
        world.venue,
        numbers,
        set_own(
            name=lambda _row, n: names[n],
            code=lambda _row, n: f"ZD-9-{n:04d}",
            uscc=lambda *_: "",
        ),
    )
    copies(
        world.partner,
        numbers,
        set_own(
            name=lambda _row, n: names[n],
            uscc=lambda _row, n: f"XA{n:016d}",
            business=lambda _row, n: names[-n],
        ),
    )


def _differing(
    conditions: type[ListFilter], model: type[models.Model], user: object, terms: Iterable[str]
) -> Iterator[str]:
    columns = conditions.search
    rows = [
        (pk, [str(value or "").lower() for value in values])
        for pk, *values in model._default_manager.values_list("pk", *columns)
    ]
    for term in terms:
        found = _found(conditions, model, user, term, TODAY)
        if found != {pk for pk, values in rows if _holds(term, values)}:
            yield term


def _found(
    conditions: type[ListFilter], model: type[models.Model], user: object, term: str, today: date
) -> set:
    asked = QueryDict(urlencode({"text": term}))
    rows = model._default_manager.all()
    return set(conditions(asked, rows, user=user, today=today).qs.values_list("pk", flat=True))


def _holds(term: str, values: list[str]) -> bool:
    """Every word in some column; letters alike in either case."""
    words = term[:TEXT_LENGTH].lower().split()[:MOST_WORDS]
    return all(any(word in value for value in values) for word in words)
