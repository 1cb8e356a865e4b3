from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import AUTHENTICATED, reads, writes
from accounts.enums import Permission
from core import clock
from core.acting import attempt
from documents.serving import file_response
from regulation import selectors
from regulation.articles import ARTICLES, BY_NUMBER, IMPRINT, TEXT_PATH, TITLE, Article
from regulation.enums import RuleKind
from regulation.forms import PolicyForm
from regulation.models import PolicyDocument
from regulation.places import places_of
from regulation.register import RULES, clauses_of, rules_of
from regulation.services import NUMBERS, TITLES, provide_policy

LIBRARY = {"label": "政策依据", "url": "/rules/policies/"}

CHAPTERS = [
    (f"chapter-{number}", chapter, list(articles))
    for number, (chapter, articles) in enumerate(
        groupby(ARTICLES, key=lambda article: article.chapter), start=1
    )
]


def _index(current: Article | None = None) -> list[dict]:
    """The index at the left: the chapters, and the articles of the open one."""
    items = []
    for anchor, chapter, articles in CHAPTERS:
        items.append({"label": chapter, "url": f"/rules/#{anchor}"})
        if current in articles:
            items += [
                {
                    "label": article.title,
                    "url": f"/rules/{article.number}/",
                    "current": article == current,
                }
                for article in articles
            ]
    return items


@reads(AUTHENTICATED)
def rule_index(request: HttpRequest) -> HttpResponse:
    chapters = [
        {
            "anchor": anchor,
            "title": chapter,
            "articles": [(article, clauses_of(article)) for article in articles],
        }
        for anchor, chapter, articles in CHAPTERS
    ]
    context = {
        "title": TITLE,
        "imprint": IMPRINT,
        "index": _index(),
        "chapters": chapters,
        "kinds": RuleKind,
        "rule_count": len(RULES),
    }
    return render(request, "regulation/index.html", context)


@reads(AUTHENTICATED)
def article_detail(request: HttpRequest, number: int) -> HttpResponse:
    article = BY_NUMBER.get(number)
    if article is None:
        raise Http404
    rules = rules_of(number)
    context = {
        "article": article,
        "clauses": clauses_of(article),
        "rules": rules,
        "done": sum(bool(rule.places) for rule in rules),
        "index": _index(article),
        "before": BY_NUMBER.get(number - 1),
        "after": BY_NUMBER.get(number + 1),
        "kinds": RuleKind,
        "crumbs": [{"label": "实施细则", "url": "/rules/"}, {"label": article.chapter}],
    }
    return render(request, "regulation/article.html", context)


@reads(AUTHENTICATED)
def rule_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The clause behind one rule, as a part of a page: the side sheet fetches it."""
    rule = RULES.get(code)
    if rule is None:
        raise Http404
    article = BY_NUMBER[rule.article]
    parts = [
        (clause, [paragraph.partition(rule.quotation) for paragraph in clause.paragraphs])
        for clause in clauses_of(article)
    ]
    context = {"rule": rule, "article": article, "parts": parts, "places": places_of(code)}
    return render(request, "regulation/_sheet.html", context)


@reads(AUTHENTICATED)
def policy_list(request: HttpRequest) -> HttpResponse:
    crumbs = [{"label": "实施细则", "url": "/rules/"}, {"label": "政策依据"}]
    context = {
        "policies": [
            (one, reverse("regulation:policy_file", args=[NUMBERS[one.title]]))
            for one in selectors.policies()
            if one.title in NUMBERS
        ],
        "crumbs": crumbs,
        "may_provide": selectors.may_provide(request.user),
    }
    return render(request, "regulation/policies.html", context)


@writes(Permission.POLICY_WRITE)
def policy_provide(request: HttpRequest) -> HttpResponse:
    """Put a text into its slot; officers below the province see who does it."""
    slot = {"policy": request.GET.get("policy", "")}
    form = PolicyForm(request.POST or None, request.FILES or None, initial=slot)
    if request.method == "POST" and form.is_valid():
        act = form.act
        upload = act.pop("file")
        deed = {"by": request.user, "at": clock.now()}
        deed["command_id"] = form.cleaned_data["command_id"]
        if attempt(form, provide_policy, upload=upload, name=upload.name, **act, **deed):
            messages.success(request, "原文已收入政策依据，全体人员可以阅看。")
            return redirect("regulation:policy_list")
    context = {
        "form": form,
        "may_provide": selectors.may_provide(request.user),
        "crumbs": [LIBRARY],
    }
    return render(request, "regulation/policy_provide.html", context, status=form.http_status)


@reads(AUTHENTICATED)
def policy_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The text behind a rule article: the regulation itself is number 1, then the slots in order."""
    if number == 1:
        return HttpResponse(
            TEXT_PATH.read_text(encoding="utf-8"), content_type="text/plain; charset=utf-8"
        )
    policy = get_object_or_404(
        PolicyDocument.objects.select_related("attachment__file"),
        title=TITLES.get(number, ""),
        attachment__isnull=False,
    )
    return file_response(policy.attachment)
