"""The tour: for each role, remembered per account, never in the way."""

import pytest

from accounts.models import User
from accounts.roles import Role
from handbook import services
from handbook.tour import OVER, STEPS, card_of, steps_of
from tests.notifications.conftest import person, post, signed_in, town

__all__ = ["town"]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_short_tour(role):
    steps = STEPS[role]

    assert 4 <= len(steps) <= 6
    assert steps[0].url == "/"
    assert len({step.title for step in steps}) == len(steps)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_every_step_leads_where_an_administrator_may_go(role):
    user = person("admin")
    post(user, role)
    client = signed_in(user)

    assert {client.get(step.url).status_code for step in STEPS[role]} == {200}


@pytest.mark.parametrize(("who", "role"), [("officer", Role.ASSET_OFFICER)])
def test_every_step_leads_where_the_department_may_go(town, who, role):
    client = signed_in(getattr(town, who))

    assert {client.get(step.url).status_code for step in STEPS[role]} == {200}


def test_the_tour_is_walked_and_remembered(town):
    client, count = signed_in(town.officer), len(steps_of(town.officer))
    assert "第 1 步，共 6 步：工作台" in client.get("/").content.decode()

    for step in range(1, count + 1):
        answer = client.post("/help/tour/", {"act": "next", "step": step})
        expected = "/" if step == count else f"/help/tour/?step={step + 1}"
        assert answer["Location"] == expected
    assert User.objects.get(pk=town.officer.pk).tour_step == count
    assert client.get("/").context["tour"] is None


def test_the_tour_goes_on_where_it_was_left(town):
    client = signed_in(town.officer)
    client.post("/help/tour/", {"act": "next", "step": "2"})

    assert client.get("/help/tour/").context["number"] == 3
    assert "第 3 步" in client.get("/").content.decode()
    client.post("/help/tour/", {"act": "next", "step": "1"})
    assert User.objects.get(pk=town.officer.pk).tour_step == 2


def test_the_tour_is_put_away_for_this_account_only(town):
    client = signed_in(town.officer)

    assert client.post("/help/tour/", {"act": "away"})["Location"] == "/"
    assert client.get("/").context["tour"] is None
    assert client.get("/help/tour/?step=1").context["number"] == 1  # still there to be read
    assert card_of(User.objects.get(pk=town.manager.pk)) is not None
    assert User.objects.get(pk=town.officer.pk).tour_step == OVER


def test_looking_at_the_tour_changes_nothing(town):
    signed_in(town.officer).get("/help/tour/?step=3")

    assert User.objects.get(pk=town.officer.pk).tour_step == 0


@pytest.mark.parametrize("step", ["", "0", "-1", "99", "999999999999", "x", "²", "\0"])
def test_a_step_that_is_none_is_the_nearest(town, step):
    answer = signed_in(town.officer).get("/help/tour/", {"step": step})

    assert answer.status_code == 200
    assert 1 <= answer.context["number"] <= 6


def test_steps_beyond_the_end_are_not_kept(town):
    services.note_step(user=town.officer, step=50)

    assert town.officer.tour_step == 6
