"""The approval as the design page says it, in plain Python: what the services are held against.

Nothing here knows Django or a service. A verb either raises `No` and leaves everything as it
was, or does all that the page says it does.
"""

from dataclasses import dataclass, field

from tests.sequences.shapes import (
    BODIES,
    CITY,
    COLLEAGUES,
    COSIGN,
    EVERY_CHANGE,
    FORMAL,
    FOUR,
    LEADER,
    LEGAL,
    PROVINCE,
    READERS,
    SEATS,
    STAGE_OF,
    URGERS,
    WRITERS,
    Shape,
    holders,
    verdict,
)

OPEN, WAITING, PASSING = "open", "waiting", "passing"
DONE, OVER, CANCELLED = "done", "over", "cancelled"
UNFINISHED = (OPEN, WAITING, PASSING)
IN_REVIEW = (*STAGE_OF.values(), *BODIES, "upward", "changes_pending", "replying")
WRITABLE = ("draft", "returned", "deferred", "withdrawn", "changes_pending")
ENDED = ("approved", "rejected", "void")
MARKS = {
    "agree": "for", "conditional": "for", "reserve": "abstain", "disagree": "against",
    "recuse": "recused",
}  # fmt: skip
ALLOWED = {
    FORMAL: ("agree", "return"),
    COSIGN: (*MARKS, "return"),
    LEGAL: ("agree", "conditional", "reserve", "return", "disagree"),
    LEADER: ("agree", "reserve", "return", "disagree"),
}
SPOKEN_AT_LENGTH = ("conditional", "reserve", "return", "disagree", "recuse")
KEEPER, MANAGER, SECRETARY = "asset.head", "venue.manager", "secretary"


class No(Exception):
    """The verb is not allowed, and why."""


@dataclass
class Task:
    no: int
    node: str
    department: str
    version: int
    day: int
    union: str = CITY
    status: str = OPEN
    assignee: str | None = None
    parent: "Task | None" = None
    asked_by: str = ""
    placed: str = ""
    is_binding: bool = False
    was_with: set[str] = field(default_factory=set)
    urged: set[tuple[str, int]] = field(default_factory=set)

    @property
    def is_desk(self) -> bool:
        return self.parent is None

    @property
    def desk(self) -> tuple[str, str]:
        return self.node, self.department

    @property
    def reads_as(self) -> str:
        """How the table of what each desk reads names it."""
        return self.department or self.node


@dataclass
class Opinion:
    no: int
    task: Task
    outcome: str
    by: str
    behalf: str | None
    version: int
    is_valid: bool = True
    fails_group: bool = False
    is_resolved: bool = False

    @property
    def counts(self) -> bool:
        return self.task.is_desk or self.task.is_binding

    @property
    def needs_answer(self) -> bool:
        against = self.outcome == "disagree" or self.fails_group
        return self.is_valid and against and self.counts


@dataclass
class Delegation:
    principal: str
    agent: str
    node: str
    with_waiting: bool
    day: int
    is_revoked: bool = False


def need(holds: object, why: str) -> None:
    if not holds:
        raise No(why)


