"""Plans, cooperations, exceptions and the authority matrix as lists."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from accounts.enums import Permission
from approvals.enums import (
    CooperationMode,
    Desk,
    PlanKind,
    RouteCode,
    Stage,
)
from approvals.models import AuthorityMatrixRow
from approvals.rules.excepting import EXCEPTING, state_on
from approvals.rules.procedure import BEFORE_A_DECISION, DESKS
from approvals.selectors.route_words import bodies_words, matter_words, signing_words
from core.addresses import address_of
from core.cells import Act, Badge, Link, Marked, Several, Value
from core.clock import day_of
from core.tables import Column, Table
from organizations.tables import HOLDER, WaitingTable, held_column
from regulation.register import RULES

UNNUMBERED, SUSPENDED, LAPSED = "未编号", "中止中", "逾期失效"
# 会签中 names the departments that have not signed, in as few words as people use.
SIGNERS = {
    "personnel": "组织人事",
    "discipline": "纪委",
    "finance": "财务",
    "fund_review": "经审",
    "asset": "资产监管",
    "office": "办公室",
    "publicity": "宣教",
    "rights": "权保",
    "organization": "组织",
}


class PlanTable(WaitingTable):
    """One plan a line: where it stands, who has it, since when."""

    name, title, default_sort = "proposals", "方案", "-updated"
    reads = (
        "title", "number", "kind", "mode", "stage", "sign_by", "suspended_at", "submitted_at", "updated_at",
        "venue_id", "venue__name", "supervising_union__name", "held_since", "next_due", "desks",
        "people",
    )  # fmt: skip
    picked_at = "/proposals/bulk/"
    picked_acts = (("urge", "催办"), ("assign", "委派"), ("export", "导出所选"))
    columns = (
        Column("title", "方案", sort="title"),
        Column("number", "编号", sort="number", css="nowrap", has_gaps=True),
        Column("kind", "类别"),
        Column("venue", "阵地", sort="venue__code"),
        Column("union", "主管工会", on_page=False),
        Column("stage", "阶段"),
        HOLDER,
        held_column(),
        Column("due", "办理期限", sort="next_due", has_gaps=True),
        Column("late", "超期", on_page=False),
        Column("submitted", "报送日期", on_page=False),
        Column("updated", "更新", sort="updated_at", css="nowrap"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        stage = Stage(row.stage)
        mode = f" · {CooperationMode(row.mode).label}" if row.mode else ""
        is_open = row.suspended_at is None
        is_late = is_open and row.next_due is not None and row.next_due < self.today
        return (
            Link(row.title, address_of(self._page(row, stage), row.pk)),
            row.number or Marked(UNNUMBERED, tone="muted"),
            f"{PlanKind(row.kind).label}{mode}",
            row.venue__name,
            row.supervising_union__name,
            self._stage(row, stage),
            _holder(row, stage) if is_open else Marked(None, SUSPENDED, "warn"),
            self.held(row.held_since),
            self.due(row.next_due, is_open=is_open),
            self.late(row.next_due) if is_late else "",
            _day(row.submitted_at),
            _day(row.updated_at),
        )

    @property
    def picks(self) -> bool:
        return self.user.can(Permission.ERRAND_WRITE)

    def called(self, row: Any) -> str:
        return row.title

    @cached_property
    def _own_venues(self) -> set:
        return {post.venue_id for post in self.user.posts() if post.venue_id}

    @cached_property
    def _withdrawing(self) -> set:
        """The venues whose plans this person may take back."""
        may = Permission.PROPOSAL_SUBMIT
        return {post.venue_id for post in self.user.posts() if may in post.card.permissions}

    def _stage(self, row: Any, stage: Stage) -> Value:
        badge = _stage_badge(stage, row.sign_by, self.today)
        may = stage in BEFORE_A_DECISION and row.venue_id in self._withdrawing
        if not may or row.suspended_at:
            return badge
        return Several((badge, Act("撤回", address_of("approvals:proposal_withdraw", row.pk))))

    def _page(self, row: Any, stage: Stage) -> str:
        """The venue that writes goes on writing; everybody else reads."""
        is_written = stage in Stage.WRITABLE or stage is Stage.VENUE_DECIDED
        is_own = is_written and row.venue_id in self._own_venues
        return "approvals:proposal_edit" if is_own else "approvals:proposal_review"


def _stage_badge(stage: Stage, sign_by: date | None, today: date) -> Badge:
    """An approval nobody signed a contract on in time has lapsed."""
    is_lapsed = stage is Stage.APPROVED and sign_by is not None and sign_by < today
    return Badge(LAPSED, "bad") if is_lapsed else Badge(stage.label, stage.tone)


def _holder(row: Any, stage: Stage) -> str:
    """The desk, the departments still to sign; the person where it was transferred to one."""
    desk = DESKS[stage]
    if desk is Desk.NOBODY:
        return ""
    names = desk.label
    if stage is Stage.COUNTERSIGNING and row.desks:
        names = "、".join(SIGNERS.get(kind, desk.label) for kind in row.desks.split(","))
    return f"{names}（{row.people.replace(',', '、')}）" if row.people else names


def _day(moment):
    return day_of(moment) if moment else None


class CooperationTable(Table):
    """One cooperation a line: with whom, how, until when, where its plan stands."""

    name, title, default_sort = "cooperations", "合作项目", "-created"
    reads = (
        "title", "code", "mode", "created_at", "venue__name", "partner__name",
        "counterpart_venue__name", "supervising_union__name", "starts_on", "ends_on", "plan_stage", "plan_sign_by",
    )  # fmt: skip
    columns = (
        Column("title", "名称", sort="title"),
        Column("code", "编号", sort="code", css="nowrap", has_gaps=True),
        Column("venue", "阵地", sort="venue__code"),
        Column("union", "主管工会", on_page=False),
        Column("partner", "合作方"),
        Column("mode", "方式", css="nowrap"),
        Column("starts_on", "起", sort="starts_on", css="nowrap", has_gaps=True),
        Column("ends_on", "止", sort="ends_on", css="nowrap", has_gaps=True),
        Column("stage", "方案阶段"),
        Column("created", "建卷", sort="created_at", css="nowrap"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        stage = Stage(row.plan_stage)
        return (
            Link(row.title, address_of("analytics:cooperation", row.pk)),
            row.code or Marked(UNNUMBERED, tone="muted"),
            row.venue__name,
            row.supervising_union__name,
            row.partner__name or row.counterpart_venue__name,
            CooperationMode(row.mode).label,
            row.starts_on,
            row.ends_on,
            _stage_badge(stage, row.plan_sign_by, self.today),
            day_of(row.created_at),
        )


class ExceptionTable(WaitingTable):
    """One exception a line: from which rule, who has it, how long it holds."""

    name, title, default_sort = "exceptions", "例外审批", "-submitted"
    reads = (
        "state", "rule_code", "number", "submitted_at", "valid_until", "proposal__title",
        "proposal__venue__name", "held_since", "due_on", "proposal__suspended_at",
    )  # fmt: skip
    columns = (
        Column("proposal", "项目", sort="proposal__title"),
        Column("number", "编号", sort="number", css="nowrap", has_gaps=True),
        Column("rule", "条款", sort="rule_code"),
        Column("venue", "阵地", sort="proposal__venue__code"),
        Column("state", "状态"),
        HOLDER,
        held_column(),
        Column("due", "办理期限", sort="due_on", has_gaps=True),
        Column("submitted", "报送日期", sort="submitted_at", css="nowrap", has_gaps=True),
        Column("until", "有效期至", sort="valid_until"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        state, rule = state_on(row.state, row.valid_until, self.today), RULES[row.rule_code]
        turn = EXCEPTING.turn(row.state)
        is_over = row.valid_until < self.today
        return (
            Link(row.proposal__title, address_of("approvals:exception", row.pk)),
            row.number or Marked(UNNUMBERED, tone="muted"),
            Link(rule.basis, rule.url),
            row.proposal__venue__name,
            Badge(state.label, state.tone),
            turn.side.label if turn else "",
            self.held(row.held_since),
            self.due(row.due_on, is_open=row.proposal__suspended_at is None),
            _day(row.submitted_at),
            Marked(row.valid_until, "已过期") if is_over else row.valid_until,
        )


class MatrixTable(Table):
    """One row of the matrix a line: for what, which departments, which meetings, how many days."""

    name, title, default_sort = "matrix", "决策权限清单", "union"
    columns = (
        Column("matter", "事项"),
        Column("union", "工会", sort="union__path"),
        Column("countersigners", "会签部门"),
        Column("bodies", "决策会议"),
        Column("days", "审查 / 会签 / 法律（工作日）", css="nowrap"),
        Column("fixed_by", "确定本条目的会议"),
        Column("valid_from", "生效", sort="valid_from", css="nowrap"),
        Column("valid_to", "失效", sort="valid_to", css="nowrap", has_gaps=True),
        Column("validity", "状态"),
    )

    def cells(self, row: AuthorityMatrixRow) -> Iterable[Value]:
        days, route = (
            (row.formal_review_days, row.countersign_days, row.legal_review_days),
            row.route,
        )
        return (
            Several(
                (
                    Link(matter_words(row), address_of("approvals:matrix_row", row.pk)),
                    *_code(row),
                )
            ),
            row.union.name,
            signing_words(route),
            bodies_words(route),
            " / ".join(f"{count}" for count in days),
            route.fixed_by,
            row.valid_from,
            row.valid_to,
            self._validity(row),
        )

    def _validity(self, row: AuthorityMatrixRow) -> Badge:
        if row.valid_from > self.today:
            return Badge("未生效", "info")
        is_over = row.valid_to is not None and row.valid_to < self.today
        return Badge("已失效") if is_over else Badge("现行", "ok")


def _code(row: AuthorityMatrixRow) -> tuple[Badge, ...]:
    if row.code == RouteCode.ORDINARY:
        return ()
    return (Badge(RouteCode(row.code).label, "warn"),)
