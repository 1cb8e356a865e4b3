"""Pages of the self-assessment of a venue."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.permissions import post_for
from core.acting import attempt
from core.forms import ActForm
from venues import rules, selectors, services
from venues.enums import ReadinessState
from venues.forms import ITEM_FORMS, ReviewForm, fact_rows
from venues.models import Readiness, Venue
from venues.views.shared import acts_here, crumbs_to, deed, refused, venue_of


def _latest(venue: Venue) -> Readiness:
    readiness = selectors.latest_readiness(venue)
    if readiness is None:
        raise Http404
    return readiness


def _item_rows(readiness: Readiness) -> list[dict]:
    files = selectors.evidence_by_code(readiness)
    return [
        {
            "item": item,
            "numeral": rules.NUMERALS[item.code],
            "facts": fact_rows(item.code, item.facts),
            "files": files.get(item.code, []),
            "tone": {"met": "ok", "unmet": "bad"}.get(item.conclusion, "idle"),
            "label": item.get_conclusion_display() if item.conclusion else "未填写",
        }
        for item in selectors.items_of(readiness)
    ]


def _readiness_page(request: HttpRequest, venue: Venue, form: ActForm, reasons=()) -> HttpResponse:
    readiness = selectors.latest_readiness(venue)
    is_draft = readiness is not None and readiness.state == ReadinessState.DRAFT
    can_write = post_for(request.user, Permission.READINESS_WRITE, venue_id=venue.pk) is not None
    can_review = acts_here(request, Permission.READINESS_REVIEW, venue)
    missing = rules.submission_reasons(selectors.facts_of(readiness)) if is_draft else []
    context = {
        "venue": venue,
        "crumbs": crumbs_to(venue),
        "readiness": readiness,
        "rows": _item_rows(readiness) if readiness else [],
        "form": form,
        "missing": missing,
        "can_edit": is_draft and can_write,
        "can_start": can_write and (readiness is None or readiness.reviewed_at is not None),
        "can_review": can_review
        and readiness is not None
        and readiness.state == ReadinessState.SUBMITTED,
    }
    return render(request, "venues/readiness.html", context, status=form.http_status)


def _act_form(request: HttpRequest, readiness: Readiness | None) -> ActForm:
    initial = {"version": readiness.version} if readiness else None
    return ActForm(request.POST or None, initial=initial)


@reads(Permission.VENUE_READ)
def readiness_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    venue = venue_of(request, pk)
    return _readiness_page(request, venue, _act_form(request, selectors.latest_readiness(venue)))


@writes(Permission.READINESS_WRITE)
def readiness_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    venue = venue_of(request, pk)
    form = _act_form(request, None)
    if request.method == "POST" and form.is_valid():
        acting = deed(request, form)
        if attempt(form, services.start_readiness, venue=venue, **acting):
            return redirect("venues:readiness_detail", pk=venue.pk)
    return _readiness_page(request, venue, form)


@writes(Permission.READINESS_WRITE)
def readiness_item(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    venue = venue_of(request, pk)
    readiness = _latest(venue)
    item = get_object_or_404(readiness.items, code=code)
    initial = {**item.facts, "conclusion": item.conclusion, "version": item.version}
    form = ITEM_FORMS[item.code](request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            services.save_readiness_item,
            item=item,
            conclusion=form.cleaned_data["conclusion"],
            facts=form.facts(),
            file=form.cleaned_data["file"],
            version=form.cleaned_data["version"],
            **deed(request, form),
        )
        if saved:
            return redirect(f"/venues/{venue.pk}/readiness/#item-{code}")
    context = {
        "form": form,
        "item": item,
        "crumbs": [
            *crumbs_to(venue),
            {"label": "条件自评", "url": f"/venues/{venue.pk}/readiness/"},
        ],
        "title": f"第九条（{rules.NUMERALS[code]}）{item.get_code_display()}",
        "files": selectors.evidence_by_code(readiness).get(code, []),
        "cancel": f"/venues/{venue.pk}/readiness/",
    }
    return render(request, "venues/readiness_item.html", context, status=form.http_status)


@writes(Permission.READINESS_WRITE)
def readiness_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    venue = venue_of(request, pk)
    readiness = _latest(venue)
    form = _act_form(request, readiness)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        acting = deed(request, form)
        if attempt(form, services.submit_readiness, readiness=readiness, version=version, **acting):
            return redirect("venues:readiness_detail", pk=venue.pk)
    return _readiness_page(request, venue, form)


@writes(Permission.READINESS_REVIEW)
def readiness_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    venue = venue_of(request, pk)
    if not acts_here(request, Permission.READINESS_REVIEW, venue):
        return refused(request)
    readiness = _latest(venue)
    form = ReviewForm(request.POST or None, initial={"version": readiness.version})
    if request.method == "POST" and form.is_valid():
        acting = deed(request, form) | form.act | {"version": form.cleaned_data["version"]}
        if attempt(form, services.review_readiness, readiness=readiness, **acting):
            return redirect("venues:readiness_detail", pk=venue.pk)
    context = {
        "venue": venue,
        "readiness": readiness,
        "rows": _item_rows(readiness),
        "form": form,
        "crumbs": [
            *crumbs_to(venue),
            {"label": "条件自评", "url": f"/venues/{venue.pk}/readiness/"},
        ],
        "can_review": readiness.state == ReadinessState.SUBMITTED,
    }
    return render(request, "venues/readiness_review.html", context, status=form.http_status)
