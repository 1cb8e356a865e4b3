"""What a plan has to do with an earlier or a later one, and what became of one in force."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from approvals.enums import Stage, StandingAct
from approvals.models import Proposal, StandingChange

HALTED_OR_OVER = {Stage.HALTED: StandingAct.HALT, Stage.ENDED: StandingAct.END}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One sentence above the plan, with the other plan it speaks of."""

    title: str
    text: str = ""
    url: str = ""
    link: str = ""
    tone: str = "info"


def notices_of(user: User, proposal: Proposal) -> list[Notice]:
    """Nothing is asked of the database for a plan that has no such history."""
    cited = (
        ("本方案变更的总体方案", proposal.replaces),
        ("本方案重新申报的原方案", proposal.refiles),
    )
    found = [_cited(title, plan, proposal) for title, plan in cited if plan]
    if proposal.stage == Stage.REJECTED:
        found += _refiled(user, proposal)
    if not proposal.is_operation_plan and proposal.stage in Stage.WAS_APPROVED:
        found += [*_changed(proposal), *_amended(user, proposal)]
    return found


def _cited(title: str, earlier: Proposal, proposal: Proposal) -> Notice:
    return _linked(title, earlier, text=f"理由：{proposal.cited_reason}")


def _linked(title: str, plan: Proposal, *, text: str = "", tone: str = "info") -> Notice:
    name = f"{plan.number or '未编号'} {plan.title}（{plan.get_stage_display()}）"
    url = reverse("approvals:proposal_review", args=[plan.pk])
    return Notice(title=title, text=text, url=url, link=name, tone=tone)


def _changed(proposal: Proposal) -> list[Notice]:
    """Why the plan is halted or ended."""
    act = HALTED_OR_OVER.get(Stage(proposal.stage))
    if act is None:
        return []
    rows = StandingChange.objects.filter(proposal=proposal, act=act).select_related("by")
    change = rows.order_by("-at", "-pk").first()
    if change is None:
        return []
    who = f"{localdate(change.at):%Y-%m-%d} {change.by.name}"
    decided = f"；{change.decided_by}（{change.decided_on}）决定" if change.decided_on else ""
    text = f"{change.reason}（{who}{decided}）"
    return [Notice(title=f"总体方案已{act.label}", text=text, tone="warn")]


def _refiled(user: User, proposal: Proposal) -> list[Notice]:
    """The plans that take a refused matter up anew, as far as this person may see them."""
    rows = Proposal.objects.visible_to(user).filter(refiles=proposal)
    return [_linked("本方案已重新申报", one) for one in rows.order_by("created_at", "pk")]


def _amended(user: User, proposal: Proposal) -> list[Notice]:
    """The amendment being made, as far as this person may see it, or the plan that replaced it."""
    rows = Proposal.objects.visible_to(user).filter(replaces=proposal)
    later = rows.exclude(stage__in=(Stage.REJECTED, Stage.VOID))
    is_replaced = proposal.stage == Stage.SUPERSEDED
    title = (
        "本方案已被替代，现行方案" if is_replaced else "变更方案正在办理，批准之前本方案继续有效"
    )
    tone = "warn" if is_replaced else "info"
    return [_linked(title, one, tone=tone) for one in later.order_by("created_at", "pk")]
