"""Every list of the staff portal: where it is, who reads it here, what it asks the database."""

import inspect
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# The queries of a list page, whoever wrote it:
#   session; person with posts and the unread; own views; rows with their count  → 4
#   + one question for what the list is narrowed to or printed with              → 5
FULL = 5


@dataclass(frozen=True, slots=True)
class ListPage:
    """One list: its address, a reader who sees the copied rows, its literal number of queries."""

    name: str
    path: str
    reader: str
    queries: int


LISTS = {
    page.name: page
    for page in (
        ListPage("accounts:account_list", "/accounts/", "sysadmin", 4),
        ListPage("accounts:post_list", "/posts/", "secadmin", 5),  # accounts to see to
        ListPage("accounts:event_list", "/audit/", "auditor", 4),
        ListPage("accounts:working_days", "/calendar/working-days/", "asset.officer", 5),
        ListPage("documents:number_list", "/numbers/", "asset.officer", 5),  # gaps
        ListPage("notifications:delivery_list", "/deliveries/", "sysadmin", 5),  # health
        ListPage("venues:venue_list", "/venues/", "asset.officer", 5),
        ListPage("partners:partner_list", "/partners/", "asset.officer", 4),
        ListPage("meetings:meeting_list", "/meetings/", "secretary", 5),
        ListPage("meetings:waiting_list", "/meetings/waiting/", "secretary", 5),
        ListPage("meetings:resolution_list", "/meetings/resolutions/", "secretary", 5),
        ListPage("meetings:body_list", "/meetings/bodies/", "secretary", 5),
        ListPage("approvals:proposal_list", "/proposals/", "asset.officer", 5),
        ListPage("approvals:cooperation_list", "/cooperations/", "asset.officer", 5),
        ListPage("approvals:exception_list", "/exceptions/", "counsel", 5),
        ListPage("approvals:matrix", "/matrix/", "asset.head", 5),
        ListPage("planning:union_plan_list", "/union-plans/", "asset.officer", 5),
        ListPage("contracts:contract_list", "/contracts/", "asset.officer", 5),
        ListPage("supervision:report_list", "/reports/", "asset.officer", 5),
        ListPage("supervision:rectification_list", "/rectifications/", "asset.officer", 5),
        ListPage("evaluations:evaluation_list", "/evaluations/", "asset.officer", 5),
        ListPage("evaluations:scheme_list", "/evaluations/schemes/", "asset.officer", 5),
        ListPage("disclosures:disclosure_list", "/disclosures/", "asset.officer", 5),
    )
}
# Called lists, but not lists of the one kind: a person's own deadlines, the public's page, a
# library of six texts, a union's catalogue of major matters.
OTHER_LISTS = {
    "accounts:token_list",
    "analytics:deadline_list",
    "approvals:delegation_list",
    "approvals:major_list",
    "disclosure:public_list",
    "regulation:policy_list",
}


def listing_routes() -> set[str]:
    """The addresses whose view answers with `show_list`, or whose name says list."""
    return {
        name
        for name, view in _routes(get_resolver())
        if name.endswith("_list") or "show_list(" in inspect.getsource(inspect.unwrap(view))
    }


def _routes(resolver: URLResolver, app: str = "") -> list[tuple[str, object]]:
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found += _routes(one, one.app_name or app)
        elif isinstance(one, URLPattern) and one.name and not one.pattern.converters:
            found.append((f"{app}:{one.name}", one.callback))
    return found
