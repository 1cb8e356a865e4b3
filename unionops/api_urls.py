"""Every address of the HTTP API, version 1."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from accounts.api.description import SchemaViewSet
from accounts.views.api_docs import docs
from approvals.api.acts import TaskViewSet
from approvals.api.cooperations import CooperationViewSet
from approvals.api.proposals import ProposalViewSet
from contracts.api import ContractViewSet
from evaluations.api import EvaluationViewSet
from partners.api import PartnerViewSet
from supervision.api import ReportViewSet
from venues.api import VenueViewSet

app_name = "api"
router = SimpleRouter(use_regex_path=False)
router.register("venues", VenueViewSet, "venue")
router.register("partners", PartnerViewSet, "partner")
router.register("cooperations", CooperationViewSet, "cooperation")
router.register("proposals", ProposalViewSet, "proposal")
router.register("tasks", TaskViewSet, "task")
router.register("contracts", ContractViewSet, "contract")
router.register("evaluations", EvaluationViewSet, "evaluation")
router.register("reports", ReportViewSet, "report")

urlpatterns = [
    *router.urls,
    path("schema/", SchemaViewSet.as_view({"get": "retrieve"}), name="schema"),
    path("docs/", docs, name="docs"),
]
