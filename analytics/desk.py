"""The workbench put together: tiles, charts and entries as each role needs them.

Every number leads to the list it counts.
"""

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Permission
from accounts.models import User
from analytics import charts
from analytics.selectors import HANCHENG, FigureKey, Figures, Panels, WorkRow
from approvals.enums import Stage, desk_label
from approvals.selectors.desks import UNION_ACTS
from contracts.enums import ContractState
from notifications.enums import WAITING, DeliveryStatus
from supervision.enums import ReportState

# duty → (what the entry says, address, icon); the first ones a person may use are shown
ENTRIES: tuple[tuple[Permission, str, str, str], ...] = (
    (Permission.PROPOSAL_WRITE, "起草方案", "approvals:proposal_new", "pencil-square"),
    (Permission.DUE_DILIGENCE_WRITE, "登记合作方", "partners:partner_add", "building"),
    (Permission.CONTRACT_WRITE, "起草合同", "contracts:contract_new", "file-earmark"),
    (Permission.DISCLOSURE_WRITE, "填报公开信息", "disclosures:disclosure_new", "send"),
    (Permission.VENUE_WRITE, "登记阵地", "venues:venue_add", "building"),
    (Permission.REPORT_REVIEW, "布置报告", "supervision:report_add", "journal-text"),
    (Permission.EVALUATION_PLAN, "评价方案", "evaluations:scheme_list", "clipboard-check"),
    (Permission.MATRIX_WRITE, "决策权限清单", "approvals:matrix", "list"),
    (Permission.LEGAL_REVIEW, "例外审批", "approvals:exception_list", "shield-check"),
    (Permission.MEETING_WRITE, "安排会议", "meetings:meeting_list", "people"),
    (Permission.LEDGER_READ, "核验留痕", "accounts:verify", "shield-check"),
    (Permission.ACCOUNT_WRITE, "建立账号", "accounts:account_new", "person-circle"),
    (Permission.POST_WRITE, "指派岗位", "accounts:post_new", "people"),
    (Permission.CALENDAR_WRITE, "工作日历", "accounts:working_days", "calendar3"),
    (Permission.DELIVERY_READ, "投递日志", "notifications:delivery_list", "bell"),
)
MOST_ENTRIES = 6
RESOLVE = UNION_ACTS[Stage.PARTY_GROUP]


def entries(user: User) -> list[dict]:
    """Where this person begins something."""
    shown = [
        {"label": label, "url": reverse(name), "icon": icon}
        for permission, label, name, icon in ENTRIES
        if user.can(permission)
    ][:MOST_ENTRIES]
    return [*shown, {"label": "实施细则", "url": "/rules/", "icon": "journal-text"}]


def tiles(user: User, todo: list[WorkRow], figures: Figures) -> list[dict]:
    """The numbers at the head: what waits, what is near its limit, what the role watches."""
    return [
        _tile("待办", len(todo), "?tab=todo", hint="等您办理"),
        _limit_tile(todo),
        *_of_the_role(user, todo, figures),
        *_of_administrators(user, figures),
        *_near(user, figures),
    ]


def _limit_tile(todo: list[WorkRow]) -> dict:
    """What is late, as long as anything is; otherwise what soon will be."""
    late = sum(row.tone == "bad" for row in todo)
    soon = sum(row.tone == "warn" for row in todo)
    if late:
        hint = f"另有 {soon} 项即将超期" if soon else "请先办理"
        return _tile("已超期", late, "?tab=todo&limit=late", tone="bad", hint=hint)
    tone = "warn" if soon else ""
    return _tile("即将超期", soon, "?tab=todo&limit=soon", tone=tone, hint="2 个工作日内")


def _tile(label: str, value: int, url: str, *, tone: str = "", hint: str = "") -> dict:
    return {"label": label, "value": value, "url": url, "tone": tone, "hint": hint}


def _near(user: User, figures: Figures) -> list[dict]:
    if not user.can(Permission.VENUE_READ):
        return []
    near = figures.total(FigureKey.NEAR)
    return [
        _tile(
            "未来 90 天到期", near, "/deadlines/?within=90&state=ahead", hint="合同、报告、评价等"
        )
    ]


