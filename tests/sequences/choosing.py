"""Which command comes next: mostly what moves the plan on, often what somebody might try."""

from random import Random

from tests.sequences.driving import OF_THE_PLAN, Command
from tests.sequences.model import ENDED, IN_REVIEW, KEEPER, MANAGER, SECRETARY, Model, Task
from tests.sequences.shapes import BODIES, COLLEAGUES, PEOPLE, STAGE_OF, URGERS, WRITERS, holders

OUTCOMES = ("agree", "conditional", "reserve", "disagree", "return", "recuse")
WEIGHTS = (62, 6, 8, 8, 10, 6)
NODES = tuple(STAGE_OF)
NIGHT = 24 * 60
VERSIONED = OF_THE_PLAN | {
    "give", "transfer", "consult", "assign", "answer", "report", "remove", "move_up",
}  # fmt: skip


def next_command(model: Model, chance: Random) -> Command:
    """One command, from what the model knows is there."""
    verb, by, args = _onward(model, chance) if chance.random() < 0.55 else _any(model, chance)
    if chance.random() < 0.05:
        by = chance.choice(PEOPLE)
    is_stale = verb in VERSIONED and chance.random() < 0.04
    minutes = NIGHT if verb == "night" else chance.randint(10, 90)
    return Command(verb, by, minutes, is_stale, args)


def _onward(model: Model, chance: Random):
    """What the next person would do."""
    if model.is_suspended:
        return "resume", KEEPER, {}
    if model.stage in STAGE_OF.values():
        return _desk(model, chance)
    if model.stage in BODIES:
        return _meeting(model, chance)
    if model.stage in ("upward", "replying"):
        return _reply(model, chance)
    if model.stage == "approved" and chance.random() < 0.2:
        return "void_reply", chance.choice(("leader", "leader", KEEPER)), {}
    return _any(model, chance) if model.stage in ENDED else _venue(model, chance)


def _reply(model: Model, chance: Random):
    if model.stage == "upward":
        outcome = chance.choices(("approved", "returned", "rejected"), (8, 1, 1))[0]
        return "reply_from_above", "asset.officer", {"outcome": outcome}
    if not model.reply_by:
        return "draft_reply", "asset.officer", {}
    if model.unfiled and chance.random() < 0.5:
        return "file_record", SECRETARY, {}
    if chance.random() < 0.05:  # a PDF takes its time
        return "issue_reply", "leader", {}
    return _any(model, chance)


def _venue(model: Model, chance: Random):
    is_again = model.stage == "changes_pending" and model.version > model.pending[1]
    if is_again and model.content == model.frozen[model.version]:
        return "confirm", "leader", {}
    if model.points:
        return "answer_points", "venue.staff", {}
    if model.stage != "venue_decided" and chance.random() < 0.4:
        return _change(chance)
    if model.stage == "draft" or model.decided != model.content["contract_elements"]:
        return "decide", MANAGER, {}
    return "submit", MANAGER, {}


def _change(chance: Random):
    section = chance.choice(("discounts", "contract_elements"))
    return "change", "venue.staff", {"section": section, "value": chance.randint(0, 2)}


def _desk(model: Model, chance: Random):
    waiting = [one for one in model.tasks if one.status == "open"]
    task = chance.choice(waiting)
    by = _somebody(model, task, chance)
    if task.node == "assignment":
        return "report", by, {"task": task.no}
    if task.node == "consultation":
        outcome = chance.choices(("agree", "reserve", "disagree"), (6, 2, 2))[0]
        return "answer", by, _word(task, outcome, chance)
    return "give", by, _opinion(task, chance)


def _word(task: Task, outcome: str, chance: Random) -> dict:
    return {
        "task": task.no, "outcome": outcome, "is_long": chance.random() > 0.06,
        "is_seen": chance.random() > 0.03,
    }  # fmt: skip


def _opinion(task: Task, chance: Random) -> dict:
    outcome = chance.choices(OUTCOMES, WEIGHTS)[0]
    if task.node in ("formal_review", "leader_signoff") and chance.random() < 0.8:
        outcome = chance.choices(("agree", "return"), (7, 1))[0]
    args = _word(task, outcome, chance)
    if outcome == "return" and chance.random() < 0.7:
        args |= {"to": chance.choice(("", *NODES)), "is_direct": chance.random() < 0.5}
    return args


def _somebody(model: Model, task: Task, chance: Random) -> str:
    """Mostly who may act on a task; now and then who sits there and had another part."""
    seats = {one: seat for one in PEOPLE if (seat := model.seat(one, task))}
    able = [one for one, seat in seats.items() if not model.conflict(seat, task)]
    barred = [one for one in seats if one not in able]
    if barred and chance.random() < 0.15:
        return chance.choice(barred)
    return chance.choice(able) if able and chance.random() < 0.93 else chance.choice(PEOPLE)


