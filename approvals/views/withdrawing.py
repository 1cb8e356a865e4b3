"""撤回, 申请撤回 and the keeper's answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import writes
from accounts.enums import Permission
from approvals import allowed, permissions
from approvals.forms.plans import ReasonForm, WithdrawalAnswerForm, WithdrawalForm
from approvals.models import Proposal
from approvals.services import withdrawing
from approvals.views.handling import act_page, carry_out, not_yours
from approvals.views.shared import LIST, deed, plan_of, refused, writes_for
from core.acting import attempt
from core.forms import ActForm


@writes(Permission.PROPOSAL_SUBMIT)
def proposal_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the plan back, or, where somebody has acted, ask for it: the page offers what applies."""
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_SUBMIT):
        return refused(request)
    form = ReasonForm(request.POST or None, initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid():
        facts = {"reason": form.cleaned_data["reason"], "version": form.cleaned_data["version"]}
        facts |= {"proposal": proposal, **deed(request, form)}
        if attempt(form, withdrawing.withdraw_proposal, **facts):
            messages.success(request, "已撤回，方案回到草稿；修改后可以重新报送。")
            return redirect("approvals:proposal_edit", pk=proposal.pk)
    if request.method != "POST" and not allowed.why_not_asked_back(request.user, proposal):
        return redirect("approvals:withdrawal_ask", pk=proposal.pk)
    why = allowed.why_not_withdrawn(request.user, proposal)
    return _page(request, proposal, form, is_asking=False, why=why)


@writes(Permission.PROPOSAL_SUBMIT)
def withdrawal_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_SUBMIT):
        return refused(request)
    form = WithdrawalForm(request.POST or None, initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid():
        facts = {"reason": form.cleaned_data["reason"], "version": form.cleaned_data["version"]}
        facts |= {"proposal": proposal, **deed(request, form)}
        if attempt(form, withdrawing.ask_withdrawal, **facts):
            messages.success(request, "已申请撤回，主管工会答复后通知您；答复之前照常办理。")
            return redirect("approvals:proposal_review", pk=proposal.pk)
    why = allowed.why_not_asked_back(request.user, proposal)
    return _page(request, proposal, form, is_asking=True, why=why)


def _page(
    request: HttpRequest, proposal: Proposal, form: ActForm, *, is_asking: bool, why: str
) -> HttpResponse:
    review = f"/proposals/{proposal.pk}/review/"
    context = {
        "proposal": proposal,
        "crumbs": [LIST, {"label": proposal.title, "url": review}],
        "form": form,
        "is_asking": is_asking,
        "why": why,
    }
    return render(request, "approvals/proposal_withdraw.html", context, status=form.http_status)


@writes(Permission.PROCEDURE_KEEP)
def withdrawal_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not permissions.keeps_procedure(request.user, proposal):
        return refused(request)
    asked = proposal.withdrawal_requests.select_related("asked_by").order_by("asked_at").last()
    if asked is None:
        return not_yours(request, proposal)
    form = WithdrawalAnswerForm(request.POST or None, initial={"version": asked.version})
    why = allowed.why_not_let_back(request.user, proposal)

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {
            "request": asked,
            "is_granted": given["verdict"] == "granted",
            "answer": given["answer"],
            "version": given["version"],
        }

    done = carry_out(
        request, proposal, form, withdrawing.answer_withdrawal, facts, said="已答复撤回申请。"
    )
    return done or act_page(
        request, proposal, form, title="答复撤回申请", submit="答复",
        lead="同意后方案回到阵地的草稿，未办环节取消；已签署的意见保留，重新报送时逐条复核。",
        is_empty=why, withdrawal=asked,
    )  # fmt: skip
