"""The list of plans."""

import pytest

from tests.approvals import builders


def test_the_list_shows_who_holds_a_plan_and_how_long(world, log_in, submitted):
    html = log_in(world["asset.officer"]).get("/proposals/").content.decode()

    assert "资产监管部门" in html
    assert "HZ-2026-0001" in html
    assert '<td data-label="停留工作日" class="num">14</td>' in html
    # 2026-11-09 was a Monday: 10–13 and 16–20 November are nine working days.
    assert '2026-11-09</span> <span class="said bad-text">超期 9 个工作日</span>' in html


@pytest.mark.parametrize("who", ["other.manager", "baoji.officer", "county.officer", "expert"])
def test_the_list_shows_nothing_of_others(world, log_in, submitted, who):
    html = log_in(world[who]).get("/proposals/").content.decode()

    assert submitted.title not in html


def test_the_tabs_of_the_list(world, log_in, submitted):
    builders.new_plan(world, "internal", title="仍在起草的方案")
    client = log_in(world["venue.manager"])

    drafts = client.get("/proposals/?tab=drafts").content.decode()
    assert "仍在起草的方案" in drafts
    assert submitted.title not in drafts
    assert submitted.title not in client.get("/proposals/?tab=mine").content.decode()
    mine = log_in(world["asset.officer"]).get("/proposals/?tab=mine").content.decode()
    assert submitted.title in mine
    assert "仍在起草的方案" not in mine


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("text=羽毛球", True),
        ("text=HZ-2026", True),
        ("text=游泳", False),
        ("stage=formal_review", True),
        ("stage=approved&kind=operation_plan", False),
        ("kind=operation_plan", True),
        ("venue=not-a-venue&stage=%00", True),
    ],
)
def test_the_list_is_narrowed(world, log_in, submitted, query, is_found):
    html = log_in(world["venue.manager"]).get(f"/proposals/?{query}").content.decode()

    assert (submitted.title in html) is is_found
