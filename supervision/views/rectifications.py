"""Pages of the rectifications."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from accounts.models import User
from accounts.permissions import may_stand_in, post_for, refusal_of
from approvals.enums import Duty
from approvals.selectors.involved import barred_from
from core import clock
from core.acting import attempt
from core.forms import ActForm
from supervision import selectors, services
from supervision.enums import RectificationState
from supervision.filters import RectificationFilter
from supervision.forms import RectificationReportForm, RectificationReviewForm
from supervision.models import Rectification
from supervision.rules import RECTIFYING
from supervision.tables import RectificationTable
from supervision.views.shared import deed, tabs

REGISTER = {"label": "整改", "url": "/rectifications/"}


@writes(Permission.RECTIFICATION_READ)  # the posts of a list: its export, and keeping a view
def rectification_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.rectifications_for(request.user)
    context = {"tabs": tabs(request, REGISTER["url"])}
    return show_list(
        request, RectificationTable, RectificationFilter, rows,
        "supervision/rectification_list.html", context,
    )  # fmt: skip


def _order_of(request: HttpRequest, pk: UUID) -> Rectification:
    rows = Rectification.objects.visible_to(request.user).select_related(
        "venue", "union", "cooperation", "ordered_by", "reported_by", "reviewed_by"
    )
    return get_object_or_404(rows, pk=pk)


def _reviews(user: User, order: Rectification) -> bool:
    """Whether the verification is this person's: of their union, or above when it came up."""
    duty = Permission.RECTIFICATION_REVIEW
    if post_for(user, duty, union=order.union) is not None:
        return True
    if not may_stand_in(user, duty, order.union):
        return False
    barred = barred_from(order.cooperation, Duty.EVALUATOR)
    return not refusal_of(user, duty, order.union, barred, on=clock.today())


def _page(request: HttpRequest, order: Rectification, *, form: ActForm | None = None):
    venue_post = post_for(request.user, Permission.RECTIFICATION_WRITE, venue_id=order.venue_id)
    reviews = _reviews(request.user, order)
    can_report = bool(venue_post) and order.state == RectificationState.ORDERED
    can_review = reviews and order.state == RectificationState.REPORTED
    if form is None:
        kind = RectificationReportForm if can_report else RectificationReviewForm
        form = kind(initial={"version": order.version})
    turn = RECTIFYING.turn(order.state)
    is_late = order.state == RectificationState.ORDERED and order.due_on < clock.today()
    context = {
        "order": order,
        "steps": RECTIFYING.steps(order.state),
        "turn": turn,
        "who": turn.who(venue=order.venue.name, union=order.union.name) if turn else "",
        "late": (clock.today() - order.due_on).days if is_late else 0,
        "form": form,
        "shows_report_form": can_report or isinstance(form, RectificationReportForm),
        "shows_review_form": can_review or (form.is_bound and "note" in form.fields),
        "events": selectors.timeline_of(
            order.cooperation_id, "supervision.rectification.", order.pk
        ),
        "crumbs": [REGISTER],
    }
    return render(request, "supervision/rectification.html", context, status=form.http_status)


@reads(Permission.RECTIFICATION_READ)
def rectification_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _order_of(request, pk))


@writes(Permission.RECTIFICATION_WRITE)
def rectification_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(request, pk, RectificationReportForm, services.report_rectification)


@writes(Permission.RECTIFICATION_REVIEW)
def rectification_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(request, pk, RectificationReviewForm, services.review_rectification)


def _act(request: HttpRequest, pk: UUID, form_class: type[ActForm], service) -> HttpResponse:
    order = _order_of(request, pk)
    if request.method != "POST":
        return redirect("supervision:rectification", pk=order.pk)
    form = form_class(request.POST)
    if form.is_valid():
        acting = deed(request, form) | form.act | {"version": form.cleaned_data["version"]}
        if attempt(form, service, rectification=order, **acting):
            return redirect("supervision:rectification", pk=order.pk)
    return _page(request, order, form=form)
