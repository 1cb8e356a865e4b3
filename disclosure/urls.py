"""Addresses for strangers, under /public/."""

from django.urls import path

from disclosure.views import public

app_name = "disclosure"
urlpatterns = [
    path("", public.public_list, name="public_list"),
    path("v/<slug:code>/", public.public_venue, name="public_venue"),
    path("v/<slug:code>/board.pdf", public.public_board, name="public_board"),
    path("p/<slug:code>/", public.public_notice, name="public_notice"),
]
