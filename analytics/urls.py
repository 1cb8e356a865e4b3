from django.urls import path

from analytics import views

app_name = "analytics"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("deadlines/", views.deadline_list, name="deadline_list"),
    path("-/components/", views.components, name="components"),
]
