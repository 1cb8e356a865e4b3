"""The two acts of a supervising union on a partner: put on watch, end the watch."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import writes
from accounts.enums import Permission
from core import clock
from core.acting import attempt
from core.errors import ActionBlocked
from core.forms import ActForm
from partners import rules, services
from partners.forms import EndWatchForm, WatchForm
from partners.models import Partner
from partners.selectors import own_watch, watching_unions

REGISTER = {"label": "合作对象库", "url": "/partners/"}


def _partner(request: HttpRequest, pk: UUID) -> Partner:
    return get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)


def _page(request: HttpRequest, partner: Partner, form: ActForm, **context) -> HttpResponse:
    context |= {
        "form": form,
        "partner": partner,
        "crumbs": [REGISTER, {"label": partner.name, "url": f"/partners/{partner.pk}/"}],
    }
    return render(request, "partners/watch.html", context, status=form.http_status)


def _deed(request: HttpRequest, form: ActForm) -> dict:
    return {
        "by": request.user,
        "at": clock.now(),
        "version": form.cleaned_data["version"],
        "command_id": form.cleaned_data["command_id"],
        "reason": form.cleaned_data["reason"],
    }


@writes(Permission.CONTRACT_CHECK)
def watch_put(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = _partner(request, pk)
    unions = watching_unions(request.user)
    initial = {"version": partner.version}
    form = WatchForm(request.POST or None, unions=unions, initial=initial)
    if request.method == "POST" and form.is_valid():
        union = next(one for one in unions if str(one.pk) == form.cleaned_data["union"])
        facts = {"partner": partner, "union": union, "basis": form.cleaned_data["basis"]}
        if attempt(form, services.put_on_watch, **facts, **_deed(request, form)):
            return redirect("partners:partner_detail", pk=pk)
    return _page(request, partner, form, watch=None)


@writes(Permission.CONTRACT_CHECK)
def watch_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = _partner(request, pk)
    watch = own_watch(request.user, partner)
    if watch is None:
        if request.method == "POST":
            raise ActionBlocked(rules.NOT_WATCHED)
        return redirect("partners:partner_detail", pk=pk)
    form = EndWatchForm(request.POST or None, initial={"version": watch.version})
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, services.end_watch, watch=watch, **_deed(request, form)):
        return redirect("partners:partner_detail", pk=pk)
    return _page(request, partner, form, watch=watch)
