"""第十八条: a suspected lease is cleared by lawyer, 纪委, 经审 and the union's meeting together."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from approvals.models import LeaseClearance
from approvals.rules.clearing import can_be_cleared, is_cleared, needs_inspection, signs_of
from approvals.rules.lease import screen
from approvals.selectors.clearances import may_be_asked
from approvals.selectors.facts import facts_of, missing_of
from approvals.services import clearing
from core.errors import ActionBlocked, Refused, StaleVersion
from meetings.models import AgendaItem
from tests.approvals import walk
from tests.approvals.builders import (
    TODAY,
    appoint,
    change,
    complete,
    decide,
    fresh,
    grant_overall_plan,
    moment,
    new_plan,
    submit,
)
from tests.contracts.builders import picture
from tests.harness.acting import post_act

OPINION = "双方共同决定经营事项，收益随经营结果浮动，风险共担，依约定不构成租赁或者承包关系。"
WHY = "已核对收益测算和合同草案，同意解除这一认定。"
AT = moment("2026-11-05 09:00")


def picks(**answers: bool):
    return screen(answers, [])


@pytest.mark.parametrize(("codes", "may"), [
    (["DL-01", "DL-03"], True),  # 30 + 20 = 50
    (["DL-01", "DL-12"], False),  # 45: WATCH, nothing to clear
    (["DL-01", "DL-03", "DL-05"], False),  # a hard sign is never cleared
    (["DL-08"], False),
    ([], False),
])  # fmt: skip
def test_only_a_score_without_a_hard_sign_can_be_cleared(codes, may):
    assert can_be_cleared(screen(dict.fromkeys(codes, True), [])) is may


@pytest.mark.parametrize(("codes", "watched"), [
    ([], False), (["DL-04"], False), (["DL-01"], True), (["DL-01", "DL-03"], True),
])  # fmt: skip
def test_from_thirty_points_on_the_venue_is_looked_at_more_often(codes, watched):
    assert needs_inspection(screen(dict.fromkeys(codes, True), [])) is watched


def test_a_clearance_speaks_of_exactly_the_signs_it_saw():
    asked = screen({"DL-01": True, "DL-03": True}, [])
    seen = tuple(signs_of(asked))
    assert is_cleared(asked, seen)
    assert not is_cleared(asked, ())
    assert not is_cleared(screen({"DL-01": True, "DL-03": True, "DL-11": True}, []), seen)
    assert not is_cleared(screen({"DL-01": "每年固定上缴", "DL-03": True}, []), seen)


@pytest.fixture
def suspect(world):
    """A complete draft that scores 55 by its own answers."""
    grant_overall_plan(world)
    plan = complete(world, new_plan(world))
    change(world, plan, "negative_list", fixed_income="yes", area_price="yes")
    return fresh(plan)


def ask(world, plan, **changes) -> LeaseClearance:
    facts = {
        "reason": "收益与经营结果挂钩。", "lawyer": "郑律", "firm": "衡律律师事务所",
        "opinion": OPINION, "opined_on": moment("2026-11-04 09:00").date(),
        "upload": SimpleUploadedFile("意见书.png", picture().getvalue(), "image/png"),
        "version": plan.version, "by": world["venue.manager"], "at": AT,
    }  # fmt: skip
    return clearing.request_clearance(proposal=plan, **facts | changes)


def concur(world, clearance, username: str, department: str, **changes) -> LeaseClearance:
    clearance.refresh_from_db()
    facts = {"agrees": True, "text": WHY, "version": clearance.version, "by": world[username]}
    facts |= {"at": moment("2026-11-06 09:00")} | changes
    return clearing.concur(clearance=clearance, department=department, **facts)


def both(world, clearance) -> LeaseClearance:
    concur(world, clearance, "cosign.discipline", "discipline")
    return concur(world, clearance, "cosign.audit", "fund_review")


def meet(world, clearance, choices: str = "aaa", **result):
    meeting = walk.seat(world, walk.waiting(clearance.pk))
    walk.conclude(world, meeting, choices, **result)
    clearance.refresh_from_db()
    return clearance


def blocked_by_lease(plan) -> bool:
    return "18-1" in {one.code for one in missing_of(fresh(plan), today=TODAY)}


@pytest.mark.django_db
class TestTheWay:
    def test_all_four_clear_the_plan_and_mark_it(self, world, suspect):
        assert blocked_by_lease(suspect)
        clearance = both(world, ask(world, suspect))
        assert blocked_by_lease(suspect), "the departments alone do not clear it"
        assert clearance.state == "concurred"
        assert meet(world, clearance).state == "cleared"
        assert not blocked_by_lease(suspect)
        plan = decide(world, fresh(suspect), at="2026-11-13 17:00")
        submit(world, plan, at="2026-11-14 09:00")
        assert fresh(plan).needs_inspection

    def test_one_department_alone_does_not_bring_it_to_the_meeting(self, world, suspect):
        clearance = concur(world, ask(world, suspect), "cosign.audit", "fund_review")
        assert clearance.state == "requested"
        assert not AgendaItem.objects.filter(subject_id=clearance.pk).exists()

    @pytest.mark.parametrize(("username", "department"), [
        ("cosign.discipline", "discipline"), ("cosign.audit", "fund_review"),
    ])  # fmt: skip
    def test_either_department_refuses_it(self, world, suspect, username, department):
        clearance = concur(world, ask(world, suspect), username, department, agrees=False)
        assert clearance.state == "refused"
        assert blocked_by_lease(suspect)

    def test_the_meeting_that_rejects_it_leaves_it_blocked(self, world, suspect):
        clearance = both(world, ask(world, suspect))
        meet(world, clearance, "ddd", conclusion="rejected", resolution="请修改方案。")
        assert clearance.state == "refused"
        assert blocked_by_lease(suspect)
        assert not AgendaItem.objects.filter(subject_id=clearance.pk, conclusion="").exists()

    def test_a_deferral_is_no_decision(self, world, suspect, log_in):
        """缓议 ≠ 不同意: what was concurred in stays, the matter is on the agenda again."""
        clearance = both(world, ask(world, suspect))
        first = clearance.item
        meet(world, clearance, "fff", conclusion="deferred", resolution="请说明保底条款。")
        assert (clearance.state, clearance.decided_at) == ("concurred", None)
        assert clearance.concurrences.filter(agrees=True).count() == 2
        assert blocked_by_lease(suspect)
        again = walk.waiting(clearance.pk)
        assert clearance.item_id == again.pk != first.pk
        assert (again.body, again.title, again.url) == (first.body, first.title, first.url)
        assert again.title in log_in(world["secretary"]).get("/meetings/waiting/").content.decode()
        page = log_in(world["venue.manager"]).get(f"/clearances/{clearance.pk}/").content.decode()
        assert "请说明保底条款。" in page
        assert "待安排上会" in page
        assert "不予解除" not in page

        meeting = walk.seat(world, again, day="2026-11-13")
        walk.conclude(world, meeting, "aaa", at=moment("2026-11-13 12:00"))

        clearance.refresh_from_db()
        assert clearance.state == "cleared"
        assert not blocked_by_lease(suspect)

    def test_what_was_deferred_and_is_written_anew_leaves_the_agenda(self, world, suspect):
        first = both(world, ask(world, suspect))
        meet(world, first, "fff", conclusion="deferred", resolution="请说明保底条款。")
        change(world, suspect, "negative_list", lump_sum="yes")
        ask(world, fresh(suspect), at=moment("2026-11-13 09:00"))
        first.refresh_from_db()
        assert first.state == "lapsed"
        assert not AgendaItem.objects.filter(
            subject_id=first.pk, conclusion="", withdrawn_at=None
        ).exists()

    def test_a_change_of_the_plan_ends_it(self, world, suspect):
        clearance = meet(world, both(world, ask(world, suspect)))
        change(world, suspect, "negative_list", lump_sum="yes")
        assert blocked_by_lease(suspect)
        again = ask(world, fresh(suspect), at=moment("2026-11-13 09:00"))
        assert (again.score, clearance.score) == (65, 55)

    def test_a_change_under_way_lapses_the_request(self, world, suspect):
        first = both(world, ask(world, suspect))
        change(world, suspect, "negative_list", lump_sum="yes")
        ask(world, fresh(suspect))
        first.refresh_from_db()
        assert first.state == "lapsed"
        assert not AgendaItem.objects.filter(subject_id=first.pk, withdrawn_at=None).exists()

    def test_nobody_concurs_in_what_has_changed(self, world, suspect):
        clearance = ask(world, suspect)
        change(world, suspect, "negative_list", lump_sum="yes")
        with pytest.raises(StaleVersion, match="又有修改"):
            concur(world, clearance, "cosign.audit", "fund_review")

    def test_a_hard_sign_has_no_door(self, world, suspect):
        """转租: only the plan itself can be mended."""
        change(world, suspect, "negative_list", sub_letting="yes")
        with pytest.raises(ActionBlocked, match="硬性迹象"):
            ask(world, fresh(suspect))

    def test_a_hard_sign_that_comes_later_is_not_covered(self, world, suspect):
        meet(world, both(world, ask(world, suspect)))
        change(world, suspect, "negative_list", sub_letting="yes")
        assert blocked_by_lease(suspect)

    def test_what_is_cleared_is_not_asked_again(self, world, suspect):
        meet(world, both(world, ask(world, suspect)))
        assert not may_be_asked(suspect, facts_of(fresh(suspect), today=TODAY))
        with pytest.raises(ActionBlocked, match="已经解除"):
            ask(world, fresh(suspect), at=moment("2026-11-13 09:00"))

    def test_a_clear_plan_asks_for_nothing(self, world):
        plan = complete(world, new_plan(world))
        with pytest.raises(ActionBlocked, match="不必申请"):
            ask(world, plan)

    def test_an_opinion_of_a_few_words_is_none(self, world, suspect):
        with pytest.raises(ActionBlocked, match="律师书面意见"):
            ask(world, suspect, opinion="不是租赁。")
        with pytest.raises(ActionBlocked, match="不能晚于今天"):
            ask(world, suspect, opined_on=moment("2026-11-06 09:00").date())

    def test_who_may_not(self, world, suspect):
        with pytest.raises(Refused):
            ask(world, suspect, by=world["venue.staff"])
        clearance = ask(world, suspect)
        with pytest.raises(Refused):
            concur(world, clearance, "cosign.finance", "finance")
        with pytest.raises(Refused):
            concur(world, clearance, "cosign.finance", "discipline")
        concur(world, clearance, "cosign.audit", "fund_review")
        second = appoint(
            "audit.second", "经审二", Role.COUNTERSIGNER, world.xian,
            department_kind="fund_review",
        )  # fmt: skip
        with pytest.raises(ActionBlocked, match="已经表示意见"):
            concur(world, clearance, "counsel", "fund_review", by=second)

    def test_asked_twice_is_answered_once(self, world, suspect):
        ask(world, suspect)
        with pytest.raises(ActionBlocked, match="不能重复申请"):
            ask(world, fresh(suspect))


@pytest.mark.django_db
class TestThePages:
    def test_the_department_reads_and_signs(self, world, suspect, log_in):
        clearance = ask(world, suspect)
        client = log_in(world["cosign.discipline"])
        url = f"/clearances/{clearance.pk}/"
        assert OPINION in client.get(url).content.decode()
        answer = post_act(client, f"{url}concur/", {"agrees": "yes", "text": WHY}, page=url)
        assert answer.status_code == 302
        assert clearance.concurrences.get().department_kind == "discipline"

    def test_it_waits_on_the_workbench_of_both_departments_only(self, world, suspect, log_in):
        ask(world, suspect)
        for username, waits in (("cosign.discipline", True), ("cosign.audit", True),
                                ("cosign.finance", False)):  # fmt: skip
            text = log_in(world[username]).get("/").content.decode()
            assert ("解除疑似认定" in text) is waits

    def test_the_review_page_and_the_form_show_it(self, world, suspect, log_in):
        clearance = meet(world, both(world, ask(world, suspect)))
        plan = decide(world, fresh(suspect), at="2026-11-13 17:00")
        submit(world, plan, at="2026-11-14 09:00")
        text = log_in(world["asset.officer"]).get(f"/proposals/{plan.pk}/review/").content.decode()
        assert f"/clearances/{clearance.pk}/" in text
        assert "加强检查" in text

    def test_a_refused_request_keeps_what_was_typed(self, world, suspect, log_in):
        client = log_in(world["venue.manager"])
        url = f"/proposals/{suspect.pk}/clearances/new/"
        body = {"reason": "我写的说明", "lawyer": "郑律", "firm": "衡律", "opinion": "太短",
                "opined_on": "2026-11-04",
                "upload": SimpleUploadedFile("意见书.png", picture().getvalue(), "image/png")}  # fmt: skip
        answer = post_act(client, url, body)
        assert answer.status_code == 422
        assert "我写的说明" in answer.content.decode()
        assert "至少 30 个字" in answer.content.decode()
