"""What a draft of the reply starts from: the plan, its conditions, the regulation."""

from datetime import date

from approvals.enums import ExceptionState
from approvals.models import Proposal, Reply, RuleException
from approvals.rules.term import whole_years
from core.money import format_wan
from documents.rules import format_day
from regulation.register import RULES

REQUIREMENTS = (
    "坚持公益性服务性方向，落实名称、产权关系、隶属关系、服务功能、主责主业“五不变”，"
    "不得以租代管、承包经营或者变相出租。",
    "依法签订合同，签约前逐条落实本批复所附条件，签约后按时限报主管工会备案。",
    "公开服务项目、开放时间、办事流程、收费标准和优惠措施，按期报送资产运营状况分析报告，"
    "接受阶段评价和监督检查。",
)


def reply_defaults(proposal: Proposal, written: Reply | None, *, today: date) -> dict[str, str]:
    """The draft as it stands, or its first wording from the plan and its conditions."""
    if written:
        return {
            "approved_matters": written.approved_matters,
            "conditions": written.conditions,
            "requirements": written.requirements,
        }
    conditions = proposal.conditions.filter(opinion__is_valid=True).order_by(
        "opinion__at", "opinion_id", "position"
    )
    return {
        "approved_matters": "\n".join(_matters(proposal, today)),
        "conditions": "\n".join(conditions.values_list("text", flat=True)),
        "requirements": "\n".join(REQUIREMENTS),
    }


def _matters(proposal: Proposal, today: date) -> list[str]:
    lines = [f"同意《{proposal.title}》，请按批准的范围、方式和期限组织实施。"]
    partner = proposal.partner or proposal.counterpart_venue
    if partner:
        lines.append(f"合作方式为{proposal.get_mode_display()}，合作方为{partner.name}。")
    if proposal.starts_on and proposal.ends_on:
        start, end = format_day(proposal.starts_on), format_day(proposal.ends_on)
        length = whole_years(proposal.starts_on, proposal.ends_on)
        lines.append(f"合作期限自{start}至{end}，共{length}。")
    if proposal.partner_investment:
        amount = format_wan(proposal.partner_investment)
        lines.append(f"合作方投资{amount}万元，投资形成的资产按方案确定的办法处置。")
    standing = proposal.exceptions.filter(state=ExceptionState.APPROVED, valid_until__gte=today)
    return [*lines, *(_standing(one) for one in standing.order_by("rule_code"))]


def _standing(one: RuleException) -> str:
    return (
        f"{RULES[one.rule_code].basis}（{one.rule_code}）的例外 {one.number} 有效期至"
        f"{format_day(one.valid_until)}；撤销或过期后，尚未签订的合同不得签订。"
    )
