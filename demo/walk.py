"""Walks of a plan through the real services, one act after another on the demo's calendar.

Nothing here sets a state: every step is the act a person would take on the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import User
from approvals.enums import (
    ExpertActivity,
    ExpertConclusion,
    ExpertKind,
    Outcome,
)
from approvals.models import ExpertEngagement, Proposal, RuleException, Task
from approvals.services import (
    appraisal,
    drafting,
    exceptions,
    opinions,
    replies,
    submission,
)
from demo.content import READINESS_FACTS, PlanStory, operation_sections, overall_sections
from demo.day import moment
from demo.evidence import paper
from demo.people import VENUE_PEOPLE, person
from demo.sittings import agreeing, present, session_of, sit_on
from meetings.enums import Conclusion
from meetings.models import AgendaItem
from meetings.selectors import roster_of, venue_body
from organizations.selectors import working_days
from partners.models import DueDiligence, Partner
from partners.selectors import items_of, ordered_parts
from partners.services import (
    conclude_due_diligence,
    save_due_diligence_item,
    save_due_diligence_part,
    start_due_diligence,
)
from venues.models import Venue
from venues.services import (
    review_readiness,
    save_readiness_item,
    start_readiness,
    submit_readiness,
)

AFTER_THE_MEETING = 160  # minutes after nine: a meeting of the morning is over
COUNTERSIGNERS = {
    "personnel": "cosign.personnel",
    "discipline": "cosign.discipline",
    "finance": "cosign.finance",
    "fund_review": "cosign.audit",
}
ADVISERS: tuple[dict[str, str], ...] = (
    {
        "kind": ExpertKind.LAWYER,
        "name": "邵律行",
        "firm": "陕西样例衡律律师事务所",
        "licence_no": "样例执业证 0001",
        "activity": ExpertActivity.ASSESSMENT,
        "username": "",
    },
    {
        "kind": ExpertKind.INDUSTRY_EXPERT,
        "name": "段秋实",
        "firm": "样例体育学院场馆研究中心",
        "licence_no": "教授",
        "activity": ExpertActivity.SITE_VISIT,
        "username": "expert",
    },
)
ADVICE = {
    ExpertKind.LAWYER: "主体适格，分成与经营结果挂钩，退出机制完整；建议写明预付费处理办法。",
    ExpertKind.INDUSTRY_EXPERT: "场馆定位准确，公益时段安排合理；建议增加周末早场。",
}


@dataclass(slots=True)
class Walk:
    """One venue's way, with its people and the day it has reached."""

    venue: Venue
    day: date
    proposal: Proposal = field(init=False)
    minute: int = field(default=0)

    def later(self, days: int) -> "Walk":
        """Let days pass, and go on to a working day."""
        self.day += timedelta(days=days)
        calendar = working_days()
        while not calendar.is_workday(self.day):
            self.day += timedelta(days=1)
        self.minute = 0
        return self

    @property
    def now(self) -> datetime:
        """The next moment of the day, each one after the other."""
        self.minute += 1
        return moment(self.day, 9 + self.minute // 60, self.minute % 60)

    @property
    def manager(self) -> User:
        return person(f"{self._prefix}.manager")

    @property
    def staff(self) -> User:
        return person(f"{self._prefix}.staff")

    @property
    def _prefix(self) -> str:
        return next(prefix for name, prefix, *_ in VENUE_PEOPLE if name == self.venue.name)

    def plan(self) -> Proposal:
        """The plan as it stands in the database now."""
        return Proposal.objects.select_related("venue", "supervising_union").get(
            pk=self.proposal.pk
        )

    # 第九条

    def become_ready(self) -> "Walk":
        """Assess the four conditions and have them reviewed."""
        readiness = start_readiness(venue=self.venue, by=self.staff, at=self.now)
        for item in readiness.items.order_by("code"):
            facts = READINESS_FACTS[item.code] | {
                "source": "年度统计报表",
                "as_of": (self.day - timedelta(days=30)).isoformat(),
            }
            save_readiness_item(
                item=item,
                conclusion="met",
                facts=facts,
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
            by=person("asset.officer"),
            at=self.now,
        )
        return self

    # 第十条

    def investigate(self, partner: Partner) -> DueDiligence:
        """Check the six conditions of a partner, each with its paper."""
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
                save_due_diligence_part(
                    part=part,
                    finding="met",
                    note="查询无记录。",
                    period="近十二个月",
                    checked_on=self.day,
                    file=paper(f"{part.get_code_display()[:8]}查询"),
                    by=self.staff,
                    at=self.now,
                )
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
        return conclude_due_diligence(due_diligence=diligence, by=self.staff, at=self.now)

    # 起草与论证

    def draft_overall(self, *, max_years: int = 5) -> "Walk":
        """Write the overall plan and have it appraised."""
        self.proposal = drafting.create_overall_plan(
            venue=self.venue,
            title=f"{self.venue.name}社会化市场化运作总体方案",
            by=self.staff,
            at=self.now,
        )
        return self._write(overall_sections(self.venue, appraised_on=self.day, max_years=max_years))

    def draft_operation(self, story: PlanStory) -> "Walk":
        """Write an operation plan and have it appraised."""
        self.proposal = drafting.create_operation_plan(
            venue=self.venue, title=story.title, mode=story.mode, by=self.staff, at=self.now
        )
        return self._write(operation_sections(self.venue, story, appraised_on=self.day))

    def _write(self, sections: Mapping[str, dict]) -> "Walk":
        for code, data in sections.items():
            drafting.save_section(
                proposal=self.plan(), code=code, data=data, version=0, by=self.staff, at=self.now
            )
        drafting.share_for_guidance(proposal=self.plan(), by=self.staff, at=self.now)
        return self

    def be_guided(self) -> "Walk":
        """The supervising union guides the appraisal."""
        appraisal.record_guidance(
            proposal=self.plan(),
            content="指导聘请无利害关系的律师和行业专家，补充职工需求调查样本，明确公益时段下限。",
            guided_on=self.day,
            by=person("asset.officer"),
            at=self.now,
        )
        return self

    def hear_experts(self) -> "Walk":
        """A lawyer (signed paper) and an expert (own account) advise; both are answered."""
        engaged = [self._engage(**entry) for entry in ADVISERS]
        self.later(3)
        for engagement, entry in zip(engaged, ADVISERS, strict=True):
            by = person("expert") if entry["username"] else self.staff
            self._advise(engagement, ADVICE[entry["kind"]], by)
        return self

    def _engage(self, *, username: str, **entry) -> ExpertEngagement:
        return appraisal.engage_expert(
            proposal=self.plan(),
            username=username,
            access_from=self.day,
            access_until=self.day + timedelta(days=60),
            by=self.staff,
            at=self.now,
            **entry,
        )

    def _advise(self, engagement: ExpertEngagement, text: str, by: User) -> None:
        engagement = appraisal.declare_and_opine(
            engagement=engagement,
            has_conflict=False,
            conflict_statement="本人及近亲属与合作方无投资、任职和业务往来。",
            opinion=text,
            conclusion=ExpertConclusion.AGREE,
            opined_on=self.day,
            version=engagement.version,
            by=by,
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

    # 阵地集体决策与报送

    def decide_at_venue(self) -> "Walk":
        """The venue's board decides, all in favour, the head speaking last."""
        body = venue_body(self.venue.pk)
        members = list(roster_of(body, on=self.day))
        chair = next(one for one in members if one.is_principal)
        submission.record_venue_decision(
            proposal=self.plan(),
            meeting={
                "session": session_of(body, self.day),
                "starts_at": moment(self.day, 8, 30),
                "place": "阵地会议室",
                "chair": chair,
                "attendance": present(members),
                "votes": agreeing(members),
                "conclusion": Conclusion.PASSED,
                "resolution": "同意方案，按程序报送主管工会。",
                "reporter": self.staff.name,
            },
            version=self.plan().version,
            by=self.manager,
            at=self.now,
        )
        return self

    def submit(self) -> "Walk":
        """Submit the plan to the supervising union."""
        submission.submit_proposal(
            proposal=self.plan(), version=self.plan().version, by=self.manager, at=self.now
        )
        return self

    def prepare(self) -> "Walk":
        """Everything from the guidance to the submission."""
        self.be_guided().later(2).hear_experts().later(2).decide_at_venue().later(1)
        return self.submit()

    # 审查、会签、法律审核

    def opine(
        self, task: Task, outcome: Outcome, text: str, *, points: tuple[str, ...] = (),
        conditions: tuple[str, ...] = (), by: str,
    ) -> "Walk":  # fmt: skip
        """Give one desk's opinion."""
        opinions.give_opinion(
            task=task,
            outcome=outcome,
            text=text,
            points=points,
            conditions=conditions,
            version=task.version,
            content_sha256=task.plan_version.sha256,
            by=person(by),
            at=self.now,
        )
        return self

    def open_task(self, *, department: str = "") -> Task:
        """The open task of the plan, of one department when it is given."""
        tasks = Task.objects.filter(proposal=self.plan(), status="open")
        if department:
            tasks = tasks.filter(department_kind=department)
        return tasks.select_related("plan_version", "proposal__supervising_union").get()

    def accept(self) -> "Walk":
        """The asset department passes the formal review."""
        return self.opine(
            self.open_task(),
            Outcome.AGREE,
            "材料齐全，程序完整，同意受理并转会签。",
            by="asset.officer",
        )

    def countersign(self, *departments: str) -> "Walk":
        """Departments agree; all four when none is named."""
        words = {
            "personnel": "人员配备和岗位安排可行，同意。",
            "discipline": "未发现利害关系和廉政风险，同意。",
            "finance": "收益分配与结算路径清楚，收入进入阵地账户，同意。",
            "fund_review": "测算依据充分，同意。",
        }
        for department in departments or tuple(COUNTERSIGNERS):
            task = self.open_task(department=department)
            self.opine(task, Outcome.AGREE, words[department], by=COUNTERSIGNERS[department])
        return self

    def clear_legally(self) -> "Walk":
        """The union's counsel clears the plan."""
        text = "程序合法，合同要素完整，未见变相出租承包情形，同意提请会议研究。"
        return self.opine(self.open_task(), Outcome.AGREE, text, by="counsel")

    # 上会

    def meet(self, kind: str, *, leaves: int = 0, resolution: str = "同意该方案。") -> "Walk":
        """Hold a meeting of the union on the plan; too many leaves and nothing is decided."""
        item = AgendaItem.objects.select_related("body").get(
            subject_id=self.plan().pk, body__kind=kind, meeting=None, withdrawn_at=None
        )
        sit_on(item, day=self.day, leaves=leaves, resolution=resolution)
        self.minute = max(self.minute, AFTER_THE_MEETING)
        return self

    def be_decided(self) -> "Walk":
        """The party group, then the chair's office meeting."""
        self.later(2).meet("party_group")
        self.later(4).meet("chairs_office")
        return self

    def reply(self, *, conditions: str = "") -> "Walk":
        """The reply is drafted and issued."""
        self.later(1)
        plan = self.plan()
        replies.draft_reply(
            proposal=plan,
            approved_matters=f"原则同意《{plan.title}》，请按批准的范围、期限和方式组织实施。",
            conditions=conditions,
            requirements="坚持公益性服务性方向，确保五不变；依法签约并及时备案；按期报送资产运营状况分析报告，"
            "接受阶段评价和监督检查。",
            version=plan.version,
            by=person("asset.officer"),
            at=self.now,
        )
        replies.issue_reply(
            proposal=self.plan(), version=self.plan().version, by=person("leader"), at=self.now
        )
        return self

    def be_reviewed(self) -> "Walk":
        """Formal review, countersigning and legal review, all agreeing."""
        return self.later(2).accept().later(3).countersign().later(2).clear_legally()

    def be_approved(self) -> "Walk":
        """From the draft to the reply without a hitch."""
        self.later(2).prepare().be_reviewed().be_decided().reply()
        return self

    # 例外

    def ask_exception(self, *, facts: str, reason: str, valid_until: date) -> RuleException:
        """An exception from 原则上不超过 5 年, through counsel and the party group."""
        exception = exceptions.draft_exception(
            proposal=self.plan(),
            rule_code="13-4-4",
            facts=facts,
            reason=reason,
            risk="期限较长，市场和合作方经营状况可能变化。",
            mitigation="每年阶段评价，不合格即整改或终止；第五年由第三方综合评估；设备按清单列明处置价格。",
            lawyer_opinion="条款为原则性规定，经集体研究可以例外；退出和处置条款完整，法律风险可控。",
            valid_until=valid_until,
            by=self.staff,
            at=self.now,
        )
        exceptions.submit_exception(
            exception=exception, version=exception.version, by=self.manager, at=self.now
        )
        self.later(2)
        exception.refresh_from_db()
        exceptions.review_exception(
            exception=exception,
            opinion="属原则性规定，例外理由和缓释措施充分，可以提请党组会议研究。",
            is_cleared=True,
            version=exception.version,
            by=person("counsel"),
            at=self.now,
        )
        self.later(3)
        exception.refresh_from_db()
        sit_on(exception.item, day=self.day, resolution="同意按例外办理，期限八年，逐年评价。")
        self.minute = max(self.minute, AFTER_THE_MEETING)
        return exception
