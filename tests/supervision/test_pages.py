"""The pages of reports and rectifications: who sees, who acts, what wrong input is told."""

import re
import uuid
from datetime import date

import pytest

from supervision import services
from supervision.models import PeriodicReport, Rectification
from tests.approvals import builders as plans
from tests.harness.acting import post_act
from tests.supervision.conftest import FIGURES, NOW, hand_in, schedule

ASK = {"kind": "asset_operation", "period_from": "2026-07-01", "period_to": "2026-09-30"}


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def order(world):
    plans.grant_overall_plan(world)
    plan = plans.new_plan(world)
    return services.open_rectification(
        cooperation=plan.cooperation, source_kind="evaluation", source_id=uuid.uuid4(),
        source_url="/evaluations/", problems="满意度低。", rule_code="13-5-3",
        requirements="恢复晚间开放。", by=world["asset.head"], at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("username", ["venue.staff", "asset.officer", "auditor", "province.asset"])
def test_readers_see_reports_and_rectifications(world, submitted, order, log_in, username):
    client = log_in(world[username])

    for url in (
        "/reports/", f"/reports/{submitted.pk}/", "/rectifications/",
        f"/rectifications/{order.pk}/",
    ):  # fmt: skip
        answer = client.get(url)
        assert (answer.status_code, world.venue.name in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("username", ["baoji.officer", "other.manager", "county.officer"])
def test_strangers_find_nothing(world, submitted, order, log_in, username):
    client = log_in(world[username])

    assert client.get(f"/reports/{submitted.pk}/").status_code == 404
    assert client.get(f"/rectifications/{order.pk}/").status_code == 404
    act = "fill/" if username == "other.manager" else "review/"
    assert post_act(client, f"/reports/{submitted.pk}/{act}").status_code == 404
    assert world.venue.name not in client.get("/reports/").content.decode()
    assert world.venue.name not in client.get("/rectifications/").content.decode()


def test_administrators_are_refused(world, submitted, log_in):
    client = log_in(world["sysadmin"])

    assert client.get("/reports/").status_code == 403
    assert client.get(f"/reports/{submitted.pk}/").status_code == 403


def test_the_auditor_reads_and_every_post_is_refused(world, submitted, order, log_in):
    client = log_in(world["auditor"])
    before = PeriodicReport.objects.values().get(), Rectification.objects.values().get()

    for url in (
        "/reports/new/", f"/reports/{submitted.pk}/fill/", f"/reports/{submitted.pk}/review/",
        f"/rectifications/{order.pk}/report/", f"/rectifications/{order.pk}/review/",
    ):  # fmt: skip
        assert post_act(client, url, ASK | FIGURES).status_code == 403
    for url in (f"/reports/{submitted.pk}/", f"/rectifications/{order.pk}/"):
        assert client.post(url).status_code == 405
    assert (PeriodicReport.objects.values().get(), Rectification.objects.values().get()) == before


# 布置


def test_a_report_is_asked_of_all_venues(world, log_in):
    client = log_in(world["asset.officer"])

    preview = post_act(client, "/reports/new/", ASK | {"venue": "all", "preview": "1"})
    none = PeriodicReport.objects.count()
    answer = post_act(client, "/reports/new/", ASK | {"venue": "all"})

    assert (preview.status_code, none) == (200, 0)
    assert "报送期限 2026-10-21" in text_of(preview)
    assert "节假日安排未公布" in text_of(preview)
    assert (answer.status_code, PeriodicReport.objects.count()) == (302, 2)
    assert "已布置资产运营状况分析报告 2 份" in text_of(client.get("/reports/"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"period_to": "2026-06-30"}, "止日不能早于起日"),
        ({"period_to": "2026-02-30"}, "日期不存在"),
        ({"period_to": ""}, "请填写“期间止”"),
        ({"period_from": "0001-01-01", "period_to": "0001-03-31"}, "年份须在"),
        ({"period_from": "2200-01-01", "period_to": "2200-03-31"}, "请核对年份"),
        ({"period_from": "9999-10-01", "period_to": "9999-12-31"}, "年份须在"),
        ({"kind": "annual"}, ""),
        ({"venue": "all'--"}, ""),
        ({"venue": str(uuid.uuid4())}, ""),
    ],
)
@pytest.mark.parametrize("preview", [{}, {"preview": "1"}])
def test_a_wrong_period_is_told(world, log_in, changes, sentence, preview):
    client = log_in(world["asset.officer"])
    body = ASK | {"venue": str(world.venue.pk)} | changes | preview

    answer = post_act(client, "/reports/new/", body)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert PeriodicReport.objects.count() == 0


# 填写、报送、审核


