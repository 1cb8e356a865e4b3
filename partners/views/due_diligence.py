"""The page of one due diligence: six conditions, each with its own small form."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.permissions import post_for
from core import clock
from core.acting import attempt
from core.forms import ActForm
from partners import rules, selectors, services
from partners.enums import PARTS_OF, ConditionCode, DueDiligenceState
from partners.forms import item_form, part_form
from partners.models import DueDiligence, DueDiligenceItem, DueDiligencePart

REGISTER = {"label": "合作对象库", "url": "/partners/"}


def _due_diligence(request: HttpRequest, pk: UUID) -> DueDiligence:
    rows = DueDiligence.objects.visible_to(request.user).select_related("partner", "started_by")
    return get_object_or_404(rows, pk=pk)


def _part_row(
    item: DueDiligenceItem, part: DueDiligencePart, files: dict, bound: dict[str, ActForm]
) -> dict:
    return {
        "row": part,
        "form": bound.get(part.code) or part_form(item, part),
        "is_open": part.code in bound,
        "files": files.get(f"{item.purpose}:{part.code}", []),
        "url": f"/partners/due-diligence/{item.due_diligence_id}/{item.code}/{part.code}/",
    }


def _item_row(item: DueDiligenceItem, files: dict, bound: dict[str, ActForm]) -> dict:
    has_parts = ConditionCode(item.code) in PARTS_OF
    return {
        "row": item,
        "numeral": rules.NUMERALS[item.code],
        "form": None if has_parts else bound.get(item.code) or item_form(item),
        "is_open": item.code in bound,
        "files": files.get(item.purpose, []),
        "url": f"/partners/due-diligence/{item.due_diligence_id}/{item.code}/",
        "parts": [_part_row(item, part, files, bound) for part in selectors.ordered_parts(item)],
    }


def _page(
    request: HttpRequest,
    due_diligence: DueDiligence,
    *,
    bound: dict[str, ActForm] | None = None,
    conclusion: ActForm | None = None,
) -> HttpResponse:
    """The whole page; `bound` holds the one small form that was posted and refused."""
    bound = bound or {}
    is_open = due_diligence.state == DueDiligenceState.IN_PROGRESS
    venue_id = due_diligence.venue_id
    post = post_for(request.user, Permission.DUE_DILIGENCE_WRITE, venue_id=venue_id)
    files = selectors.evidence_by_purpose(due_diligence)
    facts = selectors.due_diligence_facts(due_diligence, clock.today())
    refused = next(iter(bound.values()), conclusion)
    context = {
        "due_diligence": due_diligence,
        "crumbs": [
            REGISTER,
            {
                "label": due_diligence.partner.name,
                "url": f"/partners/{due_diligence.partner_id}/",
            },
        ],
        "rows": [_item_row(item, files, bound) for item in selectors.items_of(due_diligence)],
        "missing": rules.conclusion_reasons(facts) if is_open else [],
        "can_edit": is_open and post is not None,
        "form": conclusion or ActForm(initial={"version": due_diligence.version}),
    }
    status = refused.http_status if refused else 200
    return render(request, "partners/due_diligence.html", context, status=status)


def _deed(request: HttpRequest, form: ActForm) -> dict:
    return {
        "by": request.user,
        "at": clock.now(),
        "version": form.cleaned_data["version"],
        "command_id": form.cleaned_data["command_id"],
    }


@reads(Permission.PARTNER_READ)
def due_diligence_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _due_diligence(request, pk))


@writes(Permission.DUE_DILIGENCE_WRITE)
def item_save(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    due_diligence = _due_diligence(request, pk)
    item = get_object_or_404(due_diligence.items, code=code)
    if request.method != "POST" or ConditionCode(code) in PARTS_OF:
        return redirect(f"/partners/due-diligence/{pk}/#item-{code}")
    form = item_form(item, request.POST, request.FILES)
    if form.is_valid():
        acting = _deed(request, form) | form.act
        if attempt(form, services.save_due_diligence_item, item=item, **acting):
            return redirect(f"/partners/due-diligence/{pk}/#item-{code}")
    return _page(request, due_diligence, bound={code: form})


@writes(Permission.DUE_DILIGENCE_WRITE)
def part_save(request: HttpRequest, pk: UUID, code: str, part_code: str) -> HttpResponse:
    due_diligence = _due_diligence(request, pk)
    item = get_object_or_404(due_diligence.items, code=code)
    part = get_object_or_404(item.parts.select_related("item"), code=part_code)
    if request.method != "POST":
        return redirect(f"/partners/due-diligence/{pk}/#item-{code}")
    form = part_form(item, part, request.POST, request.FILES)
    if form.is_valid():
        acting = _deed(request, form) | form.act
        if attempt(form, services.save_due_diligence_part, part=part, **acting):
            return redirect(f"/partners/due-diligence/{pk}/#item-{code}")
    return _page(request, due_diligence, bound={part_code: form})


@writes(Permission.DUE_DILIGENCE_WRITE)
def due_diligence_conclude(request: HttpRequest, pk: UUID) -> HttpResponse:
    due_diligence = _due_diligence(request, pk)
    if request.method != "POST":
        return redirect("partners:due_diligence_detail", pk=pk)
    form = ActForm(request.POST)
    if form.is_valid():
        acting = _deed(request, form)
        service = services.conclude_due_diligence
        if attempt(form, service, due_diligence=due_diligence, **acting):
            return redirect("partners:due_diligence_detail", pk=pk)
    return _page(request, due_diligence, conclusion=form)
