"""决策权限清单: the list, one row, the amendment that is written, simulated and published."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from accounts.permissions import post_for
from approvals.enums import AmendmentState
from approvals.filters import MatrixFilter
from approvals.forms.matrix import MatrixRowForm, RowEndingForm
from approvals.models import AuthorityMatrixRow, MatrixAmendment
from approvals.selectors import matters
from approvals.selectors.route_words import matter_words, route_rows, steps_words
from approvals.selectors.routes import rerouted_by, simulated
from approvals.services import matrix as services
from approvals.tables import MatrixTable
from approvals.views.shared import deed, refused
from core import clock
from core.acting import attempt
from core.forms import ActForm

LIST = {"label": "决策权限清单", "url": "/matrix/"}
AMENDMENTS = {"label": "修订稿", "url": "/matrix/amendments/"}
MOST_SHOWN = 60


@writes(Permission.MATRIX_READ)  # the posts of a list: its export, and keeping a view of it
def matrix(request: HttpRequest) -> HttpResponse:
    rows = matters.matrix_for(request.user)
    context = {"may_write": request.user.can(Permission.MATRIX_WRITE)}
    return show_list(request, MatrixTable, MatrixFilter, rows, "approvals/matrix.html", context)


@writes(Permission.MATRIX_WRITE)
def matrix_new(request: HttpRequest) -> HttpResponse:
    posts = [
        post for post in request.user.posts() if Permission.MATRIX_WRITE in post.card.permissions
    ]
    union = posts[0].union  # who fixes a matrix fixes the one of their own union
    form = MatrixRowForm(request.POST or None, union=union, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        facts = {"union": union, **form.row(), **deed(request, form)}
        if row := attempt(form, services.add_row, **facts):
            messages.success(request, "条目已写入修订稿；由另一人试算并公布后才生效。")
            return redirect("approvals:matrix_amendment", pk=row.amendment_id)
    context = {"form": form, "union": union, "crumbs": [LIST]}
    return render(request, "approvals/matrix_new.html", context, status=form.http_status)


def _row_of(request: HttpRequest, pk: UUID) -> AuthorityMatrixRow:
    rows = AuthorityMatrixRow.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("union", "amendment", "fixed_item"), pk=pk)


@reads(Permission.MATRIX_READ)
def matrix_row(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _row_page(request, _row_of(request, pk))


def _row_page(
    request: HttpRequest, row: AuthorityMatrixRow, form: RowEndingForm | None = None
) -> HttpResponse:
    may_write = post_for(request.user, Permission.MATRIX_WRITE, union=row.union)
    if form is None and may_write and row.is_published and row.valid_to is None:
        form = RowEndingForm(initial={"valid_to": clock.today()})
    context = {
        "row": row,
        "matter": matter_words(row),
        "steps": steps_words(row.route),
        "facts": route_rows(row.route),
        "form": form,
        "amendment": row.amendment,
        "crumbs": [LIST, {"label": row.union.name, "url": ""}],
    }
    status = form.http_status if form else 200
    return render(request, "approvals/matrix_row.html", context, status=status)


@writes(Permission.MATRIX_WRITE)
def matrix_row_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _row_of(request, pk)
    if post_for(request.user, Permission.MATRIX_WRITE, union=row.union) is None:
        return refused(request)
    if request.method != "POST":
        return redirect("approvals:matrix_row", pk=row.pk)
    form = RowEndingForm(request.POST)
    if form.is_valid():
        facts = {"row": row, **form.act, **deed(request, form)}
        if ending := attempt(form, services.end_row, **facts):
            messages.success(request, "终止已写入修订稿；由另一人试算并公布后才生效。")
            return redirect("approvals:matrix_amendment", pk=ending.amendment_id)
    return _row_page(request, row, form)


@writes(Permission.MATRIX_WRITE)
def matrix_row_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _row_of(request, pk)
    if row.amendment is None:
        return redirect("approvals:matrix_row", pk=row.pk)
    facts = {"row": row}
    return _act(request, row.amendment, "remove", services.remove_row, "已从修订稿中撤去。", facts)


@writes(Permission.MATRIX_WRITE)
def matrix_ending_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The row goes on: its proposed ending leaves the amendment that is being written."""
    row = _row_of(request, pk)
    endings = row.endings.filter(amendment__state=AmendmentState.DRAFT)
    ending = endings.select_related("amendment__union", "row__union").first()
    if ending is None:
        if post_for(request.user, Permission.MATRIX_WRITE, union=row.union) is None:
            return refused(request)
        return redirect("approvals:matrix_row", pk=row.pk)
    facts = {"ending": ending}
    said = "已从修订稿中撤去，条目继续有效。"
    return _act(request, ending.amendment, "remove", services.remove_ending, said, facts)


