"""One row of every list made by the services, then many like it for pages that are full."""

import copy
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import models

from accounts.models import Post, User
from approvals.models import AuthorityMatrixRow, Cooperation, Proposal, RuleException, Task
from audit.models import Event
from contracts.enums import ContractState
from contracts.models import Contract
from disclosure.models import Disclosure
from documents.models import NumberEntry, NumberSequence
from evaluations.models import Evaluation, KpiScheme
from meetings import services as meetings
from meetings.models import AgendaItem, Body, Meeting, Resolution
from meetings.rules import Presence
from notifications.models import OutboxItem
from organizations import services as organizations
from partners.models import Partner
from planning.models import UnionPlan
from supervision.models import PeriodicReport, Rectification
from tests.access import matters
from tests.approvals import builders as plans
from tests.approvals.builders import World, moment
from venues.models import Venue


def build(world: World) -> dict[type[models.Model], models.Model]:
    """One of everything, by the road; the row of each table that is copied."""
    organizations.load_calendar()
    plans.grant_overall_plan(world)
    NumberSequence.objects.update(last=100)  # the contracts' builder numbers by counting
    submitted = plans.submitted_plan(world)
    found = matters.make_contract(world)
    scheme = matters.make_scheme(world)
    supervised = matters.make_supervision(world, found["contract"])
    body = world.bodies["party_group"]
    meeting = meetings.plan_meeting(
        body=body, session="2026年第9次", starts_at=moment("2026-11-24 09:00"), place="三楼",
        chair=body.members.order_by("pk").first(), by=world["secretary"], at=moment("2026-11-19 09:00"),
    )  # fmt: skip
    item = meetings.queue_item(
        body=body, subject_kind="proposal", subject_id=submitted.pk, case_id=submitted.case_id,
        title=submitted.title, url=f"/proposals/{submitted.pk}/review/", version_no=1,
        content_sha256="0" * 64, union=world.xian, venue_id=submitted.venue_id,
        by=world["asset.officer"], at=moment("2026-11-18 09:00"),
    )  # fmt: skip
    told = matters.notify_in_person(world, "venue.manager")
    user = world["venue.staff"]
    return {
        Venue: world.venue,
        Partner: world.partner,
        Proposal: submitted,
        Task: submitted.tasks.order_by("pk").first(),
        Cooperation: submitted.cooperation,
        RuleException: matters.make_exception(world, submitted),
        AuthorityMatrixRow: AuthorityMatrixRow.objects.order_by("pk").first(),
        Contract: found["contract_draft"],
        UnionPlan: matters.draft_union_plan(world),
        PeriodicReport: supervised["report"],
        Rectification: supervised["rectification"],
        Evaluation: matters.make_evaluation(world, found["contract"], scheme),
        KpiScheme: scheme,
        Disclosure: matters.publish(world),
        Body: body,
        Meeting: meeting,
        Resolution: _resolution(world, body),
        AgendaItem: item,
        NumberEntry: NumberEntry.objects.filter(case_id=submitted.case_id).first(),
        OutboxItem: told["delivery"],
        User: user,
        Post: Post.objects.get(user=user),
        Event: Event.objects.order_by("recorded_at", "pk").first(),
    }


def _resolution(world: World, body: Body) -> Resolution:
    """What a meeting that was held asked for."""
    members = list(body.members.order_by("order", "pk"))
    act = {"by": world["secretary"], "at": moment("2026-11-18 10:00")}
    held = meetings.plan_meeting(
        body=body, session="2026年第8次", starts_at=moment("2026-11-18 09:00"), place="三楼",
        chair=members[-1], **act,
    )  # fmt: skip
    rows = [Presence(member=one.pk, status="present") for one in members]
    meetings.register_attendance(meeting=held, rows=rows, **act)
    return meetings.add_resolution(
        meeting=held, text="补充应急预案。", owner="周宁", department_kind="asset",
        due_on=date(2026, 12, 10), **act,
    )  # fmt: skip


