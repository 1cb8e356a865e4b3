"""The demo holds what its plan says: each cooperation in its city, in its state, for its reason."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F
from django.test import Client
from django.utils.timezone import localdate

from accounts.models import Post, User
from approvals.enums import ExceptionState, Outcome, Stage
from approvals.models import Cooperation, Involvement, LeaseClearance, Proposal, RuleException
from approvals.rules.lease import LeaseVerdict
from approvals.selectors.facts import missing_of
from audit.selectors import ledger_faults
from contracts.enums import ContractState
from contracts.models import Contract, Valuation
from contracts.rules.content import lease_screen
from contracts.rules.procedure import missing
from contracts.selectors import facts_of as contract_facts
from contracts.selectors import plans_without_contract
from core import clock
from demo.day import DEMO_DAY
from demo.people import ACCOUNTS_SHOWN
from documents.models import IssuedDocument, NumberEntry
from documents.selectors import series_checks
from evaluations.models import Evaluation
from meetings.enums import Conclusion, MeetingState
from meetings.models import AgendaItem, Meeting, Resolution
from notifications.models import InboxItem
from organizations.models import TradeUnion
from partners.models import PartnerWatch
from partners.selectors import watches_of
from planning.models import UnionPlan
from planning.selectors import steps_left
from supervision.models import Rectification
from venues.models import Venue

pytestmark = pytest.mark.django_db

# 省总本级 and its industrial union, the ten cities with their counties, 杨凌.
VENUES = {
    "610000": 7, "610000-02": 1, "610100": 7, "610200": 2, "610300": 4, "610400": 3, "610500": 4,
    "610600": 3, "610700": 3, "610800": 3, "610900": 2, "611000": 2, "610403-SFQ": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, demo_store):
    """The demo that the journeys walk, read by this process; what a test changes is rolled back."""
    with django_db_blocker.unblock(), demo_store.read_here():
        clock.forget()
        yield
    clock.forget()


def plan(words: str) -> Proposal:
    return Proposal.objects.get(title__contains=words, kind="operation_plan")


def contract(words: str) -> Contract:
    return Contract.objects.select_related("cooperation", "venue", "partner").get(
        proposal=plan(words)
    )


def sentences(proposal: Proposal) -> list[str]:
    return [str(one) for one in missing_of(proposal, today=DEMO_DAY)]


def test_what_waits_unread_came_this_week(demo):
    """2026-11-20 is a Friday; what came before Monday was read in the evening of its day."""
    unread = InboxItem.objects.filter(read_at=None)
    assert min(localdate(one.at) for one in unread) >= date(2026, 11, 16)
    assert unread.filter(user__username="asset.head").exists()
    assert not InboxItem.objects.filter(read_at__lt=F("at")).exists()


def test_every_venue_of_the_list_stands_under_its_union(demo):
    found = dict.fromkeys(VENUES, 0)
    for venue in Venue.objects.select_related("supervising_union"):
        union = venue.supervising_union
        own = union if union.code in VENUES else union.get_parent()
        found[own.code] += 1

    assert found == VENUES


def test_every_venue_names_who_supervises_it(demo):
    assert not Venue.objects.filter(supervisor=None).exists()
    assert Venue.objects.filter(supervisor__name="").count() == 0


def test_eight_years_run_by_an_exception_of_the_party_group(demo):
    found = contract("秦岭工人疗养院职工康养")

    assert found.partner.name == "陕西终南康养服务有限公司"
    assert (found.state, found.starts_on, found.ends_on) == (
        ContractState.EFFECTIVE, date(2026, 3, 1), date(2034, 2, 28),
    )  # fmt: skip
    exception = RuleException.objects.get(proposal=found.proposal)
    assert (exception.rule_code, exception.state) == ("13-4-4", ExceptionState.APPROVED)
    assert exception.item.body.kind == "party_group"
    assert found.proposal.partner_investment == Decimal("18000000.00")


def test_the_clause_of_the_exit_holds_the_table_it_speaks_of(demo):
    """18,000,000 over eight years: 1260 万 and 540 万, an eighth less each year."""
    found = contract("秦岭工人疗养院职工康养")

    quotation = found.clauses.get(code="fixed_asset_disposal").quotation
    assert quotation == found.disposal_rule
    assert "退出价格表" in quotation
    assert "康复理疗设备：满1年 1102.50，满2年 945.00，满3年 787.50，" in quotation
    assert "水疗中心改造：满1年 472.50，" in quotation
    assert quotation.count("满8年 0.00") == 2
    amounts = [Decimal(one["amount"]) for one in found.fixed_assets]
    assert sum(amounts) == Decimal("18000000.00")


@pytest.mark.parametrize(
    ("page", "banner"),
    [
        ("/contracts/{contract}/", "例外审批 {number}（已批准），有效期至 2034-02-28"),
        ("/proposals/{plan}/review/", "例外 {number}（已批准）"),
    ],
)
def test_the_exception_is_shown_wherever_the_eight_years_are_read(demo, page, banner):
    found = contract("秦岭工人疗养院职工康养")
    number = RuleException.objects.get(proposal=found.proposal).number
    client = Client()
    client.force_login(User.objects.get(username="province.asset"))

    shown = client.get(page.format(contract=found.pk, plan=found.proposal_id)).content.decode()
    other = contract("三秦职工宾馆")  # five years to the day: nothing to say
    plain = client.get(page.format(contract=other.pk, plan=other.proposal_id)).content.decode()

    assert banner.format(number=number) in re.sub(r"<[^>]+>", "", shown)
    assert "例外 LW-" not in plain
    assert "例外审批 LW-" not in plain
    assert number.startswith("LW-")


def test_a_contract_that_is_a_disguised_lease_scores_55_and_is_voided(demo):
    found = contract("文创展示")

    assert (found.proposal.stage, found.state) == (Stage.APPROVED, ContractState.VOID)
    screen = lease_screen(contract_facts(found, today=DEMO_DAY))
    assert (screen.score, screen.verdict) == (55, LeaseVerdict.SUSPECT)
    assert [hit.indicator.code for hit in screen.hits] == ["DL-01", "DL-02", "DL-05"]
    assert [hit.indicator.is_hard for hit in screen.hits] == [False, False, True]
    number = NumberEntry.objects.get(text=found.number)
    assert "变相出租" in number.void_reason
    # 18-1 is what the contract wrote, not what was approved: another may be drawn up, and says so.
    assert "另行签约的须按批准的分配方式重新起草、重新核查" in number.void_reason
    staff = Post.objects.get(venue_id=found.venue_id, role="venue_staff").user
    assert found.proposal in plans_without_contract(staff, today=DEMO_DAY)


def test_the_partner_of_the_disguised_lease_is_on_watch(demo):
    found = contract("文创展示").partner

    assert found.name == "西安样例聚点商业管理有限公司"
    (watch,) = watches_of(found)
    assert (watch.union.code, watch.basis) == ("610100", "18-1")
    assert watch.put_by.username == "asset.officer"
    assert [one.partner for one in PartnerWatch.objects.select_related("partner")] == [found]


def test_a_draft_that_would_sublet_shows_why_it_cannot_be_submitted(demo):
    found = contract("承接职工心理服务")

    assert found.state == ContractState.DRAFT
    assert [one.code for one in missing(contract_facts(found, today=DEMO_DAY))] == ["18-1"]


def test_a_failed_evaluation_led_to_a_rectification_that_failed(demo):
    evaluation = Evaluation.objects.get(contract=contract("职工游泳馆"), state="confirmed")

    assert (evaluation.total, evaluation.grade) == (Decimal("54.20"), "fail")
    assert evaluation.satisfaction_index == Decimal("52.00")
    order = Rectification.objects.get(source_id=evaluation.pk)
    assert order.state == "failed"
    assert (order.due_on - order.ordered_at.date()).days == 30
    assert "57.0" in order.review_note


def test_an_internal_cooperation_runs_without_valuation(demo):
    found = contract("西乡县职工文体馆")

    assert found.state == ContractState.EFFECTIVE
    assert found.cooperation.counterpart_venue.name == "西乡县职工文体馆"
    assert not Valuation.objects.filter(cooperation=found.cooperation).exists()


def test_a_plan_waits_for_the_party_group_of_25_november(demo):
    found = plan("榆林职工体育中心")

    assert found.stage == Stage.PARTY_GROUP
    item = AgendaItem.objects.get(subject_id=found.pk, subject_kind="proposal")
    assert item.conclusion == ""
    assert item.meeting.state == MeetingState.PLANNED
    assert localdate(item.meeting.starts_at) == date(2026, 11, 25)


def test_a_plan_comes_back_for_want_of_the_right_expert(demo):
    found = plan("安康瀛湖")

    assert found.stage == Stage.RETURNED
    opinion = found.opinions.get()
    assert opinion.outcome == Outcome.RETURN
    assert opinion.text.startswith("论证缺少行业专家意见")


def test_a_lapsed_valuation_alone_stops_the_signing(demo):
    found = contract("韩城职工活动中心")

    assert found.state == ContractState.READY
    reasons = [str(one) for one in missing(contract_facts(found, today=DEMO_DAY))]
    assert len(reasons) == 1
    assert "2026-11-06" in reasons[0]
    assert (DEMO_DAY - date(2026, 11, 6)).days == 14


def test_five_years_and_two_are_seven_and_wait_for_an_exception(demo):
    renewal = plan("续期")

    assert renewal.stage == Stage.DRAFT
    assert any("含与同一合作方前后相接的合同）为7年" in text for text in sentences(renewal))
    exception = RuleException.objects.get(proposal=renewal)
    assert exception.state == ExceptionState.LEGAL_REVIEWED
    assert exception.item.conclusion == ""


def test_discipline_objects_at_countersigning(demo):
    found = plan("渭南工人文化宫")

    assert (found.mode, found.stage) == ("undertaking", Stage.COUNTERSIGNING)
    commission = found.sections.get(code="undertaking").data
    assert commission["commissioner"] == "陕西样例开放学院"
    assert (found.ends_on - found.starts_on).days == 365  # 2027-03-01 to 2028-02-29
    objection = found.opinions.get(outcome=Outcome.DISAGREE)
    assert objection.task.department_kind == "discipline"
    assert not hasattr(objection, "resolution")


def test_a_bad_record_stops_the_plan(demo):
    found = plan("咸阳工人文化宫")

    assert found.stage == Stage.DRAFT
    assert any("不良记录”不符合" in text for text in sentences(found))


def test_deferred_at_a_second_meeting_after_one_without_quorum(demo):
    found = plan("神木市职工服务中心")

    assert found.stage == Stage.DEFERRED
    first, second = AgendaItem.objects.filter(
        subject_id=found.pk, subject_kind="proposal"
    ).order_by("queued_at")
    assert first.meeting.state == MeetingState.NO_CONCLUSION
    came = first.meeting.attendances.filter(status="present").count()
    assert (came, first.meeting.attendances.count()) == (5, 8)
    assert (second.conclusion, second.present) == (Conclusion.DEFERRED, 7)


def test_cooperations_live_in_eleven_unions_and_the_ledger_holds(demo):
    unions = TradeUnion.objects.filter(
        pk__in=Cooperation.objects.values("supervising_union")
    ).values_list("code", flat=True)

    assert Cooperation.objects.count() == 26
    assert set(unions) == {
        "610000", "610100", "610300", "610400", "610500", "610581", "610700", "610800", "610881",
        "610900", "610000-02",
    }  # fmt: skip
    assert list(ledger_faults()) == []


def test_only_the_accounts_shown_can_log_in(demo):
    able = {one.username for one in User.objects.all() if one.has_usable_password()}

    assert able == {username for username, _who in ACCOUNTS_SHOWN}


def test_the_provinces_own_hotel_went_by_article_27(demo):
    plan = Proposal.objects.get(title="三秦职工宾馆客房会务合作运营方案")

    assert (plan.stage, plan.major_confirmed) == (Stage.APPROVED, True)
    assert plan.route["code"] == "prov_direct_27"
    assert plan.tasks.filter(node="leader_signoff", status="done").exists()
    assert (plan.starts_on, plan.ends_on) == (date(2025, 12, 1), date(2030, 11, 30))
    assert Contract.objects.get(cooperation=plan.cooperation).state == ContractState.EFFECTIVE


def test_minutes_are_numbered_one_void_and_errands_stand_in_three_states(demo):
    minutes = IssuedDocument.objects.filter(kind="minutes").order_by("number")
    assert [(one.number, one.status) for one in minutes] == [
        ("西安市总党组纪〔2026〕1号", "void"),
        ("西安市总党组纪〔2026〕2号", "in_force"),
        ("西安市总党组纪〔2026〕3号", "in_force"),
    ]
    errands = Resolution.objects.order_by("no").values_list("state", flat=True)
    assert list(errands) == ["closed", "reported", "open"]


def test_one_meeting_was_entered_late_and_one_is_called_with_an_answer(demo):
    assert [str(one.body) for one in Meeting.objects.filter(is_late_entry=True)] == [
        "汉中市总工会主席办公会议"
    ]
    called = Meeting.objects.exclude(noticed_at=None).get()
    answers = called.attendances.exclude(answer="").values_list("answer", "answer_reason")
    assert list(answers) == [("leave", "赴省总工会参加培训")]


def test_no_number_of_the_demo_is_missing(demo):
    checks = series_checks(User.objects.get(username="province.asset"))

    assert len(checks) > 20
    assert [one for one in checks if one.missing] == []


def test_unions_have_planned_for_themselves(demo):
    """第六条: the province and 西安 hold their plans, 宝鸡's waits for its party group."""
    found = {
        (one.union.code, one.kind): one.state
        for one in UnionPlan.objects.select_related("union").order_by("created_at")
    }

    assert found == {
        ("610000", "implementation_plan"): "in_force",
        ("610100", "implementation_plan"): "in_force",
        ("610100", "local_scheme"): "in_force",
        ("610100", "phased_work_plan"): "in_force",
        ("610300", "implementation_plan"): "queued",
    }


