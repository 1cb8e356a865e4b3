"""离岗交接: what a leaver holds, whom it goes to, what became of each piece."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import writes
from accounts.enums import Permission
from accounts.models import User
from approvals.forms.handling import HandOverForm
from approvals.selectors.leaving import held_work, successors_of
from approvals.services import leaving
from approvals.views.shared import deed
from core import clock
from core.acting import attempt


@writes(Permission.ACCOUNT_WRITE, Permission.POST_WRITE)
def desk_handover(request: HttpRequest, pk: UUID) -> HttpResponse:
    leaver = get_object_or_404(User, pk=pk)
    today = clock.today()
    choices = successors_of(leaver, today=today)
    form = HandOverForm(request.POST or None, people=choices)
    rows = None
    if request.method == "POST" and form.is_valid():
        facts = {"leaver": leaver, "to": form.chosen[0], "reason": form.cleaned_data["reason"]}
        rows = attempt(form, leaving.hand_over, **facts, **deed(request, form))
    context = {
        "leaver": leaver,
        "form": form,
        "held": held_work(leaver, today=today),
        "rows": rows,
        "has_successors": bool(choices),
        "may_disable": request.user.can(Permission.ACCOUNT_WRITE) and leaver.is_active,
    }
    return render(request, "approvals/handover.html", context, status=form.http_status)
