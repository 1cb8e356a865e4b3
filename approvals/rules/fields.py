"""The sections of a plan as data: one list serves the forms, the checks, the pages and the PDF.

Pure. A field's `rule` is the rule of the register behind it; `modes` narrows it to some
ways of cooperation; `only_if` makes it required once another answer holds.
"""

from collections.abc import Iterator

from approvals.enums import CooperationMode, SectionCode
from approvals.rules.ancillary import QUESTIONS as ANCILLARY
from approvals.rules.questions import (
    EXTERNAL,
    INTERNAL,
    OPERATION,
    OVERALL,
    PARTNERED,
    SPONSORSHIP,
    UNDERTAKING,
    Field,
    Kind,
    SectionSpec,
)
from approvals.rules.ways import CONTROL_SPEC, SPONSORSHIP_SPEC, UNDERTAKING_SPEC
from partners.enums import REFUSED_KINDS, SubjectKind

MODE_CHOICES = tuple(CooperationMode.choices)
NOT_SHORT = frozenset(CooperationMode.values) - SPONSORSHIP  # 赞助的论证从简
PARTNER_CHOICES = tuple(
    (value, label) for value, label in SubjectKind.choices if value not in REFUSED_KINDS
)
SELECTION_CHOICES = (
    ("open_call", "公开征集"),
    ("consultation", "竞争性磋商"),
    ("tender", "招标"),
    ("directed", "定向"),
)
DISPOSAL_CHOICES = (
    ("free_transfer", "无偿移交"),
    ("buy_back", "折价回购"),
    ("removal", "拆除恢复"),
    ("other", "其他（须写明规则）"),
)

