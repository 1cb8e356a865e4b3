"""例外审批: asked for by the venue, reviewed by counsel, decided by the party group."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from accounts.permissions import post_for
from approvals.enums import ExceptionState, Stage
from approvals.filters import ExceptionFilter
from approvals.forms.exceptions import (
    HARD_RULE,
    ExceptionForm,
    ExceptionTextForm,
    LegalReviewForm,
    RevokeForm,
    SubmitForm,
)
from approvals.models import RuleException
from approvals.rules.checks import Severity, findings
from approvals.selectors import matters, pages
from approvals.selectors.exception_counts import exception_counts
from approvals.selectors.facts import facts_of
from approvals.selectors.standing import recheck_of
from approvals.services import exceptions
from approvals.services.exceptions import TEXTS
from approvals.tables import ExceptionTable
from approvals.views.shared import crumbs_to, deed, plan_of, refused, writes_for
from core import clock
from core.acting import attempt
from core.forms import ActForm
from regulation.register import RULES

LIST = {"label": "例外审批", "url": "/exceptions/"}


@writes(Permission.PROPOSAL_READ)  # the posts of a list: its export, and keeping a view of it
def exception_list(request: HttpRequest) -> HttpResponse:
    rows = matters.exceptions_for(request.user)
    return show_list(
        request, ExceptionTable, ExceptionFilter, rows, "approvals/exception_list.html"
    )


@reads(Permission.PROPOSAL_READ)
def exception_count(request: HttpRequest) -> HttpResponse:
    """How often each union in sight sets a rule aside."""
    rows = exception_counts(request.user, today=clock.today())
    return render(request, "approvals/exception_count.html", {"rows": rows, "crumbs": [LIST]})


@writes(Permission.EXCEPTION_WRITE)
def exception_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.EXCEPTION_WRITE):
        return refused(request)
    initial = {"rule_code": request.GET.get("rule"), "valid_until": proposal.ends_on}
    form = ExceptionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {"proposal": proposal, **form.act, **deed(request, form)}
        if exception := attempt(form, exceptions.draft_exception, **facts):
            return redirect("approvals:exception", pk=exception.pk)
    asked = RULES.get(request.GET.get("rule", ""))
    found = findings(facts_of(proposal, today=clock.today()))
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal),
        "form": form,
        "hard": HARD_RULE if asked and not asked.is_exceptionable else "",
        "asked": asked.code if asked else "",
        "rule": asked if asked and asked.is_exceptionable else None,
        "soft": [one for one in found if one.severity is Severity.SOFT],
    }
    return render(request, "approvals/exception_new.html", context, status=form.http_status)


def _exception_of(request: HttpRequest, pk: UUID) -> RuleException:
    return get_object_or_404(matters.exceptions_for(request.user), pk=pk)


@reads(Permission.PROPOSAL_READ)
def exception(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _exception_of(request, pk), {})


def _page(request: HttpRequest, one: RuleException, bound: dict[str, ActForm]) -> HttpResponse:
    """The exception with what this person may do to it; `bound` holds a refused form."""
    user, proposal = request.user, one.proposal
    union, version = proposal.supervising_union, {"version": one.version}
    is_draft = one.state == ExceptionState.DRAFT
    may = {
        "edit": is_draft and writes_for(request, proposal, Permission.EXCEPTION_WRITE),
        "submit": is_draft and writes_for(request, proposal, Permission.PROPOSAL_SUBMIT),
        "review": one.state == ExceptionState.SUBMITTED
        and post_for(user, Permission.LEGAL_REVIEW, union=union) is not None,
        "revoke": one.shown is ExceptionState.APPROVED
        and post_for(user, Permission.OBJECTION_RESOLVE, union=union) is not None,
    }
    texts = {name: getattr(one, name) for name in (*TEXTS, "valid_until")}
    fresh = {
        "edit": lambda: ExceptionTextForm(initial=texts | version),
        "submit": lambda: SubmitForm(initial=version),
        "review": lambda: LegalReviewForm(initial=version),
        "revoke": lambda: RevokeForm(initial=version),
    }
    forms = {
        name: bound.get(name) or (make() if may[name] else None) for name, make in fresh.items()
    }
    context = {
        "exception": one,
        "proposal": proposal,
        "rule": RULES[one.rule_code],
        "crumbs": [LIST, {"label": proposal.title, "url": f"/proposals/{proposal.pk}/review/"}],
        "forms": forms,
        "recheck": _recheck(one),
        "limit": pages.limit_on(one.due_on, today=clock.today()),
        "may_renew": one.shown in (ExceptionState.EXPIRED, ExceptionState.REVOKED)
        and proposal.stage not in Stage.DROPPED
        and writes_for(request, proposal, Permission.EXCEPTION_WRITE),
        "may_export": user.can(Permission.PDF_EXPORT),
    }
    status = max((form.http_status for form in bound.values()), default=200)
    return render(request, "approvals/exception.html", context, status=status)


def _recheck(one: RuleException) -> str:
    """What stands now that the term of the exception is over; empty while it stands."""
    if one.shown is not ExceptionState.EXPIRED:
        return ""
    return recheck_of(one.proposal, one.rule_code, today=clock.today())


def _act(request: HttpRequest, pk: UUID, name: str, form: ActForm, service, said: str):
    """One posted act on an exception; refused, the page comes again with what was typed."""
    one = _exception_of(request, pk)
    if form.is_valid():
        facts = {"exception": one, **form.act, "version": form.cleaned_data["version"]}
        if attempt(form, service, **facts, **deed(request, form)):
            messages.success(request, said)
            return redirect("approvals:exception", pk=pk)
    return _page(request, _exception_of(request, pk), {name: form})


@writes(Permission.EXCEPTION_WRITE)
def exception_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _exception_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:exception", pk=pk)
    if not writes_for(request, one.proposal, Permission.EXCEPTION_WRITE):
        return refused(request)
    form = ExceptionTextForm(request.POST)
    return _act(request, pk, "edit", form, exceptions.update_exception, "已保存。")


@writes(Permission.PROPOSAL_SUBMIT)
def exception_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _exception_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:exception", pk=pk)
    if not writes_for(request, one.proposal, Permission.PROPOSAL_SUBMIT):
        return refused(request)
    form = SubmitForm(request.POST)
    said = "已报送主管工会法律顾问审核。"
    return _act(request, pk, "submit", form, exceptions.submit_exception, said)


@writes(Permission.LEGAL_REVIEW)
def exception_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _exception_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:exception", pk=pk)
    union = one.proposal.supervising_union
    if post_for(request.user, Permission.LEGAL_REVIEW, union=union) is None:
        return refused(request)
    form = LegalReviewForm(request.POST)
    return _act(request, pk, "review", form, exceptions.review_exception, "法律审核意见已签署。")


@writes(Permission.OBJECTION_RESOLVE)
def exception_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _exception_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:exception", pk=pk)
    union = one.proposal.supervising_union
    if post_for(request.user, Permission.OBJECTION_RESOLVE, union=union) is None:
        return refused(request)
    form = RevokeForm(request.POST)
    return _act(request, pk, "revoke", form, exceptions.revoke_exception, "例外已撤销。")
