"""What a page costs: lists and the review page beside the floor, and how often they ask."""

from collections.abc import Callable, Iterator
from statistics import median

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from bench import floor, screens
from bench.calling import asking, cookie_of
from bench.figures import Figure
from bench.long_matter import ENTRIES, long_matter
from bench.measuring import Comparison, compare, cost_of
from core import clock
from organizations.selectors import forget_working_days, working_days_to_show
from tests.approvals.builders import World, appoint
from tests.approvals.conftest import build_world
from tests.lists import rows
from tests.lists.pages import FULL, LISTS

FEW, MANY = 10, 50
TIMES = 4
Asks = dict[str, Callable[[], bytes]]


def measure(_database: str) -> Iterator[Figure]:
    """What pages cost, then what a browser sees of all of them."""
    with transaction.atomic():  # as the requests of the people who would have done all this
        world = build_world()
        world.people["secadmin"] = appoint("secadmin", "安管", Role.SECURITY_ADMIN, None)
        kept = rows.build(world)
        matter = long_matter(world)
    asks = _asks(world)
    counted = []
    for numbers in (range(1, FEW + 1), range(FEW + 1, MANY + 2)):
        rows.fill(kept, numbers)
        counted.append({name: _queries(ask) for name, ask in asks.items()})
    analyze()
    ask_review = asking(
        WSGIHandler(),
        f"/proposals/{matter.pk}/review/",
        cookie=cookie_of(world["asset.officer"]),
    )
    ask_review()
    plain = cost_of(asking(floor.handler(), "/"), times=TIMES)
    yield _lists(plain, asks)
    yield _review(plain, ask_review)
    yield from _query_figures(*counted)
    yield from screens.measure()


def analyze() -> None:
    """Let the database learn how many rows there are, as its own housekeeping would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _asks(world: World) -> Asks:
    portal = WSGIHandler()
    cookies = {page.reader: cookie_of(world[page.reader]) for page in LISTS.values()}
    return {
        name: asking(portal, page.path, cookie=cookies[page.reader]) for name, page in LISTS.items()
    }


def _queries(ask: Callable[[], bytes]) -> int:
    """How often a page asks, once the process keeps what it keeps."""
    ask()
    clock.forget()
    clock.today()
    forget_working_days()
    working_days_to_show()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def _lists(plain: Callable[[], float], asks: Asks) -> Figure:
    found = {name: compare(plain, cost_of(ask, times=TIMES)) for name, ask in asks.items()}
    worst = max(found, key=lambda name: found[name].ratio)
    middle = median(one.ratio for one in found.values())
    note = f"{len(found)} lists of {MANY} rows, median {middle:.2f}, worst {worst}"
    return _ratio("list_vs_floor", found[worst], bar=1.4, note=note)


def _review(plain: Callable[[], float], ask: Callable[[], bytes]) -> Figure:
    found = compare(plain, cost_of(ask, times=TIMES))
    return _ratio("review_vs_floor", found, bar=3.0, note=f"{ENTRIES}+ timeline entries")


def _ratio(name: str, found: Comparison, *, bar: float, note: str) -> Figure:
    note = (
        f"{note}; CPU of the web process: floor {1000 * found.floor:.2f} ms, "
        f"page {1000 * found.product:.2f} ms; A/A {found.drift:.2f}"
    )
    return Figure(
        group="pages", figure=name, value=found.ratio, op="<=", bar=bar, unit="ratio", note=note,
        is_void=found.is_void,
    )  # fmt: skip


def _query_figures(few: dict[str, int], many: dict[str, int]) -> Iterator[Figure]:
    yield Figure(
        group="pages", figure="queries_max", value=max(*few.values(), *many.values()),
        op="<=", bar=FULL, unit="queries", note=f"{len(many)} lists, {FEW} and {MANY} rows",
    )  # fmt: skip
    differing = [name for name in few if few[name] != many[name]]
    yield Figure(
        group="pages", figure="queries_differing", value=len(differing), op="==", bar=0,
        unit="lists", note=", ".join(differing) or f"as many for {MANY} rows as for {FEW}",
    )  # fmt: skip
