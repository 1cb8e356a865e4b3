"""The file of a cooperation: days in order, the term against five years, the whole on one page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.dates import Step, links_of
from contracts.rules.picture import term_bar
from tests.approvals import builders as plans

TODAY = date(2026, 11, 20)
# Session, person, posts, inbox, day of the frame; then the file itself.
QUERIES = 26


@pytest.fixture
def submitted(world, settings, tmp_path):
    """An operation plan at the formal review."""
    settings.FILES_ROOT = tmp_path
    plans.grant_overall_plan(world)
    return plans.submitted_plan(world)


def states(*days: date | None) -> list[str]:
    return [one.state for one in links_of([Step(f"第{n}步", day) for n, day in enumerate(days)])]


def test_days_in_order_are_green_and_missing_ones_wait():
    assert states(date(2026, 8, 3), date(2026, 8, 3), None, date(2026, 8, 4)) == [
        "ok", "ok", "todo", "ok",
    ]  # fmt: skip


def test_a_day_before_an_earlier_step_is_red_and_names_it():
    links = links_of(
        [
            Step("阵地集体决策", date(2026, 8, 12)),
            Step("报送", date(2026, 8, 10)),
            Step("批复", date(2026, 8, 11)),
        ]
    )

    assert [one.state for one in links] == ["ok", "bad", "bad"]
    assert links[1].words == "早于阵地集体决策（2026-08-12）"
    assert links[2].words == "早于阵地集体决策（2026-08-12）"


def test_the_last_opinion_counts_against_what_follows():
    links = links_of(
        [
            Step("律师、专家意见", date(2026, 8, 1), "", date(2026, 8, 9)),
            Step("阵地集体决策", date(2026, 8, 5)),
        ]
    )

    assert links[1].state == "bad"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "years", "is_over"),
    [
        (date(2024, 3, 1), date(2029, 2, 28), "5年", False),
        (date(2024, 3, 1), date(2029, 3, 1), "5年（另1天）", False),
        (date(2026, 3, 1), date(2034, 2, 28), "8年", True),
        (date(2024, 1, 20), date(2027, 1, 19), "3年", False),
    ],
)
def test_a_term_is_drawn_against_five_years(starts_on, ends_on, years, is_over):
    bar = term_bar(starts_on, ends_on, today=TODAY, is_running=True)

    assert (bar.years, bar.is_over) == (years, is_over)
    assert 0 < bar.length <= 1000
    assert 0 < bar.five_years <= 997


def test_a_running_contract_counts_its_days_down():
    bar = term_bar(date(2024, 1, 20), date(2027, 1, 19), today=TODAY, is_running=True)

    assert (bar.countdown, bar.tone) == ("还有 60 天到期", "warn")


def test_the_page_binds_the_parts_within_its_queries(world, submitted, log_in):
    client = log_in(world["asset.head"])
    address = f"/cooperations/{submitted.cooperation_id}/"
    client.get(address)

    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)

    assert len(seen) <= QUERIES, "\n".join(one["sql"][:160] for one in seen)
    text = answer.content.decode()
    for part in (
        "日期先后",
        "方案和决策",
        "资产评估",
        "合同和生效条件",
        "评价和整改",
        "已出具文件",
    ):
        assert part in text
    assert [one.state for one in answer.context["chain"]] == ["ok"] * 4 + ["todo"] * 4


def test_another_citys_officer_finds_no_file(world, submitted, log_in):
    client = log_in(world["baoji.officer"])

    assert client.get(f"/cooperations/{submitted.cooperation_id}/").status_code == 404
