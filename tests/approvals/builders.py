"""Complete answers of every section, as the forms keep them, and the steps to a submitted plan."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import Post, User
from accounts.roles import Role
from approvals.enums import PlanKind, Stage
from approvals.models import MatrixAmendment, Proposal, ProposalVersion, Section
from approvals.services import appraisal, drafting, matrix, submission
from meetings.models import Body
from meetings.rules import Presence, VoteMark
from organizations.models import TradeUnion
from partners.models import DueDiligence, DueDiligenceItem, Partner
from venues.models import Venue

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 20)
CONSTANTS = ("name", "ownership", "affiliation", "function", "core_business")
NEGATIVE = (
    "fixed_income", "area_price", "partner_bears_all", "exclusive_control", "sub_letting",
    "lump_sum", "harms_image", "unrelated_business", "exports_brand", "uses_papers",
    "uses_seal", "uses_receipts", "uses_account",
)  # fmt: skip
MILESTONES = [
    {"name": "签订合同", "deliverable": "合同文本", "owner": "冯岚", "due_on": "2026-12-20"},
    {"name": "场馆改造", "deliverable": "验收单", "owner": "陈晨", "due_on": "2027-02-28"},
]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@dataclass
class World:
    """What the tests speak of, by name."""

    province: TradeUnion
    xian: TradeUnion
    beilin: TradeUnion
    baoji: TradeUnion
    people: dict[str, User]
    venue: Venue
    other_venue: Venue
    partner: Partner
    bodies: dict[str, Body] = field(default_factory=dict)

    def __getitem__(self, username: str) -> User:
        """The person, as a fresh request would see them."""
        return User.objects.get(pk=self.people[username].pk)

    @property
    def core_business(self) -> str:
        return str(self.venue.core_businesses.order_by("order").first().pk)


def union(parent: TradeUnion | None, name: str, code: str, level: str) -> TradeUnion:
    fields = {"name": name, "short_name": name, "code": code, "level": level}
    fields["division_code"] = code[:6]
    nodes = TradeUnion.objects
    return nodes.add_child(parent, fields) if parent else nodes.add_root(fields)


def appoint(username: str, name: str, role: Role, place: TradeUnion | None, **fields) -> User:
    user = User.objects.create_user(
        username, name=name, password="Demo-2026!", must_change_password=False
    )
    title = fields.pop("title", role.label)
    Post.objects.create(
        user=user, role=role, union=place, title=title, valid_from=date(2020, 1, 1), **fields
    )
    return user


def publish_matrix(world: World, at: str = "2026-01-09 09:00") -> MatrixAmendment:
    """The leader publishes what the head of the asset department wrote."""
    amendment = MatrixAmendment.objects.get(union=world.xian, state="draft")
    return matrix.publish_amendment(
        amendment=amendment, version=amendment.version, by=world["leader"], at=moment(at)
    )


def investigate(partner: Partner, venue: Venue, by: User, **findings: str) -> DueDiligence:
    """A concluded investigation; `c10_6="unmet"` changes the finding of one condition."""
    at = moment("2026-10-01 09:00")
    diligence = DueDiligence(
        partner=partner, venue_id=venue.pk, venue_name=venue.name, state="concluded",
        started_by=by, started_at=at, concluded_by=by, concluded_at=at,
    )  # fmt: skip
    diligence.place_like(venue)
    diligence.save()
    for code in ("10-1", "10-2", "10-3", "10-4", "10-5", "10-6"):
        DueDiligenceItem.objects.create(
            due_diligence=diligence,
            code=code,
            finding=findings.get(f"c{code.replace('-', '_')}", "met"),
            source="国家企业信用信息公示系统",
            checked_on=date(2026, 9, 30),
            checked_by=by,
        )
    return diligence


def _common_sections() -> dict[str, dict]:
    return {
        "appraisal": {
            "necessity": "东城片区职工约三万人，健身需求调查回收问卷 812 份，七成认为场地不足。",
            "feasibility": "场馆消防、结构安全均已鉴定合格，改造资金由合作方自筹到位。",
            "operability": "设三人项目组，日常由文体科管理，按季度核对收支。",
            "method": "问卷、座谈两次、实地走访五家基层工会。",
            "authors": "冯岚、陈晨",
            "concluded_on": "2026-10-10",
            "conclusion": "项目必要、可行、可操作，建议实施。",
        },
        "negative_list": dict.fromkeys(NEGATIVE, "no"),
        "five_constants": dict.fromkeys(CONSTANTS, "yes"),
        "four_properties": {
            "non_profit": "收支结余全部用于职工服务。",
            "core_limited": "只开展职工健身培训。",
            "autonomous": "定价、用人、排期由阵地决定。",
            "inclusive": "普通职工每周二至周日均可预约。",
            "welfare_share": "60",
        },
        "discounts": {
            "model_workers": "免费。",
            "workers_in_need": "免费。",
            "members": "按公布价五折。",
        },
        "roadmap": {"milestones": MILESTONES},
        "safety": {"measures": "每日巡检，责任到人。", "emergency": "每季度演练一次。"},
    }


def external_sections(world: World) -> dict[str, dict]:
    """对外合作, nothing missing."""
    return _common_sections() | {
        "overview": {
            "content": "文化宫二层羽毛球馆运营与职工健身培训。",
            "tags": ["socialised", "market"],
            "core_business": world.core_business,
            "for_workers": "每年服务职工 6 万人次。",
            "for_members": "会员专场每周两次。",
            "for_grassroots": "为基层工会办赛每年 12 场。",
            "industry_policy": "符合全民健身产业政策方向。",
            "space": "二层东侧，1,860 ㎡。",
            "starts_on": "2026-12-01",
            "ends_on": "2029-11-30",
        },
        "partner": {
            "partner": str(world.partner.pk),
            "selection_method": "open_call",
            "selection_reason": "",
            "qualifications": "体育场馆经营备案齐全。",
            "credit": "信用中国无不良记录。",
            "brand": "本市同类场馆三处，口碑良好。",
            "strength": "近三年均有盈余。",
            "visited_on": "2026-10-08",
            "visitors": "冯岚、陈晨",
        },
        "contract_elements": {
            "project_content": "羽毛球馆运营。",
            "cooperation_mode": "场地共建、收入按比例分配。",
            "term": "三年。",
            "investment_source": "合作方自筹。",
            "partner_investment": "685000.00",
            "has_partner_fixed_investment": "yes",
            "fixed_assets": [{"item": "运动地板", "quantity": "8", "amount": "400000.00"}],
            "disposal_method": "free_transfer",
            "disposal_rule": "到期后三十日内无偿移交，附清单。",
            "expected_income": "按近两年客流测算。",
            "expected_income_amount": "200000.00",
            "income_distribution": "阵地 40%，合作方 60%，按季结算。",
            "risk_assessment": "客流不足风险中等，设保险。",
            "constraint": "满意度低于 80 分整改。",
            "exit": "两次整改不到位即终止。",
        },
        "major_matter": {"is_major": "yes", "reason": "投资较大，期限三年。"},
    }


def internal_sections(world: World) -> dict[str, dict]:
    """对内合作, nothing missing: no contract elements, no partner of the register."""
    overview = dict(external_sections(world)["overview"])
    del overview["industry_policy"]
    return _common_sections() | {
        "overview": overview,
        "partner": {
            "counterpart_venue": str(world.other_venue.pk),
            "shared_resources": "培训教室和师资。",
            "mechanism": "每季度联席会议。",
        },
        "major_matter": {"is_major": "no", "reason": "不涉及资金投入。"},
    }


def overall_sections(world: World) -> dict[str, dict]:
    """总体方案, nothing missing."""
    return _common_sections() | {
        "overview": {
            "purpose": "以职工健身和技能培训为主业，分步开放合作。",
            "allowed_modes": ["external", "internal"],
            "partner_categories": "体育运营企业、其他工会阵地。",
            "max_term_years": "5",
            "self_run": "一层自营，二层部分合作。",
            "space": "全馆 12,000 ㎡。",
        },
        "major_matter": {"is_major": "no", "reason": "只定方向和范围，项目另行逐项认定。"},
    }


def sections_for(world: World, proposal: Proposal) -> dict[str, dict]:
    if proposal.kind == PlanKind.OVERALL_PLAN:
        return overall_sections(world)
    build = external_sections if proposal.mode == "external" else internal_sections
    return build(world)


def new_plan(world: World, mode: str = "external", **fields) -> Proposal:
    """An empty draft; mode "" is the overall plan."""
    facts = {"venue": world.venue, "by": world["venue.staff"], "at": moment("2026-10-01 09:00")}
    facts |= fields
    if not mode:
        return drafting.create_overall_plan(**{"title": "东城工人文化宫总体方案"} | facts)
    title = {"title": "职工羽毛球馆合作运营方案", "mode": mode}
    return drafting.create_operation_plan(**title | facts)


def write(world: World, proposal: Proposal, code: str, data: dict, **fields) -> Section:
    """Save one section over whatever version it has."""
    section = Section.objects.filter(proposal=proposal, code=code).first()
    facts = {
        "version": section.version if section else 0,
        "by": world["venue.staff"],
        "at": moment("2026-10-12 09:00"),
    }
    return drafting.save_section(proposal=proposal, code=code, data=data, **facts | fields)


def change(world: World, proposal: Proposal, code: str, **answers) -> Section:
    """Save one section with some answers changed."""
    section = Section.objects.get(proposal=proposal, code=code)
    return write(world, proposal, code, section.data | answers)


def advise(world: World, proposal: Proposal) -> None:
    """Lawyer and expert with answered opinions, and the union's guidance."""
    for kind, name in (("lawyer", "郑律"), ("industry_expert", "钱教授")):
        engagement = appraisal.engage_expert(
            proposal=proposal, kind=kind, name=name, firm="西安公信所", licence_no="16101",
            activity="consultation", by=world["venue.staff"], at=moment("2026-10-13 09:00"),
        )  # fmt: skip
        engagement = appraisal.declare_and_opine(
            engagement=engagement, has_conflict=False, conflict_statement="无利害关系。",
            opinion="方案合法可行，建议明确移交清单。", conclusion="agree",
            opined_on=date(2026, 10, 15), version=engagement.version, paper=signed_record(),
            by=world["venue.staff"], at=moment("2026-10-15 15:00"),
        )  # fmt: skip
        appraisal.answer_expert(
            engagement=engagement, is_adopted=True, answer="已列入处置规则。",
            version=engagement.version, by=world["venue.staff"], at=moment("2026-10-16 09:00"),
        )  # fmt: skip
    appraisal.record_guidance(
        proposal=proposal, content="建议聘请熟悉体育场馆的律师。", guided_on=date(2026, 10, 12),
        by=world["asset.officer"], at=moment("2026-10-12 15:00"),
    )  # fmt: skip


