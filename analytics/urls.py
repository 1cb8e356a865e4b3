from django.urls import path

from analytics.views import casefile, deadlines, gallery, workbench

app_name = "analytics"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("deadlines/", deadlines.deadline_list, name="deadline_list"),
    path("cooperations/<uuid:pk>/", casefile.cooperation, name="cooperation"),
    path("-/components/", gallery.components, name="components"),
]
