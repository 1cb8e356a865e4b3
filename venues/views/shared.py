"""What the pages of venues share."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.enums import Permission
from accounts.permissions import post_for
from core import clock
from core.forms import ActForm
from venues.models import Venue

REGISTER = {"label": "服务阵地", "url": "/venues/"}


def venue_of(request: HttpRequest, pk: UUID) -> Venue:
    rows = Venue.objects.visible_to(request.user).select_related("supervising_union", "supervisor")
    return get_object_or_404(rows, pk=pk)


def crumbs_to(venue: Venue | None = None) -> list[dict]:
    if venue is None:
        return [REGISTER]
    return [REGISTER, {"label": venue.name, "url": f"/venues/{venue.pk}/"}]


def deed(request: HttpRequest, form: ActForm) -> dict:
    """What every service is told besides the facts."""
    return {
        "by": request.user,
        "at": clock.now(),
        "command_id": form.cleaned_data["command_id"],
    }


def acts_here(request: HttpRequest, permission: Permission, venue: Venue) -> bool:
    """Whether this person may act on the venue for its supervising union."""
    return post_for(request.user, permission, union=venue.supervising_union) is not None


def refused(request: HttpRequest) -> HttpResponse:
    """Whoever may read the venue but not act on it is not shown the form either."""
    return render(request, "errors/403.html", status=403)
