"""The sections that only one way of cooperation has (第十四条（三）（四）、第二款). Pure."""

from approvals.enums import SectionCode
from approvals.rules.questions import OPERATION, OTHER, SPONSORSHIP, UNDERTAKING, Field, Kind
from approvals.rules.questions import SectionSpec as Spec

GOVERNMENT = "government"
COMMISSION_CHOICES = (
    ("union", "工会系统的活动和服务"),
    (GOVERNMENT, "政府需要购买的公共服务"),
)
PROCUREMENT_CHOICES = (
    ("open_tender", "公开招标"),
    ("invited_tender", "邀请招标"),
    ("consultation", "竞争性磋商或谈判"),
    ("inquiry", "询价"),
    ("single_source", "单一来源"),
    ("framework", "框架协议或其他法定方式"),
)
SPONSORSHIP_CHOICES = (
    ("funds", "捐赠资金"),
    ("equipment", "捐助设备"),
    ("activity", "赞助活动"),
    ("products", "提供产品和服务"),
)
# 主导权控制权: who decides on each of the five.
CONTROLS = {
    "personnel": "人事",
    "finance": "财务",
    "assets": "资产",
    "pricing": "定价",
    "brand": "品牌",
}


def _government(name: str, label: str, kind: Kind, **more) -> Field:
    return Field(
        name=name,
        label=label,
        kind=kind,
        rule="14-3-1",
        is_required=False,
        only_if=("commission_kind", GOVERNMENT),
        **more,
    )


UNDERTAKING_SPEC = Spec(
    code=SectionCode.UNDERTAKING,
    rule="14-3-1",
    plans=OPERATION,
    modes=UNDERTAKING,
    intro="写明委托方、承接的服务和交付要求。政府购买服务的，须有采购记录。",
    fields=(
        Field(name="commissioner", label="委托方", kind=Kind.TEXT, rule="14-3-1"),
        Field(
            name="commission_kind",
            label="承接的类别",
            kind=Kind.CHOICE,
            choices=COMMISSION_CHOICES,
            rule="14-3-1",
        ),
        _government("procurement_method", "采购方式", Kind.CHOICE, choices=PROCUREMENT_CHOICES),
        _government(
            "procurement_record",
            "采购记录",
            Kind.TEXT,
            help="采购项目编号和成交、中标通知书；通知书作为本节附件上传。",
        ),
        _government("procured_on", "采购结果确定日期", Kind.DAY),
        Field(name="amount", label="承接金额（万元）", kind=Kind.WAN, rule="14-3-1"),
        Field(
            name="deliverables",
            label="交付内容",
            kind=Kind.ROWS,
            rule="14-3-1",
            columns=(
                Field(name="item", label="活动或服务", kind=Kind.TEXT),
                Field(name="quantity", label="数量", kind=Kind.TEXT),
                Field(name="standard", label="验收标准", kind=Kind.TEXT),
                Field(name="due_on", label="完成日期", kind=Kind.DAY),
            ),
        ),
        Field(name="acceptance", label="验收和结算办法", rule="14-3-1"),
    ),
)
SPONSORSHIP_SPEC = Spec(
    code=SectionCode.SPONSORSHIP,
    rule="14-4-1",
    plans=OPERATION,
    modes=SPONSORSHIP,
    intro="接受赞助不得以输出阵地品牌、独家经营作为对价，资金不得直接付给个人。",
    fields=(
        Field(
            name="sponsorship_kinds",
            label="赞助方式",
            kind=Kind.CHOICES,
            choices=SPONSORSHIP_CHOICES,
            rule="14-4-1",
        ),
        Field(
            name="value",
            label="赞助价值（万元）",
            kind=Kind.WAN,
            rule="14-4-1",
            help="设备、产品和服务按公允价值折算。",
        ),
        Field(
            name="receipt",
            label="票据",
            kind=Kind.TEXT,
            rule="14-4-1",
            help="由阵地出具的票据种类；设备写明登记入账的办法。",
        ),
        Field(name="use", label="赞助用途", rule="14-4-1"),
        Field(name="publicity", label="公示安排", rule="14-4-1", help="公示的内容、地点和时间。"),
        Field(
            name="return_for_sponsor",
            label="对赞助方的回报",
            rule="14-4-1",
            help="确实没有回报的写“无”。",
        ),
        Field(
            name="gives_brand",
            label="回报中有阵地名称、标识的使用权或冠名权",
            kind=Kind.YES_NO,
            rule="18-7",
        ),
        Field(
            name="gives_exclusivity",
            label="回报中有独家经营、排他销售或场地专用",
            kind=Kind.YES_NO,
            rule="18-1",
        ),
        Field(
            name="pays_individuals",
            label="赞助资金直接付给个人",
            kind=Kind.YES_NO,
            rule="14-4-1",
        ),
    ),
)
CONTROL_SPEC = Spec(
    code=SectionCode.CONTROL,
    rule="14-5-1",
    plans=OPERATION,
    modes=OTHER,
    intro="“其它方式”由主管工会在坚持主导权控制权的前提下探索：先由主管工会发起或者同意，再由阵地起草。",
    fields=(
        Field(name="description", label="方式说明", rule="14-5-1"),
        Field(name="legal_basis", label="法律法规依据", rule="14-5-1"),
        *(
            Field(
                name=f"control_{name}",
                label=f"{label}控制权的保持",
                rule="14-5-1",
                help=f"{label}事项由谁决定、工会怎样保持控制。",
            )
            for name, label in CONTROLS.items()
        ),
        Field(
            name="contributes_assets",
            label="工会投入有形或无形资产",
            kind=Kind.YES_NO,
            rule="13-4-1",
            help="回答“是”的，签约前须评估。",
        ),
    ),
)
