from django.urls import path

from analytics.views import casefile, deadlines, gallery, standing, workbench

app_name = "analytics"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("deadlines/", deadlines.deadline_list, name="deadline_list"),
    path("cooperations/<uuid:pk>/", casefile.cooperation, name="cooperation"),
    path("venues/<uuid:pk>/matters/", standing.venue_matters, name="venue_matters"),
    path("partners/<uuid:pk>/matters/", standing.partner_matters, name="partner_matters"),
    path("-/components/", gallery.components, name="components"),
]
