"""批注 as they are read: one thread with its lines, in words, by section."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from approvals.enums import ThreadState
from approvals.models import Comment, Proposal, Thread
from approvals.rules.threads import questions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing somebody said, under the name and title they had."""

    who: str
    position: str
    when: str
    moment: datetime
    text: str


def threads_of(proposal: Proposal, section: str = "") -> list[Thread]:
    """The threads of a plan, or of one section, oldest first, with what was said; two queries."""
    rows = proposal.threads.filter(section=section) if section else proposal.threads.all()
    rows = rows.select_related("plan_version", "resolved_by").prefetch_related("comments")
    found = list(rows.order_by("opened_at", "pk"))
    for thread in found:
        thread.proposal = proposal
    return found


def open_counts(proposal: Proposal) -> Counter[str]:
    """How many threads of each section still wait; one query."""
    rows = proposal.threads.filter(state=ThreadState.OPEN)
    return Counter(rows.values_list("section", flat=True))


def lines_of(thread: Thread) -> tuple[Line, ...]:
    """What was said, in order: the question first, then the answers."""
    said = sorted(thread.comments.all(), key=lambda one: one.pk)
    return tuple(_line(one) for one in said)


def _line(comment: Comment) -> Line:
    return Line(
        who=comment.name,
        position=comment.position,
        when=short_moment(comment.at),
        moment=comment.at,
        text=comment.text,
    )


def place_of(thread: Thread) -> str:
    """The question a thread is about; empty when it is about the section as a whole."""
    asked = questions_of(thread.proposal.kind, thread.proposal.mode, thread.section) or ()
    return next((one.label for one in asked if one.name == thread.field), "")


def settled_by(thread: Thread) -> str:
    """Who settled a thread and when, in words."""
    if thread.resolved_by is None or thread.resolved_at is None:
        return ""
    return f"{thread.resolved_by.name} {short_moment(thread.resolved_at)} 标记为已解决"


def short_moment(moment: datetime) -> str:
    """11-18 09:47, by Shanghai's clock."""
    return f"{timezone.localtime(moment):%m-%d %H:%M}"