class Model:
    """One plan on one route. `day` is the civil day of the verb that is being tried."""

    def __init__(self, shape: Shape) -> None:
        self.shape, self.stage, self.day = shape, "venue_decided", 0
        self.version, self.points = 0, 0
        self.content = {"discounts": 0, "contract_elements": 0}
        self.decided = 0
        self.frozen: dict[int, dict[str, int]] = {}
        self.direct_to, self.is_suspended = "", False
        self.tasks: list[Task] = []
        self.opinions: list[Opinion] = []
        self.item: str | None = None  # the body before which it lies
        self.is_placed = False
        self.pending: tuple[str, int] = ("", 0)  # which body asked for changes, of which version
        self.unfiled = 0  # meetings that passed it and whose signed record is not scanned yet
        self.delegations: list[Delegation] = []
        self.unread: set[str] = set()
        self.reply_by = ""
        self.asked_back = 0  # the version the venue has asked for and got no answer

    # who may act

    def seat(self, by: str, task: Task) -> tuple[str, str | None] | None:
        """By whose post somebody acts on a task: (who, for whom)."""
        if not task.is_desk:
            return (by, None) if task.assignee == by and by in COLLEAGUES else None
        sits = holders(task.union, *task.desk)
        if by in sits and task.assignee in (None, by):
            return by, None
        for one in self.delegations:
            fits = one.agent == by and one.node == task.node and not one.is_revoked
            is_theirs = one.principal in sits and task.assignee in (None, one.principal)
            is_reached = one.with_waiting or task.day >= one.day
            if fits and is_theirs and is_reached and task.union == CITY:
                return by, one.principal
        return None

    def conflict(self, people: tuple[str | None, ...], task: Task) -> bool:
        """起草、前一环节审批不能同一人."""
        if any(one in WRITERS for one in people):
            return True
        return task.is_desk and any(
            (said.by in people or (said.behalf and said.behalf in people))
            and (said.version == task.version or said.is_valid)
            and said.task.desk != task.desk
            and said.counts
            for said in self.opinions
        )

    def require(self, by: str, task: Task) -> tuple[str, str | None]:
        seat = self.seat(by, task)
        need(seat, "not their desk")
        need(not self.conflict(seat, task), "had another part")
        return seat

    def is_free(self, person: str, task: Task) -> bool:
        return not self.conflict((person,), task)

    # what moves

    def running(self) -> None:
        need(not self.is_suspended, "suspended")

    def unfinished(self) -> list[Task]:
        return [one for one in self.tasks if one.status in UNFINISHED]

    def find_place(self, task: Task) -> str | None:
        line = (CITY, PROVINCE) if task.union == CITY else (PROVINCE,)
        for union in line:
            if any(self.is_free(one, task) for one in holders(union, *task.desk)):
                return union
        return None

    def sit(self, task: Task) -> None:
        """A desk whose every holder had a part goes up; an empty one stops and is alarmed about."""
        here = holders(task.union, *task.desk)
        place = self.find_place(task)
        if here and place and place != task.union:
            task.union, task.assignee = place, None

    def open_task(self, node: str, department: str = "") -> None:
        task = Task(len(self.tasks), node, department, self.version, self.day)
        self.tasks.append(task)
        self.sit(task)

    def reseat(self, people: tuple[str | None, ...]) -> None:
        for task in self.tasks:
            is_open = task.is_desk and task.status in (OPEN, WAITING)
            if is_open and any(one in holders(task.union, *task.desk) for one in people):
                if task.assignee in people:
                    task.assignee = None
                self.sit(task)

    def close(self, task: Task, status: str) -> None:
        for child in self.children(task):
            if status in (OVER, CANCELLED) and child.status in UNFINISHED:
                child.status = CANCELLED
        task.status = status

    def children(self, task: Task) -> list[Task]:
        return [one for one in self.tasks if one.parent is task]

    def cancel_all(self) -> None:
        for task in self.unfinished():
            task.status = CANCELLED

    def spoken(self) -> list[tuple[str, str]]:
        return [
            (one.task.department, MARKS[one.outcome])
            for one in self.opinions
            if one.is_valid and one.task.node == COSIGN and one.outcome in MARKS
        ]

    def group_turns(self, group) -> tuple[str, list[str]]:
        said = [(who, mark) for who, mark in self.spoken() if who in group.departments]
        found = verdict(group, [mark for _, mark in said])
        silent = [one for one in group.departments if one not in dict(said)]
        if found != "open":
            return found, []
        return found, silent[:1] if group.counting == "sequence" else silent

    def follow(self) -> None:
        """Open the departments whose turn it is, close those whose turn is over."""
        for group in self.shape.groups:
            found, turns = self.group_turns(group)
            desks = {
                one.department: one
                for one in self.unfinished()
                if one.is_desk and one.node == COSIGN
            }
            heard = dict(self.spoken())
            for kind in turns:
                if kind not in desks:
                    self.open_task(COSIGN, kind)
            for kind in group.departments:
                if kind in desks and kind not in heard and kind not in turns:
                    self.close(desks[kind], CANCELLED if found == "open" else OVER)
            self.mark_failure(group, found)

    def mark_failure(self, group, found: str) -> None:
        if group.counting in ("all", "sequence"):
            return
        for one in self.opinions:
            own = one.is_valid and one.task.node == COSIGN
            if own and one.task.department in group.departments:
                against = one.outcome in ("reserve", "disagree")
                if found == "disputed":
                    one.fails_group = one.fails_group or against
                else:
                    one.fails_group = False

    def after(self, stage: str) -> str:
        stages = self.shape.stages
        return stages[stages.index(stage) + 1]

    def advance(self) -> None:
        if self.stage == "countersigning":
            self.follow()
        if self.unfinished():
            return
        self.enter(self.after(self.stage))

    def enter(self, stage: str) -> None:
        stages = self.shape.stages
        goal = stages.index(self.direct_to) if self.direct_to else 0
        while self.is_said(stage) or (stage in BODIES and stages.index(stage) < goal):
            stage = self.after(stage)
        if stages.index(stage) >= goal:
            self.direct_to = ""
        self.stage = stage
        if stage == "countersigning":
            self.follow()
        elif stage in (FORMAL, LEGAL, LEADER):
            self.open_task(stage)
        elif stage in BODIES:
            self.item, self.is_placed = stage, False

    def is_said(self, stage: str) -> bool:
        if stage == "countersigning":
            return not any(self.group_turns(group)[1] for group in self.shape.groups)
        if stage not in (LEGAL, LEADER):
            return False
        return any(one.is_valid and one.task.node == stage for one in self.opinions)

    def speak(self, task: Task, outcome: str, by: str, behalf: str | None) -> Opinion:
        said = Opinion(len(self.opinions), task, outcome, by, behalf, task.version)
        self.opinions.append(said)
        return said

    # verbs of the venue

    def submit(self, by: str) -> None:
        self.running()
        need(by == MANAGER, "not the head of the venue")
        need(self.stage in (*WRITABLE[1:], "venue_decided"), "not now")
        need(self.decided == self.content["contract_elements"], "decide again")
        need(not self.points, "points unanswered")
        self.version += 1
        self.frozen[self.version] = dict(self.content)
        to, self.direct_to = self.direct_to or FORMAL, ""
        if self.frozen[self.version] != self.frozen.get(self.version - 1):
            to = FORMAL  # straight back only with the same text
        self.settle(is_direct=to != FORMAL)
        if self.stage != "changes_pending":
            self.enter(to)

    def settle(self, *, is_direct: bool) -> None:
        """Void exactly the opinions that rest on what changed since the version they saw."""
        now = self.frozen[self.version]
        standing = []
        for one in sorted(self.opinions, key=lambda said: not said.task.is_desk):
            if not one.is_valid:
                continue
            desk = one.task.parent or one.task
            changed = [name for name in now if self.frozen[one.version][name] != now[name]]
            touched = any(
                desk.reads_as in READERS[name] | EVERY_CHANGE for name in changed
            )  # fmt: skip
            is_orphan = not one.task.is_desk and desk not in standing
            is_formal = desk.node == FORMAL and not (is_direct and one.outcome == "agree")
            if is_formal or one.outcome == "return" or touched or is_orphan:
                one.is_valid = False
            else:
                standing.append(one.task)

    def change(self, by: str, section: str, value: int) -> None:
        self.running()
        need(by in WRITERS, "not of the venue")
        need(self.stage in WRITABLE or self.stage == "venue_decided", "not writable")
        self.content[section] = value
        if self.stage == "venue_decided" and self.decided != self.content["contract_elements"]:
            self.stage = "draft"  # what the venue's meeting decided on is another now

    def decide(self, by: str) -> None:
        self.running()
        need(by == MANAGER, "not the head of the venue")
        need(self.stage in WRITABLE, "not now")
        self.decided = self.content["contract_elements"]
        if self.stage == "draft":
            self.stage = "venue_decided"

    def answer_points(self, by: str) -> None:
        self.running()
        need(by in WRITERS, "not of the venue")
        need(self.stage in ("returned", "deferred"), "nothing to answer")
        self.points = 0

    def withdraw(self, by: str) -> None:
        self.running()
        need(by == MANAGER, "not the head of the venue")
        self.undecided()
        need(not self.is_acted_on(), "acted on already")
        self.give_back()

    def ask_back(self, by: str) -> None:
        self.running()
        need(by == MANAGER, "not the head of the venue")
        self.undecided()
        need(self.is_acted_on(), "withdraw it instead")
        need(self.asked_back != self.version, "asked already")
        self.asked_back = self.version

    def let_back(self, by: str, *, is_granted: bool) -> None:
        self.running()
        need(by == KEEPER, "not the keeper")
        self.undecided()
        need(self.asked_back == self.version, "nothing was asked")
        self.asked_back = 0
        if is_granted:
            self.give_back()

    def undecided(self) -> None:
        """Any step before the first meeting has decided (2.1)."""
        need(self.stage in (*STAGE_OF.values(), BODIES[0]), "not before a meeting")
        need(self.direct_to in ("", *STAGE_OF.values()), "a meeting has decided on it")

    def is_acted_on(self) -> bool:
        if self.stage in BODIES:
            return self.is_placed
        return any(
            one.is_valid and one.task.is_desk and STAGE_OF[one.task.node] == self.stage
            for one in self.opinions
        )

    def give_back(self) -> None:
        """A draft again: no desk has it, no body waits for it, every word stands as it was."""
        self.cancel_all()
        self.item, self.is_placed, self.direct_to = None, False, ""
        self.stage = "withdrawn"

    def give_up(self, by: str) -> None:
        """What lies with the venue it may end itself; once decided or returned, its head does."""
        self.running()
        need(by in WRITERS, "not of the venue")
        lies = ("draft", "venue_decided", "returned", "deferred", "withdrawn")
        need(self.stage in lies, "not with the venue")
        need(self.stage == "draft" or by == MANAGER, "not the head of the venue")
        self.stage, self.points = "void", 0

    # verbs of the desks

    def give(
        self, by: str, task: Task, outcome: str, *, is_long: bool, is_seen: bool, to: str = "",
        is_direct: bool = False,
    ) -> None:  # fmt: skip
        self.running()
        need(task.is_desk, "answer it instead")
        need(task.status == OPEN, "not open")
        who, behalf = self.require(by, task)
        need(is_seen, "another version was seen")
        need(outcome in ALLOWED[task.node], "not a word of this desk")
        need(is_long or outcome not in SPOKEN_AT_LENGTH, "too short")
        self.may_stand_aside(task, outcome)
        stages = self.shape.stages
        if outcome == "return" and to:
            is_passed = to in STAGE_OF and STAGE_OF[to] in stages[: stages.index(self.stage)]
            need(is_passed, "not a desk the plan has passed")
        said = self.speak(task, outcome, who, behalf)
        if outcome == "return":
            task.status = DONE
            self.send_back(said, to, is_direct=is_direct)
            return
        after = [one for one in self.children(task) if one.status == WAITING]
        for child in after:
            child.status = OPEN
        task.status = PASSING if after else DONE
        self.advance()
        self.reseat((who, behalf))

    def may_stand_aside(self, task: Task, outcome: str) -> None:
        if outcome != "recuse":
            return
        need(task.department not in FOUR, "the four always sign")
        aside = {who for who, mark in self.spoken() if mark == "recused"} | {task.department}
        group = self.shape.group_of(task.department)
        need(set(group.departments) - aside, "nobody would be left")

    def send_back(self, said: Opinion, to: str, *, is_direct: bool) -> None:
        for one in self.opinions:
            if one.task.status == PASSING:
                one.is_valid = False
        self.cancel_all()
        if not to:
            self.direct_to = self.stage if is_direct else ""
            self.stage, self.points = "returned", 1
            return
        nodes = list(STAGE_OF)
        again = [to] if is_direct else nodes[nodes.index(to) :]
        for one in self.opinions:
            desk = one.task.parent or one.task
            if desk.node in again or one is said:
                one.is_valid = False
        if self.direct_to in ("", *STAGE_OF.values()):
            self.direct_to = self.stage if is_direct else ""
        self.enter(STAGE_OF[to])

    def transfer(self, by: str, task: Task, to: str) -> None:
        self.running()
        need(task.is_desk and task.status == OPEN, "not an open desk")
        _, behalf = self.require(by, task)
        need(behalf is None, "held for another")
        need(to != by, "to oneself")
        here = [one for one in self.tasks if (one.desk, one.version) == (task.desk, task.version)]
        need(all(to not in one.was_with for one in here), "in a circle")
        asked = [child for one in here for child in self.children(one) if child.assignee == to]
        need(all(one.status == CANCELLED for one in asked), "on this desk already")
        need(to in holders(task.union, *task.desk), "not of this desk")
        need(self.is_free(to, task), "had another part")
        task.was_with.add(by)
        task.assignee = to

    def ask(self, by: str, task: Task, person: str) -> None:
        need(task.is_desk and task.status in (OPEN, WAITING), "not an open desk")
        self.require(by, task)
        need(person != by, "oneself")
        need(person in COLLEAGUES and person not in WRITERS, "may not be asked")
        busy = [one.assignee for one in self.children(task) if one.status in UNFINISHED]
        need(person not in busy, "asked already")

    def consult(self, by: str, task: Task, person: str, *, placed: str, is_binding: bool) -> None:
        self.running()
        self.ask(by, task, person)
        self.tasks.append(
            Task(
                len(self.tasks), "consultation", "", task.version, self.day,
                status=WAITING if placed == "after" else OPEN, assignee=person, parent=task,
                asked_by=by, placed=placed, is_binding=is_binding,
            )
        )  # fmt: skip
        if placed == "before":
            task.status = WAITING

    def assign(self, by: str, task: Task, person: str) -> None:
        self.running()
        self.ask(by, task, person)
        self.tasks.append(
            Task(
                len(self.tasks), "assignment", "", task.version, self.day, assignee=person,
                parent=task, asked_by=by,
            )
        )  # fmt: skip
        task.status = WAITING

    def answer(
        self, by: str, task: Task, outcome: str, *, is_long: bool, is_seen: bool
    ) -> None:  # fmt: skip
        self.running()
        need(task.node == "consultation" and task.status == OPEN, "nothing to answer")
        self.require(by, task)
        need(is_seen, "another version was seen")
        need(outcome in ("agree", "reserve", "disagree"), "not an answer")
        need(is_long or outcome == "agree", "too short")
        self.speak(task, outcome, by, None)
        task.status = DONE
        self.come_back(task)
        if task.is_binding:
            self.reseat((by,))

    def report(self, by: str, task: Task) -> None:
        self.running()
        need(task.node == "assignment" and task.status == OPEN, "nothing to report")
        self.require(by, task)
        task.status = DONE
        self.come_back(task)

    def remove(self, by: str, task: Task) -> None:
        self.running()
        need(not task.is_desk, "a desk is not taken away")
        need(task.status in UNFINISHED, "answered already")
        need(task.asked_by == by, "asked by another")
        task.status = CANCELLED
        self.come_back(task)

    def come_back(self, task: Task) -> None:
        desk = task.parent
        left = [one for one in self.children(desk) if one.status == OPEN]
        if desk.status == WAITING:
            if all(one.placed == "beside" for one in left):
                desk.status = OPEN
            return
        if desk.status == PASSING and not left:
            desk.status = DONE
        if desk.status == DONE and self.stage in IN_REVIEW:
            self.advance()

    def take_back(self, by: str, said: Opinion) -> None:
        self.running()
        task = said.task
        need(said.by == by, "not one's own")
        need(said.is_valid and said.version == self.version, "no longer counts")
        need(task.is_desk and said.outcome != "return", "cannot be taken back")
        if task.node == COSIGN:
            self.not_followed(task)
        if self.stage != STAGE_OF[task.node]:
            self.not_past(said)
            for one in self.unfinished():
                if one.node != task.node:
                    one.status = CANCELLED
            self.item = None
        self.forget(said)
        again = Task(
            len(self.tasks), task.node, task.department, task.version, self.day, union=task.union,
            assignee=task.assignee,
        )  # fmt: skip
        self.tasks.append(again)
        if task.node == COSIGN:
            self.follow()
        self.stage = STAGE_OF[task.node]

    def forget(self, said: Opinion) -> None:
        said.is_valid = False
        if said.task.status == PASSING:
            said.task.status = DONE
        for child in self.children(said.task):
            if child.status in UNFINISHED:
                child.status = CANCELLED

    def not_followed(self, task: Task) -> None:
        group = self.shape.group_of(task.department)
        if group.counting == "sequence":
            later = group.departments[group.departments.index(task.department) + 1 :]
            need(not {who for who, _ in self.spoken()} & set(later), "the next has spoken")

    def not_past(self, said: Opinion) -> None:
        own = STAGE_OF[said.task.node]
        need(self.stage in self.shape.stages and self.stage == self.after(own), "past")
        for one in self.opinions[said.no + 1 :]:
            is_next = (one.task.parent or one.task).node != said.task.node
            need(not (one.is_valid and one.version == said.version and is_next), "spoken since")
        need(not (self.item and self.is_placed), "on an agenda")

    def move_up(self, by: str, task: Task) -> None:
        self.running()
        need(by == KEEPER, "not the keeper")
        need(task.is_desk and task.status == OPEN, "not an open desk")
        place = self.find_place(task)
        need(place not in (None, task.union), "no need, or no way")
        task.union, task.assignee = place, None

    def resolve(self, by: str, said: Opinion) -> None:
        self.running()
        need(by == KEEPER, "not the head")
        need(said.needs_answer and not said.is_resolved, "nothing to resolve")
        need(said.by != by, "one's own")
        said.is_resolved = True

    # beside the desks

    def urge(self, by: str, task: Task) -> None:
        self.running()
        need(task.status == OPEN and by in URGERS, "not to urge")
        need((by, self.day) not in task.urged, "once a day")
        task.urged.add((by, self.day))

    def circulate(self, by: str, to: str) -> None:
        need(by in COLLEAGUES and to in COLLEAGUES, "opens nothing to outsiders")
        need(self.version, "a draft is its venue's own")
        need(to not in self.unread, "not read yet")
        self.unread.add(to)

    def read(self, by: str) -> None:
        need(by in self.unread, "nothing to read")
        self.unread.discard(by)

    def delegate(self, by: str, agent: str, node: str, *, with_waiting: bool) -> None:
        desks = [who for (union, its, _), who in SEATS.items() if (union, its) == (CITY, node)]
        need(any(by in who for who in desks), "not theirs to give")
        need(agent in COLLEAGUES and agent != by, "not to them")
        given = [one for one in self.delegations if (one.principal, one.node) == (by, node)]
        need(all(one.is_revoked for one in given), "given already")
        self.delegations.append(Delegation(by, agent, node, with_waiting, self.day))

    def revoke(self, by: str, no: int) -> None:
        one = self.delegations[no]
        # 本人，或者流程管理的部长 for who is away.
        need(by in (one.principal, KEEPER) and not one.is_revoked, "not theirs, or revoked")
        one.is_revoked = True

    def suspend(self, by: str) -> None:
        self.running()
        need(by == KEEPER and self.stage in IN_REVIEW, "not now")
        self.is_suspended = True

    def resume(self, by: str) -> None:
        need(by == KEEPER and self.is_suspended, "not suspended")
        self.is_suspended = False

    def void(self, by: str) -> None:
        need(by == KEEPER and self.stage in (*IN_REVIEW, *WRITABLE[1:4]), "not now")
        self.cancel_all()
        self.item, self.is_suspended, self.stage = None, False, "void"

    # meetings and what follows

    def place(self, by: str) -> None:
        need(by == SECRETARY and self.item and not self.is_placed, "nothing to place")
        self.is_placed = True

    def take_off(self, by: str) -> None:
        need(by == SECRETARY and self.item and self.is_placed, "not on an agenda")
        self.is_placed = False

    def conclude(self, by: str, conclusion: str) -> None:
        self.running()
        need(by == SECRETARY and self.item and self.is_placed, "not on an agenda")
        if conclusion in ("passed", "passed_with_changes"):
            against = [one for one in self.opinions if one.needs_answer and not one.is_resolved]
            need(not against, "a 不同意 is not answered")
            self.unfiled += 1
        body, self.item, self.is_placed = self.item, None, False
        if conclusion == "passed":
            self.enter(self.after(body))
        elif conclusion == "passed_with_changes":
            self.stage, self.pending = "changes_pending", (body, self.version)
        else:
            self.stage = conclusion
            self.points = 1 if conclusion == "deferred" else 0

    def file_record(self, by: str) -> None:
        need(by == SECRETARY and self.unfiled, "nothing to file")
        self.unfiled -= 1

    def confirm(self, by: str) -> None:
        self.running()
        need(by == "leader" and self.stage == "changes_pending", "not theirs")
        body, version = self.pending
        need(self.version > version, "not submitted again")
        need(self.content == self.frozen[self.version], "written on since")
        # What the changes touch is asked again, the body that required them is not.
        self.direct_to = self.after(body)
        self.enter(FORMAL)

    def reply_from_above(self, by: str, outcome: str) -> None:
        self.running()
        need(by in ("asset.officer", "asset.head") and self.stage == "upward", "not now")
        if outcome == "approved":
            self.enter(self.after("upward"))
        else:
            self.stage = outcome
            self.points = 1 if outcome == "returned" else 0

    def draft_reply(self, by: str) -> None:
        self.running()
        need(by in ("asset.officer", "asset.head") and self.stage == "replying", "not now")
        self.reply_by = by

    def issue_reply(self, by: str) -> None:
        self.running()
        need(by == "leader" and self.stage == "replying" and self.reply_by, "not now")
        need(not self.unfiled, "a signed record is not scanned")
        against = [one for one in self.opinions if one.needs_answer and not one.is_resolved]
        need(not against, "a 不同意 is not answered")
        self.stage = "approved"

    def void_reply(self, by: str) -> None:
        """The number is void; what was decided stands, the draft waits to be issued anew."""
        self.running()
        need(by == "leader" and self.stage == "approved", "not now")
        self.stage = "replying"

    def night(self, by: str) -> None:
        """Time passes and every reminder goes out: nothing is decided by that."""
