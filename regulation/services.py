"""Loading the policy library."""

from datetime import date

from django.db import transaction

from regulation.articles import TITLE
from regulation.enums import PolicyStatus
from regulation.models import PolicyDocument

ACFTU = "中华全国总工会"
# Title, issuer where the regulation names it, and the rule whose clause cites it.
AWAITED = (
    ("关于坚持公益性服务性方向推进职工服务阵地社会化市场化运作的意见", ACFTU, "1-1"),
    ("关于进一步加强工会企事业经营业绩考核工作的意见", ACFTU, "13-5-1"),
    ("陕西省工会行政事业性资产管理办法", "", "1-1"),
    ("陕西省总工会直属企事业单位管理办法", "", "13-2-3"),
    ("陕西省县级以上工会支出管理实施细则", "", "22-1"),
)


@transaction.atomic
def load_policies() -> int:
    """Enter the regulation and the five documents it names; what stands is left as it is.

    Returns how many were added.
    """
    rows = [
        PolicyDocument(
            title=TITLE,
            issuer="陕西省总工会",
            issued_on=date(2023, 4, 7),
            status=PolicyStatus.AVAILABLE,
        ),
        *(PolicyDocument(title=title, issuer=who, cited_by=code) for title, who, code in AWAITED),
    ]
    known = set(PolicyDocument.objects.values_list("title", flat=True))
    added = [row for row in rows if row.title not in known]
    PolicyDocument.objects.bulk_create(added)
    return len(added)
