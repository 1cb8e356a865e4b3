"""What the staff's pages of one edition show."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.forms import ActForm
from core.money import format_yuan
from disclosure import permissions, rules, selectors
from disclosure.enums import DisclosureState
from disclosure.forms import ContentForm, ReviewForm, ServiceFormSet, WithdrawForm
from disclosure.models import Disclosure
from disclosure.rules import Content, ServiceLine

LIST = {"label": "公开信息", "url": "/disclosures/"}


def deed(request: HttpRequest, form: ActForm) -> dict:
    """What every service is told besides the facts."""
    return {
        "by": request.user,
        "at": clock.now(),
        "command_id": form.cleaned_data["command_id"],
    }


def refused(request: HttpRequest) -> HttpResponse:
    """Whoever may read but not act is not shown the form either."""
    return render(request, "errors/403.html", status=403)


def crumbs_to(disclosure: Disclosure) -> list[dict]:
    venue = disclosure.venue
    return [LIST, {"label": venue.name, "url": f"/venues/{venue.pk}/"}]


def detail_page(
    request: HttpRequest, disclosure: Disclosure, form: ActForm | None = None
) -> HttpResponse:
    """The edition as it stands, what is missing, and the acts this person may take.

    `form` is the one that was refused; the others are offered afresh.
    """
    venue, content = disclosure.venue, disclosure.content
    is_draft = disclosure.state == DisclosureState.DRAFT
    names = selectors.names_at(venue.pk) if is_draft else []
    acts = _acts(request, disclosure, form)
    is_shown = any(form is acts[name] for name in acts if name.endswith("_form"))
    turn = rules.PROCEDURE.turn(disclosure.state)
    context = {
        "disclosure": disclosure,
        "crumbs": crumbs_to(disclosure),
        "steps": rules.PROCEDURE.steps(disclosure.state),
        "turn": turn,
        "who": turn.who(venue=venue.name, union=venue.supervising_union.name) if turn else "",
        "page": _preview(disclosure, content),
        "missing": rules.submission_reasons(content, names=names) if is_draft else [],
        "changes": _changes(disclosure, content),
        "editions": list(selectors.editions_of(venue.pk)),
        "refused_form": None if is_shown else form,
        **acts,
    }
    status = form.http_status if form else 200
    return render(request, "disclosure/detail.html", context, status=status)


def _acts(request: HttpRequest, disclosure: Disclosure, form: ActForm | None) -> dict:
    """The forms of the acts open to this person; None where there is none."""
    state, version = disclosure.state, {"version": disclosure.version}
    writes = permissions.may_write(request.user, disclosure.venue)
    reviews = permissions.may_review(request.user, disclosure.venue)
    is_published = state == DisclosureState.PUBLISHED
    settles = reviews and is_published
    return {
        "can_edit": writes and state == DisclosureState.DRAFT,
        "can_renew": writes and is_published and not selectors.open_of(disclosure.venue_id),
        "submit_form": (
            _kept(form, ActForm, version) if writes and state == DisclosureState.DRAFT else None
        ),
        "review_form": (
            _kept(form, ReviewForm, version)
            if reviews and state == DisclosureState.IN_REVIEW
            else None
        ),
        "withdraw_form": _kept(form, WithdrawForm, version) if settles else None,
        "contracts": _waiting(disclosure, settles=settles) if is_published else [],
    }


def _waiting(disclosure: Disclosure, *, settles: bool) -> list[tuple]:
    """Contracts that wait for this information, each with the form that confirms it."""
    return [
        (contract, ActForm(auto_id=f"id_{contract.pk}_%s") if settles else None)
        for contract in selectors.unsettled_contracts(disclosure.venue_id)
    ]


def _kept(form: ActForm | None, kind: type[ActForm], initial: dict) -> ActForm:
    return form if type(form) is kind else kind(initial=initial, auto_id=f"id_{kind.__name__}_%s")


def _changes(disclosure: Disclosure, content: Content) -> list[dict[str, str]]:
    """Prices that differ from what the public reads now."""
    if disclosure.state not in DisclosureState.OPEN:
        return []
    published = selectors.published_of(disclosure.venue_id)
    if published is None:
        return []
    return [
        {"name": name, "before": format_yuan(before), "after": format_yuan(after)}
        for name, before, after in rules.price_changes(published.content.services, content.services)
    ]


def _preview(disclosure: Disclosure, content: Content):
    today = clock.today()
    published = disclosure.published_at
    updated_on = published.astimezone(clock.SHANGHAI).date() if published else today
    return selectors.page_of_venue(
        disclosure.venue, content, updated_on=updated_on, today=today
    )  # fmt: skip


def edit_page(
    request: HttpRequest, disclosure: Disclosure, form: ContentForm, rows: ServiceFormSet, *,
    is_preview: bool,
) -> HttpResponse:  # fmt: skip
    """The form with its preview beside it: what was typed, as the public would read it."""
    content = _typed(form, rows) if form.is_bound else disclosure.content
    context = {
        "disclosure": disclosure,
        "crumbs": crumbs_to(disclosure),
        "form": form,
        "rows": rows,
        "page": _preview(disclosure, content),
        "can_write": disclosure.state == DisclosureState.DRAFT,
    }
    is_wrong = rows.is_bound and not rows.is_valid()
    status = 200 if is_preview else 422 if is_wrong else form.http_status
    return render(request, "disclosure/edit.html", context, status=status)


def _typed(form: ContentForm, rows: ServiceFormSet) -> Content:
    """As much of what was typed as is well formed."""
    form.is_valid()
    rows.is_valid()
    texts = {name: form.cleaned_data.get(name, "") for name in rules.LABELS}
    typed = [getattr(row, "cleaned_data", {}) for row in rows.forms]
    lines = tuple(
        ServiceLine(
            name=row["name"],
            unit=row.get("unit", ""),
            price=row.get("price"),
            description=row.get("description", ""),
            core_business_id=row.get("core_business"),
        )
        for row in typed
        if row.get("name") and not row.get("DELETE")
    )
    return Content(**texts, services=lines)