def complete(world: World, proposal: Proposal) -> Proposal:
    """Fill every section and the appraisal around it; only the venue's decision is missing."""
    for code, data in sections_for(world, proposal).items():
        write(world, proposal, code, data)
    advise(world, proposal)
    return fresh(proposal)


def signed_record() -> ContentFile:
    """The scan of a signed record: a small PNG."""
    content = BytesIO()
    Image.new("RGB", (24, 24), "white").save(content, "PNG")
    return ContentFile(content.getvalue(), name="会议记录.png")


def board_meeting(world: World, choices: str = "aaa", **changes) -> dict:
    """What `hold_meeting` takes of the venue's board of three."""
    members = list(world.bodies["venue_board"].members.order_by("order", "pk"))
    words = {"a": "agree", "d": "disagree", "s": "abstain", "f": "defer"}
    meeting = {
        "session": f"2026年第{uuid.uuid4().hex[:12]}次",
        "starts_at": moment("2026-10-20 09:00"),
        "place": "二楼会议室",
        "chair": members[-1],
        "attendance": [Presence(member=one.pk, status="present") for one in members],
        "votes": [
            VoteMark(member=one.pk, choice=words[choice], speaking_order=order, opinion="无")
            for order, (one, choice) in enumerate(zip(members, choices, strict=True), start=1)
        ],
        "conclusion": "passed",
        "resolution": "同意该方案，按程序报送。",
        "record_file": signed_record(),
    }
    return meeting | changes


