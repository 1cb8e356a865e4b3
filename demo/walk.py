"""Walks of a plan through the real services, one act after another on the demo's calendar.

Nothing here sets a state: every step is the act a person would take on the page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import count

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from approvals.enums import (
    ExpertActivity,
    ExpertConclusion,
    ExpertKind,
    Outcome,
    Stage,
)
from approvals.models import Proposal, RuleException, Task
from approvals.services import (
    appraisal,
    decisions,
    drafting,
    exceptions,
    opinions,
    replies,
    submission,
)
from demo.content import PlanStory, operation_sections, overall_sections
from demo.day import moment
from demo.people import VENUE_PEOPLE, person
from meetings.enums import AttendanceStatus, Choice, Conclusion
from meetings.models import AgendaItem, Body, Meeting
from meetings.rules import Presence, VoteMark
from meetings.selectors import body_of, roster_of, venue_body
from meetings.services import (
    close_meeting,
    place_item,
    plan_meeting,
    register_attendance,
)
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

_papers = count(1)
_sessions: dict[int, Callable[[], int]] = {}

COUNTERSIGNERS = {
    "personnel": "cosign.personnel",
    "discipline": "cosign.discipline",
    "finance": "cosign.finance",
    "fund_review": "cosign.audit",
}
READINESS_FACTS: dict[str, dict[str, str]] = {
    "9-1": {
        "workers": "86000",
        "members": "71000",
        "floor_area": "9600",
        "facilities": "羽毛球馆、游泳馆、排练厅、培训教室、职工书屋",
        "demand": "问卷 620 份，七成职工希望延长晚间开放。",
    },
    "9-2": {
        "quota": "24",
        "on_quota": "21",
        "hired": "12",
        "roles": "场馆管理、培训、活动、安全、综合五个岗位组。",
    },
    "9-3": {
        "last_year": "2024",
        "last_income": "4200000",
        "last_expense": "4050000",
        "last_subsidy": "1500000",
        "prior_income": "3900000",
        "prior_expense": "3820000",
        "prior_subsidy": "1500000",
        "management": "建立财务、资产、安全、合同等二十一项制度。",
        "reform": "试行公益课程预约制和职工评课制。",
    },
    "9-4": {
        "needs": "按职工需求调整课程和时段。",
        "market": "与同类场馆比照价格和服务。",
        "policy": "争取公益性体育场馆开放补助。",
        "cooperation": "已与三家基层工会共建活动点。",
        "mechanism": "建立馆长负责、职工监督的运营机制。",
    },
}


def paper(name: str) -> SimpleUploadedFile:
    """A small PDF of its own, to stand for a piece of evidence."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = f"{name} {next(_papers)}"
    out = BytesIO()
    pdf.save(out)
    return SimpleUploadedFile(f"{name}.pdf", out.getvalue(), content_type="application/pdf")