def test_a_venue_goes_step_by_step(demo):
    """第十一条: the first of three steps is done."""
    plan = UnionPlan.objects.get(kind="phased_work_plan")

    assert plan.venue.name == "临潼骊山样例疗养院"
    assert steps_left(plan.venue_id) == 2


def test_what_the_government_buys_is_approved_with_its_record(demo):
    found = plan("心理服务")

    assert (found.mode, found.stage) == ("undertaking", Stage.APPROVED)
    assert found.expected_income == Decimal("360000.00")
    assert sentences(found) == []


def test_a_brand_given_away_was_asked_back(demo):
    """第十八条: returned for the brand, submitted anew with an authorization each time."""
    found = plan("三秦工报社职工新媒体")

    assert (found.version_no, found.stage) == (2, Stage.COUNTERSIGNING)
    point = found.return_points.get()
    assert "输出品牌" in point.text
    assert "18-7" in point.text
    assert point.answer
    content = found.sections.get(code="overview").data["content"]
    assert "书面授权" in content


def test_who_evaluates_had_no_other_duty(demo):
    """起草、审批、签约、评价 are different people's in every cooperation of the demo."""
    for one in Evaluation.objects.filter(state="confirmed"):
        duties = dict(
            Involvement.objects.filter(cooperation=one.cooperation_id).values_list(
                "person__username", "duty"
            )
        )
        assert duties[one.scored_by.username] == duties[one.confirmed_by.username] == "evaluator"
        assert set(duties.values()) == {"drafter", "approver", "signer", "evaluator"}
    order = Rectification.objects.get()
    assert order.reviewed_by.username == "baoji.evaluator"


def test_something_waits_at_the_desks_of_contracts(demo):
    assert contract("场地共享").state == ContractState.CLAUSE_CHECK
    assert contract("师资共享").state == ContractState.LEGAL_REVIEW
    assert contract("书屋共享").state == ContractState.SIGNED
    assert contract("文艺活动共享").state == ContractState.FILED


def test_a_suspect_plan_waits_for_two_departments_to_clear_it(demo):
    found = LeaseClearance.objects.select_related("proposal").get()

    assert (found.state, found.score) == ("requested", 50)
    assert found.proposal == plan("职工健身房")
    assert not found.concurrences.exists()


def test_another_way_waits_for_the_unions_own_decision(demo):
    found = plan("研学疗养")

    assert (found.mode, found.stage) == ("other", Stage.DRAFT)
    assert any("尚未登记主管工会发起或者同意的决定" in text for text in sentences(found))
