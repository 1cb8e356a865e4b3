"""The threads of each section as its card shows them, with what this person may do in them."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from approvals import permissions
from approvals.enums import SectionCode, Stage
from approvals.models import Proposal, Thread
from approvals.rules.threads import questions_of, silence_of
from approvals.selectors import threads
from core import clock
from core.forms import ActForm

EDIT = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One thread, pinned to its section."""

    pk: UUID
    version: int
    is_open: bool
    place: str
    lines: tuple[threads.Line, ...]
    settled: str
    seen: str  # the version it was opened on, where the plan has moved on since
    may_reply: bool
    may_settle: bool
    typed: str = ""
    errors: tuple[str, ...] = ()
    command_id: UUID = field(default_factory=uuid.uuid4)
    settle_id: UUID = field(default_factory=uuid.uuid4)

    @property
    def anchor(self) -> str:
        return f"thread-{self.pk}"

    @property
    def asked(self) -> threads.Line:
        return self.lines[0]

    @property
    def answers(self) -> int:
        return len(self.lines) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What one section's card shows of its threads, and the form for a new one."""

    proposal_pk: UUID
    section: str
    label: str
    back: str
    view: str
    open: tuple[Pin, ...]
    settled: tuple[Pin, ...]
    may_open: bool
    questions: tuple[tuple[str, str], ...]
    every_question: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    typed: str = ""
    typed_field: str = ""
    errors: tuple[str, ...] = ()
    is_asked: bool = False
    command_id: UUID = field(default_factory=uuid.uuid4)

    @property
    def count(self) -> int:
        return len(self.open)

    @property
    def anchor(self) -> str:
        return f"comment-{self.section}"

    @property
    def ask_url(self) -> str:
        """The address that opens the form of this section, for whoever has no scripts."""
        page = reverse("approvals:proposal_review", args=[self.proposal_pk])
        return f"{page}{self.view or '?'}{'&' if self.view else ''}comment={self.section}#{self.anchor}"

    @property
    def is_shown(self) -> bool:
        """Whether the form stands open: by address, after a refusal, beside a file."""
        return self.is_asked or bool(self.errors) or self.back not in ("", EDIT)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing here but the control that opens the form."""
        return not (self.open or self.settled or self.is_shown)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person may do in the threads of a plan."""

    may_open: bool
    may_reply: bool
    is_asset: bool
    user_pk: Any

    def settle(self, thread: Thread) -> bool:
        return self.is_asset or (self.may_open and thread.opened_by_id == self.user_pk)


def rights_of(user: User, proposal: Proposal) -> Rights:
    """Asked once for all threads of a page."""
    today = clock.today()
    reviewer = permissions.reviewer_of(user, proposal, today=today)
    voice = reviewer or permissions.voice_of(user, proposal, today=today)
    return Rights(
        may_open=reviewer is not None,
        may_reply=voice is not None,
        is_asset=permissions.keeps_threads(user, proposal),
        user_pk=user.pk,
    )


def panels_of(
    user: User, proposal: Proposal, sections: Iterable[str], *, back: str = "", asked: str = "",
    bound: Mapping[str, ActForm] | None = None, has_threads: bool = True, view: str = "",
) -> dict[str, Panel]:  # fmt: skip
    """A panel for each section; empty ones too, for they hold the form. None before submission.

    `asked` is the section whose form the address opens, `view` what else the address says;
    without threads none is looked for.
    """
    if not proposal.version_no:
        return {}
    wanted, bound = list(sections), bound or {}
    only = wanted[0] if len(wanted) == 1 else ""
    rights = rights_of(user, proposal)
    is_silent = bool(silence_of(Stage(proposal.stage), proposal.version_no))
    pins: dict[str, list[Pin]] = {code: [] for code in wanted}
    for thread in threads.threads_of(proposal, only) if has_threads else ():
        if thread.section in pins:
            pins[thread.section].append(_pin(thread, rights, bound, is_silent=is_silent))
    return {
        code: _panel(
            proposal, code, pins[code], bound.get(f"thread-{code}"),
            back=back, view=view, may_open=rights.may_open and not is_silent,
            is_asked=code == asked,
        )
        for code in wanted
    }  # fmt: skip


def blank_panel(panels: Mapping[str, Panel]) -> Panel | None:
    """The form for a new thread as it waits on the page, for whichever section it is opened in."""
    able = [one for one in panels.values() if one.may_open]
    if not able:
        return None
    return replace(
        able[0], section="", label="", open=(), settled=(), errors=(), typed="", is_asked=False,
        questions=(), every_question={one.section: one.questions for one in able},
    )  # fmt: skip


def waiting_in(panels: Mapping[str, Panel]) -> list[tuple[Panel, Pin]]:
    """The open threads of a plan, section by section, as the venue's pages list them."""
    return [(panel, pin) for panel in panels.values() for pin in panel.open]


def _pin(thread: Thread, rights: Rights, bound: Mapping[str, ActForm], *, is_silent: bool) -> Pin:
    form = bound.get(f"reply-{thread.pk}")
    settling = bound.get(f"settle-{thread.pk}")
    opened_on, now = thread.plan_version.no, thread.proposal.version_no
    return Pin(
        pk=thread.pk,
        version=thread.version,
        is_open=thread.is_open,
        place=threads.place_of(thread),
        lines=threads.lines_of(thread),
        settled=threads.settled_by(thread),
        seen=f"对应第{opened_on}版" if opened_on != now else "",
        may_reply=rights.may_reply and thread.is_open and not is_silent,
        may_settle=rights.settle(thread) and (thread.is_open or not is_silent),
        typed=form["text"].value() or "" if form else "",
        errors=_errors(form) + _errors(settling),
    )


def _panel(
    proposal: Proposal, section: str, pins: list[Pin], form: ActForm | None, *, back: str,
    view: str, may_open: bool, is_asked: bool,
) -> Panel:  # fmt: skip
    asked = questions_of(proposal.kind, proposal.mode, section) or ()
    return Panel(
        proposal_pk=proposal.pk,
        section=section,
        label=SectionCode(section).label,
        back=back,
        view=view,
        open=tuple(one for one in pins if one.is_open),
        settled=tuple(one for one in pins if not one.is_open),
        may_open=may_open,
        questions=tuple((one.name, one.label) for one in asked),
        typed=form["text"].value() or "" if form else "",
        typed_field=form["field"].value() or "" if form else "",
        errors=_errors(form),
        is_asked=is_asked,
    )


def _errors(form: ActForm | None) -> tuple[str, ...]:
    if form is None:
        return ()
    return tuple(dict.fromkeys(text for texts in form.errors.values() for text in texts))
