"""Bodies, their terms and their rosters."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from core import clock
from core.acting import attempt
from meetings import permissions, rules, selectors, services
from meetings.forms import BodyForm, MemberForm, PolicyForm
from meetings.models import Body, Member
from meetings.views.shared import body_by, crumbs_to, deed, refused


@reads(Permission.MEETING_READ)
def body_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    body = body_by(request, pk)
    today = clock.today()
    members = list(body.members.select_related("user").order_by("order", "valid_from", "pk"))
    context = {
        "body": body,
        "crumbs": crumbs_to(),
        "members": [
            {
                "row": member,
                "is_in_force": member.valid_from <= today
                and (member.valid_to is None or member.valid_to >= today),
            }
            for member in members
        ],
        "may_write": permissions.may_write(request.user, body),
        "terms": selectors.terms_of(body, on=today),
        "policies": body.policies.order_by("-valid_from", "-pk"),
        "basis": rules.VENUE_MEETING if body.venue_id else rules.UNION_MEETING,
    }
    return render(request, "meetings/body_detail.html", context)


@writes(Permission.MEETING_WRITE)
def policy_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    body = body_by(request, pk)
    if answer := refused(request, body):
        return answer
    terms = selectors.terms_of(body, on=clock.today())
    initial = {
        "version": body.version,
        "share": terms.quorum_numerator,
        "whole": terms.quorum_denominator,
        "keeps_recused": "yes" if terms.keeps_recused else "no",
        "materials_days": terms.materials_days,
        "late_entry_days": terms.late_entry_days,
        "valid_from": clock.today(),
    }
    form = PolicyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        act = {"body": body, "terms": cleaned["terms"], "valid_from": cleaned["valid_from"]}
        act |= {"version": cleaned["version"], **deed(request, form)}
        if attempt(form, services.set_policy, **act):
            return redirect("meetings:body_detail", pk=body.pk)
    context = {"form": form, "body": body, "crumbs": crumbs_to(body=body)}
    return render(request, "meetings/policy_form.html", context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def body_add(request: HttpRequest) -> HttpResponse:
    """Register a body of one's union, or the board of one's venue."""
    union, venues = permissions.places_of(request.user)
    if union is None and not venues:
        return render(request, "errors/403.html", status=403)
    form = BodyForm(request.POST or None, union=union, venues=venues)
    if request.method == "POST" and form.is_valid():
        act = {**form.act, **deed(request, form)}
        if body := attempt(form, services.form_body, **act):
            return redirect("meetings:body_detail", pk=body.pk)
    names = [*([union.name] if union else []), *(place.name for place in venues)]
    context = {"form": form, "places": "、".join(names), "crumbs": crumbs_to()}
    return render(request, "meetings/body_add.html", context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def member_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    body = body_by(request, pk)
    initial = {"order": body.members.count() + 1, "valid_from": clock.today()}
    return _member_page(request, body, None, initial)


@writes(Permission.MEETING_WRITE)
def member_edit(request: HttpRequest, pk: UUID, member_pk: int) -> HttpResponse:
    body = body_by(request, pk)
    member = get_object_or_404(body.members, pk=member_pk)
    names = ("name", "title", "order", "is_principal", "valid_from", "valid_to")
    initial = {name: getattr(member, name) for name in names} | {"user": member.user_id}
    return _member_page(request, body, member, initial)


def _member_page(
    request: HttpRequest, body: Body, member: Member | None, initial: dict
) -> HttpResponse:
    if answer := refused(request, body):
        return answer
    initial |= {"version": body.version}
    form = MemberForm(request.POST or None, body=body, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        act = {"body": body, "member": member, "version": version, **form.act}
        if attempt(form, services.set_member, **act, **deed(request, form)):
            return redirect("meetings:body_detail", pk=body.pk)
    context = {"form": form, "body": body, "member": member, "crumbs": crumbs_to(body=body)}
    return render(request, "meetings/member_form.html", context, status=form.http_status)
