"""Every address of the portal; each app keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("analytics.urls")),
    path("", include("accounts.urls")),
    path("", include("documents.urls")),
    path("", include("notifications.urls")),
    path("help/", include("handbook.urls")),
    path("rules/", include("regulation.urls")),
    path("venues/", include("venues.urls")),
    path("partners/", include("partners.urls")),
    path("meetings/", include("meetings.urls")),
    path("", include("approvals.urls")),
    path("union-plans/", include("planning.urls")),
    path("contracts/", include("contracts.urls")),
    path("", include("supervision.urls")),
    path("evaluations/", include("evaluations.urls")),
    path("public/", include("disclosure.urls")),
    path("disclosures/", include("disclosure.staff_urls")),
    path("api/v1/", include("unionops.api_urls")),
]

handler400 = "accounts.views.errors.bad_request"
handler404 = "accounts.views.errors.not_found"
handler500 = "accounts.views.errors.server_error"
