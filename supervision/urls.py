from django.urls import path

from supervision.views import rectifications, reports

app_name = "supervision"
urlpatterns = [
    path("reports/", reports.report_list, name="report_list"),
    path("reports/new/", reports.report_add, name="report_add"),
    path("reports/<uuid:pk>/", reports.report_detail, name="report"),
    path("reports/<uuid:pk>/fill/", reports.report_fill, name="report_fill"),
    path("reports/<uuid:pk>/review/", reports.report_review, name="report_review"),
    path("rectifications/", rectifications.rectification_list, name="rectification_list"),
    path("rectifications/<uuid:pk>/", rectifications.rectification_detail, name="rectification"),
    path(
        "rectifications/<uuid:pk>/report/",
        rectifications.rectification_report,
        name="rectification_report",
    ),
    path(
        "rectifications/<uuid:pk>/review/",
        rectifications.rectification_review,
        name="rectification_review",
    ),
]
