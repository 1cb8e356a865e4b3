"""Pages on which public information is written, reviewed, published and withdrawn."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from contracts.models import Contract
from core.acting import attempt
from core.forms import ActForm
from disclosure import permissions, selectors, services
from disclosure.enums import DisclosureState
from disclosure.filters import DisclosureFilter
from disclosure.forms import (
    NewForm,
    ReviewForm,
    WithdrawForm,
    content_forms,
    content_of,
)
from disclosure.models import Disclosure
from disclosure.tables import DisclosureTable
from disclosure.views.pages import LIST, deed, detail_page, edit_page, refused
from venues.models import Venue


def _disclosure(request: HttpRequest, pk: UUID) -> Disclosure:
    rows = Disclosure.objects.visible_to(request.user).select_related(
        "venue__supervising_union", "venue__supervisor", "venue__unit_2", "submitted_by",
        "reviewed_by", "withdrawn_by", "written_by",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@writes(Permission.VENUE_READ)  # the posts of a list: its export, and keeping a view of it
def disclosure_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.disclosures_in_scope(request.user)
    context = {"can_write": request.user.can(Permission.DISCLOSURE_WRITE)}
    return show_list(
        request, DisclosureTable, DisclosureFilter, rows, "disclosure/list.html", context
    )


@writes(Permission.DISCLOSURE_WRITE)
def disclosure_new(request: HttpRequest) -> HttpResponse:
    form = NewForm(request.POST or None, venues=selectors.writing_venues(request.user))
    if request.method == "POST" and form.is_valid():
        venue = form.cleaned_data["venue"]
        if made := attempt(form, services.draft_disclosure, venue=venue, **deed(request, form)):
            return redirect("disclosures:disclosure_edit", pk=made.pk)
    context = {"form": form, "crumbs": [LIST], "can_begin": bool(form.fields["venue"].queryset)}
    return render(request, "disclosure/new.html", context, status=form.http_status)


@reads(Permission.VENUE_READ)
def venue_current(request: HttpRequest, venue_pk: UUID) -> HttpResponse:
    """Lead to the edition a venue works on, or to the one in force, or to beginning one."""
    venue = get_object_or_404(Venue.objects.visible_to(request.user), pk=venue_pk)
    found = selectors.open_of(venue.pk) or selectors.published_of(venue.pk)
    if found:
        return redirect("disclosures:disclosure_detail", pk=found.pk)
    return redirect("disclosures:disclosure_new")


@reads(Permission.VENUE_READ)
def disclosure_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return detail_page(request, _disclosure(request, pk))


@writes(Permission.DISCLOSURE_WRITE)
def disclosure_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    disclosure = _disclosure(request, pk)
    if not permissions.may_write(request.user, disclosure.venue):
        return refused(request)
    form, rows = content_forms(disclosure, request.POST or None)
    is_preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and rows.is_valid() and not is_preview:
        content, version = content_of(form, rows), form.cleaned_data["version"]
        if attempt(
            form, services.save_disclosure, disclosure=disclosure, content=content,
            version=version, **deed(request, form),
        ):  # fmt: skip
            return redirect("disclosures:disclosure_detail", pk=disclosure.pk)
    return edit_page(request, disclosure, form, rows, is_preview=is_preview)


@writes(Permission.DISCLOSURE_WRITE)
def disclosure_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    disclosure = _disclosure(request, pk)
    form = ActForm(request.POST or None, initial={"version": disclosure.version})
    return _act(request, disclosure, form, services.submit_disclosure)


@writes(Permission.DISCLOSURE_REVIEW)
def disclosure_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    disclosure = _disclosure(request, pk)
    form = ReviewForm(request.POST or None, initial={"version": disclosure.version})
    return _act(request, disclosure, form, services.review_disclosure)


@writes(Permission.DISCLOSURE_REVIEW)
def disclosure_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    disclosure = _disclosure(request, pk)
    form = WithdrawForm(request.POST or None, initial={"version": disclosure.version})
    return _act(request, disclosure, form, services.withdraw_disclosure)


def _act(request: HttpRequest, disclosure: Disclosure, form: ActForm, service) -> HttpResponse:
    """Carry one act out and go back to the edition, or show the edition with the refusal."""
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        acting = {**form.act, **deed(request, form), "version": version}
        if attempt(form, service, disclosure=disclosure, **acting):
            return redirect("disclosures:disclosure_detail", pk=disclosure.pk)
    return detail_page(request, _disclosure(request, disclosure.pk), form)


@writes(Permission.DISCLOSURE_REVIEW)
def contract_settle(request: HttpRequest, pk: UUID, contract_pk: UUID) -> HttpResponse:
    disclosure = _disclosure(request, pk)
    if disclosure.state != DisclosureState.PUBLISHED:
        raise Http404
    contracts = Contract.objects.visible_to(request.user).filter(venue=disclosure.venue_id)
    contract = get_object_or_404(contracts, pk=contract_pk)
    form = ActForm(request.POST or None)
    is_posted = request.method == "POST" and form.is_valid()
    if is_posted and attempt(
        form, services.settle_gate, contract=contract, **deed(request, form)
    ):  # fmt: skip
        return redirect("disclosures:disclosure_detail", pk=disclosure.pk)
    return detail_page(request, disclosure, form)
