"""批注: asking about a section, answering, settling. No act here moves the procedure."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.models import Post, User
from approvals import permissions
from approvals.enums import SectionCode, Stage, ThreadState
from approvals.models import Comment, Proposal, Thread
from approvals.models.thread import COMMENT_LENGTH
from approvals.rules.roads import ANNOTATING
from approvals.rules.threads import NO_SECTION, questions_of, silence_of
from approvals.services import common
from core.errors import ActionBlocked, Reason, StaleVersion
from core.models import lock


@transaction.atomic
def open_thread(
    *, proposal: Proposal, section: str, text: str, by: User, at: datetime, field: str = "",
    command_id: UUID | None = None,
) -> Thread:  # fmt: skip
    """Ask about one section of the submitted version, or about one question in it."""
    proposal = common.lock_proposal(proposal, None)
    post = permissions.require_reviewer(by, proposal, today=at.date())
    _ensure_open_to_words(proposal)
    text = _words(text)
    _ensure_asked(proposal, section, field)
    thread = Thread.objects.create(
        proposal=proposal,
        plan_version=proposal.versions.get(no=proposal.version_no),
        section=section,
        field=field,
        opened_by=by,
        position=post.full_title,
        opened_at=at,
    )
    comment = _say(thread, text, post, by=by, at=at)
    title = f"批注：{SectionCode(section).label}"
    _note(thread, "opened", title, by=by, at=at, command_id=command_id)
    _tell(thread, f"方案有新批注：{SectionCode(section).label}", comment, by=by, at=at)
    return thread


@transaction.atomic
def reply_to_thread(
    *, thread: Thread, text: str, by: User, at: datetime, command_id: UUID | None = None
) -> Comment:
    """Add a word to an open thread. Others may have spoken meanwhile: that refuses nobody."""
    thread = _locked(thread, None)
    post = permissions.require_voice(by, thread.proposal, today=at.date())
    _ensure_open_to_words(thread.proposal)
    if not ANNOTATING.allows("reply", thread.state):
        raise ActionBlocked("这条批注已经解决。还有问题的，请先重新打开，或另提一条批注。")
    comment = _say(thread, _words(text), post, by=by, at=at)
    thread.save_new_version()
    title = f"回复批注：{thread.get_section_display()}"
    _note(thread, "replied", title, by=by, at=at, command_id=command_id)
    _tell(thread, f"批注有回复：{thread.get_section_display()}", comment, by=by, at=at)
    return comment


@transaction.atomic
def resolve_thread(
    *, thread: Thread, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Thread:
    """Settle a thread as it was read: by whoever opened it, or the asset department."""
    thread = _locked(thread, version)
    permissions.require_settler(by, thread, today=at.date())
    if not ANNOTATING.allows("resolve", thread.state):
        raise StaleVersion("这条批注已经标记为解决，请刷新页面查看。")
    thread.state = ThreadState.RESOLVED
    thread.resolved_by, thread.resolved_at = by, at
    thread.save_new_version()
    title = f"批注已解决：{thread.get_section_display()}"
    _note(thread, "resolved", title, by=by, at=at, command_id=command_id)
    _tell(thread, title, None, by=by, at=at)
    return thread


@transaction.atomic
def reopen_thread(
    *, thread: Thread, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Thread:
    """Take back that a thread is settled; the ledger keeps who had settled it."""
    thread = _locked(thread, version)
    permissions.require_settler(by, thread, today=at.date())
    _ensure_open_to_words(thread.proposal)
    if not ANNOTATING.allows("reopen", thread.state):
        raise StaleVersion("这条批注已经重新打开，请刷新页面查看。")
    thread.state = ThreadState.OPEN
    thread.resolved_by = thread.resolved_at = None
    thread.save_new_version()
    title = f"重新打开批注：{thread.get_section_display()}"
    _note(thread, "reopened", title, by=by, at=at, command_id=command_id)
    _tell(thread, title, None, by=by, at=at)
    return thread


def _locked(thread: Thread, version: int | None) -> Thread:
    """The plan's row first, as every act on a plan takes it; then the thread's."""
    proposal = common.lock_proposal(thread.proposal, None)
    thread = lock(Thread, pk=thread.pk, version=version)
    thread.proposal = proposal
    return thread


def _ensure_open_to_words(proposal: Proposal) -> None:
    if reason := silence_of(Stage(proposal.stage), proposal.version_no):
        raise ActionBlocked(reason)


def _ensure_asked(proposal: Proposal, section: str, field: str) -> None:
    questions = questions_of(proposal.kind, proposal.mode, section)
    if questions is None:
        raise ActionBlocked(Reason(NO_SECTION, field="section"))
    if field and field not in {one.name for one in questions}:
        raise ActionBlocked(Reason("这一节没有所选的问题，请重新选择。", field="field"))


def _words(text: str) -> str:
    text = text.strip()
    if not text:
        raise ActionBlocked(Reason("请写明批注内容。", field="text"))
    if len(text) > COMMENT_LENGTH:
        raise ActionBlocked(Reason(f"一次最多写 {COMMENT_LENGTH} 个字，请精简。", field="text"))
    return text


def _say(thread: Thread, text: str, post: Post, *, by: User, at: datetime) -> Comment:
    return Comment.objects.create(
        thread=thread, text=text, by=by, name=by.name, position=post.full_title, at=at
    )


def _note(
    thread: Thread, act: str, title: str, *, by: User, at: datetime, command_id: UUID | None
) -> None:
    common.note(
        thread.proposal, f"thread.{act}", title, by=by, at=at, command_id=command_id,
        body={"thread": str(thread.pk), "section": thread.section},
    )  # fmt: skip


def _tell(thread: Thread, title: str, comment: Comment | None, *, by: User, at: datetime) -> None:
    """Tell the other side and whoever spoke in the thread, never the one who acts."""
    proposal = thread.proposal
    writers = common.venue_people(proposal, today=at.date())
    key = f"comment:{comment.pk}" if comment else f"thread:{thread.pk}:{thread.version}"
    text = f"{by.name}：{comment.text}" if comment else proposal.title
    pages = {
        _page(thread, "section_edit", thread.section): writers,
        _page(thread, "proposal_review"): _speakers(thread, writers, today=at.date()),
    }
    for url, people in pages.items():
        others = [one for one in people if one.pk != by.pk]
        common.tell(others, proposal, title, key=key, at=at, text=text, url=url)


def _page(thread: Thread, name: str, *more: str) -> str:
    address = reverse(f"approvals:{name}", args=[thread.proposal_id, *more])
    return f"{address}#thread-{thread.pk}"


def _speakers(thread: Thread, writers: Iterable[User], *, today: date) -> list[User]:
    """Whoever spoke in the thread and still may, apart from the venue's own people."""
    known = {one.pk for one in writers}
    comments = thread.comments.select_related("by").order_by("pk")
    speakers = {one.by_id: one.by for one in comments if one.by_id not in known}
    return [
        one for one in speakers.values() if permissions.voice_of(one, thread.proposal, today=today)
    ]
