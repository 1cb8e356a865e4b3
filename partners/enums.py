"""Words of the partners."""

from django.db.models import TextChoices


class SubjectKind(TextChoices):
    """第十条（二）: what the partner is in civil law."""

    LEGAL_PERSON = "legal_person", "企业法人"
    INSTITUTION = "institution", "事业单位"
    ASSOCIATION = "association", "社会团体"
    NON_ENTERPRISE = "non_enterprise", "民办非企业单位"
    FOUNDATION = "foundation", "基金会"
    COOPERATIVE = "cooperative", "农民专业合作社"
    LAW_FIRM = "law_firm", "律师事务所"
    UNINCORPORATED = "unincorporated", "其他非法人组织"
    BRANCH = "branch", "分公司"
    INDIVIDUAL_BUSINESS = "individual_business", "个体工商户"
    NATURAL_PERSON = "natural_person", "自然人"


# Neither a legal person nor an unincorporated organisation: never in the register.
REFUSED_KINDS = frozenset({SubjectKind.INDIVIDUAL_BUSINESS, SubjectKind.NATURAL_PERSON})


class Finding(TextChoices):
    """What the check of one condition came to."""

    MET = "met", "符合"
    UNMET = "unmet", "不符合"
    UNVERIFIED = "unverified", "待核"

    @property
    def tone(self) -> str:
        return {"met": "ok", "unmet": "bad", "unverified": "warn"}[self.value]


class DueDiligenceState(TextChoices):
    """Whether the investigation still runs."""

    IN_PROGRESS = "in_progress", "核查中"
    CONCLUDED = "concluded", "已办结"

    @property
    def tone(self) -> str:
        return {"in_progress": "info", "concluded": "ok"}[self.value]


class ConditionCode(TextChoices):
    """第十条: the six conditions, by their rule codes."""

    POLITICS = "10-1", "政治可靠"
    SUBJECT = "10-2", "民事主体资格"
    CAPACITY = "10-3", "资质和专业技术能力"
    CREDIT = "10-4", "商业信誉和财务会计制度"
    TAX_AND_SOCIAL = "10-5", "依法缴纳税收和社会保障资金"
    RECORD = "10-6", "无不良记录"


class PartCode(TextChoices):
    """The separate proofs inside 10-5 and the five credit checks inside 10-6."""

    TAX = "tax", "完税证明"
    SOCIAL_SECURITY = "social_security", "社会保险缴纳证明"
    CREDIT_CHINA = "credit_china", "信用中国"
    ENTERPRISE_CREDIT = "enterprise_credit", "国家企业信用信息公示系统（经营异常、严重违法失信）"
    DISHONEST_DEBTOR = "dishonest_debtor", "失信被执行人"
    JUDGMENTS = "judgments", "裁判文书"
    PROCUREMENT = "procurement", "政府采购严重违法失信"


PARTS_OF: dict[ConditionCode, tuple[PartCode, ...]] = {
    ConditionCode.TAX_AND_SOCIAL: (PartCode.TAX, PartCode.SOCIAL_SECURITY),
    ConditionCode.RECORD: (
        PartCode.CREDIT_CHINA,
        PartCode.ENTERPRISE_CREDIT,
        PartCode.DISHONEST_DEBTOR,
        PartCode.JUDGMENTS,
        PartCode.PROCUREMENT,
    ),
}
