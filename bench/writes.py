"""What it costs that an act is recorded: beside a plain save, and with sixteen writers at once."""

import uuid
from collections.abc import Iterator

from django.db import connection, transaction

from approvals.models import Proposal
from audit.models import Event
from audit.services import record
from bench import floor
from bench.calling import asking
from bench.figures import Figure
from bench.measuring import LEAST_SPIN, best_spin_gain, compare, cost_of, cpu_of
from bench.writers import cost_at_once
from notifications.models import OutboxItem
from notifications.services import notify
from tests.approvals import builders
from tests.approvals.builders import World, moment
from tests.approvals.conftest import build_world
from tests.lists.rows import copies, set_own

WRITERS, TIMES = 16, 40
AT = moment("2026-11-19 09:00")


def measure(_database: str) -> Iterator[Figure]:
    """The figures of this group."""
    with transaction.atomic():
        world = build_world()
        plan = builders.new_plan(world)
        _matters(plan)
    yield _save(world, plan)
    yield _throughput(world)


def _matters(plan: Proposal) -> None:
    """A page of matters like this one, each with a chain of its own."""
    numbers = range(floor.ROWS)
    own = copies(plan.cooperation, numbers, set_own(code=lambda *_: None))
    change = set_own(number=lambda *_: None, cooperation=lambda _row, n: own[n])
    copies(plan, numbers, change)


def _save(world: World, plan: Proposal) -> Figure:
    """The kernel of every service: the row with its snapshot, the act, the notice; one transaction."""
    officer, told = world["asset.officer"], world["venue.manager"]
    plain, recorded = Proposal.objects.get(pk=plan.pk), Proposal.objects.get(pk=plan.pk)
    plain.skip_history_when_saving = True

    def save() -> None:
        with transaction.atomic():
            plain.save()

    def act() -> None:
        with transaction.atomic():
            recorded.save()
            _record(recorded, officer)
            notify(
                users=[told], title=recorded.title, body="请办理。", kind="approvals.proposal",
                url=f"/proposals/{recorded.pk}/review/", dedupe_key=uuid.uuid4().hex, at=AT,
                case_id=recorded.case_id,
            )  # fmt: skip

    server = connection.connection.info.backend_pid
    clock = lambda: cpu_of("self", server)  # noqa: E731 - of this process and its server's
    found = compare(cost_of(save, times=TIMES, clock=clock), cost_of(act, times=TIMES, clock=clock))
    Event.objects.filter(case_id=plan.case_id).delete()
    OutboxItem.objects.all().delete()
    return Figure(
        group="writes", figure="save_vs_plain", value=found.ratio, op="<=", bar=4, unit="ratio",
        is_void=found.is_void,
        note=f"row, snapshot, act in the ledger, notice; CPU of client and server: plain "
        f"{1000 * found.floor:.2f} ms, act {1000 * found.product:.2f} ms; A/A {found.drift:.2f}",
    )  # fmt: skip


def _throughput(world: World) -> Figure:
    """Sixteen writers, five milliseconds of work each time: with and without the ledger.

    The work is the floor page: 5.0 ms on the machine the bars come from, slower where all is.
    """
    officer = world["asset.officer"]
    work = asking(floor.handler(), "/")
    rows = list(Proposal.objects.order_by("pk")[:WRITERS])

    def save(row: Proposal) -> None:
        work()
        with transaction.atomic():
            row.save()

    def audited(row: Proposal) -> None:
        work()
        with transaction.atomic():
            row.save()
            _record(row, officer)

    gain = best_spin_gain()
    found = compare(cost_at_once(save, rows), cost_at_once(audited, rows))
    return Figure(
        group="writes", figure="audited_throughput", value=found.speed, op=">=", bar=0.9,
        unit="ratio", is_void=found.is_void or gain < LEAST_SPIN,
        note=f"{WRITERS} writers: {1 / found.floor:.0f} acts a second without the ledger, "
        f"{1 / found.product:.0f} with it; A/A {found.drift:.2f}; two processes do {gain:.2f} "
        f"times the work of one",
    )  # fmt: skip


def _record(plan: Proposal, by: object) -> None:
    record(
        case_id=plan.case_id, code="approvals.proposal.changed", title="修改方案", by=by, at=AT,
        body={"proposal": str(plan.pk), "version_no": plan.version_no},
    )  # fmt: skip