OVERVIEW = SectionSpec(
    code=SectionCode.OVERVIEW,
    rule="3-1",
    fields=(
        Field(name="purpose", label="目标与总体思路", plans=OVERALL, rule="13-3-2"),
        Field(
            name="allowed_modes",
            label="拟采用的合作方式",
            kind=Kind.CHOICES,
            choices=MODE_CHOICES,
            plans=OVERALL,
            rule="13-3-2",
        ),
        Field(name="partner_categories", label="拟合作对象范围", plans=OVERALL, rule="10-0"),
        Field(
            name="partner_kinds",
            label="合作方的主体类型",
            kind=Kind.CHOICES,
            choices=PARTNER_CHOICES,
            plans=OVERALL,
            rule="10-2",
            is_required=False,
            help="勾选的，具体运作方案的合作方须在其中；不勾选的，不限。",
        ),
        Field(
            name="max_term_years",
            label="单个项目最长合作年限（年）",
            kind=Kind.INTEGER,
            plans=OVERALL,
            rule="13-4-4",
            help="原则上不超过 5 年；超过的须逐项办理例外审批。",
        ),
        Field(name="self_run", label="自营与合作部分的划分", plans=OVERALL, rule="12-2b"),
        Field(name="content", label="合作内容", plans=OPERATION, rule="14-2-2"),
        Field(
            name="tags",
            label="社会化、市场化",
            kind=Kind.CHOICES,
            choices=(("socialised", "社会化"), ("market", "市场化")),
            plans=OPERATION,
            rule="3-1",
        ),
        Field(
            name="core_business",
            label="对应的主责主业",
            kind=Kind.CORE_BUSINESS,
            plans=OPERATION,
            rule="14-2-2",
            help="只能从本阵地登记的主责主业中选择。",
        ),
        Field(name="for_workers", label="服务职工群众的内容和数量", plans=OPERATION, rule="14-2-2"),
        Field(name="for_members", label="服务工会会员的内容和数量", plans=OPERATION, rule="14-2-2"),
        Field(
            name="for_grassroots", label="服务基层工会的内容和数量", plans=OPERATION, rule="14-2-2"
        ),
        Field(
            name="industry_policy",
            label="国家产业政策和主导方向核对",
            plans=OPERATION,
            modes=EXTERNAL,
            rule="14-2-1",
        ),
        Field(name="space", label="合作空间范围", rule="12-2b", help="楼层、房间、面积（㎡）。"),
        Field(
            name="max_area",
            label="合作空间面积上限（㎡）",
            kind=Kind.INTEGER,
            plans=OVERALL,
            rule="12-2b",
            is_required=False,
            help="填写的，各具体运作方案的合作面积合计不能超过。",
        ),
        Field(
            name="area",
            label="合作面积（㎡）",
            kind=Kind.INTEGER,
            plans=OPERATION,
            rule="12-2b",
            is_required=False,
            help="交由合作使用的面积；不占用场地的不填。",
        ),
        Field(
            name="whole_reason",
            label="全部空间用于合作的说明",
            rule="12-2b",
            is_required=False,
            help="全部空间都用于合作，或者都交给同一合作方的，必须说明理由和自营服务的安排。",
        ),
        Field(name="starts_on", label="合作起始日", kind=Kind.DAY, plans=OPERATION, rule="13-4-4"),
        Field(name="ends_on", label="合作终止日", kind=Kind.DAY, plans=OPERATION, rule="13-4-4"),
    ),
)
PARTNER = SectionSpec(
    code=SectionCode.PARTNER,
    rule="10-0",
    plans=OPERATION,
    fields=(
        Field(name="partner", label="合作方", kind=Kind.PARTNER, modes=PARTNERED, rule="10-2"),
        Field(name="partner", label="赞助方", kind=Kind.PARTNER, modes=SPONSORSHIP, rule="14-4-1"),
        Field(
            name="partner",
            label="参与实施的合作方",
            kind=Kind.PARTNER,
            modes=UNDERTAKING,
            rule="14-3-1",
            is_required=False,
            help="由阵地自己完成的不选。",
        ),
        Field(
            name="selection_method",
            label="选择方式",
            kind=Kind.CHOICE,
            choices=SELECTION_CHOICES,
            modes=PARTNERED,
            rule="12-3",
        ),
        Field(
            name="selection_reason",
            label="选择理由",
            modes=PARTNERED,
            rule="12-3",
            is_required=False,
            only_if=("selection_method", "directed"),
            help="定向选择必须写明理由。",
        ),
        Field(name="qualifications", label="资质考察评估", modes=PARTNERED, rule="13-1-3"),
        Field(name="credit", label="诚信记录考察评估", modes=PARTNERED, rule="13-1-3"),
        Field(name="brand", label="服务品牌考察评估", modes=PARTNERED, rule="13-1-3"),
        Field(name="strength", label="综合实力考察评估", modes=PARTNERED, rule="13-1-3"),
        Field(
            name="visited_on", label="实地考察日期", kind=Kind.DAY, modes=PARTNERED, rule="13-1-3"
        ),
        Field(
            name="visitors",
            label="考察人员",
            kind=Kind.TEXT,
            modes=PARTNERED,
            rule="13-1-3",
            help="不少于两人，用顿号分隔。",
        ),
        Field(
            name="counterpart_venue",
            label="合作阵地",
            kind=Kind.VENUE,
            modes=INTERNAL,
            rule="14-1-1",
        ),
        Field(name="shared_resources", label="共享的资源", modes=INTERNAL, rule="14-1-1"),
        Field(
            name="other_counterparts",
            label="其他参加的阵地",
            kind=Kind.ROWS,
            modes=INTERNAL,
            rule="14-1-1",
            is_required=False,
            help="三个以上阵地合作时填写，名称按登记的全称。",
            columns=(
                Field(name="name", label="阵地名称", kind=Kind.TEXT),
                Field(name="resources", label="共享的资源", kind=Kind.TEXT),
            ),
        ),
        Field(
            name="mechanism",
            label="业务合作长效机制",
            modes=INTERNAL,
            rule="14-1-1",
            help="合作协议、联络人、联席会议和排期。",
        ),
        Field(
            name="volunteers",
            label="整合的社会志愿服务资源",
            modes=INTERNAL | PARTNERED,
            rule="14-2-3",
            is_required=False,
        ),
    ),
)
APPRAISAL = SectionSpec(
    code=SectionCode.APPRAISAL,
    rule="13-1-1",
    fields=(
        Field(name="necessity", label="必要性", rule="13-1-1"),
        Field(name="feasibility", label="可行性", rule="13-1-1"),
        Field(name="operability", label="操作性", rule="13-1-1"),
        Field(name="method", label="调研方法和职工需求调查", modes=NOT_SHORT, rule="13-1-1"),
        Field(name="authors", label="论证人员", kind=Kind.TEXT, modes=NOT_SHORT, rule="13-1-1"),
        Field(name="concluded_on", label="论证完成日期", kind=Kind.DAY, rule="13-1-1"),
        Field(name="conclusion", label="论证结论", modes=NOT_SHORT, rule="13-1-1"),
    ),
)
CONTRACT_ELEMENTS = SectionSpec(
    code=SectionCode.CONTRACT_ELEMENTS,
    rule="13-4-2",
    plans=OPERATION,
    modes=PARTNERED,
    fields=(
        Field(name="project_content", label="合作项目内容", rule="13-4-2"),
        Field(name="cooperation_mode", label="合作方式", rule="13-4-2"),
        Field(name="term", label="合作期限", rule="13-4-2"),
        Field(name="investment_source", label="投资来源", rule="13-4-2"),
        Field(name="partner_investment", label="合作方投资（万元）", kind=Kind.WAN, rule="13-4-2"),
        Field(
            name="has_partner_fixed_investment",
            label="合作方有前期装修、设备、器材等固定资产投入",
            kind=Kind.YES_NO,
            rule="13-4-3",
        ),
        Field(
            name="fixed_assets",
            label="固定资产投入清单",
            kind=Kind.ROWS,
            rule="13-4-3",
            is_required=False,
            only_if=("has_partner_fixed_investment", "yes"),
            columns=(
                Field(name="item", label="名称", kind=Kind.TEXT),
                Field(name="quantity", label="数量", kind=Kind.INTEGER),
                Field(name="amount", label="金额（万元）", kind=Kind.WAN),
            ),
        ),
        Field(
            name="disposal_method",
            label="合作终止后固定资产处置方式",
            kind=Kind.CHOICE,
            choices=DISPOSAL_CHOICES,
            rule="13-4-3",
            is_required=False,
            only_if=("has_partner_fixed_investment", "yes"),
        ),
        Field(
            name="disposal_rule",
            label="处置的计价规则和移交期限",
            rule="13-4-3",
            is_required=False,
            only_if=("has_partner_fixed_investment", "yes"),
        ),
        Field(name="expected_income", label="预期收益及测算", rule="13-4-2"),
        Field(
            name="expected_income_amount",
            label="工会方预期年收益（万元）",
            kind=Kind.WAN,
            rule="13-4-2",
        ),
        Field(name="income_distribution", label="收入分配", rule="13-4-2"),
        Field(name="risk_assessment", label="风险评估", rule="13-4-2"),
        Field(name="constraint", label="约束机制", rule="13-4-2"),
        Field(name="exit", label="退出机制", rule="13-4-2"),
    ),
)
MAJOR_MATTER = SectionSpec(
    code=SectionCode.MAJOR_MATTER,
    rule="13-2-2",
    fields=(
        Field(name="is_major", label="属于须报批的重大事项", kind=Kind.YES_NO, rule="13-2-2"),
        Field(name="reason", label="认定理由", rule="13-2-2"),
    ),
)


