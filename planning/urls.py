from django.urls import path

from planning import views

app_name = "planning"
urlpatterns = [
    path("", views.union_plan_list, name="union_plan_list"),
    path("new/", views.union_plan_new, name="union_plan_new"),
    path("<uuid:pk>/", views.union_plan, name="union_plan"),
    path("<uuid:pk>/edit/", views.union_plan_edit, name="union_plan_edit"),
    path("<uuid:pk>/submit/", views.union_plan_submit, name="union_plan_submit"),
    path("<uuid:pk>/recall/", views.union_plan_recall, name="union_plan_recall"),
    path("<uuid:pk>/issue/", views.union_plan_issue, name="union_plan_issue"),
    path("<uuid:pk>/steps/<uuid:step_pk>/", views.step_done, name="step_done"),
    path("<uuid:pk>/revise/", views.union_plan_revise, name="union_plan_revise"),
    path("<uuid:pk>/void/", views.union_plan_void, name="union_plan_void"),
    path("<uuid:pk>/pdf/", views.union_plan_pdf, name="union_plan_pdf"),
]
