"""Pages of the register of partners."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from accounts.places import VenuePlace, venue_place
from core import clock
from core.acting import attempt
from organizations import uscc
from partners import selectors, services
from partners.filters import PartnerFilter
from partners.forms import PartnerForm, StartForm
from partners.models import DueDiligence, Partner
from partners.tables import PartnerTable

REGISTER = {"label": "合作对象库", "url": "/partners/"}


def _places(request: HttpRequest) -> list[VenuePlace]:
    """The venues for which this person may investigate, by their posts."""
    ids = {
        post.venue_id
        for post in request.user.posts()
        if post.venue_id and Permission.DUE_DILIGENCE_WRITE in post.card.permissions
    }
    places = [place for place in map(venue_place, ids) if place]
    return sorted(places, key=lambda place: (place.name, str(place.id)))


@writes(Permission.PARTNER_READ)  # the posts of a list: its export, and keeping a view of it
def partner_list(request: HttpRequest) -> HttpResponse:
    rows = Partner.objects.visible_to(request.user).with_watch()
    context = {"can_write": request.user.can(Permission.PARTNER_WRITE)}
    return show_list(request, PartnerTable, PartnerFilter, rows, "partners/list.html", context)


@writes(Permission.PARTNER_WRITE)
def partner_add(request: HttpRequest) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acting = {"by": request.user, "at": clock.now()}
        command_id = form.cleaned_data["command_id"]
        partner = attempt(
            form, services.register_partner, command_id=command_id, **acting, **form.act
        )
        if partner:
            return redirect("partners:partner_detail", pk=partner.pk)
    context = {"form": form, "crumbs": [REGISTER]}
    return render(request, "partners/form.html", context, status=form.http_status)


@reads(Permission.PARTNER_READ)
def partner_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    rows = DueDiligence.objects.visible_to(request.user).filter(partner=partner)
    watches = selectors.watch_history(partner)
    mine = {union.pk for union in selectors.watching_unions(request.user)}
    watching = {one.union_id for one in watches if one.is_open}
    context = {
        "partner": partner,
        "watches": [one for one in watches if one.is_open],
        "watch_history": watches,
        "can_watch": bool(mine - watching),
        "can_end_watch": bool(mine & watching),
        "uscc_fault": uscc.fault_of(partner.uscc),
        "crumbs": [REGISTER],
        "due_diligences": rows.select_related("started_by").order_by("-started_at", "-pk"),
        "can_start": bool(_places(request)),
    }
    return render(request, "partners/detail.html", context)


@writes(Permission.DUE_DILIGENCE_WRITE)
def due_diligence_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    places = _places(request)
    form = StartForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        place = next(p for p in places if str(p.id) == form.cleaned_data["venue"])
        started = attempt(
            form,
            services.start_due_diligence,
            partner=partner,
            venue_id=place.id,
            venue_name=place.name,
            union=place.union,
            by=request.user,
            at=clock.now(),
            command_id=form.cleaned_data["command_id"],
        )
        if started:
            return redirect("partners:due_diligence_detail", pk=started.pk)
    context = {
        "form": form,
        "partner": partner,
        "crumbs": [REGISTER, {"label": partner.name, "url": f"/partners/{partner.pk}/"}],
    }
    return render(request, "partners/start.html", context, status=form.http_status)
