"""How the questions of a plan are called where it is read, and which answers read as one.

Pure. A form asks a whole question; a reader wants a short label at the left of every answer,
all of one width. What has no short label here is called as it is asked.
"""

from approvals.enums import SectionCode

SHORT_LABELS: dict[str, dict[str, str]] = {
    SectionCode.OVERVIEW: {
        "purpose": "总体思路",
        "allowed_modes": "合作方式",
        "partner_categories": "合作对象",
        "max_term_years": "最长年限",
        "self_run": "自营与合作",
        "tags": "运作类型",
        "core_business": "主责主业",
        "for_workers": "服务职工",
        "for_members": "服务会员",
        "for_grassroots": "服务基层",
        "industry_policy": "产业政策",
        "space": "合作空间",
        "partner_kinds": "主体类型",
        "max_area": "面积上限（㎡）",
        "area": "面积（㎡）",
        "whole_reason": "全部空间说明",
    },
    SectionCode.PARTNER: {
        "qualifications": "资质考察",
        "credit": "诚信记录",
        "brand": "服务品牌",
        "strength": "综合实力",
        "visited_on": "考察日期",
        "shared_resources": "共享资源",
        "mechanism": "长效机制",
        "other_counterparts": "其他阵地",
        "volunteers": "志愿服务",
    },
    SectionCode.UNDERTAKING: {
        "commission_kind": "类别",
        "procured_on": "采购日期",
        "amount": "承接金额",
        "acceptance": "验收结算",
    },
    SectionCode.SPONSORSHIP: {
        "value": "赞助价值",
        "return_for_sponsor": "对方回报",
        "gives_brand": "含品牌回报",
        "gives_exclusivity": "含独家回报",
        "pays_individuals": "付给个人",
    },
    SectionCode.CONTROL: {
        "legal_basis": "法律依据",
        "control_personnel": "人事控制",
        "control_finance": "财务控制",
        "control_assets": "资产控制",
        "control_pricing": "定价控制",
        "control_brand": "品牌控制",
        "contributes_assets": "投入资产",
    },
    SectionCode.APPRAISAL: {
        "method": "调研方法",
        "concluded_on": "完成日期",
    },
    SectionCode.CONTRACT_ELEMENTS: {
        "project_content": "合作内容",
        "partner_investment": "合作方投资",
        "has_partner_fixed_investment": "固定资产",
        "fixed_assets": "投入清单",
        "disposal_method": "处置方式",
        "disposal_rule": "计价和移交",
        "expected_income": "收益测算",
        "expected_income_amount": "预期年收益",
    },
    SectionCode.NEGATIVE_LIST: {
        "ancillary_need": "配套理由",
        "ancillary_services": "配套清单",
        "ancillary_income_cap": "收入占比上限",
        "ancillary_prices": "价格规则",
        "ancillary_signs": "标识规则",
    },
    SectionCode.MAJOR_MATTER: {"is_major": "重大事项"},
    SectionCode.FOUR_PROPERTIES: {
        "non_profit": "非营利性",
        "core_limited": "主业限定",
        "autonomous": "管理自主",
        "inclusive": "服务普惠",
        "welfare_share": "公益时段",
    },
    SectionCode.DISCOUNTS: {
        "model_workers": "劳模工匠",
        "workers_in_need": "困难职工",
        "members": "工会会员",
    },
    SectionCode.ROADMAP: {"milestones": "时间表"},
    SectionCode.SAFETY: {"measures": "安全管理", "emergency": "应急管理"},
}
# First and last day of one thing: read as “2027-03-01 至 2029-02-28”.
RANGES: dict[str, tuple[str, str, str]] = {
    SectionCode.OVERVIEW: ("starts_on", "ends_on", "合作期限"),
}
# Whole questions, answered in one word each.
QUESTIONNAIRES = frozenset({SectionCode.NEGATIVE_LIST, SectionCode.FIVE_CONSTANTS})


def short_label(code: str, name: str, label: str) -> str:
    """What a question is called beside its answer."""
    return SHORT_LABELS.get(code, {}).get(name, label)