@reads(Permission.MATRIX_READ)
def matrix_amendments(request: HttpRequest) -> HttpResponse:
    amendments = list(matters.amendments_for(request.user)[: MOST_SHOWN + 1])
    context = {
        "amendments": amendments[:MOST_SHOWN],
        "most_shown": MOST_SHOWN if len(amendments) > MOST_SHOWN else 0,
        "crumbs": [LIST],
    }
    return render(request, "approvals/matrix_amendments.html", context)


def _amendment_of(request: HttpRequest, pk: UUID) -> MatrixAmendment:
    rows = MatrixAmendment.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("union", "written_by", "published_by"), pk=pk)


@reads(Permission.MATRIX_READ)
def matrix_amendment(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _amendment_page(request, _amendment_of(request, pk))


def _amendment_page(
    request: HttpRequest, amendment: MatrixAmendment, bound: ActForm | None = None
) -> HttpResponse:
    is_draft = amendment.state == AmendmentState.DRAFT
    rows = list(amendment.rows.select_related("union", "written_by").order_by("written_at", "pk"))
    endings = list(amendment.endings.select_related("row__union", "by").order_by("at", "pk"))
    changed = rerouted_by(amendment, on=clock.today()) if is_draft else []
    context: dict[str, Any] = {
        "amendment": amendment,
        "crumbs": [LIST, AMENDMENTS],
        "rows": [
            {"row": one, "matter": matter_words(one), "steps": steps_words(one.route)}
            for one in rows
        ],
        "endings": [{"ending": one, "matter": matter_words(one.row)} for one in endings],
        "is_draft": is_draft,
        "tried": len(simulated(amendment)) if is_draft else 0,
        "rerouted": [_rerouted(one) for one in changed[:MOST_SHOWN]],
        "rerouted_count": len(changed),
        "bound": bound,
        **_offers(request, amendment, rows, endings),
    }
    status = bound.http_status if bound else 200
    return render(request, "approvals/matrix_amendment.html", context, status=status)


def _rerouted(one) -> dict[str, Any]:
    new = steps_words(one.new) if one.new else []
    old = steps_words(one.old)
    return {
        "proposal": one.proposal,
        "old": [{"text": text, "differs": text not in new} for text in old],
        "new": [{"text": text, "differs": text not in old} for text in new],
    }


def _offers(request: HttpRequest, amendment: MatrixAmendment, rows, endings) -> dict[str, Any]:
    """The acts this person is offered on a draft, and why they may not publish it."""
    if amendment.state != AmendmentState.DRAFT:
        return {}
    user, union = request.user, amendment.union
    writers = {amendment.written_by_id, *(one.written_by_id for one in rows)}
    writers |= {one.by_id for one in endings}
    offers: dict[str, Any] = {}
    if post_for(user, Permission.MATRIX_WRITE, union=union):
        offers["edit"] = ActForm(initial={"version": amendment.version})
    if post_for(user, Permission.MATRIX_PUBLISH, union=union) and user.pk not in writers:
        offers["publish"] = ActForm(initial={"version": amendment.version})
    return offers


def _act(
    request: HttpRequest, amendment: MatrixAmendment, duty: str, service, said: str,
    facts: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    permission = Permission.MATRIX_PUBLISH if duty == "publish" else Permission.MATRIX_WRITE
    if post_for(request.user, permission, union=amendment.union) is None:
        return refused(request)
    if request.method != "POST":
        return redirect("approvals:matrix_amendment", pk=amendment.pk)
    form = ActForm(request.POST, initial={"version": amendment.version})
    if form.is_valid():
        facts |= {"version": form.cleaned_data["version"], **deed(request, form)}
        if attempt(form, service, **facts):
            messages.success(request, said)
            return redirect("approvals:matrix_amendment", pk=amendment.pk)
    return _amendment_page(request, amendment, form)


@writes(Permission.MATRIX_PUBLISH)
def matrix_amendment_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    amendment = _amendment_of(request, pk)
    said = "已公布；今后报送的方案按新的清单办理，在办方案仍按原路由。"
    facts = {"amendment": amendment}
    return _act(request, amendment, "publish", services.publish_amendment, said, facts)


@writes(Permission.MATRIX_WRITE)
def matrix_amendment_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    amendment = _amendment_of(request, pk)
    facts = {"amendment": amendment}
    return _act(request, amendment, "drop", services.drop_amendment, "已放弃修订稿。", facts)
