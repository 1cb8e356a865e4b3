"""催办 of a stage that opens no desk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.access import writes
from approvals import permissions
from approvals.forms import handling as forms
from approvals.services import urging
from approvals.views.handling import ERRANDS, act_page, carry_out, not_yours
from approvals.views.shared import plan_of


@writes(ERRANDS)
def proposal_urge(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not permissions.may_urge(request.user, proposal):
        return not_yours(request, proposal)
    form = forms.UrgeForm(request.POST or None)

    def facts() -> dict[str, Any]:
        return {"proposal": proposal, "text": form.cleaned_data["text"]}

    done = carry_out(request, proposal, form, urging.urge_stage, facts, said="已催办。")
    return done or act_page(
        request, proposal, form, title=f"催办 · {urging.label_of(proposal)}", submit="催办",
        lead="提醒现在的办理人；同一环节每人每天催办一次（系统默认）。催办不会代替任何人办理。",
        is_empty=urging.why_none_to_urge(request.user, proposal),
    )  # fmt: skip
