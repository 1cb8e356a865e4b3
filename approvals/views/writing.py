"""The venue's draft: its task list, its sections, its files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from approvals.enums import Action, Stage
from approvals.forms.sections import SectionForm, warnings_of
from approvals.models import Proposal, Section
from approvals.rules.checks import findings, lease_screen
from approvals.rules.fields import SectionSpec, sections_of
from approvals.rules.procedure import transition_of
from approvals.selectors import writing
from approvals.selectors.facts import facts_of
from approvals.services import drafting
from approvals.views.panels import panels_of, waiting_in
from approvals.views.shared import crumbs_to, deed, plan_of, refused, writes_for
from core import clock
from core.acting import attempt
from core.forms import ActForm
from documents.services import file_response
from regulation.articles import BY_NUMBER
from regulation.register import RULES

OPEN_TO_VENUE = (*Stage.WRITABLE, Stage.VENUE_DECIDED)
LEASE_TONES = {"clear": "ok", "watch": "warn", "suspect": "bad"}
LEASE_TITLES = {
    "clear": "未发现变相出租承包的迹象。",
    "watch": "有个别迹象，请核对。",
    "suspect": "疑似变相出租承包，不能报送。",
}


def _edit_page(request: HttpRequest, proposal: Proposal, form: ActForm) -> HttpResponse:
    today = clock.today()
    facts = facts_of(proposal, today=today)
    found = findings(facts)
    engaged = writing.engagements_of(proposal)
    pages = writing.section_pages(proposal, facts=facts, found=found)
    panels = panels_of(request.user, proposal, [one.spec.code.value for one in pages])
    may_decide = transition_of(Action.RECORD_VENUE_DECISION, Stage(proposal.stage)) is not None
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal)[:1],
        "form": form,
        "pages": pages,
        "panels": panels,
        "waiting": waiting_in(panels),
        "missing": writing.missing_list(proposal, found),
        "return_points": writing.return_points_of(proposal),
        "engagements": engaged,
        "guidance": list(proposal.guidance.select_related("by").order_by("guided_on", "pk")),
        "decision": facts.venue_decision,
        "can_decide": may_decide
        and writes_for(request, proposal, Permission.VENUE_DECISION_RECORD),
        "exceptions": list(proposal.exceptions.order_by("rule_code", "pk")),
        "is_open": proposal.stage in OPEN_TO_VENUE,
        "can_withdraw": proposal.stage == Stage.FORMAL_REVIEW
        and writes_for(request, proposal, Permission.PROPOSAL_SUBMIT),
        "blocked": f"还有 {len(found)} 项没有满足，见上面的清单。" if found else "",
        "tone": Stage(proposal.stage).tone,
    }
    return render(request, "approvals/proposal_edit.html", context, status=form.http_status)


@reads(Permission.PROPOSAL_WRITE)
def proposal_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    return _edit_page(request, proposal, ActForm(initial={"version": proposal.version}))


@writes(Permission.PROPOSAL_WRITE)
def share_for_guidance(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    form = ActForm(request.POST or None, initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        facts = {"proposal": proposal, "version": version, **deed(request, form)}
        if attempt(form, drafting.share_for_guidance, **facts):
            text = f"已提请{proposal.supervising_union.name}指导，主管工会现在可以阅看这份草稿。"
            messages.info(request, text)
            return redirect("approvals:proposal_edit", pk=proposal.pk)
    return _edit_page(request, proposal, form)


def _spec_of(proposal: Proposal, code: str) -> SectionSpec:
    for spec in sections_of(proposal.kind, proposal.mode):
        if spec.code.value == code:
            return spec
    raise Http404


def _section_form(request: HttpRequest, proposal: Proposal, spec: SectionSpec) -> SectionForm:
    section = Section.objects.filter(proposal=proposal, code=spec.code).first()
    return SectionForm(
        request.POST or None,
        request.FILES or None,
        proposal=proposal,
        spec=spec,
        user=request.user,
        stored=section.data if section else {},
        version=section.version if section else 0,
    )


def _saved(request: HttpRequest, proposal: Proposal, form: SectionForm) -> bool:
    answers = form.answers()
    saved = attempt(
        form,
        drafting.save_section,
        proposal=proposal,
        code=form.spec.code.value,
        data=answers,
        version=form.cleaned_data["version"],
        upload=form.cleaned_data["file"],
        **deed(request, form),
    )
    if saved:
        for warning in warnings_of(form.spec, answers):
            messages.warning(request, warning)
        messages.info(request, f"“{form.spec.code.label}”已保存，{saved.updated_at:%H:%M}。")
    return saved is not None


@writes(Permission.PROPOSAL_WRITE)
def section_edit(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    proposal = plan_of(request, pk)
    spec = _spec_of(proposal, code)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    form = _section_form(request, proposal, spec)
    if request.method == "POST" and form.is_valid() and _saved(request, proposal, form):
        if "stay" in request.POST:
            return redirect("approvals:section_edit", pk=proposal.pk, code=code)
        return redirect("approvals:proposal_edit", pk=proposal.pk)
    return _section_page(request, proposal, form)


def _section_page(request: HttpRequest, proposal: Proposal, form: SectionForm) -> HttpResponse:
    facts = facts_of(proposal, today=clock.today())
    pages = writing.section_pages(proposal, facts=facts, found=findings(facts))
    code = form.spec.code.value
    here = next(number for number, page in enumerate(pages) if page.spec is form.spec)
    status = form.http_status
    if status == 409:
        section = Section.objects.filter(proposal=proposal, code=form.spec.code).first()
        form.take_current(version=section.version if section else 0)
    wrong = {one.field: one.text for one in pages[here].findings if "尚未填写" not in one.text}
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal),
        "form": form,
        "spec": form.spec,
        "page": pages[here],
        "questions": form.questions({} if form.is_bound else wrong),
        "stored": pages[here].answers if status == 409 else (),
        "panel": panels_of(request.user, proposal, [code], back="edit").get(code),
        "next": pages[here + 1] if here + 1 < len(pages) else None,
        "articles": _articles_of(form),
        "screen": _screen(form, facts),
        "files": writing.files_of(proposal, form.spec.code.value),
        "is_open": proposal.stage in OPEN_TO_VENUE,
    }
    return render(request, "approvals/section_edit.html", context, status=status)


def _articles_of(form: SectionForm) -> list[dict]:
    """The clauses behind the questions of a section, word for word."""
    codes = dict.fromkeys([form.spec.rule, *(one.rule for one in form.asked)])
    return [
        {"code": code, "title": RULES[code].title, "quotation": RULES[code].quotation}
        for code in codes
        if code in RULES
    ] + [
        {"code": "", "title": BY_NUMBER[number].title, "quotation": BY_NUMBER[number].text}
        for number in sorted(
            {int(code.split("-")[0]) for code in codes if code not in RULES and code}
        )
    ]


def _screen(form: SectionForm, facts) -> dict | None:
    if form.spec.code != "negative_list":
        return None
    result = lease_screen(facts)
    return {
        "tone": LEASE_TONES[result.verdict],
        "title": LEASE_TITLES[result.verdict],
        "score": result.score,
        "hits": result.hits,
    }


@reads(Permission.PROPOSAL_READ)
def proposal_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponseBase:
    attachment = writing.file_of(plan_of(request, pk), file_pk)
    if attachment is None:
        raise Http404
    return file_response(attachment)
