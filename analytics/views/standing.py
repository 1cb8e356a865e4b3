"""What hangs on a venue, what hangs on a partner: one page each."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import reads
from accounts.enums import Permission
from analytics import standing
from core import clock
from partners.models import Partner
from venues.models import Venue


@reads(Permission.VENUE_READ)
def venue_matters(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = Venue.objects.visible_to(request.user).select_related("supervising_union")
    venue = get_object_or_404(rows, pk=pk)
    context = standing.of_venue(venue, request.user) | {
        "venue": venue,
        "crumbs": [{"label": "服务阵地", "url": "/venues/"}],
    }
    return render(request, "analytics/venue_matters.html", context)


@reads(Permission.PARTNER_READ)
def partner_matters(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    context = standing.of_partner(partner, request.user, today=clock.today()) | {
        "partner": partner,
        "crumbs": [{"label": "合作方", "url": "/partners/"}],
    }
    return render(request, "analytics/partner_matters.html", context)
