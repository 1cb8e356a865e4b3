from django.urls import path

from meetings.views import agenda, bodies, papers, register, resolutions, sittings

app_name = "meetings"
urlpatterns = [
    path("", register.meeting_list, name="meeting_list"),
    path("calendar/", register.calendar, name="calendar"),
    path("resolutions/", register.resolution_list, name="resolution_list"),
    path("resolutions/<uuid:pk>/", resolutions.resolution_detail, name="resolution_detail"),
    path("resolutions/<uuid:pk>/report/", resolutions.resolution_report, name="resolution_report"),
    path("resolutions/<uuid:pk>/extend/", resolutions.resolution_extend, name="resolution_extend"),
    path("resolutions/<uuid:pk>/settle/", resolutions.resolution_settle, name="resolution_settle"),
    path(
        "resolutions/<uuid:pk>/files/<uuid:file_pk>/",
        resolutions.resolution_file,
        name="resolution_file",
    ),
    path("waiting/", register.waiting_list, name="waiting_list"),
    path("bodies/", register.body_list, name="body_list"),
    path("new/", sittings.meeting_plan, name="meeting_plan"),
    path("bodies/new/", bodies.body_add, name="body_add"),
    path("bodies/<uuid:pk>/", bodies.body_detail, name="body_detail"),
    path("bodies/<uuid:pk>/policy/", bodies.policy_add, name="policy_add"),
    path("bodies/<uuid:pk>/members/new/", bodies.member_add, name="member_add"),
    path("bodies/<uuid:pk>/members/<int:member_pk>/", bodies.member_edit, name="member_edit"),
    path("<uuid:pk>/", register.meeting_detail, name="meeting_detail"),
    path("<uuid:pk>/agenda/", agenda.meeting_agenda, name="meeting_agenda"),
    path("<uuid:pk>/notice/", agenda.meeting_notice, name="meeting_notice"),
    path("<uuid:pk>/answer/", agenda.meeting_answer, name="meeting_answer"),
    path("<uuid:pk>/reschedule/", agenda.meeting_reschedule, name="meeting_reschedule"),
    path("items/<uuid:pk>/take-off/", agenda.item_take_off, name="item_take_off"),
    path("<uuid:pk>/attendance/", sittings.meeting_attendance, name="meeting_attendance"),
    path("<uuid:pk>/place/", sittings.meeting_place, name="meeting_place"),
    path("<uuid:pk>/close/", sittings.meeting_close, name="meeting_close"),
    path("<uuid:pk>/resolutions/new/", resolutions.resolution_add, name="resolution_add"),
    path("<uuid:pk>/minutes/", papers.meeting_minutes, name="meeting_minutes"),
    path("<uuid:pk>/minutes/pdf/", papers.minutes_pdf, name="minutes_pdf"),
    path("<uuid:pk>/minutes/void/", papers.minutes_void, name="minutes_void"),
    path("<uuid:pk>/record/pdf/", papers.record_pdf, name="record_pdf"),
    path("<uuid:pk>/record/", register.meeting_record, name="meeting_record"),
    path("<uuid:pk>/files/", sittings.meeting_upload, name="meeting_upload"),
    path("<uuid:pk>/files/<uuid:file_pk>/", register.record_file, name="record_file"),
]
