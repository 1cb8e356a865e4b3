"""What every page of the portal shows around its content."""

from django.http import HttpRequest

from accounts.enums import Permission
from core import clock

NAV = (
    ("工作台", "/", Permission.WORKBENCH_READ),
    ("方案审批", "/proposals/", Permission.PROPOSAL_READ),
    ("工会规划", "/union-plans/", Permission.UNION_PLAN_READ),
    ("合作项目", "/cooperations/", Permission.CONTRACT_READ),
    ("服务阵地", "/venues/", Permission.VENUE_READ),
    ("合作方", "/partners/", Permission.PARTNER_READ),
    ("会议", "/meetings/", Permission.MEETING_READ),
    ("合同", "/contracts/", Permission.CONTRACT_READ),
    ("公开信息", "/disclosures/", Permission.VENUE_READ),
    ("报告", "/reports/", Permission.REPORT_READ),
    ("考核评价", "/evaluations/", Permission.EVALUATION_READ),
    ("细则", "/rules/", Permission.RULES_READ),
    ("账号", "/accounts/", Permission.ACCOUNT_WRITE),
    ("岗位", "/posts/", Permission.POST_WRITE),
    ("工作日历", "/calendar/working-days/", Permission.CALENDAR_WRITE),
    ("投递日志", "/deliveries/", Permission.DELIVERY_READ),
    ("留痕", "/audit/", Permission.LEDGER_READ),
)

FOOT = (("编号登记", "/numbers/", Permission.FILE_READ),)
# Registers without an entry of their own: under which entry they are found.
FOUND_UNDER = {
    "/rectifications/": "/reports/",
    "/exceptions/": "/proposals/",
    "/delegations/": "/proposals/",
    "/matrix/": "/proposals/",
    "/phrases/": "/proposals/",
    "/deadlines/": "/",
}


def portal(request: HttpRequest) -> dict:
    """The navigation this person may use, and the day of a demo database."""
    user = getattr(request, "user", None)
    context: dict = {"demo_day": clock.fixed_day(), "nav": [], "foot": []}
    if user is None or not user.is_authenticated:
        return context
    context["foot"] = [
        {"label": label, "url": url} for label, url, permission in FOOT if user.can(permission)
    ]
    here = entry_of(request.path)
    context["nav"] = [
        {
            "label": label,
            "url": url,
            "current": here == url,
        }
        for label, url, permission in NAV
        if user.can(permission)
    ]
    return context


def entry_of(path: str) -> str:
    """The address of the entry a page belongs to; empty when to none."""
    for start, entry in FOUND_UNDER.items():
        if path.startswith(start):
            return entry
    entries = (url for _label, url, _permission in NAV)
    return next(
        (url for url in entries if path == url or (url != "/" and path.startswith(url))), ""
    )