def _meeting(model: Model, chance: Random):
    against = [one for one in model.opinions if one.needs_answer and not one.is_resolved]
    if against and chance.random() < 0.8:
        return "resolve", KEEPER, {"said": chance.choice(against).no}
    if not model.is_placed:
        return "place", SECRETARY, {}
    conclusions = ("passed", "passed_with_changes", "deferred", "rejected")
    return "conclude", SECRETARY, {"conclusion": chance.choices(conclusions, (64, 14, 16, 6))[0]}


def _any(model: Model, chance: Random):
    """Any verb by a plausible person: as often in vain as not."""
    kinds = [_of_a_desk, _of_the_keeper, _of_the_file, _of_the_venue]
    return chance.choices(kinds, (60, 8, 20, 12))[0](model, chance)


def _of_a_desk(model: Model, chance: Random):
    if not model.tasks:
        return "submit", MANAGER, {}
    if model.opinions and chance.random() < 0.22:
        said = chance.choice(model.opinions[-4:])
        return "take_back", said.by, {"said": said.no}
    live = [one for one in model.tasks if one.status in ("open", "waiting", "passing")]
    task = chance.choice(live if live and chance.random() < 0.9 else model.tasks)
    by = _somebody(model, task, chance)
    verbs = ("transfer", "consult", "assign", "urge", "remove", "give", "answer", "report")
    verb = chance.choices(verbs, (4, 9, 4, 2, 3, 2, 1, 1))[0]
    if verb == "urge":
        by = chance.choice(URGERS)
    elif verb == "remove":
        by = task.asked_by or by
    return verb, by, _about(verb, task, chance)


def _about(verb: str, task: Task, chance: Random) -> dict:
    args: dict = {"task": task.no}
    if verb == "transfer":
        sits = holders(task.union, *task.desk)
        args["to"] = chance.choice(sits if sits and chance.random() < 0.8 else PEOPLE)
    elif verb in ("consult", "assign"):
        args["person"] = chance.choice(COLLEAGUES if chance.random() < 0.9 else PEOPLE)
        if verb == "consult":
            args["placed"] = chance.choice(("before", "beside", "after"))
            args["is_binding"] = chance.random() < 0.4
    elif verb == "give":
        args = _opinion(task, chance)
    elif verb == "answer":
        args = _word(task, chance.choice(("agree", "disagree", "return")), chance)
    return args


def _of_the_keeper(model: Model, chance: Random):
    verbs = ["suspend", "resume", "move_up", *(["void"] if chance.random() < 0.15 else [])]
    against = [one for one in model.opinions if one.needs_answer and not one.is_resolved]
    if against and chance.random() < 0.3:
        return "resolve", KEEPER, {"said": chance.choice(against).no}
    if model.asked_back and chance.random() < 0.5:
        return "let_back", KEEPER, {"is_granted": chance.random() < 0.7}
    verb = chance.choice(verbs)
    if verb == "move_up":
        live = [one for one in model.tasks if one.status in ("open", "waiting")]
        return ("move_up", KEEPER, {"task": chance.choice(live).no}) if live else _night()
    return verb, KEEPER, {}


def _night():
    return "night", KEEPER, {}


def _of_the_file(model: Model, chance: Random):
    verb = chance.choice(("circulate", "read", "delegate", "delegate", "revoke", "night", "off"))
    if verb == "circulate":
        return verb, chance.choice(COLLEAGUES), {"to": chance.choice(PEOPLE)}
    if verb == "read":
        return verb, chance.choice(sorted(model.unread) or PEOPLE), {}
    if verb == "delegate":
        return _delegation(model, chance)
    if verb == "revoke" and model.delegations:
        no = chance.randrange(len(model.delegations))
        return verb, model.delegations[no].principal, {"no": no}
    if verb == "off" and model.item:
        return "take_off", SECRETARY, {}
    return _night()


def _delegation(model: Model, chance: Random):
    node = chance.choice(NODES)
    live = [one for one in model.tasks if one.status == "open" and one.node == node]
    sits = holders("city", node, live[0].department if live else "")
    agent = chance.choice(COLLEAGUES)
    if any((one.agent, one.node) == (agent, node) for one in model.delegations):
        return _night()  # for whom of two principals an agent signs is nobody's rule
    principal = chance.choice(sits or COLLEAGUES)
    return "delegate", principal, {
        "agent": agent, "node": node, "with_waiting": chance.random() < 0.7,
    }  # fmt: skip


def _of_the_venue(model: Model, chance: Random):
    if model.stage not in IN_REVIEW and chance.random() < 0.4:
        return _change(chance)
    if chance.random() < 0.03:
        return "give_up", chance.choice(WRITERS), {}
    verbs = ("withdraw", "ask_back", "submit", "decide", "answer_points", "change", "confirm")
    verb = chance.choice(verbs)
    if verb == "change":
        return _change(chance)
    return verb, "leader" if verb == "confirm" else MANAGER, {}