def _question(name: str, label: str, rule: str, *, modes: frozenset[str] | None = None) -> Field:
    return Field(name=name, label=label, kind=Kind.YES_NO, rule=rule, modes=modes)


NEGATIVE_LIST = SectionSpec(
    code=SectionCode.NEGATIVE_LIST,
    rule="18-1",
    intro="逐项如实回答。回答“是”的禁止事项须先改正方案；原则上不得的事项可以申请例外。",
    fields=(
        _question("fixed_income", "工会方收益为固定数额或保底，与经营结果无关", "18-1"),
        _question("area_price", "价款按场地面积或年限计收，或约定租金、押金、免租期", "18-1"),
        _question("partner_bears_all", "合作方自负盈亏、承担全部经营结果", "18-1"),
        _question("exclusive_control", "经营、定价、用人由合作方单独决定，工会方无席位", "18-1"),
        _question("sub_letting", "允许转租、分租或转让经营权", "18-1"),
        _question("lump_sum", "一次性预付多年费用，不按经营结果定期结算", "18-1"),
        _question("harms_image", "有损工会形象的内容、品牌、广告或赞助", "18-4"),
        _question("unrelated_business", "与工会服务无关的商业经营", "18-5"),
        *ANCILLARY,
        _question("exports_brand", "以合作为由输出职工服务阵地品牌", "18-7"),
        _question("uses_papers", "合作机构使用阵地的文书", "18-8"),
        _question("uses_seal", "合作机构使用阵地的印章", "18-8"),
        _question("uses_receipts", "合作机构使用阵地的票据，或由其开具阵地服务票据", "18-8"),
        _question("uses_account", "合作机构使用阵地的账户，或由其账户收取阵地收入", "18-8"),
    ),
)
FIVE_CONSTANTS = SectionSpec(
    code=SectionCode.FIVE_CONSTANTS,
    rule="18-2",
    intro="对照阵地登记的基线逐项确认；任何一项改变都不能报送。",
    fields=(
        _question("name", "阵地名称不变", "18-2"),
        _question("ownership", "产权关系不变", "18-2"),
        _question("affiliation", "隶属关系不变", "18-2"),
        _question("function", "服务功能不变", "18-2"),
        _question("core_business", "主责主业不变", "18-2"),
    ),
)
FOUR_PROPERTIES = SectionSpec(
    code=SectionCode.FOUR_PROPERTIES,
    rule="12-1",
    fields=(
        Field(name="non_profit", label="经营非营利性", rule="12-1"),
        Field(name="core_limited", label="主业限定性", rule="12-1"),
        Field(name="autonomous", label="管理自主性", rule="12-1"),
        Field(name="inclusive", label="服务普惠性", rule="12-1"),
        Field(name="welfare_share", label="公益服务时段占比（%）", kind=Kind.PERCENT, rule="12-1"),
    ),
)
DISCOUNTS = SectionSpec(
    code=SectionCode.DISCOUNTS,
    rule="17-3",
    intro="三类人员都要写明；确实没有优惠的写“无”并说明理由。",
    fields=(
        Field(name="model_workers", label="劳模工匠优惠措施", rule="17-3"),
        Field(name="workers_in_need", label="困难职工优惠措施", rule="17-3"),
        Field(name="members", label="工会会员优惠措施", rule="17-3"),
    ),
)
ROADMAP = SectionSpec(
    code=SectionCode.ROADMAP,
    rule="17-2",
    fields=(
        Field(
            name="milestones",
            label="路线图、时间表和责任分工",
            kind=Kind.ROWS,
            rule="17-2",
            columns=(
                Field(name="name", label="工作", kind=Kind.TEXT),
                Field(name="deliverable", label="成果", kind=Kind.TEXT),
                Field(name="owner", label="责任人", kind=Kind.TEXT),
                Field(name="due_on", label="完成日期", kind=Kind.DAY),
            ),
        ),
    ),
)
SAFETY = SectionSpec(
    code=SectionCode.SAFETY,
    rule="17-4",
    fields=(
        Field(name="measures", label="安全管理措施", rule="17-4"),
        Field(name="emergency", label="应急管理措施", rule="17-4"),
    ),
)