def decide(world: World, proposal: Proposal, at: str = "2026-10-20 17:00", **changes) -> Proposal:
    """Record the venue's own decision."""
    proposal = fresh(proposal)
    submission.record_venue_decision(
        proposal=proposal, meeting=board_meeting(world, **changes), version=proposal.version,
        by=world["venue.manager"], at=moment(at),
    )  # fmt: skip
    return fresh(proposal)


def submit(world: World, proposal: Proposal, at: str = "2026-11-02 09:00") -> ProposalVersion:
    proposal = fresh(proposal)
    return submission.submit_proposal(
        proposal=proposal, version=proposal.version, by=world["venue.manager"], at=moment(at)
    )


def submitted_plan(world: World, mode: str = "external") -> Proposal:
    """A plan on the desk of the formal review, version 1."""
    return submit_decided(world, complete(world, new_plan(world, mode)))


def submit_decided(world: World, draft: Proposal) -> Proposal:
    """A complete draft decided by the venue and submitted."""
    proposal = decide(world, draft)
    submit(world, proposal)
    return fresh(proposal)


def grant_overall_plan(world: World) -> Proposal:
    """The venue's overall plan in force.

    Its stage is written straight into the row: the road to it is what the other tests
    walk, and every operation plan needs it to be behind them.
    """
    proposal = new_plan(world, "")
    for code, data in overall_sections(world).items():
        write(world, proposal, code, data)
    at = moment("2026-09-30 09:00")
    Proposal.objects.filter(pk=proposal.pk).update(stage=Stage.APPROVED, decided_at=at)
    return fresh(proposal)


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("venue", "supervising_union").get(pk=proposal.pk)
