"""The notice of a meeting, its agenda in order, another day."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import writes
from accounts.enums import Permission
from core.acting import attempt
from meetings import permissions, selectors, services
from meetings.forms import AnswerForm, NoticeForm, OrderForm, RescheduleForm, TakeOffForm
from meetings.models import AgendaItem
from meetings.views.shared import crumbs_to, deed, meeting_of, refused


@writes(Permission.MEETING_WRITE)
def meeting_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    form = NoticeForm(request.POST or None, initial={"version": meeting.version})
    if request.method == "POST" and form.is_valid():
        act = {"meeting": meeting, "version": form.cleaned_data["version"], **deed(request, form)}
        if attempt(form, services.send_notice, **act):
            messages.success(request, "会议通知已发出。")
            return redirect("meetings:meeting_detail", pk=meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "crumbs": crumbs_to(meeting),
        "roster": selectors.invited_of(meeting),
        "items": meeting.items.order_by("order", "pk"),
        "materials_due": selectors.materials_due(meeting),
    }
    return render(request, "meetings/meeting_notice.html", context, status=form.http_status)


@writes(Permission.ERRAND_WRITE)
def meeting_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A member's answer to the notice; the form stands on the page of the meeting."""
    meeting = meeting_of(request, pk)
    row = meeting.attendances.filter(user_id=request.user.pk).first()
    if request.method != "POST":
        return redirect("meetings:meeting_detail", pk=meeting.pk)
    if row is None:
        return render(request, "errors/403.html", status=403)
    form = AnswerForm(request.POST)
    if form.is_valid():
        act = {"meeting": meeting, **form.act, **deed(request, form)}
        if attempt(form, services.answer_notice, **act):
            messages.success(request, "已答复会议通知。会议开始前可以更改。")
            return redirect("meetings:meeting_detail", pk=meeting.pk)
    context = {"meeting": meeting, "form": form, "crumbs": crumbs_to(meeting)}
    return render(request, "meetings/meeting_answer.html", context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def meeting_reschedule(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    initial = {"version": meeting.version, "starts_at": meeting.starts_at, "place": meeting.place}
    form = RescheduleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = {"meeting": meeting, "version": form.cleaned_data["version"]}
        if attempt(form, services.reschedule_meeting, **act, **form.act, **deed(request, form)):
            messages.success(request, "会议已改期。")
            return redirect("meetings:meeting_detail", pk=meeting.pk)
    context = {"meeting": meeting, "form": form, "crumbs": crumbs_to(meeting)}
    return render(request, "meetings/meeting_reschedule.html", context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def meeting_agenda(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    form = OrderForm(request.POST or None, initial={"version": meeting.version})
    if request.method == "POST" and form.is_valid():
        asked, _, direction = form.cleaned_data["move"].partition(":")
        item = get_object_or_404(meeting.items, pk=asked)
        act = {"item": item, "is_up": direction == "up", **deed(request, form)}
        if attempt(form, services.move_item, version=form.cleaned_data["version"], **act):
            return redirect("meetings:meeting_agenda", pk=meeting.pk)
    waiting = list(meeting.items.filter(conclusion="").order_by("order", "pk"))
    context = {
        "meeting": meeting,
        "form": form,
        "crumbs": crumbs_to(meeting),
        "items": meeting.items.order_by("order", "pk"),
        "first": waiting[0].pk if waiting else None,
        "last": waiting[-1].pk if waiting else None,
        "materials_due": selectors.materials_due(meeting),
        "is_open": meeting.is_open,
    }
    return render(request, "meetings/meeting_agenda.html", context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def item_take_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = AgendaItem.objects.visible_to(request.user).exclude(meeting=None)
    item = get_object_or_404(rows.select_related("body__union", "meeting__body"), pk=pk)
    if not permissions.may_write(request.user, item.body):
        return render(request, "errors/403.html", status=403)
    form = TakeOffForm(request.POST or None, initial={"version": item.meeting.version})
    if request.method == "POST" and form.is_valid():
        meeting_pk = item.meeting_id
        act = {"item": item, "version": form.cleaned_data["version"], **form.act}
        if attempt(form, services.take_off, **act, **deed(request, form)):
            messages.success(request, "议题已移出议程，回到待上会议题。")
            return redirect("meetings:meeting_detail", pk=meeting_pk)
    context = {"item": item, "form": form, "crumbs": crumbs_to(item.meeting)}
    return render(request, "meetings/item_take_off.html", context, status=form.http_status)
