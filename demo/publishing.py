"""What the venues of the demo tell the public (第十七条)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from demo.day import moment
from demo.walk import Walk
from disclosure import services
from disclosure.models import Disclosure
from disclosure.rules import Content, ServiceLine

Lines = Sequence[tuple[str, str, str, str]]  # name, description, price in yuan, unit


def publish(walk: Walk, *lines: tuple[str, str, str, str], on: date) -> Disclosure:
    """Write, submit and publish an edition: (name, description, price in yuan, unit) each."""
    disclosure = services.draft_disclosure(venue=walk.venue, by=walk.staff, at=moment(on, 9))
    disclosure = services.save_disclosure(
        disclosure=disclosure,
        content=Content(
            opening_hours="周二至周日 9:00—21:30，周一闭馆维护；法定节假日照常开放。",
            steps="关注公示牌上的二维码或到前台预约；凭会员卡或身份证明入场；可在开场前两小时免费取消。",
            contact=f"{walk.venue.name}一层服务台",
            supervision_phone="029-86000123",
            model_workers_offer="劳模工匠全年免费，可携一名家属。",
            workers_in_need_offer="困难职工凭证免费，优先预约公益课程。",
            members_offer="工会会员按公示价格六折。",
            services=tuple(
                ServiceLine(name=name, description=text, price=Decimal(price), unit=unit)
                for name, text, price, unit in lines
            ),
        ),
        version=disclosure.version,
        by=walk.staff,
        at=moment(on, 9, 30),
    )
    disclosure = services.submit_disclosure(
        disclosure=disclosure, version=disclosure.version, by=walk.manager, at=moment(on, 10)
    )
    return services.review_disclosure(
        disclosure=disclosure,
        is_cleared=True,
        note="内容完整，价格与合同一致，同意公开。",
        version=disclosure.version,
        by=walk.officer("officer"),
        at=moment(on, 15),
    )