SECTIONS: tuple[SectionSpec, ...] = (
    OVERVIEW,
    PARTNER,
    UNDERTAKING_SPEC,
    SPONSORSHIP_SPEC,
    CONTROL_SPEC,
    APPRAISAL,
    CONTRACT_ELEMENTS,
    MAJOR_MATTER,
    NEGATIVE_LIST,
    FIVE_CONSTANTS,
    FOUR_PROPERTIES,
    DISCOUNTS,
    ROADMAP,
    SAFETY,
)


def _applies(modes: frozenset[str] | None, plans: frozenset[str], kind: str, mode: str) -> bool:
    return kind in plans and (modes is None or not mode or mode in modes)


def sections_of(kind: str, mode: str) -> tuple[SectionSpec, ...]:
    """The sections a plan of this kind and mode has, in reading order."""
    return tuple(spec for spec in SECTIONS if _applies(spec.modes, spec.plans, kind, mode))


def fields_of(spec: SectionSpec, kind: str, mode: str) -> tuple[Field, ...]:
    """The questions of a section that this plan must answer."""
    return tuple(one for one in spec.fields if _applies(one.modes, one.plans, kind, mode))


def section_spec(code: str) -> SectionSpec:
    """The section by its code; KeyError when there is none."""
    return {spec.code.value: spec for spec in SECTIONS}[code]


def unanswered(spec: SectionSpec, kind: str, mode: str, data: dict) -> Iterator[Field]:
    """The questions of a section that are required and not answered."""
    for one in fields_of(spec, kind, mode):
        is_required = one.is_required or (
            one.only_if is not None and data.get(one.only_if[0]) == one.only_if[1]
        )
        if is_required and not data.get(one.name):
            yield one
