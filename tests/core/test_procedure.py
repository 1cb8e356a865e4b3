"""A road as a table: what may be done, whose turn it is, what the page draws."""

import pytest
from django.db.models import TextChoices

from core.procedure import Act, Procedure, Side, Stop
from tests.architecture.roads import roads

ROADS = {road.states.__name__: road for road in roads()}


class Light(TextChoices):
    RED = "red", "红"
    GREEN = "green", "绿"
    BROKEN = "broken", "坏"


ROAD = Procedure(
    states=Light,
    acts=(
        Act(
            name="go", label="放行", sources=(Light.RED,), targets=(Light.GREEN, Light.BROKEN),
            side=Side.VENUE,
        ),
        Act(
            name="paint", label="刷漆", sources=(Light.GREEN,), targets=(Light.GREEN,),
            side=Side.DEPARTMENT, is_turn=False,
        ),
    ),
    stops=(
        Stop(label="开始"),
        Stop(label="等", states=(Light.RED,)),
        Stop(label="行", states=(Light.GREEN, Light.BROKEN)),
    ),
    failed=frozenset({"broken"}),
)  # fmt: skip


def test_act_is_allowed_in_its_sources_only() -> None:
    assert ROAD.allows("go", "red")
    assert not ROAD.allows("go", "green")


def test_act_the_table_lacks_is_a_mistake() -> None:
    with pytest.raises(LookupError):
        ROAD.allows("fly", "red")


def test_turn_is_the_act_waited_for_and_nobodys_at_the_end() -> None:
    turn = ROAD.turn("red")

    assert turn is not None
    assert (turn.label, turn.side) == ("放行", Side.VENUE)
    assert ROAD.turn("green") is None  # painting may be done and need not
    assert ROAD.ends() == ["green", "broken"]


@pytest.mark.parametrize(
    ("state", "drawn"),
    [
        ("red", ["done", "now", "todo"]),
        ("green", ["done", "done", "done"]),
        ("broken", ["done", "done", "bad"]),
    ],
)
def test_steps(state: str, drawn: list[str]) -> None:
    assert [step["state"] for step in ROAD.steps(state)] == drawn


@pytest.mark.parametrize("name", sorted(ROADS))
def test_every_state_of_a_road_is_reached_and_drawn(name: str) -> None:
    road = ROADS[name]
    reached = {target for _source, target, _label in road.arrows()}
    drawn = {state.value for stop in road.stops for state in stop.states}
    first = next(iter(road.states)).value

    assert {one.value for one in road.states} == reached | {first} == drawn
