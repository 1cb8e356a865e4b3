"""The page on which the evaluations of a contract are planned."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import writes
from accounts.enums import Permission
from accounts.permissions import post_for
from contracts.models import Contract
from core.acting import attempt
from evaluations import rules, services
from evaluations.forms import PlanForm, PlanRows, planned_entries
from evaluations.models import KpiScheme
from evaluations.views.shared import REGISTER, deed, refused


def _contract_asked(request: HttpRequest) -> Contract:
    try:
        pk = UUID(request.GET.get("contract", ""))
    except ValueError as error:
        raise Http404 from error
    rows = Contract.objects.visible_to(request.user).select_related(
        "venue__supervising_union", "cooperation__supervising_union"
    )
    return get_object_or_404(rows, pk=pk)


def _default_rows(contract: Contract) -> list[dict]:
    if contract.starts_on is None or contract.ends_on is None:
        return []
    return [
        {
            "kind": row.kind.value,
            "period_from": row.period_from,
            "period_to": row.period_to,
            "due_on": row.due_on,
        }
        for row in rules.default_plan(
            contract.starts_on, contract.ends_on, contract.cooperation.mode
        )
    ]


@writes(Permission.EVALUATION_PLAN)
def plan(request: HttpRequest) -> HttpResponse:
    contract = _contract_asked(request)
    union = contract.cooperation.supervising_union
    if post_for(request.user, Permission.EVALUATION_PLAN, union=union) is None:
        return refused(request)
    schemes = KpiScheme.objects.for_venue(contract.venue).select_related("union")
    schemes = schemes.order_by("-union__path", "-valid_from", "pk")
    form = PlanForm(request.POST or None, schemes=schemes)
    if request.method == "POST":
        rows = PlanRows(request.POST, prefix="rows")
        if form.is_valid() & rows.is_valid():
            entries = planned_entries(rows.kept)
            acting = deed(request, form) | {"rows": entries, "scheme": form.cleaned_data["scheme"]}
            if planned := attempt(form, services.plan_evaluations, contract=contract, **acting):
                return redirect("evaluations:evaluation", pk=planned[0].pk)
    else:
        rows = PlanRows(initial=_default_rows(contract), prefix="rows")
    context = {
        "contract": contract,
        "form": form,
        "rows": rows,
        "planned": contract.evaluations.select_related("scheme").order_by("period_from", "kind"),
        "has_schemes": schemes.exists(),
        "crumbs": [REGISTER],
    }
    status = form.http_status if not rows.is_bound or rows.is_valid() else 422
    return render(request, "evaluations/plan.html", context, status=status)