def copies(row: models.Model, numbers: range, change: Callable[[Any, int], None]) -> list:
    """Many rows like one that the services made; `change` gives each what must be its own."""
    made = []
    for number in numbers:
        one = copy.copy(row)
        one._state = copy.copy(row._state)
        one._state.adding = True
        key = row._meta.pk
        one.pk = uuid.uuid4() if isinstance(key, models.UUIDField) else None
        change(one, number)
        made.append(one)
    return type(row)._base_manager.bulk_create(made)


def set_own(**values: Callable[[Any, int], Any]) -> Callable[[Any, int], None]:
    """A change that gives each copy its own values of these fields."""

    def change(row: Any, number: int) -> None:
        for name, make in values.items():
            setattr(row, name, make(row, number))

    return change


def _day(name: str) -> Callable[[Any, int], date]:
    return lambda row, number: getattr(row, name) - timedelta(days=400 * number)


def _new(*_: Any) -> uuid.UUID:
    return uuid.uuid4()


# What no two rows of a table may share.
OWN: dict[type[models.Model], Callable[[Any, int], None]] = {
    Venue: set_own(code=lambda _row, n: f"ZD-9-{uuid.uuid4().hex[:8]}", uscc=lambda *_: ""),
    Partner: set_own(uscc=lambda *_: uuid.uuid4().hex[:18].upper()),
    AuthorityMatrixRow: set_own(
        valid_from=_day("valid_from"), valid_to=lambda row, _n: row.valid_from
    ),
    PeriodicReport: set_own(
        period_from=_day("period_from"), period_to=_day("period_to"), due_on=_day("due_on")
    ),
    Rectification: set_own(source_id=_new),
    Resolution: set_own(no=lambda _row, n: n + 1),
    Evaluation: set_own(
        period_from=_day("period_from"), period_to=_day("period_to"), due_on=_day("due_on")
    ),
    KpiScheme: set_own(valid_from=_day("valid_from")),
    UnionPlan: set_own(number=lambda *_: None, state=lambda *_: "rejected"),
    Body: set_own(kind=lambda *_: "venue_board", venue_id=_new),
    Meeting: set_own(session=lambda *_: uuid.uuid4().hex[:12]),
    AgendaItem: set_own(subject_id=_new),
    OutboxItem: set_own(dedupe_key=lambda *_: uuid.uuid4().hex),
    User: set_own(username=lambda *_: uuid.uuid4().hex[:12]),
    Post: lambda _row, _number: None,
    Event: set_own(case_id=_new, hash=lambda *_: uuid.uuid4().hex),
}


def fill(rows: dict[type[models.Model], models.Model], numbers: range) -> None:
    """Add a row for each number to every list, with what its line reads from other tables."""
    first = numbers[0]
    for model, change in OWN.items():
        copies(rows[model], numbers, change)
    cooperations = copies(rows[Cooperation], numbers, set_own(code=lambda *_: None))
    proposals = copies(
        rows[Proposal],
        numbers,
        set_own(number=lambda *_: None, cooperation=lambda _row, n: cooperations[n - first]),
    )
    copies(rows[Task], numbers, set_own(proposal=lambda _row, n: proposals[n - first]))
    copies(rows[RuleException], numbers, set_own(proposal=lambda _row, n: proposals[n - first]))
    copies(
        rows[Contract],
        numbers,
        set_own(
            number=lambda *_: uuid.uuid4().hex,
            state=lambda *_: ContractState.VOID,
            cooperation=lambda _row, n: cooperations[n - first],
        ),
    )
    sequence, _ = NumberSequence.objects.get_or_create(series="copies", year=2026)
    copies(rows[NumberEntry], numbers, set_own(sequence=lambda *_: sequence, no=lambda _row, n: n))
    NumberSequence.objects.filter(pk=sequence.pk).update(last=numbers[-1])
    venues = list(Venue.objects.filter(code__startswith="ZD-9-", disclosures=None))
    copies(rows[Disclosure], numbers, set_own(venue=lambda _row, n: venues[n - first]))
