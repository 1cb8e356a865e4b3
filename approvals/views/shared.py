"""What the pages of plans share."""

from uuid import UUID

from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.enums import Permission
from accounts.permissions import post_for
from approvals.enums import Stage
from approvals.models import Proposal
from core import clock
from core.forms import ActForm

LIST = {"label": "方案审批", "url": "/proposals/"}
OPEN_TO_VENUE = (*Stage.WRITABLE, Stage.VENUE_DECIDED)
READ_WITH = (
    "venue",
    "supervising_union",
    "supervisor",
    "cooperation",
    "partner",
    "counterpart_venue",
    "core_business",
)


def plan_of(
    request: HttpRequest, pk: UUID, *, read_with: tuple[str, ...] = READ_WITH, **columns: Combinable
) -> Proposal:
    """The plan, for whoever may see it; a foreign one and a missing one are both 404."""
    rows = Proposal.objects.visible_to(request.user).select_related(*read_with)
    return get_object_or_404(rows.annotate(**columns), pk=pk)


def writes_for(request: HttpRequest, proposal: Proposal, permission: Permission) -> bool:
    """Whether this person does this for the plan's own venue."""
    return post_for(request.user, permission, venue_id=proposal.venue_id) is not None


def deed(request: HttpRequest, form: ActForm) -> dict:
    """What every service is told besides the facts."""
    return {
        "by": request.user,
        "at": clock.now(),
        "command_id": form.cleaned_data["command_id"],
    }


def crumbs_to(proposal: Proposal) -> list[dict]:
    """List, then the plan's task list."""
    return [LIST, {"label": proposal.title, "url": f"/proposals/{proposal.pk}/edit/"}]


def refused(request: HttpRequest) -> HttpResponse:
    """Whoever may read the plan but not act on it is not shown the form either."""
    return render(request, "errors/403.html", status=403)
