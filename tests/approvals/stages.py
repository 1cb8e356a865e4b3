"""How far a plan has come when a test begins, built once for the tests of a file.

A test names one of the stages through the fixtures of `tests/approvals/conftest.py`. The farthest
it names is built in a transaction that the tests of its file share; each works in a savepoint of
its own, on its own copies of the objects. Racers need rows that others see: theirs are built anew.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

STAGES = ("world", "overall", "busy", "draft", "complete_draft", "submitted")
FOLLOWS = {"overall": "world", "busy": "overall", "draft": "overall", "complete_draft": "draft",
           "submitted": "complete_draft"}  # fmt: skip


def stage_of(names: list[str]) -> str | None:
    """The farthest stage among the fixtures of a test."""
    return next((stage for stage in reversed(STAGES) if f"at_{stage}" in names), None)


def rank_of(item: pytest.Item) -> int:
    """Tests of one stage stand together, so that it is built once."""
    stage = stage_of(item.fixturenames)
    return STAGES.index(stage) if stage else -1


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if stage := stage_of(metafunc.fixturenames):
        mark = metafunc.definition.get_closest_marker("django_db")
        is_shared = not (mark and mark.kwargs.get("transaction"))
        case = pytest.param((stage, is_shared), id=pytest.HIDDEN_PARAM)
        metafunc.parametrize("plan_stage", [case], indirect=True, scope="module")


@pytest.fixture(scope="module")
def plan_stage(
    request, django_db_setup, django_db_blocker
) -> Iterator[Callable[[], dict[str, Any]]]:
    """What gives a test its objects."""
    farthest, is_shared = request.param
    if not is_shared:
        yield lambda: build(farthest)
        return
    with django_db_blocker.unblock(), transaction.atomic():
        objects = build(farthest)
        try:
            with django_db_blocker.block():
                yield lambda: deepcopy(objects)
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def built(plan_stage, db) -> Iterator[dict[str, Any]]:
    """The objects of a test, by stage."""
    from core import clock  # noqa: PLC0415 - needs the settings

    clock.forget()
    objects = plan_stage()
    clock.today()  # as a process that has answered before
    yield objects
    clock.forget()


def _at(name: str):
    @pytest.fixture(name=f"at_{name}")
    def reached(built):
        return built[name]

    return reached


at_world, at_overall, at_busy, at_draft, at_complete_draft, at_submitted = map(_at, STAGES)


def build(stage: str) -> dict[str, Any]:
    """Everything up to a stage."""
    from tests.analytics.desks import fill_desks  # noqa: PLC0415 - needs the settings
    from tests.approvals import builders  # noqa: PLC0415
    from tests.approvals.conftest import build_world  # noqa: PLC0415

    if stage not in FOLLOWS:
        return {"world": build_world()}
    objects = build(FOLLOWS[stage])
    world = objects["world"]
    steps = {
        "overall": lambda: builders.grant_overall_plan(world),
        "busy": lambda: fill_desks(world),
        "draft": lambda: builders.new_plan(world),
        "complete_draft": lambda: builders.complete(world, objects["draft"]),
        "submitted": lambda: builders.submit_decided(world, objects["complete_draft"]),
    }
    return objects | {stage: steps[stage]()}
