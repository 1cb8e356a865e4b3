"""Pages of the schemes."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import writes
from accounts.enums import Permission
from accounts.lists import show_list
from core import clock
from core.acting import attempt
from evaluations import rules, selectors, services
from evaluations.filters import SchemeFilter
from evaluations.forms import IndicatorRows, KindForm, SchemeForm, indicator_entries
from evaluations.models import KpiScheme
from evaluations.tables import SchemeTable
from evaluations.views.shared import REGISTER, SCHEMES, deed, tabs
from organizations.selectors import parameter
from venues.enums import VenueKind


@writes(Permission.EVALUATION_READ)  # the posts of a list: its export, and keeping a view of it
def scheme_list(request: HttpRequest) -> HttpResponse:
    rows = KpiScheme.objects.visible_to(request.user).select_related("union", "published_by")
    rows = rows.prefetch_related(Prefetch("indicators", to_attr="read_indicators"))
    context = {
        "can_plan": bool(selectors.unions_planned_by(request.user)),
        "tabs": tabs(SCHEMES["url"]),
    }
    return show_list(
        request, SchemeTable, SchemeFilter, rows, "evaluations/scheme_list.html", context
    )


def _kind_asked(request: HttpRequest) -> VenueKind:
    asked = request.GET.get("kind", "")
    return VenueKind(asked) if asked in VenueKind.values else VenueKind.CULTURAL_PALACE


def _default_rows(kind: VenueKind) -> list[dict]:
    return [
        {"name": one.name, "kind": one.kind.value, "weight": one.weight, "unit": one.unit}
        for one in rules.default_indicators(kind)
    ]


@writes(Permission.EVALUATION_PLAN)
def scheme_add(request: HttpRequest) -> HttpResponse:
    unions, kind, today = (
        selectors.unions_planned_by(request.user),
        _kind_asked(request),
        clock.today(),
    )
    initial = {"venue_kind": kind, "name": f"{kind.label}服务绩效考核方案", "valid_from": today}
    form = SchemeForm(request.POST or None, unions=unions, initial=initial)
    if request.method == "POST":
        rows = IndicatorRows(request.POST, prefix="rows")
        if form.is_valid() & rows.is_valid() and _publish(request, form, rows):
            return redirect("evaluations:scheme_list")
    else:
        rows = IndicatorRows(initial=_default_rows(kind), prefix="rows")
    context = {
        "form": form,
        "rows": rows,
        "total": _total_of(rows) if rows.is_bound else None,
        "kind_form": KindForm(initial={"kind": kind}, auto_id="pick_%s"),
        "least": parameter("satisfaction_min_weight", union=unions[0] if unions else None, on=today),
        "crumbs": [REGISTER, SCHEMES],
    }  # fmt: skip
    status = form.http_status if not rows.is_bound or rows.is_valid() else 422
    return render(request, "evaluations/scheme_add.html", context, status=status)


def _publish(request: HttpRequest, form: SchemeForm, rows):
    # Rows pre-filled by default come back unchanged: whatever has a name counts.
    entries = indicator_entries(rows.kept)
    return attempt(
        form, services.publish_scheme, indicators=entries, **form.act, **deed(request, form)
    )


def _total_of(rows) -> str | None:
    """The sum of the weights as typed, when they can be added up."""
    if not rows.is_valid():
        return None
    return selectors.plain(sum((row["weight"] for row in rows.kept), start=0 * rules.FULL))
