from django.urls import path, register_converter
from django.urls.converters import StringConverter

from partners.views import due_diligence, register, watching


class PartnerConditionConverter(StringConverter):
    """The rule code of one of the six conditions."""

    regex = "10-[1-6]"


register_converter(PartnerConditionConverter, "partner_condition")

app_name = "partners"
urlpatterns = [
    path("", register.partner_list, name="partner_list"),
    path("new/", register.partner_add, name="partner_add"),
    path("<uuid:pk>/", register.partner_detail, name="partner_detail"),
    path("<uuid:pk>/watch/", watching.watch_put, name="watch_put"),
    path("<uuid:pk>/watch/end/", watching.watch_end, name="watch_end"),
    path(
        "<uuid:pk>/due-diligence/start/", register.due_diligence_start, name="due_diligence_start"
    ),
    path(
        "due-diligence/<uuid:pk>/", due_diligence.due_diligence_detail, name="due_diligence_detail"
    ),
    path(
        "due-diligence/<uuid:pk>/conclude/",
        due_diligence.due_diligence_conclude,
        name="due_diligence_conclude",
    ),
    path(
        "due-diligence/<uuid:pk>/<partner_condition:code>/",
        due_diligence.item_save,
        name="item_save",
    ),
    path(
        "due-diligence/<uuid:pk>/<partner_condition:code>/<slug:part_code>/",
        due_diligence.part_save,
        name="part_save",
    ),
]
