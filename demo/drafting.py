"""What a venue does before its plan leaves the house, through the real services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from approvals.enums import ExpertActivity, ExpertConclusion, ExpertKind
from approvals.models import ExpertEngagement
from approvals.services import appraisal, drafting, submission
from demo.cast import XIAN
from demo.content import PlanStory, operation_sections, overall_sections, readiness_facts
from demo.day import moment
from demo.days import Days
from demo.evidence import paper
from demo.sittings import agreeing, present, session_of
from meetings.enums import Conclusion
from meetings.selectors import roster_of, venue_body
from partners.enums import Finding
from partners.models import DueDiligence, DueDiligencePart, Partner
from partners.selectors import items_of, ordered_parts
from partners.services import (
    conclude_due_diligence,
    save_due_diligence_item,
    save_due_diligence_part,
    start_due_diligence,
)
from venues.services import (
    review_readiness,
    save_readiness_item,
    start_readiness,
    submit_readiness,
)

ADVICE = {
    ExpertKind.LAWYER: "主体适格，分成与经营结果挂钩，退出机制完整；建议写明预付费处理办法。",
    ExpertKind.INDUSTRY_EXPERT: "服务定位准确，公益时段安排合理；建议增加周末早场。",
}
GUIDANCE = "指导聘请无利害关系的律师和行业专家，补充职工需求调查样本，明确公益时段下限。"
NOTHING_FOUND = "查询无记录。"


@dataclass(slots=True)
class Drafting(Days):
    """Readiness, due diligence, the plan's sections, the appraisal, the venue's decision."""

    advice: Mapping[str, str] = field(default_factory=lambda: ADVICE)

    def become_ready(self):
        """Assess the four conditions and have them reviewed (第九条)."""
        readiness = start_readiness(venue=self.venue, by=self.staff, at=self.now)
        for item in readiness.items.order_by("code"):
            save_readiness_item(
                item=item,
                conclusion="met",
                facts=readiness_facts(item.code, self.venue, on=self.day),
                file=paper(f"条件自评{item.code}"),
                by=self.staff,
                at=self.now,
            )
        submit_readiness(readiness=readiness, by=self.manager, at=self.now)
        self.later(3)
        review_readiness(
            readiness=readiness,
            is_ready=True,
            review_note="四项条件齐备，材料真实，同意开展社会化市场化运作。",
            valid_until=self.day + timedelta(days=365 * 4),
            by=self.officer("officer"),
            at=self.now,
        )
        return self

    def investigate(self, partner: Partner, *, hits: Mapping[str, str] | None = None):
        """Check the six conditions of a partner (第十条); `hits` says what a query found."""
        diligence = start_due_diligence(
            partner=partner,
            venue_id=self.venue.pk,
            venue_name=self.venue.name,
            union=self.venue.supervising_union,
            by=self.staff,
            at=self.now,
        )
        for item in items_of(diligence):
            parts = ordered_parts(item)
            for part in parts:
                self._check_part(part, (hits or {}).get(part.code, ""))
            if not parts:
                save_due_diligence_item(
                    item=item,
                    finding="met",
                    source="营业执照、承诺书和审计报告原件",
                    note="核对原件无误。",
                    checked_on=self.day,
                    file=paper(f"尽职调查{item.code}"),
                    by=self.staff,
                    at=self.now,
                )
        return self._conclude(diligence)

    def _check_part(self, part: DueDiligencePart, hit: str) -> None:
        save_due_diligence_part(
            part=part,
            finding=Finding.UNMET if hit else Finding.MET,
            note=hit or NOTHING_FOUND,
            period="近十二个月",
            checked_on=self.day,
            file=paper(f"{part.get_code_display()[:8]}查询"),
            by=self.staff,
            at=self.now,
        )

    def _conclude(self, diligence: DueDiligence) -> DueDiligence:
        return conclude_due_diligence(due_diligence=diligence, by=self.staff, at=self.now)

    def draft_overall(self, *, max_years: int = 5):
        """Write the overall plan and ask for guidance."""
        self.proposal = drafting.create_overall_plan(
            venue=self.venue,
            title=f"{self.venue.name}社会化市场化运作总体方案",
            by=self.staff,
            at=self.now,
        )
        return self.write(overall_sections(self.venue, appraised_on=self.day, max_years=max_years))

    def draft_operation(self, story: PlanStory):
        """Write an operation plan and ask for guidance."""
        self.proposal = drafting.create_operation_plan(
            venue=self.venue, title=story.title, mode=story.mode, by=self.staff, at=self.now
        )
        return self.write(operation_sections(self.venue, story, appraised_on=self.day))

    def write(self, sections: Mapping[str, dict]):
        """Save sections; a plan not shared yet is shared for guidance."""
        written = {one.code: one.version for one in self.plan().sections.order_by("pk")}
        for code, data in sections.items():
            drafting.save_section(
                proposal=self.plan(), code=code, data=data, version=written.get(code, 0),
                by=self.staff, at=self.now,
            )  # fmt: skip
        if self.plan().shared_at is None:
            drafting.share_for_guidance(proposal=self.plan(), by=self.staff, at=self.now)
        return self

    def be_guided(self, content: str = GUIDANCE):
        """The supervising union guides the appraisal."""
        appraisal.record_guidance(
            proposal=self.plan(),
            content=content,
            guided_on=self.day,
            by=self.officer("officer"),
            at=self.now,
        )
        return self

    def hear_experts(self):
        """A lawyer and an expert advise; in 西安 the expert by an own account. Both are answered."""
        engaged = [self._engage_lawyer(), self._engage_expert()]
        self.later(3)
        for engagement in engaged:
            self._advise(engagement, self.advice[engagement.kind])
        return self

    def _engage_lawyer(self) -> ExpertEngagement:
        return appraisal.engage_expert(
            proposal=self.plan(),
            kind=ExpertKind.LAWYER,
            name=self.cast.lawyer,
            firm=self.cast.lawyer_firm,
            licence_no="样例执业证 0001",
            activity=ExpertActivity.ASSESSMENT,
            by=self.staff,
            at=self.now,
        )

    def _engage_expert(self) -> ExpertEngagement:
        return appraisal.engage_expert(
            proposal=self.plan(),
            kind=ExpertKind.INDUSTRY_EXPERT,
            name=self.cast.expert,
            firm=self.cast.expert_firm,
            licence_no=self.cast.expert_post,
            activity=ExpertActivity.SITE_VISIT,
            username="expert" if self.venue.supervising_union.code == XIAN else "",
            access_from=self.day,
            access_until=self.day + timedelta(days=60),
            by=self.staff,
            at=self.now,
        )

    def _advise(self, engagement: ExpertEngagement, text: str) -> None:
        engagement = appraisal.declare_and_opine(
            engagement=engagement,
            has_conflict=False,
            conflict_statement="本人及近亲属与合作方无投资、任职和业务往来。",
            opinion=text,
            conclusion=ExpertConclusion.AGREE,
            opined_on=self.day,
            version=engagement.version,
            paper=None if engagement.user else paper(f"{engagement.name}书面意见"),
            by=engagement.user or self.staff,
            at=self.now,
        )
        appraisal.answer_expert(
            engagement=engagement,
            is_adopted=True,
            answer="已采纳，写入方案相应章节。",
            version=engagement.version,
            by=self.staff,
            at=self.now,
        )

    def decide_at_venue(self):
        """The venue's board decides, all in favour, the head speaking last."""
        body = venue_body(self.venue.pk)
        members = list(roster_of(body, on=self.day))
        submission.record_venue_decision(
            proposal=self.plan(),
            meeting={
                "session": session_of(body, self.day),
                "starts_at": moment(self.day, 8, 30),
                "place": "阵地会议室",
                "chair": next(one for one in members if one.is_principal),
                "attendance": present(members),
                "votes": agreeing(members),
                "conclusion": Conclusion.PASSED,
                "resolution": "同意方案，按程序报送主管工会。",
                "reporter": self.staff.name,
                "record_file": paper("班子会议记录（签字件）"),
            },
            version=self.plan().version,
            by=self.manager,
            at=self.now,
        )
        return self

    def submit(self):
        """Submit the plan to the supervising union."""
        submission.submit_proposal(
            proposal=self.plan(), version=self.plan().version, by=self.manager, at=self.now
        )
        return self

    def prepare(self, content: str = GUIDANCE):
        """Everything from the guidance to the submission."""
        self.be_guided(content).later(2).hear_experts().later(2).decide_at_venue().later(1)
        return self.submit()
