"""Words of the organisation."""

from django.db.models import TextChoices


class UnionLevel(TextChoices):
    """第五条「统一所有、分级监管、单位使用」: the levels of supervision."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县（区）级"
    INDUSTRY = "industry", "省级产业工会"


class DepartmentKind(TextChoices):
    """What a department answers for, whatever its name plate says."""

    ASSET = "asset", "资产监督管理部门"
    PERSONNEL = "personnel", "组织人事部门"
    DISCIPLINE = "discipline", "党委（纪委）"
    FINANCE = "finance", "财务部门"
    FUND_REVIEW = "fund_review", "经审部门"
    OFFICE = "office", "办公室"
    PUBLICITY = "publicity", "宣教部门"
    RIGHTS = "rights", "权保部门"
    ORGANIZATION = "organization", "组织部门"
