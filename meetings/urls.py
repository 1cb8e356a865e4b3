from django.urls import path

from meetings.views import agenda, bodies, register, sittings

app_name = "meetings"
urlpatterns = [
    path("", register.meeting_list, name="meeting_list"),
    path("calendar/", register.calendar, name="calendar"),
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
    path("<uuid:pk>/reschedule/", agenda.meeting_reschedule, name="meeting_reschedule"),
    path("items/<uuid:pk>/take-off/", agenda.item_take_off, name="item_take_off"),
    path("<uuid:pk>/attendance/", sittings.meeting_attendance, name="meeting_attendance"),
    path("<uuid:pk>/place/", sittings.meeting_place, name="meeting_place"),
    path("<uuid:pk>/close/", sittings.meeting_close, name="meeting_close"),
    path("<uuid:pk>/record/", register.meeting_record, name="meeting_record"),
    path("<uuid:pk>/files/", sittings.meeting_upload, name="meeting_upload"),
    path("<uuid:pk>/files/<uuid:file_pk>/", register.record_file, name="record_file"),
]
