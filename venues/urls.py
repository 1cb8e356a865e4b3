from django.urls import path, register_converter
from django.urls.converters import StringConverter

from venues.views import readiness, register


class ConditionConverter(StringConverter):
    """The rule code of one of the four conditions."""

    regex = "9-[1-4]"


register_converter(ConditionConverter, "condition")

app_name = "venues"
urlpatterns = [
    path("", register.venue_list, name="venue_list"),
    path("new/", register.venue_add, name="venue_add"),
    path("<uuid:pk>/", register.venue_detail, name="venue_detail"),
    path("<uuid:pk>/edit/", register.venue_edit, name="venue_edit"),
    path("<uuid:pk>/core-businesses/", register.venue_businesses, name="venue_businesses"),
    path("<uuid:pk>/supervisor/", register.venue_supervisor, name="venue_supervisor"),
    path("<uuid:pk>/readiness/", readiness.readiness_detail, name="readiness_detail"),
    path("<uuid:pk>/readiness/start/", readiness.readiness_start, name="readiness_start"),
    path("<uuid:pk>/readiness/submit/", readiness.readiness_submit, name="readiness_submit"),
    path("<uuid:pk>/readiness/review/", readiness.readiness_review, name="readiness_review"),
    path("<uuid:pk>/readiness/<condition:code>/", readiness.readiness_item, name="readiness_item"),
]
