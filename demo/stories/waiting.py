"""What waits on a desk of 西安 on the demo's day: four contracts, a clearance, a delegation, another way."""

from datetime import date

from accounts.services import make_token
from approvals.enums import CooperationMode, MajorTest, Node
from approvals.models import Delegation, LeaseClearance, Proposal
from approvals.services import clearing, delegating, major
from contracts.models import Contract
from demo import contracting
from demo.cast import XIAN, officer
from demo.content import PlanStory
from demo.day import moment
from demo.evidence import paper
from demo.stories.shared import partner, venue
from demo.trades import ARTS, CARE, SPORTS, Trade
from demo.walk import Walk
from organizations.models import TradeUnion


def _shared(
    host: str, guest: str, *, subject: str, space: str, business: str, trade: Trade, begun: date
) -> Walk:
    """An internal cooperation of two venues of 西安, its plan approved."""
    walk = Walk(venue=venue(host), day=begun)
    walk.draft_operation(
        PlanStory(
            title=f"{host}与{guest}{subject}共享方案",
            subject=f"{subject}共享",
            space=space,
            mode=CooperationMode.INTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2029, 12, 31),
            business=business,
            counterpart=venue(guest),
            trade=trade,
            is_major=False,
        )
    )
    walk.later(2).prepare().be_reviewed().later(4).meet("chairs_office")
    return walk.reply()


def courts_at_the_clause_check() -> Contract:
    """职工体育馆与职工学校共享场地：方案已批复，合同待条款核查."""
    walk = _shared(
        "西安职工体育馆", "西安职工学校", subject="场地", space="体育馆副馆，建筑面积 640 ㎡",
        business="场馆公益开放", trade=SPORTS, begun=date(2026, 9, 21),
    )  # fmt: skip
    contract = contracting.draft(walk.on(date(2026, 11, 17)))
    contracting.hand_in(walk.later(1), contract)
    return contract


def teachers_at_the_legal_review() -> Contract:
    """职工学校与土门文化宫共享师资：条款已核查，合同待法律审核."""
    walk = _shared(
        "西安职工学校", "西安土门样例文化宫", subject="师资", space="教学楼一层 2 间教室，建筑面积 160 ㎡",
        business="职工文化艺术培训", trade=ARTS, begun=date(2026, 9, 14),
    )  # fmt: skip
    contract = contracting.draft(walk.on(date(2026, 11, 12)))
    contracting.hand_in(walk.later(1), contract)
    contracting.check(walk.later(2), contract)
    return contract


def library_signed() -> Contract:
    """土门文化宫与东城文化宫共享职工书屋：合同已签订，待备案."""
    walk = _shared(
        "西安土门样例文化宫", "西安东城工人文化宫", subject="书屋", space="文化宫二层职工书屋，建筑面积 210 ㎡",
        business="职工文化艺术培训", trade=ARTS, begun=date(2026, 8, 24),
    )  # fmt: skip
    contract = contracting.draft(walk.on(date(2026, 11, 2)))
    contracting.be_checked(walk.later(1), contract)
    contracting.sign(walk.on(date(2026, 11, 18)), contract, partner_signatory="高峻")
    return contract


def performances_filed() -> Contract:
    """东城文化宫与职工体育馆共享文艺活动：合同已备案，生效条件还没有满足."""
    walk = _shared(
        "西安东城工人文化宫", "西安职工体育馆", subject="文艺活动", space="文化宫一层排练厅，建筑面积 300 ㎡",
        business="群众性文艺活动", trade=ARTS, begun=date(2026, 8, 17),
    )  # fmt: skip
    contract = contracting.draft(walk.on(date(2026, 10, 26)))
    contracting.be_checked(walk.later(1), contract)
    contracting.sign_and_file(walk.on(date(2026, 11, 9)), contract, partner_signatory="康健")
    return contract


def fitness_room_asks_to_be_cleared() -> LeaseClearance:
    """职工体育馆健身房：方案写了固定收益和自负盈亏，50 分，没有硬性迹象，解除认定的申请待纪委、经审表示意见."""
    walk = Walk(venue=venue("西安职工体育馆"), day=date(2026, 11, 9))
    walk.draft_operation(
        PlanStory(
            title="西安职工体育馆职工健身房合作运营方案",
            subject="职工健身房",
            space="体育馆二层健身房，建筑面积 380 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 3, 1),
            ends_on=date(2030, 2, 28),
            business="职工体育健身服务",
            partner=partner("西安秦渭联动体育文化有限公司"),
            share="首年阵地取得固定收益 12 万元，合作方自负盈亏；自第二年起按经营结果四六分成，按季结算",
        )
    )
    return clearing.request_clearance(
        proposal=walk.later(3).plan(),
        reason="首年为装修和试运营期，没有可以分成的收入；定价、开放时段和用人始终由阵地审定。",
        lawyer=walk.cast.lawyer,
        firm=walk.cast.lawyer_firm,
        opinion="固定收益只在首年，自第二年起共享收益、共担风险，阵地保留经营决定权，不属以合作为名的租赁。",
        opined_on=walk.day,
        upload=paper("解除认定律师意见书"),
        version=walk.plan().version,
        by=walk.manager,
        at=walk.now,
    )


def another_way_to_be_explored() -> Proposal:
    """煤海疗养院（产业工会）：其它方式的方案在起草，等主管工会的探索决定（第十四条第二款）."""
    walk = Walk(venue=venue("煤海样例疗养院"), day=date(2026, 11, 10))
    walk.draft_operation(
        PlanStory(
            title="煤海样例疗养院研学疗养联合运营方案",
            subject="研学疗养",
            space="疗养院一号楼，建筑面积 900 ㎡",
            mode=CooperationMode.OTHER,
            starts_on=date(2027, 4, 1),
            ends_on=date(2030, 3, 31),
            business="职工疗休养",
            partner=partner("杨凌神农研学实践有限公司"),
            trade=CARE,
        )
    )
    return walk.plan()


def head_away() -> Delegation:
    """资产监管部部长外出两周，形式审查委托经办人代理；本人另有一个只读的接口令牌."""
    union, at = TradeUnion.objects.get(code=XIAN), moment(date(2026, 11, 19))
    head, clerk = officer(union, "head"), officer(union, "officer")
    make_token(name="月度台账取数", days=90, may_write=False, by=head, at=at)
    return delegating.delegate(
        agent=clerk, union=union, node=Node.FORMAL_REVIEW, valid_from=date(2026, 11, 23),
        valid_to=date(2026, 12, 4), reason="参加全总资产管理培训班", includes_waiting=True, by=head,
        at=at,
    )  # fmt: skip


def long_terms_become_major() -> None:
    """西安市总工会重大事项清单增加一条，自 2026-12-01 起：合作期限超过三年的."""
    union = TradeUnion.objects.get(code=XIAN)
    major.add_entry(
        union=union, code="XA-1", title="合作期限超过三年的对外合作", test=MajorTest.TERM,
        years_over=3, fixed_by="西安市总工会主席办公会议 2026年第21次",
        fixed_on=date(2026, 11, 13), valid_from=date(2026, 12, 1), by=officer(union, "head"),
        at=moment(date(2026, 11, 16)),
    )  # fmt: skip


STORIES = (
    courts_at_the_clause_check,
    teachers_at_the_legal_review,
    library_signed,
    performances_filed,
    fitness_room_asks_to_be_cleared,
    another_way_to_be_explored,
    head_away,
    long_terms_become_major,
)