def test_a_report_goes_there_and_back_and_is_accepted(world, report, log_in):
    url = f"/reports/{report.pk}/"
    staff = log_in(world["venue.staff"])
    draft = post_act(staff, f"{url}fill/", FIGURES | {"risks": "", "draft": "1"}, page=url)
    unfinished = post_act(staff, f"{url}fill/", FIGURES | {"risks": ""}, page=url)
    sent = post_act(staff, f"{url}fill/", FIGURES, page=url)
    head = log_in(world["asset.head"])
    bare = post_act(head, f"{url}review/", {"is_accepted": "0"}, page=url)
    note = "收入与合同台账不一致，请核对后重报。"
    back = post_act(head, f"{url}review/", {"is_accepted": "0", "note": note}, page=url)
    staff = log_in(world["venue.staff"])
    shown = staff.get(url)
    again = post_act(staff, f"{url}fill/", FIGURES, page=url)
    head = log_in(world["asset.head"])
    done = post_act(head, f"{url}review/", {"is_accepted": "1"}, page=url)

    assert [one.status_code for one in (draft, sent, back, again, done)] == [302] * 5
    assert (unfinished.status_code, "尚未填写“风险事项”" in text_of(unfinished)) == (422, True)
    assert (bare.status_code, "至少 10 个字" in text_of(bare)) == (422, True)
    assert note in text_of(shown)
    assert PeriodicReport.objects.get().state == "accepted"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("income", "-1", "不能为负数"),
        ("income", "NaN", "请填写金额数字"),
        ("income", "Infinity", "请填写金额数字"),
        ("income", "9" * 40, "金额过大"),
        ("income", "1e400", "金额过大"),
        ("income", "六十万", "请填写金额数字"),
        ("sessions", "-1", "不能为负数"),
        ("sessions", "1.5", "请填写整数"),
        ("sessions", "9" * 30, "数字过大"),
        ("open_days", "93", "多于报告期间的 92 天"),
        ("received", "200000.01", "实收大于应收"),
        ("risks", "长" * 5001, "最多 5000 字"),
        ("risks", "甲\0乙", ""),
    ],
)
def test_wrong_figures_are_told_and_kept(world, report, log_in, field, value, sentence):
    client = log_in(world["venue.staff"])
    url = f"/reports/{report.pk}/"

    answer = post_act(client, f"{url}fill/", FIGURES | {"changes": "原有文字"} | {field: value}, page=url)  # fmt: skip

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "原有文字" in answer.content.decode()
    assert PeriodicReport.objects.get().answers == {}


def test_the_period_before_is_shown_beside_the_fields(world, submitted, log_in):
    later = schedule(world, period_from=date(2026, 10, 1), period_to=date(2026, 10, 31))
    client = log_in(world["venue.staff"])

    text = text_of(client.get(f"/reports/{later.pk}/"))

    assert "上期：685,000.00 元" in text
    assert "上期：80 天" in text


def test_a_stale_or_repeated_report_form_is_answered(world, report, log_in):
    client = log_in(world["venue.staff"])
    url = f"/reports/{report.pk}/fill/"
    body = FIGURES | {"command_id": str(uuid.uuid4()), "version": "1"}

    first, second = (client.post(url, body) for _ in range(2))
    stale = client.post(url, body | {"command_id": str(uuid.uuid4())})
    bare = client.post(url, FIGURES)

    assert [one.status_code for one in (first, second, stale, bare)] == [302, 302, 409, 422]


def test_a_higher_union_sees_no_form_and_may_not_review(world, submitted, log_in):
    client = log_in(world["province.asset"])
    url = f"/reports/{submitted.pk}/"

    assert "提交审核结论" not in client.get(url).content.decode()
    assert post_act(client, f"{url}review/", {"is_accepted": "1"}).status_code == 403


# 整改


def test_a_rectification_is_reported_and_verified(world, order, log_in):
    url = f"/rectifications/{order.pk}/"
    manager = log_in(world["venue.manager"])
    short = post_act(manager, f"{url}report/", {"report": "已改"}, page=url)
    sent = post_act(manager, f"{url}report/", {"report": "已恢复晚间开放，复测满意度 82。"}, page=url)  # fmt: skip
    officer = log_in(world["asset.officer"])
    bare = post_act(officer, f"{url}review/", {"has_passed": "0", "note": ""}, page=url)
    done = post_act(officer, f"{url}review/", {"has_passed": "0", "note": "现场核查未恢复晚间开放。"}, page=url)  # fmt: skip

    assert [one.status_code for one in (short, sent, bare, done)] == [422, 302, 422, 302]
    assert "须按规定终止合作" in text_of(officer.get(url))
    assert Rectification.objects.get().state == "failed"


# 列表


@pytest.mark.parametrize(
    "query",
    ["kind=special_work", "state=due&kind=x", "venue=x'--", "union=9", "page=99999", "page=-1"],
)
def test_lists_are_filtered_and_never_break(world, report, log_in, query):
    client = log_in(world["asset.officer"])

    assert client.get(f"/reports/?{query}").status_code == 200
    assert client.get(f"/rectifications/?{query}").status_code == 200


def test_a_late_report_says_how_late(world, report, log_in):
    client = log_in(world["asset.officer"])

    assert "超期" in text_of(client.get("/reports/"))
    hand_in(world, report)
    assert "迟报 30 天" in text_of(client.get("/reports/"))
    assert "逾期 30 天" in text_of(client.get(f"/reports/{report.pk}/"))
