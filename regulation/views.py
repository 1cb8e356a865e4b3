from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import AUTHENTICATED, reads
from regulation import selectors
from regulation.articles import ARTICLES, BY_NUMBER, IMPRINT, TITLE, Article
from regulation.enums import RuleKind
from regulation.places import places_of
from regulation.register import RULES, clauses_of, rules_of

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
    context = {"policies": selectors.policies(), "crumbs": crumbs}
    return render(request, "regulation/policies.html", context)
