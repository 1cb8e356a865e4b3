"""Pages of the register of venues."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from accounts.permissions import post_for
from audit.selectors import events_of
from core import clock
from core.acting import attempt
from core.forms import ActForm
from venues import selectors, services
from venues.filters import VenueFilter
from venues.forms import CoreBusinessForm, SupervisorForm, VenueForm
from venues.models import Venue
from venues.tables import VenueTable
from venues.views.shared import acts_here, crumbs_to, deed, refused, venue_of


def _writing_unions(request: HttpRequest) -> list:
    posts = request.user.posts()
    return [
        post.union
        for post in posts
        if post.union and not post.venue_id and Permission.VENUE_WRITE in post.card.permissions
    ]


@writes(Permission.VENUE_READ)  # the posts of a list: its export, and keeping a view of it
def venue_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.register_for(request.user)
    context = {"can_write": bool(_writing_unions(request))}
    return show_list(request, VenueTable, VenueFilter, rows, "venues/list.html", context)


@writes(Permission.VENUE_WRITE)
def venue_add(request: HttpRequest) -> HttpResponse:
    unions = _writing_unions(request)
    form = VenueForm(request.POST or None, unions=unions)
    if request.method == "POST" and form.is_valid():
        facts = form.act
        union = facts.pop("supervising_union")
        venue = attempt(
            form,
            services.register_venue,
            supervising_union=union,
            entry=services.VenueEntry(**facts),
            **deed(request, form),
        )
        if venue:
            return redirect("venues:venue_detail", pk=venue.pk)
    context = {"form": form, "crumbs": crumbs_to(), "title": "登记阵地", "cancel": "/venues/"}
    return render(request, "venues/form.html", context, status=form.http_status)


@reads(Permission.VENUE_READ)
def venue_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    venue = venue_of(request, pk)
    context = {
        "venue": venue,
        "crumbs": crumbs_to(),
        "department": selectors.asset_department(venue.supervising_union),
        "businesses": list(venue.core_businesses.order_by("order", "pk")),
        "readiness": selectors.latest_readiness(venue),
        "in_force": selectors.readiness_in_force(venue, clock.today()),
        "can_write": acts_here(request, Permission.VENUE_WRITE, venue),
        "can_assess": post_for(request.user, Permission.READINESS_WRITE, venue_id=venue.pk),
        "events": [_shown(event) for event in events_of(venue.pk).reverse()[:20]],
    }
    return render(request, "venues/detail.html", context)


def _shown(event) -> dict:
    return {
        "who": event.actor_name,
        "position": event.position,
        "what": event.title,
        "tone": "idle",
        "label": "",
        "text": "",
        "at": event.at,
    }


def _change(request: HttpRequest, venue: Venue, form: ActForm, title: str, act) -> HttpResponse:
    """Show a form that changes one venue, or carry it out and go back to the venue."""
    if not acts_here(request, Permission.VENUE_WRITE, venue):
        return refused(request)
    if request.method == "POST" and form.is_valid() and act():
        return redirect("venues:venue_detail", pk=venue.pk)
    context = {
        "form": form,
        "crumbs": crumbs_to(venue),
        "title": title,
        "cancel": f"/venues/{venue.pk}/",
    }
    return render(request, "venues/form.html", context, status=form.http_status)


@writes(Permission.VENUE_WRITE)
def venue_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    venue = venue_of(request, pk)
    form = VenueForm(request.POST or None, unions=[venue.supervising_union], venue=venue)

    def act():
        entry = services.VenueEntry(**form.act)
        version = form.cleaned_data["version"]
        acting = deed(request, form)
        return attempt(
            form, services.update_venue, venue=venue, entry=entry, version=version, **acting
        )

    return _change(request, venue, form, "变更登记", act)


@writes(Permission.VENUE_WRITE)
def venue_businesses(request: HttpRequest, pk: UUID) -> HttpResponse:
    venue = venue_of(request, pk)
    initial = {"businesses": CoreBusinessForm.text_of(venue), "version": venue.version}
    form = CoreBusinessForm(request.POST or None, initial=initial)

    def act():
        acting = deed(request, form) | form.act | {"version": form.cleaned_data["version"]}
        return attempt(form, services.set_core_businesses, venue=venue, **acting)

    return _change(request, venue, form, "列明主责主业", act)


@writes(Permission.VENUE_WRITE)
def venue_supervisor(request: HttpRequest, pk: UUID) -> HttpResponse:
    venue = venue_of(request, pk)
    people = selectors.people_holding(
        Permission.VENUE_WRITE, on=clock.today(), union=venue.supervising_union
    )
    initial = {"supervisor": venue.supervisor_id, "version": venue.version}
    form = SupervisorForm(request.POST or None, people=people, initial=initial)

    def act():
        acting = deed(request, form) | form.act | {"version": form.cleaned_data["version"]}
        return attempt(form, services.name_supervisor, venue=venue, **acting)

    return _change(request, venue, form, "确定监管责任人", act)
