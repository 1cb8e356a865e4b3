from django.urls import path

from evaluations.views import evaluations, plans, schemes

app_name = "evaluations"
urlpatterns = [
    path("", evaluations.evaluation_list, name="evaluation_list"),
    path("schemes/", schemes.scheme_list, name="scheme_list"),
    path("schemes/new/", schemes.scheme_add, name="scheme_add"),
    path("plan/", plans.plan, name="plan"),
    path("<uuid:pk>/", evaluations.evaluation_detail, name="evaluation"),
    path("<uuid:pk>/score/", evaluations.evaluation_score, name="evaluation_score"),
    path("<uuid:pk>/confirm/", evaluations.evaluation_confirm, name="evaluation_confirm"),
    path("<uuid:pk>/report.pdf", evaluations.evaluation_report, name="evaluation_report"),
]
