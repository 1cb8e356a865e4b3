"""A plan that was returned and submitted again: what the desk asked, what the venue changed."""

from approvals.models import Section
from approvals.selectors.writing import return_points_of
from approvals.services import drafting, submission
from demo.evidence import paper
from demo.walk import Walk

FIRST_SHARE = "经营收入扣除直接成本后按工会方三成、合作方七成分成，按年结算"
POINTS = {
    "合作期限三年与合作方两年更新器材的周期不一致，请说明或调整。": "期限改为两年，与器材更新周期一致。",
    "收入分配请按季结算，并重新测算工会方比例。": "改为工会方四成、合作方六成，按季结算，测算表见附件。",
    "困难职工优惠请写明每期名额。": "写明每期不少于 12 个名额。",
}
EARLIER_PAPER, LATER_PAPER = "职工需求调查报告", "收益分配测算表"
CHANGES: dict[str, dict[str, object]] = {
    "overview": {
        "for_workers": "每年开设公益艺术课 600 课时、展演 24 场，其中周末早场不少于 90 课时。",
        "ends_on": "2029-02-28",
    },
    "contract_elements": {
        "term": "自 2027-03-01 至 2029-02-28。",
        "income_distribution": "经营收入扣除直接成本后按工会方四成、合作方六成分成，按季结算",
    },
    "discounts": {
        "workers_in_need": "困难职工凭证免费，每期预留不少于 12 个名额，并优先预约公益课程。",
    },
}
SURVEY = {
    "name": "首期职工满意度测评",
    "deliverable": "测评结果和整改清单",
    "owner": "合作事务经办人",
    "due_on": "2027-09-30",
}


def be_returned(walk: Walk) -> None:
    """The formal review sends the first version back, point by point."""
    walk.send_back("期限、收益分配和困难职工优惠须补正后重新报送。", *POINTS)


def revise(walk: Walk) -> None:
    """The venue changes what was asked, adds a paper, and answers every point."""
    for code, answers in CHANGES.items():
        _save(walk, code, answers)
    milestones = Section.objects.get(proposal=walk.proposal, code="roadmap").data["milestones"]
    _save(walk, "roadmap", {"milestones": [*milestones[:2], SURVEY, *milestones[2:]]})
    _save(walk, "contract_elements", {}, LATER_PAPER)
    submission.answer_return_points(
        proposal=walk.plan(),
        answers={one.pk: POINTS[one.text] for one in return_points_of(walk.plan())},
        version=walk.plan().version,
        by=walk.staff,
        at=walk.now,
    )


def attach_survey(walk: Walk) -> None:
    """The paper the first version came with."""
    _save(walk, "appraisal", {}, EARLIER_PAPER)


def _save(walk: Walk, code: str, answers: dict[str, object], name: str = "") -> None:
    section = Section.objects.get(proposal=walk.proposal, code=code)
    drafting.save_section(
        proposal=walk.plan(),
        code=code,
        data=section.data | answers,
        version=section.version,
        upload=paper(name) if name else None,
        by=walk.staff,
        at=walk.now,
    )
