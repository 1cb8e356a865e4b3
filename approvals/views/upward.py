"""登记上级工会批复: the paper of the higher union, by who sent the plan up."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.access import writes
from accounts.enums import Permission
from approvals import permissions
from approvals.forms.upward import UpwardForm
from approvals.services import upward
from approvals.views.handling import act_page, carry_out, not_yours
from approvals.views.shared import plan_of


@writes(Permission.REPLY_DRAFT)
def upward_reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if permissions.post_of_duty(request.user, Permission.REPLY_DRAFT, proposal) is None:
        return not_yours(request, proposal)
    form = UpwardForm(
        request.POST or None, request.FILES or None, initial={"version": proposal.version}
    )
    done = carry_out(
        request, proposal, form, upward.record_upward_reply,
        lambda: {"proposal": proposal, **form.facts()}, said="已登记上级工会批复。",
    )  # fmt: skip
    return done or act_page(
        request, proposal, form, title="登记上级工会批复", submit="登记批复",
        lead="按上级工会的批复文件如实登记；同意后才能拟本级批复，退回的由阵地逐条答复。",
    )  # fmt: skip
