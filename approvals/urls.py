"""Addresses of plans: first the venue's side, then the review."""

from django.urls import path

from approvals.views import (
    appraisal,
    beside,
    comparing,
    cooperations,
    decisions,
    exceptions,
    lists,
    matrix,
    opinions,
    papers,
    replies,
    review,
    submitting,
    threads,
    writing,
)

app_name = "approvals"
urlpatterns = [
    path("proposals/", lists.proposal_list, name="proposal_list"),
    path("proposals/new/", lists.proposal_new, name="proposal_new"),
    path("proposals/<uuid:pk>/edit/", writing.proposal_edit, name="proposal_edit"),
    path("proposals/<uuid:pk>/edit/<slug:code>/", writing.section_edit, name="section_edit"),
    path("proposals/<uuid:pk>/share/", writing.share_for_guidance, name="proposal_share"),
    path("proposals/<uuid:pk>/files/<uuid:file_pk>/", writing.proposal_file, name="proposal_file"),
    path(
        "proposals/<uuid:pk>/files/<uuid:file_pk>/preview/", beside.file_beside, name="file_beside"
    ),
    path(
        "proposals/<uuid:pk>/files/<uuid:file_pk>/pages/<int:number>.png",
        beside.file_page,
        name="file_page",
    ),
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
    path("proposals/<uuid:pk>/review/", review.proposal_review, name="proposal_review"),
    path("proposals/<uuid:pk>/compare/", comparing.proposal_compare, name="proposal_compare"),
    path("proposals/<uuid:pk>/threads/", threads.thread_open, name="thread_open"),
    path("threads/<uuid:pk>/reply/", threads.thread_reply, name="thread_reply"),
    path("threads/<uuid:pk>/resolve/", threads.thread_resolve, name="thread_resolve"),
    path("threads/<uuid:pk>/reopen/", threads.thread_reopen, name="thread_reopen"),
    path("tasks/<uuid:pk>/opinion/", opinions.task_opinion, name="task_opinion"),
    path("tasks/<uuid:pk>/draft/", opinions.task_draft, name="task_draft"),
    path("opinions/<int:pk>/resolution/", opinions.opinion_resolution, name="opinion_resolution"),
    path("conditions/<uuid:pk>/met/", opinions.condition_met, name="condition_met"),
    path(
        "proposals/<uuid:pk>/changes-confirmed/",
        opinions.changes_confirmed,
        name="changes_confirmed",
    ),
    path("agenda/<uuid:pk>/decide/", decisions.agenda_decide, name="agenda_decide"),
    path("exceptions/", exceptions.exception_list, name="exception_list"),
    path("proposals/<uuid:pk>/exceptions/new/", exceptions.exception_new, name="exception_new"),
    path("exceptions/<uuid:pk>/", exceptions.exception, name="exception"),
    path("exceptions/<uuid:pk>/edit/", exceptions.exception_edit, name="exception_edit"),
    path("exceptions/<uuid:pk>/submit/", exceptions.exception_submit, name="exception_submit"),
    path("exceptions/<uuid:pk>/review/", exceptions.exception_review, name="exception_review"),
    path("exceptions/<uuid:pk>/revoke/", exceptions.exception_revoke, name="exception_revoke"),
    path("exceptions/<uuid:pk>/form.pdf", papers.exception_form, name="exception_form"),
    path("proposals/<uuid:pk>/reply/", replies.reply, name="reply"),
    path("proposals/<uuid:pk>/reply/draft/", replies.reply_draft, name="reply_draft"),
    path("proposals/<uuid:pk>/reply/issue/", replies.reply_issue, name="reply_issue"),
    path("proposals/<uuid:pk>/reply/preview.pdf", papers.reply_preview, name="reply_preview"),
    path("proposals/<uuid:pk>/approval-form.pdf", papers.approval_form, name="approval_form"),
    path(
        "proposals/<uuid:pk>/approval-form/",
        papers.approval_form_issue,
        name="approval_form_issue",
    ),
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/new/", matrix.matrix_new, name="matrix_new"),
    path("cooperations/", cooperations.cooperation_list, name="cooperation_list"),
    path("cooperations/<uuid:pk>/", cooperations.cooperation, name="cooperation"),
]
