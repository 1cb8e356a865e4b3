"""One sequence on the real services: what was done, what stands, and how both compare."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Sum

from accounts.models import User
from approvals.models import (
    Circulation,
    Delegation,
    Opinion,
    Proposal,
    ProposalVersion,
    Section,
    Task,
)
from approvals.selectors.desks import tasks_for
from approvals.services import (
    consulting,
    decisions,
    delegating,
    drafting,
    handling,
    keeping,
    opinions,
    replies,
    revising,
    seating,
    submission,
    upward,
    withdrawing,
)
from core.errors import DomainError
from meetings import services as meetings
from meetings.models import AgendaItem, Meeting
from meetings.rules import Presence
from meetings.selectors import signed_original
from notifications.services.planning import fire_due
from notifications.services.runners import nightly
from tests.approvals import builders, walk
from tests.approvals.builders import moment
from tests.documents.corpus import pdf
from tests.sequences.model import Model, No
from tests.sequences.shapes import CITY, PEOPLE, PROVINCE, Shape
from tests.sequences.world import Province

START = moment("2026-11-02 09:00")
SENTENCE = re.compile(r".*[一-龥].*[。）]", re.DOTALL)
LONG, SHORT = "收益测算依据不足，请补充近三年客流数据。", "不行"
WORDS = {"discounts": "members", "contract_elements": "exit"}
VOTES = {"passed": "aaa", "passed_with_changes": "aaa", "deferred": "fff", "rejected": "ddd"}


@dataclass(frozen=True)
class Command:
    """One verb, by whom, after how many minutes; tasks and opinions are named by their order."""

    verb: str
    by: str
    minutes: int = 30
    is_stale: bool = False
    args: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        more = ", ".join(f"{name}={value!r}" for name, value in self.args.items())
        stale = " (stale)" if self.is_stale else ""
        return f"+{self.minutes:>3} {self.by}: {self.verb}({more}){stale}"


class Broken(AssertionError):
    """The services and the model, or the services and an invariant, do not agree."""


def ask_model(model: Model, command: Command) -> str:
    """Try a command on the model; the refusal, or empty."""
    args = dict(command.args)
    for name, rows in (("task", model.tasks), ("said", model.opinions)):
        if name in args:
            args[name] = rows[args[name]]
    if command.is_stale:
        return "stale"
    try:
        getattr(model, command.verb)(command.by, **args)
    except No as no:
        return str(no)
    return ""


class Sequence:
    """The model and the real plan, side by side."""

    def __init__(self, province: Province, shape: Shape) -> None:
        self.province, self.model = province, Model(shape)
        self.names = province.names
        self.at: datetime = START
        self.tasks: list[uuid.UUID] = []
        self.opinions: list[int] = []
        self.delegations: list[uuid.UUID] = []
        self.versions: dict[int, ProposalVersion] = {}
        self.look(province.plans[shape.name])

    # reading what stands

    def look(self, pk: uuid.UUID) -> None:
        rows = Proposal.objects.select_related("venue", "supervising_union")
        self.plan = rows.get(pk=pk)
        self.rows = {
            one.pk: self.known(one)
            for one in Task.objects.filter(proposal=self.plan).select_related("assignee", "union")
        }
        said = Opinion.objects.filter(proposal=self.plan).order_by("pk")
        self.said = [self.known(one) for one in said]
        items = AgendaItem.objects.filter(
            subject_id=pk, subject_kind="proposal", conclusion="", withdrawn_at=None
        )
        self.items = list(items.select_related("body__union", "meeting__body__union"))

    def known(self, row):
        """A row with the plan and the version it hangs on, each read once."""
        if row.plan_version_id not in self.versions:
            self.versions[row.plan_version_id] = row.plan_version
        row.plan_version, row.proposal = self.versions[row.plan_version_id], self.plan
        return row

    def user(self, name: str) -> User:
        return self.province.people[name]

    def is_other(self) -> bool:
        """Whether anything was written since the last look: what is refused writes nothing."""
        rows = Proposal.objects.filter(pk=self.plan.pk)
        found = rows.values_list("version", Count("tasks", distinct=True), Sum("tasks__version"))
        versions = [one.version for one in self.rows.values()]
        return found.get() != (
            self.plan.version,
            len(versions),
            sum(versions) if versions else None,
        )

    # one command

    def do(self, command: Command) -> str:
        """Do it on both sides and compare; answers why it was refused, or empty."""
        self.at += timedelta(minutes=command.minutes)
        self.model.day = self.at.date().toordinal()
        seen = len(self.model.tasks)
        with suppress(IndexError):  # what a shrunk sequence no longer has
            act = self.prepared(command)
            refusal = ask_model(self.model, command)
            answer = self.attempt(act)
            if bool(refusal) != bool(answer):
                raise Broken(f"model: {refusal or 'allowed'} / services: {answer or 'allowed'}")
            if not answer or self.is_other():
                self.look(self.plan.pk)
            self.match(seen)
            self.compare()
            return answer
        return "skipped"

    def attempt(self, act: Callable[[], object]) -> str:
        try:
            with transaction.atomic():
                act()
        except DomainError as refusal:
            texts = [one.text for one in refusal.reasons]
            if not texts or not all(SENTENCE.fullmatch(text) for text in texts):
                raise Broken(f"a refusal that says nothing: {texts}") from refusal
            return "；".join(texts)
        return ""

    def match(self, seen: int) -> None:
        """Find the real rows of what the model opened: nothing more, nothing less."""
        fresh = {
            self.key_of(row): pk for pk, row in self.rows.items() if pk not in self.tasks
        }  # fmt: skip
        for task in self.model.tasks[seen:]:
            parent = self.tasks[task.parent.no] if task.parent else None
            key = (task.node, task.department, task.assignee, parent)
            if key not in fresh:
                raise Broken(f"not opened: {key}; opened: {list(fresh)}")
            self.tasks.append(fresh.pop(key))
        if fresh:
            raise Broken(f"opened too much: {list(fresh)}")
        if len(self.said) != len(self.model.opinions):
            raise Broken(f"{len(self.said)} opinions, {len(self.model.opinions)} expected")
        self.opinions = [one.pk for one in self.said]

    def key_of(self, row: Task) -> tuple:
        name = self.names[row.assignee_id] if row.assignee_id else None
        return row.node, row.department_kind, name, row.parent_id

    def compare(self) -> None:
        for what, expected, found in self.differences():
            raise Broken(f"{what}: {found!r}, {expected!r} expected")

    def differences(self) -> Iterator[tuple[str, object, object]]:
        model, plan = self.model, self.plan
        pairs = [
            ("stage", model.stage, plan.stage),
            ("version", model.version, plan.version_no),
            ("direct_to", model.direct_to, plan.direct_to),
            ("suspended", model.is_suspended, plan.suspended_at is not None),
            (
                "agenda",
                [(model.item, model.is_placed)] if model.item else [],
                [(one.body.kind, one.meeting_id is not None) for one in self.items],
            ),
        ]
        for task in model.tasks:
            row = self.rows[self.tasks[task.no]]
            union = PROVINCE if row.is_moved_up else CITY
            name = self.names[row.assignee_id] if row.assignee_id else None
            pairs.append(
                (
                    f"task {task.no} {task.node} {task.department}",
                    (task.status, task.union, task.assignee, task.version),
                    (row.status, union, name, row.plan_version.no),
                )
            )
        for said, one in zip(model.opinions, self.said, strict=True):
            behalf = self.names[one.on_behalf_of_id] if one.on_behalf_of_id else None
            pairs.append(
                (
                    f"opinion {said.no} {said.task.node} {said.task.department}",
                    (said.outcome, said.by, said.behalf, said.is_valid, said.fails_group),
                    (one.outcome, self.names[one.by_id], behalf, one.is_valid, one.fails_group),
                )
            )
        return (pair for pair in pairs if pair[1] != pair[2])

    def lists(self) -> None:
        """What the lists of everybody show is what the services would let them act on."""
        for name in PEOPLE:
            shown = set(
                tasks_for(self.user(name)).filter(proposal=self.plan).values_list("pk", flat=True)
            )
            theirs = {
                self.tasks[one.no]
                for one in self.model.tasks
                if one.status == "open" and self.model.seat(name, one)
            }
            if shown != (set() if self.model.is_suspended else theirs):
                raise Broken(f"the list of {name} shows other work than they may do")

    # the verbs on the services

    def prepared(self, command: Command) -> Callable[[], object]:
        args = dict(command.args)
        task = self.rows[self.tasks[args["task"]]] if "task" in args else None
        facts: dict[str, Any] = {"by": self.user(command.by), "at": self.at}
        act = getattr(self, f"do_{command.verb}")
        late = 1 if command.is_stale else 0
        if task is not None:
            args["task"] = task
            args["version"] = task.version + late
        elif command.verb in OF_THE_PLAN:
            args["version"] = self.plan.version + late
        return lambda: act(facts, **args)

    def do_submit(self, facts, version):
        return submission.submit_proposal(proposal=self.plan, version=version, **facts)

    def do_change(self, facts, section, value):
        row, word = Section.objects.get(proposal=self.plan, code=section), WORDS[section]
        first = builders.external_sections(self.province.world)[section][word]
        text = f"改动之后的约定，第 {value} 种写法。" if value else first
        return drafting.save_section(
            proposal=self.plan, code=section, data=row.data | {word: text}, version=row.version,
            **facts,
        )  # fmt: skip

    def do_decide(self, facts, version):
        meeting = builders.board_meeting(
            self.province.world, starts_at=self.at - timedelta(minutes=10)
        )
        return submission.record_venue_decision(
            proposal=self.plan, meeting=meeting, version=version, **facts
        )

    def do_answer_points(self, facts, version):
        points = self.plan.return_points.values_list("pk", flat=True)
        return submission.answer_return_points(
            proposal=self.plan, answers=dict.fromkeys(points, "已补充。"), version=version, **facts
        )

    def do_withdraw(self, facts, version):
        return withdrawing.withdraw_proposal(
            proposal=self.plan, reason="需要补充。", version=version, **facts
        )

    def do_ask_back(self, facts, version):
        return withdrawing.ask_withdrawal(
            proposal=self.plan, reason="金额写错。", version=version, **facts
        )

    def do_let_back(self, facts, is_granted):
        row = self.plan.withdrawal_requests.order_by("asked_at").last()
        if row is None:
            raise DomainError("没有申请撤回。")
        return withdrawing.answer_withdrawal(
            request=row, is_granted=is_granted, answer="已近办结。", version=row.version, **facts
        )

    def do_give(self, facts, task, version, outcome, is_long, is_seen, to="", is_direct=False):
        return opinions.give_opinion(
            task=task, outcome=outcome, text=LONG if is_long else SHORT, version=version,
            content_sha256=task.plan_version.sha256 if is_seen else "0" * 64,
            points=["补充测算"], conditions=["补充保险"] if outcome == "conditional" else [],
            return_to=to, is_direct=is_direct, **facts,
        )  # fmt: skip

    def do_transfer(self, facts, task, version, to):
        return handling.transfer_task(
            task=task, to=self.user(to), reason="出差。", version=version, **facts
        )

    def do_consult(self, facts, task, version, person, placed, is_binding):
        return consulting.consult(
            task=task, people=[self.user(person)], question="是否合理？", placed=placed,
            is_binding=is_binding, version=version, **facts,
        )  # fmt: skip

    def do_assign(self, facts, task, version, person):
        return consulting.assign(
            task=task, helper=self.user(person), question="请核对。", version=version, **facts
        )

    def do_answer(self, facts, task, version, outcome, is_long, is_seen):
        return consulting.answer_consultation(
            task=task, outcome=outcome, text=LONG if is_long else SHORT, version=version,
            content_sha256=task.plan_version.sha256 if is_seen else "0" * 64, **facts,
        )  # fmt: skip

    def do_report(self, facts, task, version):
        return consulting.report_assignment(task=task, report="已核对。", version=version, **facts)

    def do_remove(self, facts, task, version):
        return consulting.remove_asked(task=task, reason="不必了。", version=version, **facts)

    def do_take_back(self, facts, said):
        return handling.take_back_opinion(opinion=self.said[said], reason="金额写错。", **facts)

    def do_move_up(self, facts, task, version):
        return seating.move_up(task=task, reason="本级空缺。", version=version, **facts)

    def do_resolve(self, facts, said):
        return opinions.resolve_objection(opinion=self.said[said], text="已采纳并修改。", **facts)

    def do_urge(self, facts, task, version):
        return handling.urge(task=task, text="请尽快。", **facts)

    def do_circulate(self, facts, to):
        return handling.circulate(proposal=self.plan, people=[self.user(to)], note="", **facts)

    def do_read(self, facts):
        rows = Circulation.objects.filter(proposal=self.plan, to_user=facts["by"])
        row = rows.order_by("sent_at", "pk").last()
        if row is None:
            raise DomainError("没有传阅给您。")
        return handling.mark_read(circulation=row, remark="", **facts)

    def do_delegate(self, facts, agent, node, with_waiting):
        made = delegating.delegate(
            agent=self.user(agent), union=self.province.world.xian, node=node,
            valid_from=self.at.date(), valid_to=self.at.date() + timedelta(days=60),
            reason="培训", includes_waiting=with_waiting, **facts,
        )  # fmt: skip
        self.delegations.append(made.pk)
        return made

    def do_revoke(self, facts, no):
        row = Delegation.objects.get(pk=self.delegations[no])
        return delegating.revoke_delegation(delegation=row, version=row.version, **facts)

    def do_suspend(self, facts, version):
        return keeping.suspend_proposal(
            proposal=self.plan, reason="等待登记。", version=version, **facts
        )

    def do_resume(self, facts, version):
        return keeping.resume_proposal(proposal=self.plan, version=version, **facts)

    def do_void(self, facts, version):
        return keeping.void_proposal(proposal=self.plan, reason="重复。", version=version, **facts)

    def do_give_up(self, facts, version):
        return revising.give_up_plan(
            proposal=self.plan, reason="不再开展。", version=version, **facts
        )

    def do_place(self, facts):
        """Call a meeting that has begun, with the item on its agenda and everybody there."""
        item = self.the_item()
        members = list(item.body.members.order_by("order", "pk"))
        meeting = meetings.plan_meeting(
            body=item.body, session=f"2026年第{uuid.uuid4().hex[:6]}次", place="三楼会议室",
            starts_at=self.at - timedelta(minutes=5), chair=members[-1], **facts,
        )  # fmt: skip
        meetings.place_item(
            item=item, meeting=meeting, reporter="周宁",
            materials_sent_on=self.at.date() - timedelta(days=14), **facts,
        )  # fmt: skip
        rows = [Presence(member=one.pk, status="present") for one in members]
        return meetings.register_attendance(meeting=meeting, rows=rows, **facts)

    def do_take_off(self, facts):
        return meetings.take_off(item=self.the_item(), reason="另行安排。", **facts)

    def the_item(self) -> AgendaItem:
        if not self.items:
            raise DomainError("没有待上会的议题。")
        return self.items[0]

    def do_conclude(self, facts, conclusion):
        item = self.the_item()
        if item.meeting is None:
            raise DomainError("议题尚未列入会议。")
        more: dict[str, Any] = {}
        if conclusion == "passed_with_changes":
            more = {"required_changes": "明确退出条件。", "confirmer": self.user("leader")}
        return decisions.conclude_agenda_item(
            item=item, version=item.version, conclusion=conclusion, resolution="会议意见。",
            votes=walk.votes(Meeting.objects.get(pk=item.meeting_id), VOTES[conclusion]),
            **facts, **more,
        )  # fmt: skip

    def do_file_record(self, facts):
        """Scan the signed record of the first meeting that passed it and has none."""
        passed = AgendaItem.objects.filter(
            ~signed_original("meeting_id"), case_id=self.plan.case_id,
            conclusion__in=("passed", "passed_with_changes"), meeting__venue_id=None,
        )  # fmt: skip
        item = passed.order_by("meeting__starts_at", "pk").first()
        if item is None:
            raise DomainError("没有待归档签字记录的会议。")
        return meetings.keep_record_file(
            meeting=item.meeting, upload=walk.signed_record(), name="会议记录.png", **facts
        )

    def do_confirm(self, facts, version):
        return decisions.confirm_changes(proposal=self.plan, version=version, **facts)

    def do_reply_from_above(self, facts, version, outcome):
        return upward.record_upward_reply(
            proposal=self.plan, outcome=outcome, number="陕工资批〔2026〕8号",
            replied_on=self.at.date(), text="意见。", points=["补充客流数据。"],
            upload=ContentFile(pdf(), name="批复.pdf"), version=version, **facts,
        )  # fmt: skip

    def do_draft_reply(self, facts, version):
        return replies.draft_reply(
            proposal=self.plan, approved_matters="同意。", conditions="", requirements="备案。",
            version=version, **facts,
        )  # fmt: skip

    def do_issue_reply(self, facts, version):
        return replies.issue_reply(proposal=self.plan, version=version, **facts)

    def do_void_reply(self, facts, version):
        return replies.void_reply(proposal=self.plan, reason="期限写错。", version=version, **facts)

    def do_night(self, facts):
        nightly(now=self.at)
        while fire_due(now=self.at):
            pass


OF_THE_PLAN = {
    "submit", "decide", "answer_points", "withdraw", "ask_back", "suspend", "resume", "void",
    "give_up", "confirm",
    "reply_from_above", "draft_reply", "issue_reply", "void_reply",
}  # fmt: skip
