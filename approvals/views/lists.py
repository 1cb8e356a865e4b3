"""The list of plans."""

from django.http import HttpRequest, HttpResponse

from accounts.access import writes
from accounts.enums import Permission
from accounts.lists import show_list
from approvals.filters import PlanFilter
from approvals.selectors import lists
from approvals.tables import PlanTable


@writes(Permission.PROPOSAL_READ)  # the posts of a list: its export, and keeping a view of it
def proposal_list(request: HttpRequest) -> HttpResponse:
    rows = lists.plans_for(request.user)
    context = {"can_write": request.user.can(Permission.PROPOSAL_WRITE)}
    return show_list(request, PlanTable, PlanFilter, rows, "approvals/proposal_list.html", context)
