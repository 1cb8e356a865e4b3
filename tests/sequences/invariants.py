"""What holds after every command, read from the rows alone: the model is not asked."""

from collections.abc import Iterator
from itertools import pairwise

from approvals.enums import Outcome, Stage, TaskStatus
from approvals.models import Decision, Opinion, Proposal, Task
from approvals.selectors.stuck import AT_A_DESK, AT_A_MEETING
from audit.models import Event
from audit.rules import HASHED, chain_faults
from documents.models import NumberSequence
from tests.sequences.driving import Sequence
from tests.sequences.shapes import BODIES, COSIGN, FORMAL, FOUR, LEADER, LEGAL, WRITERS

CLOSED = (TaskStatus.DONE, TaskStatus.OVER, TaskStatus.CANCELLED)


class Watch:
    """What the invariants must remember of the command before."""

    def __init__(self) -> None:
        self.closed: dict[object, str] = {}
        self.known: set[object] = set()
        self.texts: dict[int, tuple] = {}
        self.number: str | None = None
        self.last: tuple[int, str] = (0, "")

    def broken(self, one: Sequence, refusal: str) -> Iterator[str]:
        """Every invariant that does not hold now."""
        yield from waits_for_somebody(one)
        yield from opinions_hang_on_their_version(one.said, one.plan)
        yield from two_people(one)
        yield from nothing_is_passed(one)
        yield from self.nothing_is_lost(one)
        yield from self.the_ledger_holds(one, refusal)
        yield from self.the_number_stays(one.plan)

    def nothing_is_lost(self, one: Sequence) -> Iterator[str]:
        if self.known - set(one.rows):
            yield "a task is gone"
        self.known |= set(one.rows)
        for pk, row in one.rows.items():
            before = self.closed.get(pk)
            if before and row.status != before:
                yield f"{row.desk_label} was {before} and is {row.status}"
            if row.status in CLOSED:
                self.closed[pk] = row.status
        for said in one.said:
            words = (said.outcome, said.text, said.by_id, said.on_behalf_of_id, said.at)
            if self.texts.setdefault(said.pk, words) != words:
                yield "an opinion was edited"

    def the_ledger_holds(self, one: Sequence, refusal: str) -> Iterator[str]:
        """Each act adds to the chain, a refused one nothing; every link is computed anew."""
        seq, last = self.last
        rows = Event.objects.filter(case_id=one.plan.case_id, seq__gte=seq or 1)
        events = list(rows.order_by("seq").values(*HASHED, "hash"))
        if seq and (not events or events[0]["hash"] != last):
            yield "the ledger was changed"
            return
        fresh = events[1:] if seq else events
        if refusal and seq and fresh:
            yield "a refused act is in the ledger"
        for before, event in pairwise(events):
            if event["prev_hash"] != before["hash"] or event["seq"] != before["seq"] + 1:
                yield f"the chain breaks at {event['seq']}"
        if events:
            self.last = (events[-1]["seq"], events[-1]["hash"])

    def the_number_stays(self, plan: Proposal) -> Iterator[str]:
        if self.number and plan.number != self.number:
            yield "the number changed"
        self.number = plan.number
        if bool(plan.number) != bool(plan.version_no):
            yield "a submitted plan and its number go together"


def waits_for_somebody(one: Sequence) -> Iterator[str]:
    """An open matter has an open task or an open meeting gate; a closed one has neither."""
    stage, rows = one.plan.stage, list(one.rows.values())
    unfinished = [row for row in rows if row.status in TaskStatus.UNFINISHED]
    if stage in AT_A_DESK:
        if not any(row.status == TaskStatus.OPEN for row in unfinished):
            yield f"{stage}: nobody has an open task"
    elif unfinished:
        yield f"{stage}: a task is still open"
    if (stage in AT_A_MEETING) != (len(one.items) == 1):
        yield f"{stage}: {len(one.items)} items wait"
    for row in unfinished:
        below = [child for child in unfinished if child.parent_id == row.pk]
        is_blocked = row.status == TaskStatus.PASSING or (
            row.status == TaskStatus.WAITING and row.is_desk
        )
        if is_blocked and not any(child.status == TaskStatus.OPEN for child in below):
            yield f"{row.desk_label} waits for nobody"
        if not row.is_desk and one.rows[row.parent_id].status in ("over", "cancelled"):
            yield "somebody is asked by a desk that is gone"


