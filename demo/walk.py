"""Walks of a plan through the real services, one act after another on the demo's calendar.

Nothing here sets a state: every step is the act a person would take on the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from approvals.enums import Outcome, Stage
from approvals.models import RuleException, Task
from approvals.services import exceptions, opinions, papers, replies
from demo.cast import COUNTERSIGNERS
from demo.drafting import Drafting
from demo.sittings import UNANIMOUS, Sitting, call_on, entered_on, sit_on
from meetings.models import AgendaItem, Meeting

AFTER_THE_MEETING = 160  # minutes after nine: a meeting of the morning is over
AGREED = {
    "personnel": "人员配备和岗位安排可行，同意。",
    "discipline": "未发现利害关系和廉政风险，同意。",
    "finance": "收益分配与结算路径清楚，收入进入阵地账户，同意。",
    "fund_review": "测算依据充分，同意。",
}
REQUIREMENTS = (
    "坚持公益性服务性方向，确保五不变；依法签约并及时备案；按期报送资产运营状况分析报告，"
    "接受阶段评价和监督检查。"
)


@dataclass(slots=True)
class Walk(Drafting):
    """A plan from the venue's desk to the reply."""

    # 审查、会签、法律审核

    def opine(
        self, task: Task, outcome: Outcome, text: str, *, points: tuple[str, ...] = (),
        conditions: tuple[str, ...] = (), duty: str,
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
            by=self.officer(duty),
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
        text = "材料齐全，程序完整，同意受理并转会签。"
        return self.opine(self.open_task(), Outcome.AGREE, text, duty="officer")

    def send_back(self, text: str, *points: str) -> "Walk":
        """The asset department returns the plan with its points."""
        self.opine(self.open_task(), Outcome.RETURN, text, points=points, duty="officer")
        papers.issue_return_notice(
            proposal=self.plan(), by=self.officer("officer"), at=self.now + timedelta(minutes=10)
        )
        return self

    def countersign(self, *departments: str) -> "Walk":
        """Departments agree; all four when none is named."""
        for department in departments or COUNTERSIGNERS:
            task = self.open_task(department=department)
            self.opine(task, Outcome.AGREE, AGREED[department], duty=department)
        return self

    def object_to(self, department: str, text: str) -> "Walk":
        """One department disagrees."""
        task = self.open_task(department=department)
        return self.opine(task, Outcome.DISAGREE, text, duty=department)

    def clear_legally(self) -> "Walk":
        """The union's counsel clears the plan."""
        text = "程序合法，合同要素完整，未见变相出租承包情形，同意提请会议研究。"
        return self.opine(self.open_task(), Outcome.AGREE, text, duty="counsel")

    def sign_off(self) -> "Walk":
        """The leader signs, where the route has that step."""
        if self.plan().stage != Stage.LEADER_SIGNOFF:
            return self
        text = "已阅，同意提请会议研究。"
        return self.later(1).opine(self.open_task(), Outcome.AGREE, text, duty="leader")

    # 上会

    def waiting_item(self, kind: str) -> AgendaItem:
        """The plan's item that waits for a body."""
        return AgendaItem.objects.select_related("body__union").get(
            subject_id=self.plan().pk, body__kind=kind, meeting=None, withdrawn_at=None
        )

    def meet(self, kind: str, sitting: Sitting = UNANIMOUS) -> "Walk":
        """Hold a meeting of the union on the plan."""
        sit_on(self.waiting_item(kind), day=self.day, sitting=sitting)
        self.on(entered_on(self.day, sitting))
        self.minute = max(self.minute, AFTER_THE_MEETING)
        return self

    def be_called(self, kind: str, *, on: date) -> Meeting:
        """A meeting is called for a day to come, with the plan on its agenda."""
        return call_on(self.waiting_item(kind), day=on, called=self.now)

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
            requirements=REQUIREMENTS,
            version=plan.version,
            by=self.officer("officer"),
            at=self.now,
        )
        replies.issue_reply(
            proposal=self.plan(), version=self.plan().version, by=self.officer("leader"),
            at=self.now,
        )  # fmt: skip
        return self

    def be_reviewed(self) -> "Walk":
        """Formal review, countersigning and legal review, all agreeing."""
        return self.later(2).accept().later(3).countersign().later(2).clear_legally().sign_off()

    def be_approved(self) -> "Walk":
        """From the draft to the reply without a hitch."""
        self.later(2).prepare().be_reviewed().be_decided().reply()
        return self

    # 例外

    def apply_for_exception(self, texts: Mapping[str, str], *, until: date) -> RuleException:
        """Ask for an exception from 原则上不超过 5 年; counsel lets it go to the party group."""
        exception = exceptions.draft_exception(
            proposal=self.plan(),
            rule_code="13-4-4",
            lawyer_opinion="条款为原则性规定，经集体研究可以例外；退出和处置条款完整，法律风险可控。",
            valid_until=until,
            by=self.staff,
            at=self.now,
            **texts,
        )
        exceptions.submit_exception(
            exception=exception, version=exception.version, by=self.manager, at=self.now
        )
        self.later(2)
        exception.refresh_from_db()
        return exceptions.review_exception(
            exception=exception,
            opinion="属原则性规定，例外理由和缓释措施充分，可以提请党组会议研究。",
            is_cleared=True,
            version=exception.version,
            by=self.officer("counsel"),
            at=self.now,
        )

    def grant_exception(self, exception: RuleException, resolution: str) -> RuleException:
        """The party group sets the rule aside for this plan."""
        self.later(3)
        exception.refresh_from_db()
        item = AgendaItem.objects.select_related("body__union").get(pk=exception.item_id)
        sit_on(item, day=self.day, sitting=Sitting(resolution=resolution))
        self.minute = max(self.minute, AFTER_THE_MEETING)
        exception.refresh_from_db()
        return exception
