"""Addresses for the staff, under /disclosures/."""

from django.urls import path

from disclosure.views import staff

app_name = "disclosures"
urlpatterns = [
    path("", staff.disclosure_list, name="disclosure_list"),
    path("new/", staff.disclosure_new, name="disclosure_new"),
    path("venue/<uuid:venue_pk>/", staff.venue_current, name="venue_current"),
    path("<uuid:pk>/", staff.disclosure_detail, name="disclosure_detail"),
    path("<uuid:pk>/edit/", staff.disclosure_edit, name="disclosure_edit"),
    path("<uuid:pk>/submit/", staff.disclosure_submit, name="disclosure_submit"),
    path("<uuid:pk>/review/", staff.disclosure_review, name="disclosure_review"),
    path("<uuid:pk>/withdraw/", staff.disclosure_withdraw, name="disclosure_withdraw"),
    path(
        "<uuid:pk>/contracts/<uuid:contract_pk>/settle/",
        staff.contract_settle,
        name="contract_settle",
    ),
]