def _of_the_role(user: User, todo: list[WorkRow], figures: Figures) -> list[dict]:
    """One or two numbers of the role: the first group of duties the person holds decides."""
    if user.can(Permission.PROPOSAL_WRITE):
        return [
            _tile("我发起", figures.total(FigureKey.STARTED), "?tab=started", hint="方案"),
            _stage_tile("退回待答复", Stage.RETURNED, figures),
        ]
    if user.can(Permission.REPLY_ISSUE):
        return [
            _stage_tile("待批复", Stage.REPLYING, figures),
            _stage_tile("待确认修改", Stage.CHANGES_PENDING, figures),
        ]
    if user.can(Permission.OBJECTION_RESOLVE):
        return [_plans_tile(figures), _objection_tile(todo)]
    if user.can(Permission.REPORT_REVIEW):
        return [_plans_tile(figures), _report_tile("待审核报告", ReportState.SUBMITTED, figures)]
    if user.can(Permission.MEETING_WRITE):
        waiting = figures.total(FigureKey.AGENDA)
        return [_tile("待上会议题", waiting, "/meetings/#waiting", hint="尚未列入会议")]
    if user.can(Permission.VENUE_READ):
        active = figures.total(FigureKey.CONTRACTS, ContractState.EFFECTIVE)
        address = f"/contracts/?state={ContractState.EFFECTIVE}"
        return [_plans_tile(figures), _tile("履行中合同", active, address, hint="含下级工会")]
    return []


def _plans_tile(figures: Figures) -> dict:
    return _tile("范围内方案", figures.total(FigureKey.PLANS), "/proposals/", hint="含下级工会")


def _objection_tile(todo: list[WorkRow]) -> dict:
    waiting = sum(row.act == RESOLVE for row in todo)
    address = f"?{urlencode({'tab': 'todo', 'act': RESOLVE})}"
    return _tile("待处理异议", waiting, address, tone="warn" if waiting else "", hint="不同意意见")


def _stage_tile(label: str, stage: Stage, figures: Figures) -> dict:
    count = figures.total(FigureKey.PLANS, stage)
    return _tile(
        label, count, f"/proposals/?stage={stage}", tone="warn" if count else "", hint="方案"
    )


def _report_tile(label: str, state: ReportState, figures: Figures) -> dict:
    count = figures.total(FigureKey.REPORTS, state)
    return _tile(label, count, f"/reports/?state={state}", hint="报告")


def _of_administrators(user: User, figures: Figures) -> list[dict]:
    shown = []
    if user.can(Permission.ACCOUNT_WRITE):
        shown.append(
            _tile("账号", figures.total(FigureKey.ACCOUNTS), "/accounts/", hint="含已停用")
        )
    if user.can(Permission.DELIVERY_READ):
        dead = figures.total(FigureKey.DELIVERIES, DeliveryStatus.DEAD)
        waiting = sum(figures.total(FigureKey.DELIVERIES, one) for one in WAITING)
        shown += [
            _tile(
                "未送达消息", dead, "/deliveries/?status=dead", tone="bad" if dead else "",
                hint="可重新投递",
            ),
            _tile("待发送消息", waiting, "/deliveries/", hint="等待投递"),
        ]  # fmt: skip
    if user.can(Permission.POST_WRITE):
        count = figures.total(FigureKey.WITHOUT_POST)
        shown.append(
            _tile("没有岗位的账号", count, "/posts/", tone="warn" if count else "", hint="待指派")
        )
    return shown


def stages(figures: Figures) -> list[charts.Segment]:
    """The plans in sight by stage, as one bar in the order of the procedure."""
    counts = figures.by_group(FigureKey.PLANS)
    return charts.stacked(
        (stage.value, stage.label, counts.get(stage, 0), f"/proposals/?stage={stage}")
        for stage in Stage
    )


def time_line(panels: Panels, *, today: date) -> charts.Axis | None:
    """The signed contracts in sight by their last day."""
    return charts.time_line(
        [
            (
                one.title,
                one.venue,
                reverse("contracts:contract_detail", args=[one.pk]),
                one.starts_on,
                one.ends_on,
            )
            for one in panels.spans
        ],
        today=today,
    )


def desks(figures: Figures) -> list[dict]:
    """How much lies on each desk, and how much of it is late; the fullest first."""
    late = {(node, kind): n for node, kind, n in figures.groups(FigureKey.LATE_DESKS)}
    found = figures.groups(FigureKey.DESKS)
    most = max((count for _node, _kind, count in found), default=0)
    rows = []
    for node, kind, count in sorted(found, key=lambda row: (-row[2], row[0], row[1])):
        label = desk_label(node, kind)
        rows.append(
            {
                "label": label,
                "count": count,
                "late": late.get((node, kind), 0),
                "width": charts.percent(count, most),
                "url": f"/deadlines/?{urlencode({'within': 'all', 'text': label})}",
            }
        )
    return rows


def cities(figures: Figures) -> list[charts.Tile]:
    """Cooperations by city; a county that stands by itself is counted in its city as well."""
    counts: dict[str, tuple[int, str]] = {}
    for code, keys, count in figures.groups(FigureKey.PLACES):
        city, _, county = keys.partition("|")
        before, _url = counts.get(code, (0, ""))
        counts[code] = (before + count, f"/cooperations/?union={city}")
        if county:
            counts[HANCHENG] = (count, f"/cooperations/?union={county}")
    return charts.grid(counts)