@dataclass(slots=True)
class Walk:
    """One venue's way, with its people and the day it has reached."""

    venue: Venue
    day: date
    proposal: Proposal | None = None
    minute: int = field(default=0)

    def later(self, days: int) -> "Walk":
        """Let days pass."""
        self.day += timedelta(days=days)
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
        assert self.proposal is not None
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
        """A lawyer (signed paper) and an industry expert (own account) advise; both are answered."""
        lawyer = appraisal.engage_expert(
            proposal=self.plan(),
            kind=ExpertKind.LAWYER,
            name="邵律行",
            firm="陕西样例衡律律师事务所",
            licence_no="样例执业证 0001",
            activity=ExpertActivity.ASSESSMENT,
            by=self.staff,
            at=self.now,
        )
        expert = appraisal.engage_expert(
            proposal=self.plan(),
            kind=ExpertKind.INDUSTRY_EXPERT,
            name="段秋实",
            firm="样例体育学院场馆研究中心",
            licence_no="教授",
            activity=ExpertActivity.SITE_VISIT,
            username="expert",
            access_from=self.day,
            access_until=self.day + timedelta(days=60),
            by=self.staff,
            at=self.now,
        )
        self.later(3)
        advice = (
            (
                lawyer,
                self.staff,
                "主体适格，分成与经营结果挂钩，退出机制完整；建议写明预付费处理办法。",
            ),
            (expert, person("expert"), "场馆定位准确，公益时段安排合理；建议增加周末早场。"),
        )
        for engagement, by, text in advice:
            appraisal.declare_and_opine(
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
            engagement.refresh_from_db()
            appraisal.answer_expert(
                engagement=engagement,
                is_adopted=True,
                answer="已采纳，写入方案相应章节。",
                version=engagement.version,
                by=self.staff,
                at=self.now,
            )
        return self

    # 阵地集体决策与报送

    def decide_at_venue(self) -> "Walk":
        """The venue's board decides, all in favour, the head speaking last."""
        body = venue_body(self.venue.pk)
        assert body is not None
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

    def meet(self, kind: str, *, leaves: int = 0, resolution: str = "同意该方案。") -> Meeting:
        """Hold a meeting of the union on the plan; too many leaves and nothing is decided."""
        item = AgendaItem.objects.select_related("body").get(
            subject_id=self.plan().pk, body__kind=kind, meeting=None, withdrawn_at=None
        )
        return self._sit(item, leaves=leaves, resolution=resolution)

    def _sit(self, item: AgendaItem, *, leaves: int, resolution: str) -> Meeting:
        secretary = person("secretary")
        body = body_of(self.venue.supervising_union, item.body.kind)
        assert body is not None
        members = list(roster_of(body, on=self.day))
        came = members[: len(members) - leaves]
        meeting = plan_meeting(
            body=body,
            session=session_of(body, self.day),
            starts_at=moment(self.day, 10, 0),
            place="机关三楼会议室",
            chair=next(one for one in members if one.is_principal),
            invited="资产监管部、办公室负责人",
            by=secretary,
            at=moment(self.day - timedelta(days=3)),
        )
        place_item(
            item=item,
            meeting=meeting,
            reporter="韩立军",
            materials_sent_on=self.day - timedelta(days=2),
            by=secretary,
            at=moment(self.day - timedelta(days=2)),
        )
        register_attendance(
            meeting=meeting,
            rows=present(came) + on_leave(members[len(came) :]),
            by=secretary,
            at=moment(self.day, 10, 5),
        )
        if 3 * len(came) >= 2 * len(members):
            item.refresh_from_db()
            decisions.conclude_agenda_item(
                item=AgendaItem.objects.select_related("body", "meeting").get(pk=item.pk),
                votes=agreeing(came),
                conclusion=Conclusion.PASSED,
                resolution=resolution,
                version=item.version,
                by=secretary,
                at=moment(self.day, 10, 40),
            )
        close_meeting(
            meeting=meeting,
            record_text="汇报人汇报方案形成过程和各部门会签意见；与会成员逐一发表意见；主要负责人最后表态。",
            minutes_text=resolution
            if 3 * len(came) >= 2 * len(members)
            else "到会人数不足，未形成结论。",
            minutes_signed_by="孟广成",
            by=secretary,
            at=moment(self.day, 11, 30),
            ends_at=moment(self.day, 11, 20),
        )
        self.minute = max(self.minute, 160)
        return meeting

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
        assert self.plan().stage == Stage.APPROVED
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
        assert exception.item is not None
        self._sit(exception.item, leaves=0, resolution="同意按例外办理，期限八年，逐年评价。")
        return exception


def session_of(body: Body, day: date) -> str:
    """The session of a body's next meeting in a year."""
    held = Meeting.objects.filter(body=body, session__startswith=f"{day.year}年").count()
    return f"{day.year}年第{held + 1}次"


def present(members: list) -> list[Presence]:
    """Members who came."""
    return [Presence(member=one.pk, status=AttendanceStatus.PRESENT) for one in members]


def on_leave(members: list) -> list[Presence]:
    """Members on leave, with the reason."""
    return [
        Presence(member=one.pk, status=AttendanceStatus.LEAVE, reason="外出开会") for one in members
    ]


def agreeing(members: list) -> list[VoteMark]:
    """Everybody agrees; the principal speaks last."""
    ordered = sorted(members, key=lambda one: one.is_principal)
    return [
        VoteMark(member=one.pk, choice=Choice.AGREE, opinion="同意。", speaking_order=place)
        for place, one in enumerate(ordered, start=1)
    ]
