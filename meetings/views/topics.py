"""登记其他议题."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import writes
from accounts.enums import Permission
from core.acting import attempt
from meetings import services
from meetings.forms import TopicForm
from meetings.views.shared import body_by, crumbs_to, deed, refused


@writes(Permission.MEETING_WRITE)
def topic_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    body = body_by(request, pk)
    if answer := refused(request, body):
        return answer
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = {"body": body, "title": form.cleaned_data["title"], **deed(request, form)}
        if attempt(form, services.register_topic, **act):
            messages.success(request, "已登记议题，列入会议后表决。")
            return redirect("meetings:waiting_list")
    context = {"form": form, "body": body, "crumbs": crumbs_to(body=body)}
    return render(request, "meetings/topic_add.html", context, status=form.http_status)
