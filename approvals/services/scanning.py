"""The nightly scan: a plan that waits for nobody is told to who keeps the procedure."""

from datetime import datetime

from django.utils.timezone import localdate

from approvals.selectors.stuck import keepers_above, stuck_plans
from approvals.services.barring import barred_desks
from approvals.services.common import page_of
from approvals.services.duties import unmanned_duties
from notifications import services as notifications

UPWARDS = "、由此移交上级工会或提请上会，"


def scan_stuck(*, now: datetime) -> int:
    """Alarm for every stuck plan, once a day until it moves; says how many there are.

    The scan alarms and mends nothing: what moves a plan is an act of a person.
    """
    today = localdate(now)
    found = [
        *stuck_plans(today=today), *barred_desks(today=today), *unmanned_duties(today=today),
    ]  # fmt: skip
    for place, one in enumerate(found):
        plan = one.proposal
        notifications.notify(
            users=[post.user for post in keepers_above(plan.supervising_union, today=today)],
            title=f"方案卡住：{plan.title}",
            body=f"{one.reason}请查明原因，安排岗位人员{UPWARDS if one.mend else ''}或中止、作废本方案。",
            url=one.mend or page_of(plan),
            kind="approvals.stuck",
            dedupe_key=f"stuck:{plan.pk}:{today}:{place}",
            at=now,
            case_id=plan.case_id,
        )
    return len(found)
