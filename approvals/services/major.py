"""重大事项: the union's catalogue, and the determination of each plan at its formal review."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals import permissions
from approvals.enums import MajorTest
from approvals.models import MajorDetermination, MajorMatterEntry, Proposal
from approvals.rules.major import Met, judge
from approvals.rules.route import Route
from approvals.selectors.major import determination_of, formal_review_of, held_against
from approvals.selectors.routes import route_to_pin, why_no_route
from approvals.services import common
from audit.services import record
from core.errors import ActionBlocked, Reason, StaleVersion
from core.models import lock
from organizations.models import TradeUnion

BASIS = "13-2-2"


@transaction.atomic
def add_entry(
    *, union: TradeUnion, code: str, title: str, test: str, fixed_by: str, fixed_on: date,
    valid_from: date, by: User, at: datetime, mode: str = "", amount_figure: str = "",
    amount_over: Decimal | None = None, years_over: int | None = None,
    command_id: UUID | None = None,
) -> MajorMatterEntry:  # fmt: skip
    """Add an entry that a meeting fixed; one with the code of a shipped entry takes its place."""
    require(by, Permission.MATRIX_WRITE, union=union)
    needed = {
        MajorTest.MODE: (mode, "mode", "请选择合作方式。"),
        MajorTest.AMOUNT: (amount_over is not None and amount_figure, "amount_over",
                           "请选择金额口径并填写金额；数额由会议确定，系统不设默认数额。"),
        MajorTest.TERM: (years_over, "years_over", "请填写年限；年限由会议确定，系统不设默认年限。"),
    }  # fmt: skip
    found, field, text = needed.get(MajorTest(test), (True, "", ""))
    if not found:
        raise ActionBlocked(Reason(text, BASIS, field))
    if not fixed_by.strip():
        raise ActionBlocked(Reason("请写明确定本条的会议。", BASIS, "fixed_by"))
    if valid_from < fixed_on:
        text = "生效日早于确定本条的会议日期，条目不能追溯生效。"
        raise ActionBlocked(Reason(text, BASIS, "valid_from"))
    if MajorMatterEntry.objects.filter(union=union, code=code, valid_to=None).exists():
        text = f"编号 {code} 已有现行条目，请先终止原条目，或者换一个编号。"
        raise ActionBlocked(Reason(text, BASIS, "code"))
    is_mode, is_amount = test == MajorTest.MODE, test == MajorTest.AMOUNT
    entry = MajorMatterEntry(
        union=union, code=code, title=title.strip(), test=test, mode=mode if is_mode else "",
        amount_figure=amount_figure if is_amount else "",
        amount_over=amount_over if is_amount else None,
        years_over=years_over if test == MajorTest.TERM else None,
        fixed_by=fixed_by.strip(), fixed_on=fixed_on, valid_from=valid_from, written_by=by,
        written_at=at,
    )  # fmt: skip
    entry.place_under(union)
    entry.save(force_insert=True)
    _note(entry, "added", f"重大事项清单增加：{entry}", by=by, at=at, command_id=command_id)
    return entry


@transaction.atomic
def end_entry(
    *, entry: MajorMatterEntry, valid_to: date, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> MajorMatterEntry:  # fmt: skip
    """End an entry from a day; determinations already made stand."""
    require(by, Permission.MATRIX_WRITE, union=entry.union)
    rows = MajorMatterEntry.objects.select_related("union")
    entry = lock(rows, pk=entry.pk, version=version)
    if entry.valid_to is not None:
        raise StaleVersion(f"这一条已定于 {entry.valid_to} 失效。")
    if valid_to < max(entry.valid_from, localdate(at) - timedelta(days=1)):
        text = "失效日不能早于今天的前一天，也不能早于生效日：终止不追溯。"
        raise ActionBlocked(Reason(text, BASIS, "valid_to"))
    entry.valid_to = valid_to
    entry.save_new_version()
    _note(
        entry,
        "ended",
        f"重大事项清单终止：{entry}（{valid_to}）",
        by=by,
        at=at,
        command_id=command_id,
    )
    return entry


def _note(
    entry: MajorMatterEntry, code: str, title: str, *, by: User, at: datetime,
    command_id: UUID | None,
) -> None:  # fmt: skip
    record(
        case_id=entry.pk, code=f"approvals.major_entry.{code}", title=title, by=by, at=at,
        union_id=entry.union_id, command_id=command_id, body={"fixed_by": entry.fixed_by},
    )  # fmt: skip


@transaction.atomic
def determine(
    *, proposal: Proposal, is_major: bool, judged: Iterable[str], reason: str, version: int,
    by: User, at: datetime, command_id: UUID | None = None,
) -> MajorDetermination:  # fmt: skip
    """Determine whether a plan is a major matter, entry by entry, before its formal review ends.

    `judged` names the entries the determiner finds met. A plan that meets an entry is not
    held to be minor without a written reason, nor is the venue's answer changed without one.
    A changed answer selects the route anew: countersigning has not opened yet.
    """
    proposal = common.lock_proposal(proposal, version)
    task = formal_review_of(proposal)
    if task is None:
        raise ActionBlocked("重大事项在形式审查环节认定；会签开始之后不再改定，须退回后重新报送。")
    seat = permissions.require_desk(by, task)
    found = judge(held_against(proposal, on=localdate(at)), dict.fromkeys(judged, True))
    _ensure_reasoned(proposal, found, reason, is_major=is_major)
    made = _keep(proposal, found, reason, seat.position, is_major=is_major, by=by, at=at)
    rerouted = _reroute(proposal, on=localdate(at))
    proposal.updated_at = at
    proposal.save_new_version()
    word = "重大事项" if is_major else "非重大事项"
    title = f"认定为{word}{'，改走其他路由' if rerouted else ''}"
    common.note(
        proposal, "major.determined", title, by=by, at=at, command_id=command_id,
        body={"is_major": is_major, "reason": made.reason},
    )  # fmt: skip
    return made


def forget_other_answer(proposal: Proposal) -> None:
    """A new version keeps what was determined of the last, unless the venue answers otherwise now.

    Its own determination is made at its formal review.
    """
    last = _last_determination(proposal)
    if last is None or last.proposed is not proposal.is_major:
        proposal.major_confirmed = None


def _last_determination(proposal: Proposal) -> MajorDetermination | None:
    return proposal.determinations.order_by("-at", "-pk").first()


def confirm_proposed(proposal: Proposal, position: str, *, by: User, at: datetime) -> None:
    """A formal review that agrees confirms what stands, where nothing speaks against it.

    That is the venue's answer, or what was determined of an earlier version with the same
    answer, by the reason given then.
    """
    if determination_of(proposal) is not None:
        return
    is_major = proposal.counts_as_major
    if is_major is None:
        raise ActionBlocked(Reason("本方案尚未认定是否属于重大事项，请先认定。", BASIS))
    last = _last_determination(proposal) if proposal.major_confirmed is not None else None
    judged = {one["code"]: True for one in last.findings if one["is_met"]} if last else {}
    found = held_against(proposal, on=localdate(at))
    found = judge(found, judged) if last else found
    reason = last.reason if last else ""
    met = _names(found)
    if met and not is_major and not reason:
        text = (
            f"阵地认定为非重大事项，但符合清单条目：{met}。"
            "请先在“重大事项认定”中改定，或者写明不属于重大事项的理由。"
        )
        raise ActionBlocked(Reason(text, BASIS))
    _keep(proposal, found, reason, position, is_major=is_major, by=by, at=at)


def _names(found: Iterable[Met]) -> str:
    return "、".join(f"{one.entry.code} {one.entry.title}" for one in found if one.is_met)


def _ensure_reasoned(
    proposal: Proposal, found: Iterable[Met], reason: str, *, is_major: bool
) -> None:
    if reason.strip():
        return
    met = _names(found)
    if met and not is_major:
        text = f"本方案符合清单条目：{met}。认定为非重大事项须写明理由。"
        raise ActionBlocked(Reason(text, BASIS, "reason"))
    if is_major is not proposal.is_major:
        raise ActionBlocked(Reason("改变阵地的认定，须写明理由。", BASIS, "reason"))


def _keep(
    proposal: Proposal, found: Iterable[Met], reason: str, position: str, *, is_major: bool,
    by: User, at: datetime,
) -> MajorDetermination:  # fmt: skip
    proposal.major_confirmed = is_major
    return MajorDetermination.objects.create(
        proposal=proposal,
        plan_version=proposal.versions.get(no=proposal.version_no),
        proposed=proposal.is_major,
        is_major=is_major,
        findings=[one.as_json() for one in found],
        reason=reason.strip(),
        by=by,
        position=position,
        at=at,
    )


def _reroute(proposal: Proposal, *, on: date) -> bool:
    """Pin the route the plan goes by now; say whether it is another way."""
    pinned = Route.from_json(proposal.route)
    route = route_to_pin(proposal, today=on)
    if route is None:
        raise ActionBlocked(why_no_route(proposal))
    if route.matrix_row == pinned.matrix_row:
        return False
    proposal.route = route.as_json()
    if route.steps == pinned.steps:
        return False
    proposal.direct_to = ""  # what was decided on the other way does not count on this one
    return True
