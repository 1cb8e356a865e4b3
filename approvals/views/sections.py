"""Writing one section: the form, its autosave, and what to do when somebody else was faster."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from accounts.access import writes
from accounts.enums import Permission
from accounts.models import User
from approvals.enums import Stage
from approvals.forms.merging import MergeForm
from approvals.forms.sections import SectionForm, warnings_of
from approvals.models import Proposal, Section
from approvals.rules.checks import findings
from approvals.rules.clearing import can_be_cleared
from approvals.rules.fields import SectionSpec, sections_of
from approvals.rules.screening import lease_screen
from approvals.selectors import tasklist, writing
from approvals.selectors.facts import facts_of
from approvals.services import drafting
from approvals.views.panels import EDIT, panels_of
from approvals.views.shared import OPEN_TO_VENUE, crumbs_to, deed, plan_of, refused, writes_for
from core import clock
from core.acting import attempt
from regulation.articles import BY_NUMBER
from regulation.register import RULES

CONFLICT = 409
LEASE_TONES = {"clear": "ok", "watch": "warn", "suspect": "bad"}
LEASE_TITLES = {
    "clear": "未发现变相出租承包的迹象。",
    "watch": "有个别迹象，请核对。",
    "suspect": "疑似变相出租承包，不能报送。",
}


def _spec_of(proposal: Proposal, code: str) -> SectionSpec:
    for spec in sections_of(proposal.kind, proposal.mode):
        if spec.code.value == code:
            return spec
    raise Http404


def _section_of(proposal: Proposal, spec: SectionSpec) -> Section | None:
    rows = Section.objects.filter(proposal=proposal, code=spec.code)
    return rows.select_related("updated_by").first()


def _form(request: HttpRequest, proposal: Proposal, spec: SectionSpec) -> SectionForm:
    section = _section_of(proposal, spec)
    form = MergeForm if "merging" in request.POST else SectionForm
    return form(
        request.POST or None,
        request.FILES or None,
        proposal=proposal,
        spec=spec,
        user=request.user,
        stored=section.data if section else {},
        version=section.version if section else 0,
    )


def _save(request: HttpRequest, proposal: Proposal, form: SectionForm) -> Section | None:
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
        when = f"{localtime(saved.updated_at):%H:%M}"
        messages.info(request, f"“{form.spec.code.label}”已保存，{when}。")
    return saved


def _after_saving(request: HttpRequest, proposal: Proposal, spec: SectionSpec) -> HttpResponse:
    """Back to the task list, on to the next section, or the same page again."""
    specs = sections_of(proposal.kind, proposal.mode)
    following = specs[specs.index(spec) + 1 :]
    if "next" in request.POST and following:
        return redirect("approvals:section_edit", pk=proposal.pk, code=following[0].code.value)
    if "stay" in request.POST:
        return redirect("approvals:section_edit", pk=proposal.pk, code=spec.code.value)
    return redirect("approvals:proposal_edit", pk=proposal.pk)


@writes(Permission.PROPOSAL_WRITE)
def section_edit(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    proposal = plan_of(request, pk)
    spec = _spec_of(proposal, code)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    form = _form(request, proposal, spec)
    if request.method == "POST" and form.is_valid() and _save(request, proposal, form):
        return _after_saving(request, proposal, spec)
    if form.http_status == CONFLICT or isinstance(form, MergeForm):
        return _conflict_page(request, proposal, form)
    return _section_page(request, proposal, form)


def _conflict_page(request: HttpRequest, proposal: Proposal, form: SectionForm) -> HttpResponse:
    """Both texts, answer by answer. A choice that was not complete keeps its form."""
    section, status = _section_of(proposal, form.spec), form.http_status
    if status == CONFLICT:
        form = MergeForm(
            proposal=proposal,
            spec=form.spec,
            user=request.user,
            stored=section.data if section else {},
            typed=form.answers(),
            version=section.version if section else 0,
            seen=form.cleaned_data["seen"],
        )
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal),
        "form": form,
        "spec": form.spec,
        "section": section,
        "is_own": section is not None and section.updated_by_id == request.user.pk,
        "comparisons": form.differences(),
        "settled": form.settled(),
        "has_files": bool(request.FILES),
    }
    return render(request, "approvals/section_conflict.html", context, status=status)


def _section_page(request: HttpRequest, proposal: Proposal, form: SectionForm) -> HttpResponse:
    facts = facts_of(proposal, today=clock.today())
    pages = tasklist.section_pages(
        proposal, facts=facts, found=findings(facts), points=writing.return_points_of(proposal)
    )
    code = form.spec.code.value
    here = next(number for number, page in enumerate(pages) if page.spec is form.spec)
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal),
        "form": form,
        "spec": form.spec,
        "page": pages[here],
        "pages": pages,
        "number": here + 1,
        "lines": form.lines({} if form.is_bound else pages[here].problems),
        "before": pages[here - 1] if here else None,
        "after": pages[here + 1] if here + 1 < len(pages) else None,
        "articles": _articles_of(form),
        "screen": _screen(form.spec, facts),
        "files": writing.files_of(proposal, code),
        "panel": panels_of(request.user, proposal, [code], back=EDIT).get(code),
        "section": _section_of(proposal, form.spec),
        "is_open": proposal.stage in OPEN_TO_VENUE,
        "is_decided": proposal.stage == Stage.VENUE_DECIDED,
    }
    return render(request, "approvals/section_edit.html", context, status=form.http_status)


@writes(Permission.PROPOSAL_WRITE)
def section_autosave(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Keep what is being typed; the answer says when, and what could not be kept."""
    proposal = plan_of(request, pk)
    spec = _spec_of(proposal, code)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    if request.method != "POST":
        return redirect("approvals:section_edit", pk=proposal.pk, code=code)
    form = _form(request, proposal, spec)
    form.is_valid()
    if "version" in form.errors:
        return _not_kept(request.user, form, proposal, form.errors["version"], status=422)
    problems = form.problems()
    saved = attempt(
        form,
        drafting.autosave_section,
        proposal=proposal,
        code=code,
        data=form.answers(),
        version=form.cleaned_data["version"],
        **deed(request, form),
    )
    if saved is None:
        reasons = [reason.text for reason in form.reasons]
        return _not_kept(request.user, form, proposal, reasons, status=form.http_status)
    return _kept(plan_of(request, pk), form, saved, problems)