def opinions_hang_on_their_version(said: list[Opinion], plan: Proposal) -> Iterator[str]:
    """Each opinion names the hash of the version it saw, and stands for the present one or is void."""
    for opinion in said:
        if opinion.content_sha256 != opinion.plan_version.sha256:
            yield "an opinion does not hang on its version"
        if not opinion.is_valid or plan.stage not in Stage.IN_REVIEW:
            continue
        is_current = plan.version_no in (opinion.plan_version.no, opinion.carried_to)
        if not is_current and plan.stage in AT_A_DESK:
            yield "an opinion stands for a version it did not see"


def two_people(one: Sequence) -> Iterator[str]:
    """起草、审批、连续两个环节 are never one person, nor through a delegate."""
    desks: dict[str, set[tuple[str, str]]] = {}
    for opinion in one.said:
        task = one.rows[opinion.task_id]
        if not (opinion.is_valid and task.is_desk):
            continue
        for pk in filter(None, (opinion.by_id, opinion.on_behalf_of_id)):
            desks.setdefault(one.names[pk], set()).add((task.node, task.department_kind))
    for name, held in desks.items():
        if len(held) > 1:
            yield f"{name} signed two desks: {sorted(held)}"
        if name in WRITERS:
            yield f"{name} wrote the plan and signed it"


def nothing_is_passed(one: Sequence) -> Iterator[str]:
    """Every step behind the plan was taken by somebody: a valid word, a decision of each body."""
    stages, stage = one.model.shape.stages, one.plan.stage
    if stage == Stage.APPROVED:
        reached = len(stages)
    elif stage in stages:
        reached = stages.index(stage)
    else:
        return
    heard = {
        (task.node, task.department_kind)
        for opinion in one.said
        if opinion.is_valid and (task := one.rows[opinion.task_id]).is_desk
        and opinion.outcome != Outcome.RETURN
    }  # fmt: skip
    needed = {FORMAL: [(FORMAL, "")], LEGAL: [(LEGAL, "")], LEADER: [(LEADER, "")]}
    needed["countersigning"] = [(COSIGN, kind) for kind in FOUR]
    is_back = bool(one.plan.direct_to)
    for behind in stages[:reached]:
        for desk in needed.get(behind, []):
            if desk not in heard and not is_back:
                yield f"{stage}: {desk} has not spoken"
    yield from _bodies(one.plan, stages[:reached])


def _bodies(plan: Proposal, behind: tuple[str, ...]) -> Iterator[str]:
    if not set(behind) & set(BODIES):
        return
    rows = Decision.objects.filter(proposal=plan, item__conclusion__startswith="passed")
    decided = set(rows.values_list("item__body__kind", flat=True))
    for body in BODIES:
        if body in behind and body not in decided:
            yield f"{plan.stage}: {body} has not decided"


def at_the_end(one: Sequence) -> Iterator[str]:
    """The whole chain of the case, the lists of everybody, numbers without gaps."""
    events = Event.objects.filter(case_id=one.plan.case_id).order_by("seq")
    yield from chain_faults(events.values(*HASHED, "hash"))
    numbers = Proposal.objects.filter(number__startswith="HZ-2026-").count()
    given = NumberSequence.objects.filter(series="HZ", year=2026).values_list("last", flat=True)
    if numbers != sum(given):
        yield f"{numbers} plans have a number, {list(given)} were given"
    open_desks = Task.objects.filter(proposal=one.plan, status__in=TaskStatus.UNFINISHED)
    if one.plan.stage in Stage.FINAL and open_desks.exists():
        yield "a closed matter still has work"
