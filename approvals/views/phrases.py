"""常用语: one's own and the department's, on one page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import writes
from approvals.enums import NODE_PERMISSIONS
from approvals.forms.phrases import PhraseForm, desk_choices
from approvals.rules.phrases import phrases_for
from approvals.selectors.phrases import desks_of, phrases_of
from approvals.services import phrases
from approvals.views.shared import deed
from core.acting import attempt
from core.forms import ActForm

DESKS = tuple(NODE_PERMISSIONS.values())


@writes(*DESKS)
def phrase_list(request: HttpRequest) -> HttpResponse:
    desks = [desk for _, desk in desks_of(request.user)]
    form = PhraseForm(request.POST or None, desks=desks)
    if request.method == "POST" and form.is_valid():
        given = {"text": form.cleaned_data["text"], "desk": form.cleaned_data["desk"]}
        if attempt(form, phrases.add_phrase, **given, **deed(request, form)):
            messages.success(request, "已添加，签署意见时在“常用意见”里可以插入。")
            return redirect("approvals:phrases")
    labels = dict(desk_choices(desks))
    rows = [
        {"phrase": one, "scope": labels.get(one.desk, ""), "form": ActForm(auto_id=f"p{at}_%s")}
        for at, one in enumerate(phrases_of(request.user))
    ]
    usual = list(dict.fromkeys(one for desk in desks for one in phrases_for(desk, "")))
    context = {"form": form, "rows": rows, "usual": usual}
    return render(request, "approvals/phrases.html", context, status=form.http_status)


@writes(*DESKS)
def phrase_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    phrase = get_object_or_404(phrases_of(request.user), pk=pk)
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phrases.remove_phrase(phrase=phrase, **deed(request, form))
        messages.success(request, f"已删去“{phrase.text}”。")
    return redirect("approvals:phrases")
