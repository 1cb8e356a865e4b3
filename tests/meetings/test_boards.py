"""A venue's own deciding body: its head registers it, its roster and its rules; nobody else does."""

from datetime import date

import pytest

from core.errors import ActionBlocked, Refused
from meetings import selectors, services
from meetings.models import Body
from tests.harness.acting import post_act
from tests.meetings.conftest import NOW, Role, appoint, venue_of
from tests.meetings.refusing import refusal

NEW = "/meetings/bodies/new/"
RULES = {
    "share": "3", "whole": "4", "keeps_recused": "yes", "materials_days": "0",
    "late_entry_days": "5", "valid_from": "2027-01-01", "source": "班子会议2026年第2次会议",
}  # fmt: skip


@pytest.fixture
def school(town):
    """A venue whose head has registered no board yet."""
    venue = venue_of(town.xian, "西安职工学校", "ZD-610102-03-01")
    for username, role in (("head", Role.VENUE_MANAGER), ("clerk", Role.VENUE_STAFF)):
        town.people[username] = appoint(username, username, role, town.xian, venue_id=venue.pk)
    return venue


@pytest.fixture
def enter(client, town):
    def log_in(username):
        client.force_login(town[username], backend="accounts.backends.PostedBackend")
        return client

    return log_in


def test_the_head_registers_board_roster_and_rules(enter, town, school):
    client = enter("head")
    assert NEW in client.get("/meetings/bodies/").content.decode()
    page = client.get(NEW).content.decode()
    assert "阵地班子会议（西安职工学校）" in page
    assert 'value="西安职工学校班子会议"' in page
    assert "党组会议" not in page.partition("<form")[2]

    answer = post_act(client, NEW, {"kind": str(school.pk), "name": "西安职工学校班子会议"})

    body = Body.objects.get(venue_id=school.pk)
    assert answer.url == f"/meetings/bodies/{body.pk}/"
    assert (body.kind, body.union, body.unit_2) == ("venue_board", town.xian, town.xian)
    member = {"name": "何平", "title": "校长", "order": "1", "valid_from": "2026-01-01"}
    assert post_act(client, f"{answer.url}members/new/", member).status_code == 302
    assert [one.name for one in body.members.all()] == ["何平"]
    half = post_act(client, f"{answer.url}policy/", RULES | {"share": "1", "whole": "2"})
    assert half.status_code == 422
    assert "到会下限必须超过应到成员的半数" in half.content.decode()
    assert post_act(client, f"{answer.url}policy/", RULES).status_code == 302
    assert selectors.terms_of(body, on=date(2027, 1, 1)).quorum == (3, 4)
    assert NEW not in client.get("/meetings/bodies/").content.decode()
    again = post_act(client, NEW, {"kind": str(school.pk), "name": "第二个班子"})
    assert "已登记过“西安职工学校班子会议”，不能重复登记。" in again.content.decode()


def test_another_venue_or_a_body_of_the_union_is_not_the_heads_to_register(enter, town, school):
    client = enter("venue.manager")  # its own board stands already
    for kind in (str(school.pk), "party_group", "venue_board", "", "\x00"):
        answer = post_act(client, NEW, {"kind": kind, "name": "班子会议"})
        assert answer.status_code == 422, kind

    assert not Body.objects.filter(venue_id=school.pk).exists()


@pytest.mark.parametrize("username", ["clerk", "asset.officer", "leader", "auditor"])
def test_others_of_the_venue_and_the_union_find_no_form(enter, town, school, username):
    client = enter(username)

    assert client.get(NEW).status_code == 403
    answer = post_act(client, NEW, {"kind": str(school.pk), "name": "班子会议"})
    assert answer.status_code == 403
    assert NEW not in client.get("/meetings/bodies/").content.decode()


def test_the_secretary_registers_no_board(enter, town, school):
    answer = post_act(enter("secretary"), NEW, {"kind": str(school.pk), "name": "班子会议"})

    assert answer.status_code == 422
    facts = {"kind": "venue_board", "union": town.xian, "name": "班子会议", "venue_id": school.pk}
    refusal(services.form_body, **facts, by=town["secretary"], at=NOW, error=Refused)


def test_one_person_at_the_head_of_two_venues_chooses(enter, town, school):
    """And one who is a secretary as well is offered the bodies of the union, too."""
    hall = venue_of(town.xian, "西安工人体育场", "ZD-610102-02-01")
    head = town["head"]
    for place in ({"role": Role.VENUE_MANAGER, "venue_id": hall.pk}, {"role": Role.SECRETARY}):
        type(head.posts()[0]).objects.create(
            user=head, union=town.baoji if "venue_id" not in place else town.xian,
            title="馆长", valid_from=date(2025, 1, 1), **place,
        )  # fmt: skip

    client = enter("head")
    post_act(client, NEW, {"kind": str(hall.pk), "name": "体育场班子会议"})
    post_act(client, NEW, {"kind": "party_group", "name": "宝鸡市总工会党组"})

    assert Body.objects.get(venue_id=hall.pk).union == town.xian
    assert Body.objects.get(kind="party_group", union=town.baoji).venue_id is None


def test_a_board_stands_under_the_union_that_supervises_the_venue(town, school):
    """A board placed elsewhere would be read by a foreign line of unions."""
    facts = {"kind": "venue_board", "name": "班子会议", "venue_id": school.pk, "at": NOW}

    said = refusal(services.form_body, union=town.baoji, by=town["head"], **facts)

    assert said == ["班子会议须登记在阵地的主管工会名下，请核对阵地。"]
    assert services.form_body(union=town.xian, by=town["head"], **facts).union == town.xian


def test_the_floor_of_the_quorum_quotes_the_article_of_venues(town, school):
    facts = {"kind": "venue_board", "name": "班子会议", "venue_id": school.pk, "at": NOW}
    with pytest.raises(ActionBlocked) as caught:
        services.form_body(union=town.xian, by=town["head"], quorum=(1, 2), **facts)

    assert [reason.code for reason in caught.value.reasons] == ["17-1"]
