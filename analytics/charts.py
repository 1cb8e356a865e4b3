"""Shapes of the workbench's charts: counts and days in, positions out. Pure; drawn as SVG.

Positions across are shares of the width in per cent, so that a chart grows with its card
while its words keep their size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WORDS_ROOM = 0.8  # a bar that ends later than this part of the axis has its words inside
SOON_DAYS = 180  # from here on a contract is shown as near its end

# The cities as they lie to each other: column and row of the grid. A sketch, no map.
PLACES: dict[str, tuple[str, int, int]] = {
    "610800": ("榆林", 3, 0),
    "610600": ("延安", 3, 1),
    "610200": ("铜川", 2, 2),
    "610581": ("韩城", 4, 2),
    "610300": ("宝鸡", 0, 3),
    "610403-SFQ": ("杨凌", 1, 3),
    "610400": ("咸阳", 2, 3),
    "610100": ("西安", 3, 3),
    "610500": ("渭南", 4, 3),
    "610700": ("汉中", 1, 4),
    "610900": ("安康", 2, 4),
    "611000": ("商洛", 3, 4),
}
STEP, SIDE = 71, 66
SHADES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One part of a stacked bar."""

    code: str
    label: str
    count: int
    url: str
    x: str
    width: str


def stacked(parts: Iterable[tuple[str, str, int, str]]) -> list[Segment]:
    """The parts (code, label, count, address) side by side; empty ones take no room."""
    kept = [part for part in parts if part[2]]
    total = sum(part[2] for part in kept)
    segments, before = [], 0
    for code, label, count, url in kept:
        segments.append(
            Segment(
                code=code,
                label=label,
                count=count,
                url=url,
                x=percent(before, total),
                width=percent(count, total),
            )
        )
        before += count
    return segments


def percent(part: float, whole: float) -> str:
    """A share of the width as SVG writes it."""
    return f"{100 * part / whole:.2f}%" if whole else "0%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One contract on the axis: where it lies, how near its end is."""

    title: str
    venue: str
    url: str
    starts_on: date
    ends_on: date
    x: str
    width: str
    tone: str
    words: str
    end: str  # where the words stand: behind the bar, or at its end where the axis is over
    is_inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The years of a time line, today's place on it, the bars."""

    years: list[tuple[int, str]]
    today: str
    bars: list[Bar]


def time_line(spans: Sequence[tuple[str, str, str, date, date]], *, today: date) -> Axis | None:
    """Contracts (title, venue, address, first day, last day) on one axis of whole years."""
    if not spans:
        return None
    first = date(min(today, *(span[3] for span in spans)).year, 1, 1)
    last = date(max(today, *(span[4] for span in spans)).year + 1, 1, 1)
    whole = (last - first).days

    def place(day: date) -> str:
        return percent((day - first).days, whole)

    bars = []
    for title, venue, url, starts_on, ends_on in spans:
        over = ends_on + timedelta(days=1)
        bars.append(
            Bar(
                title=title,
                venue=venue,
                url=url,
                starts_on=starts_on,
                ends_on=ends_on,
                x=place(starts_on),
                width=percent((over - starts_on).days, whole),
                tone=tone_of(ends_on, today=today),
                words=words_of(ends_on, today=today),
                end=place(over),
                is_inside=(over - first).days > WORDS_ROOM * whole,
            )
        )
    years = [(year, place(date(year, 1, 1))) for year in range(first.year, last.year)]
    return Axis(years=years, today=place(today), bars=bars)


def tone_of(ends_on: date, *, today: date) -> str:
    """Past, near, or with time to go."""
    left = (ends_on - today).days
    if left < 0:
        return "bad"
    return "warn" if left <= SOON_DAYS else "ok"


def words_of(ends_on: date, *, today: date) -> str:
    """How a bar ends, in words."""
    left = (ends_on - today).days
    if left < 0:
        return f"已到期 {-left} 天，未办结"
    if left == 0:
        return "今天到期"
    return f"剩 {left} 天" if left <= SOON_DAYS else f"{ends_on:%Y-%m}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A city on the grid."""

    name: str
    count: int
    url: str
    x: int
    y: int
    shade: int


def grid(counts: dict[str, tuple[int, str]]) -> list[Tile]:
    """The cities with their counts and addresses, darker with more."""
    most = max((count for count, _url in counts.values()), default=0)
    tiles = []
    for code, (name, column, row) in PLACES.items():
        count, url = counts.get(code, (0, ""))
        shade = -(-SHADES * count // most) if most else 0
        tiles.append(
            Tile(name=name, count=count, url=url, x=column * STEP, y=row * STEP, shade=shade)
        )
    return tiles
