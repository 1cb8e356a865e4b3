"""A list page: narrowed, sorted, leafed through, kept as a view, taken out as a file.

A list's view hands over its rows, its table and its conditions; all lists answer alike.
Reading is GET; exporting and keeping a view are acts and come as POST to the same address.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from accounts import exports, selectors, services
from accounts.listing import Listing, ViewForm
from accounts.models import SavedView
from core import clock
from core.acting import attempt
from core.filters import ListFilter
from core.paging import MOST
from core.tables import Table

CHUNK = 500
KINDS = ("xlsx", "csv")


def show_list(
    request: HttpRequest,
    table: type[Table],
    conditions: Callable[..., ListFilter],
    rows: QuerySet,
    template: str,
    context: dict | None = None,
) -> HttpResponse:
    """Answer a list's address: the page, or the act that was posted to it."""
    facts = {"user": request.user, "today": clock.today()}
    listing = Listing(request, table(**facts), conditions(request.GET, rows, **facts))
    if request.method == "POST" and (answer := _act(listing)):
        return answer
    status = listing.form.http_status
    return render(request, template, {"list": listing, **(context or {})}, status=status)


def _act(listing: Listing) -> HttpResponse | None:
    """Carry out what was posted; None when the page comes again with the refusal."""
    act = listing.request.POST.get("act", "")
    if act in KINDS:
        return _export(listing, act)
    if act == "forget":
        return _forget(listing)
    return _save(listing)


def _save(listing: Listing) -> HttpResponse | None:
    listing.form = form = ViewForm(listing.request.POST, auto_id="view_%s")
    facts = {"list_name": listing.name, "query": listing.query}
    acting = {"by": listing.request.user, "at": clock.now()}
    if not form.is_valid():
        return None
    view = attempt(form, services.save_view, name=form.cleaned_data["name"], **facts, **acting)
    return redirect(listing.address()) if view else None


def _forget(listing: Listing) -> HttpResponse:
    user = listing.request.user
    try:
        asked = UUID(listing.request.POST.get("view", ""))
    except ValueError as error:
        raise Http404 from error
    view = get_object_or_404(SavedView, pk=asked, list_name=listing.name, user=user)
    services.forget_view(view=view, by=user)
    return redirect(listing.address())


def _export(listing: Listing, kind: str) -> HttpResponse:
    """The rows of the list as a file, and the act in the ledger."""
    request, table = listing.request, listing.table
    if not listing.may_export:
        return render(request, "errors/403.html", status=403)
    now, query = clock.now(), listing.query
    picked = _picked(request)
    found = listing.rows.filter(pk__in=picked) if picked else listing.rows
    lean = table.lean(found)[: MOST + 1]
    rows = [*table.export_rows(lean.iterator(chunk_size=CHUNK))]
    notes = _notes(listing, rows=len(rows), at=now)
    if picked:
        notes.append("只导出逐行勾选的各条。")
    facts = (table.export_labels, rows[:MOST], notes)
    content = exports.workbook(table.title, *facts) if kind == "xlsx" else exports.csv_file(*facts)
    services.record_export(
        title=table.title,
        list_name=table.name,
        query=query,
        kind=kind,
        rows=min(len(rows), MOST),
        union_id=selectors.union_id_of(request.user),
        by=request.user,
        at=now,
    )
    return _file(content, f"{table.title}-{now:%Y%m%d}.{kind}", kind)


def _picked(request: HttpRequest) -> list[UUID]:
    """The rows that were ticked one by one; what is no key is left out."""
    found = []
    for key in request.POST.getlist("row")[:MOST]:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def _notes(listing: Listing, *, rows: int, at: datetime) -> list[str]:
    """口径: what the file holds, who took it when."""
    user = listing.request.user
    notes = [
        f"列表：{listing.title}",
        f"导出人：{user.name}（{user.position or '—'}）",
        f"导出时间：{at:%Y-%m-%d %H:%M}",
        f"范围：导出人岗位可见的{listing.title}",
        f"条件：{listing.found.in_words or '无'}",
        f"排序：{listing.table.order_in_words}",
        f"条数：{min(rows, MOST)}",
    ]
    if rows > MOST:
        notes.append(f"符合条件的超过 {MOST} 条，本文件只有前 {MOST} 条。请加条件分次导出。")
    return notes


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    content_type = exports.XLSX_TYPE if kind == "xlsx" else exports.CSV_TYPE
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