def _not_kept(
    user: User, form: SectionForm, proposal: Proposal, reasons, *, status: int
) -> HttpResponse:
    answer = {"reasons": list(reasons)}
    section = _section_of(proposal, form.spec)
    if status == CONFLICT and section:
        when = f"{localtime(section.updated_at):%H:%M}"
        is_own = section.updated_by_id == user.pk
        answer["said"] = (
            f"您已在另一个窗口于 {when} 保存过本节。"
            if is_own
            else f"{section.updated_by.name} 已在 {when} 修改并保存了本节。"
        )
    return JsonResponse(answer, status=status)


def _kept(
    proposal: Proposal, form: SectionForm, saved: Section, problems: dict[str, str]
) -> HttpResponse:
    facts = facts_of(proposal, today=clock.today())
    points = writing.return_points_of(proposal)
    pages = tasklist.section_pages(proposal, facts=facts, found=findings(facts), points=points)
    page = next(one for one in pages if one.spec is form.spec)
    context = {"page": page, "screen": _screen(form.spec, facts), "proposal": proposal}
    return JsonResponse(
        {
            "version": saved.version,
            "seen": form.seen_now(saved.data),
            "at": f"{localtime(clock.now()):%H:%M}",
            "problems": problems,
            "state": page.state.value,
            "tone": page.tone,
            "checks": render_to_string("approvals/_section_checks.html", context),
        }
    )


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


def _screen(spec: SectionSpec, facts) -> dict | None:
    if spec.code != "negative_list":
        return None
    result = lease_screen(facts)
    return {
        "tone": LEASE_TONES[result.verdict],
        "title": LEASE_TITLES[result.verdict],
        "score": result.score,
        "can_be_cleared": can_be_cleared(result),
        "hits": result.hits,
    }
