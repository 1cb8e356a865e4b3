"""代理: the desks one may give away, at every union where one holds a post, and taking them back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.models import User
from approvals.enums import NODE_PERMISSIONS, Node
from approvals.forms.handling import DelegationForm
from approvals.models import Delegation
from approvals.selectors import people
from approvals.selectors.delegations import (
    delegating,
    delegations_of,
    kept_unions,
    plans_in_review,
)
from approvals.services import delegating as service
from approvals.views.shared import deed, refused
from core import clock
from core.acting import attempt
from core.forms import ActForm
from organizations.models import TradeUnion

DESKS = tuple(NODE_PERMISSIONS.values())
CRUMBS = [{"label": "代理", "url": "/delegations/"}]
Desk = tuple[Node, TradeUnion]


@reads(Permission.PROPOSAL_READ)
def delegation_list(request: HttpRequest) -> HttpResponse:
    today, user = clock.today(), request.user
    kept = {one.pk for one in kept_unions(user)}
    rows = [
        {
            "delegation": one,
            "may_revoke": one.principal_id == user.pk or one.union_id in kept,
            "scope": service.scope_words(one),
            "state": one.state_on(today),
        }
        for one in delegations_of(user)
    ]
    may = bool(_desks_of(user))
    return render(request, "approvals/delegations.html", {"rows": rows, "may_delegate": may})


def _desks_of(user: User) -> dict[str, Desk]:
    """The desks a person may give away, as choices: their own, and those of unions they keep."""
    own = [
        (Node(node), post.union)
        for post in user.posts()
        for node, permission in NODE_PERMISSIONS.items()
        if post.union and not post.venue_id and permission in post.card.permissions
    ]
    kept = [(Node(node), union) for union in kept_unions(user) for node in NODE_PERMISSIONS]
    desks = list(dict.fromkeys([*own, *kept]))
    is_one = len({union.pk for _, union in desks}) == 1
    return {
        node.value if is_one else f"{node.value}@{union.pk}": (node, union) for node, union in desks
    }


def _form(request: HttpRequest, desks: dict[str, Desk]) -> DelegationForm:
    user, today = request.user, clock.today()
    unions = {union.pk: union for _, union in desks.values()}
    agents: dict[str, str] = {}
    for union in unions.values():
        agents |= dict(people.colleagues(union, on=today, without=user))
    away: dict[str, str] = {}
    for union in kept_unions(user):
        away |= dict(delegating(union, on=today))
    away.pop(str(user.pk), None)
    nodes = [
        (key, node.label if len(unions) == 1 else f"{node.label}（{union.name}）")
        for key, (node, union) in desks.items()
    ]
    return DelegationForm(
        request.POST or None, people=list(agents.items()), nodes=nodes,
        away=list(away.items()), plans=plans_in_review(unions.values()),
    )  # fmt: skip


@writes(*DESKS)
def delegation_new(request: HttpRequest) -> HttpResponse:
    desks = _desks_of(request.user)
    if not desks:
        return refused(request)
    form = _form(request, desks)
    if request.method == "POST" and form.is_valid():
        node, union = desks[form.cleaned_data["node"]]
        facts: dict[str, Any] = form.given() | deed(request, form)
        if attempt(form, service.delegate, node=node, union=union, **facts):
            messages.success(request, "已委托代理；代理人签署时印为“代理人（代委托人）”。")
            return redirect("approvals:delegation_list")
    context = {"form": form, "crumbs": CRUMBS}
    return render(request, "approvals/delegation_new.html", context, status=form.http_status)


@writes(*DESKS)
def delegation_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    kept = [one.pk for one in kept_unions(request.user)]
    rows = Delegation.objects.filter(Q(principal=request.user) | Q(union__in=kept))
    delegation = get_object_or_404(rows.select_related("principal", "agent", "union"), pk=pk)
    form = ActForm(request.POST or None, initial={"version": delegation.version})
    if request.method == "POST" and form.is_valid():
        facts = {"delegation": delegation, "version": form.cleaned_data["version"]}
        if attempt(form, service.revoke_delegation, **facts, **deed(request, form)):
            messages.success(request, "已收回代理。")
            return redirect("approvals:delegation_list")
    context = {"form": form, "delegation": delegation, "crumbs": CRUMBS}
    return render(request, "approvals/delegation_revoke.html", context, status=form.http_status)
