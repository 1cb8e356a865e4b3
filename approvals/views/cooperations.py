"""合作项目: the list of cooperations; the page of one stands above, in analytics."""

from django.http import HttpRequest, HttpResponse

from accounts.access import writes
from accounts.enums import Permission
from accounts.lists import show_list
from approvals.filters import CooperationFilter
from approvals.selectors import matters
from approvals.tables import CooperationTable

LIST = {"label": "合作项目", "url": "/cooperations/"}


@writes(Permission.CONTRACT_READ)  # the posts of a list: its export, and keeping a view of it
def cooperation_list(request: HttpRequest) -> HttpResponse:
    rows = matters.cooperations_for(request.user)
    return show_list(
        request, CooperationTable, CooperationFilter, rows, "approvals/cooperation_list.html"
    )
