"""重大事项: the catalogue of a union and the determination at the formal review."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from approvals.enums import MajorTest, Stage
from approvals.models import MajorDetermination, MajorMatterEntry
from approvals.rules.major import DEFAULT_ENTRIES, Entry, catalogue, hold, judge
from approvals.rules.selecting import Matter
from approvals.selectors.major import held_against
from approvals.services import major, submission
from core.errors import ActionBlocked
from organizations.rules import SYSTEM_DEFAULT
from tests.approvals import builders, walk
from tests.approvals.builders import TODAY, moment
from tests.approvals.test_matrix import written

MATTER = Matter(
    plan_kind="operation_plan", mode="external", is_major=False,
    amounts={"partner_investment": Decimal(680_000), "expected_income": None},
    starts_on=date(2026, 12, 1), ends_on=date(2031, 11, 30),
)  # fmt: skip


def test_what_is_shipped_names_no_figure_and_says_it_is_the_systems_own():
    assert all(one.is_default and one.source == SYSTEM_DEFAULT for one in DEFAULT_ENTRIES)
    assert not any(one.amount_over or one.years_over or one.mode for one in DEFAULT_ENTRIES)
    assert [one.is_met for one in hold(DEFAULT_ENTRIES, MATTER)] == [None] * len(DEFAULT_ENTRIES)


@pytest.mark.parametrize(
    ("entry", "is_met"),
    [
        ({"test": MajorTest.MODE, "mode": "external"}, True),
        ({"test": MajorTest.MODE, "mode": "internal"}, False),
        (
            {"test": MajorTest.AMOUNT, "amount_figure": "partner_investment",
             "amount_over": Decimal(679_999)},
            True,
        ),
        (
            {"test": MajorTest.AMOUNT, "amount_figure": "partner_investment",
             "amount_over": Decimal(680_000)},
            False,
        ),
        (
            {"test": MajorTest.AMOUNT, "amount_figure": "expected_income",
             "amount_over": Decimal(1)},
            None,
        ),
        ({"test": MajorTest.TERM, "years_over": 4}, True),
        ({"test": MajorTest.TERM, "years_over": 5}, False),  # five years to the day
        ({"test": MajorTest.BRAND}, None),
    ],
)  # fmt: skip
def test_an_entry_is_told_by_the_plans_own_answers_or_left_to_a_person(entry, is_met):
    (found,) = hold([Entry(code="A", title="事项", source="党组", **entry)], MATTER)

    assert found.is_met is is_met


def test_the_unions_own_entry_takes_the_place_of_the_shipped_one():
    own = Entry(code="ZD-1", title="超过一百万元", test=MajorTest.AMOUNT, source="党组")

    found = catalogue([own])

    assert [one.code for one in found] == ["ZD-1", "ZD-2", "ZD-3", "ZD-4", "ZD-5"]
    assert found[0] is own


def test_a_person_judges_only_what_the_answers_do_not_tell():
    told = Entry(code="A", title="对外合作", test=MajorTest.MODE, mode="external", source="党组")
    asked = Entry(code="B", title="品牌", test=MajorTest.BRAND)

    found = judge(hold([told, asked], MATTER), {"A": False, "B": True})

    assert [one.is_met for one in found] == [True, True]


@pytest.fixture
def minor(world, complete_draft):
    """A plan at the formal review whose venue says that it is no major matter."""
    builders.change(world, complete_draft, "major_matter", is_major="no", reason="投资较小。")
    proposal = builders.decide(world, builders.fresh(complete_draft))
    builders.submit(world, proposal)
    return builders.fresh(proposal)


def over_half_a_million(world, **changes) -> MajorMatterEntry:
    fields = {
        "code": "ZD-1", "title": "合作方投资超过五十万元", "test": "amount",
        "amount_figure": "partner_investment", "amount_over": Decimal(500_000),
        "fixed_by": "西安市总工会党组2026年第3次会议", "fixed_on": date(2026, 1, 20),
        "valid_from": date(2026, 2, 1), "by": world["asset.head"],
        "at": moment("2026-02-01 09:00"),
    }  # fmt: skip
    return major.add_entry(union=world.xian, **fields | changes)


def determine(world, proposal, *, is_major: bool, reason: str = "", judged=()):
    return major.determine(
        proposal=proposal, is_major=is_major, judged=judged, reason=reason,
        version=proposal.version, by=world["asset.officer"], at=moment("2026-11-03 09:00"),
    )  # fmt: skip


def test_a_formal_review_that_agrees_confirms_the_venues_answer(world, submitted):
    proposal = walk.accept(world, submitted)

    made = proposal.determinations.get()
    assert (made.proposed, made.is_major, made.by) == (True, True, world["asset.officer"])
    assert proposal.major_confirmed is True
    assert [one["is_met"] for one in made.findings] == [None] * 5


def test_no_is_not_confirmed_against_an_entry_without_a_written_reason(world, minor):
    over_half_a_million(world)

    with pytest.raises(ActionBlocked, match="符合清单条目：ZD-1"):
        walk.accept(world, minor)
    with pytest.raises(ActionBlocked, match="认定为非重大事项须写明理由"):
        determine(world, minor, is_major=False)
    assert not minor.determinations.exists()

    determine(world, minor, is_major=False, reason="设备由合作方自带，到期全部带走。")
    assert walk.accept(world, builders.fresh(minor)).stage == Stage.COUNTERSIGNING


def test_what_a_person_judged_to_be_met_asks_for_the_reason_as_well(world, minor):
    with pytest.raises(ActionBlocked, match="ZD-4"):
        determine(world, minor, is_major=False, judged=["ZD-4"])


def test_a_changed_answer_selects_the_route_anew_before_the_countersigning(world, minor):
    written(world)  # one more department for major matters
    builders.publish_matrix(world, "2026-11-01 10:00")
    assert "rights" not in minor.route["countersigners"]
    with pytest.raises(ActionBlocked, match="改变阵地的认定，须写明理由"):
        determine(world, minor, is_major=True)

    determine(world, minor, is_major=True, reason="涉及阵地名称的使用。", judged=["ZD-4"])

    proposal = builders.fresh(minor)
    assert (proposal.is_major, proposal.counts_as_major) == (False, True)
    assert "rights" in proposal.route["countersigners"]
    proposal = walk.accept(world, proposal)
    assert proposal.tasks.filter(department_kind="rights", status="open").exists()
    with pytest.raises(ActionBlocked, match="在形式审查环节认定"):
        determine(world, proposal, is_major=False, reason="再次改定。")


def test_an_unchanged_answer_keeps_the_pinned_route(world, submitted):
    pinned = submitted.route
    written(world)
    builders.publish_matrix(world, "2026-11-03 08:00")

    walk.accept(world, submitted)

    assert builders.fresh(submitted).route == pinned


def test_every_version_is_determined_anew(world, submitted):
    proposal = walk.accept(world, submitted, outcome="return", points=["补充依据。"])
    from_venue = {point.pk: "已补充。" for point in proposal.return_points.all()}
    submission.answer_return_points(
        proposal=proposal, answers=from_venue, version=proposal.version,
        by=world["venue.staff"], at=moment("2026-11-05 09:00"),
    )  # fmt: skip
    builders.submit(world, builders.fresh(proposal), "2026-11-05 10:00")

    assert builders.fresh(proposal).major_confirmed is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount_over": None}, "系统不设默认数额"),
        ({"test": "term"}, "系统不设默认年限"),
        ({"test": "mode"}, "请选择合作方式"),
        ({"fixed_by": " "}, "请写明确定本条的会议"),
        ({"valid_from": date(2026, 1, 19)}, "不能追溯生效"),
    ],
)
def test_an_entry_without_what_fixed_it_is_refused(world, changes, sentence):
    with pytest.raises(ActionBlocked, match=sentence):
        over_half_a_million(world, **changes)


def test_an_entry_is_written_ended_and_read_on_its_pages(world, submitted, log_in):
    head = log_in(world["asset.head"])
    posted = {
        "command_id": uuid.uuid4(), "code": "ZD-1", "title": "投资超过五十万元", "test": "amount",
        "amount_figure": "partner_investment", "amount_over": "50", "fixed_by": "党组第3次会议",
        "fixed_on": "2026-10-20", "valid_from": "2026-11-01",
    }  # fmt: skip
    assert head.post("/matrix/major/new/", posted).status_code == 302
    entry = MajorMatterEntry.objects.get()
    again = posted | {"command_id": uuid.uuid4()}
    assert "已有现行条目" in head.post("/matrix/major/new/", again).content.decode()

    page = log_in(world["venue.staff"]).get("/matrix/major/").content.decode()
    assert "金额：合作方投资超过 50 万元" in page
    assert "系统默认" in page
    assert held_against(submitted, on=TODAY)[0].is_met is True

    ended = {"command_id": uuid.uuid4(), "version": entry.version, "valid_to": "2026-11-30"}
    head = log_in(world["asset.head"])
    assert head.post(f"/matrix/major/{entry.pk}/end/", ended).status_code == 302
    entry.refresh_from_db()
    assert entry.valid_to == date(2026, 11, 30)


def test_the_determination_is_made_on_its_page_and_shown_on_the_plan(world, minor, log_in):
    client = log_in(world["asset.officer"])
    address = f"/proposals/{minor.pk}/major/"
    posted = {
        "command_id": uuid.uuid4(), "version": minor.version, "is_major": "yes",
        "judged": ["ZD-3"], "reason": "",
    }  # fmt: skip
    assert client.get(address).status_code == 200
    answer = client.post(address, posted)
    assert answer.status_code == 422
    assert "改变阵地的认定，须写明理由" in answer.content.decode()

    posted |= {"command_id": uuid.uuid4(), "reason": "涉及房屋。"}
    assert client.post(address, posted).status_code == 302

    assert MajorDetermination.objects.get().is_major
    page = log_in(world["leader"]).get(f"/proposals/{minor.pk}/review/").content.decode()
    assert "涉及房屋、土地等工会有形资产" in page
    assert log_in(world["baoji.officer"]).get(address).status_code == 404
