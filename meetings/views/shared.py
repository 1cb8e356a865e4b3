"""What the pages of meetings share."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core import clock
from core.forms import ActForm
from meetings import permissions
from meetings.models import Body, Meeting

REGISTER = {"label": "会议", "url": "/meetings/"}


def meeting_of(request: HttpRequest, pk: UUID) -> Meeting:
    rows = Meeting.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("body__union", "union", "chair", "recorder"), pk=pk
    )


def body_by(request: HttpRequest, pk: UUID | str) -> Body:
    rows = Body.objects.visible_to(request.user).select_related("union")
    return get_object_or_404(rows, pk=pk)


def body_asked_for(request: HttpRequest) -> Body:
    """The body named in the query of a page that cannot do without one."""
    try:
        return body_by(request, UUID(request.GET.get("body", "")))
    except ValueError as error:
        raise Http404 from error


def crumbs_to(meeting: Meeting | None = None, *, body: Body | None = None) -> list[dict]:
    crumbs = [REGISTER]
    if body is not None:
        crumbs.append({"label": body.name, "url": f"/meetings/bodies/{body.pk}/"})
    if meeting is not None:
        crumbs.append({"label": str(meeting), "url": f"/meetings/{meeting.pk}/"})
    return crumbs


def deed(request: HttpRequest, form: ActForm) -> dict:
    """What every service is told besides the facts."""
    return {
        "by": request.user,
        "at": clock.now(),
        "command_id": form.cleaned_data["command_id"],
    }


def refused(request: HttpRequest, body: Body) -> HttpResponse | None:
    """Whoever may read a meeting but not record it is not shown the form either."""
    if permissions.may_write(request.user, body):
        return None
    return render(request, "errors/403.html", status=403)
