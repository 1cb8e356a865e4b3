"""Addresses of plans: first the venue's side, then the review."""

from django.urls import path

from approvals.views import appraisal, lists, submitting, writing

app_name = "approvals"
urlpatterns = [
    path("proposals/", lists.proposal_list, name="proposal_list"),
    path("proposals/new/", lists.proposal_new, name="proposal_new"),
    path("proposals/<uuid:pk>/edit/", writing.proposal_edit, name="proposal_edit"),
    path("proposals/<uuid:pk>/edit/<slug:code>/", writing.section_edit, name="section_edit"),
    path("proposals/<uuid:pk>/share/", writing.share_for_guidance, name="proposal_share"),
    path("proposals/<uuid:pk>/files/<uuid:file_pk>/", writing.proposal_file, name="proposal_file"),
    path("proposals/<uuid:pk>/experts/", appraisal.experts, name="experts"),
    path(
        "proposals/<uuid:pk>/experts/<uuid:expert_pk>/opinion/",
        appraisal.expert_opinion,
        name="expert_opinion",
    ),
    path(
        "proposals/<uuid:pk>/experts/<uuid:expert_pk>/record/",
        appraisal.expert_record,
        name="expert_record",
    ),
    path(
        "proposals/<uuid:pk>/experts/<uuid:expert_pk>/answer/",
        appraisal.expert_answer,
        name="expert_answer",
    ),
    path("proposals/<uuid:pk>/guidance/", appraisal.guidance, name="guidance"),
    path("proposals/<uuid:pk>/venue-decision/", submitting.venue_decision, name="venue_decision"),
    path("proposals/<uuid:pk>/check/", submitting.proposal_check, name="proposal_check"),
    path(
        "proposals/<uuid:pk>/submitted/", submitting.proposal_submitted, name="proposal_submitted"
    ),
    path("proposals/<uuid:pk>/return-points/", submitting.return_points, name="return_points"),
    path("proposals/<uuid:pk>/withdraw/", submitting.proposal_withdraw, name="proposal_withdraw"),
    # The review side: review, decisions, exceptions, replies, matrix, cooperations.
]
