"""The description held against the API: generated requests, right and wrong, as four people.

Every answer is one the description names, in the shape it names, and none is a 5xx.
"""

import copy
import uuid
from collections import Counter
from types import SimpleNamespace

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.description import description
from approvals.enums import Node
from tests.approvals import walk
from tests.approvals.builders import complete, decide, new_plan
from tests.harness.calling import give_token

pytestmark = pytest.mark.django_db
ROLES = ("venue.manager", "asset.officer", "auditor", "baoji.officer")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 12  # of each operation, for each person, right ones and wrong ones
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def _one_connection():
    """A request over WSGI closes its connection at the end; here it is the test's own."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def known(full, _one_connection):
    """What the addresses speak of, by the noun in them; two plans wait for an act."""
    waiting = decide(full, complete(full, new_plan(full, "internal")))
    task = walk.open_task(full.submitted, Node.FORMAL_REVIEW)
    return SimpleNamespace(
        world=full,
        keys={
            "venues": full.venue.pk,
            "partners": full.partner.pk,
            "cooperations": full.contract.cooperation_id,
            "proposals": full.submitted.pk,
            "contracts": full.contract.pk,
            "evaluations": full.evaluation.pk,
            "reports": full.report.pk,
            "tasks": task.pk,
            "submit": waiting.pk,
        },
        seen={
            "tasks": {"version": task.version, "content_sha256": task.plan_version.sha256},
            "submit": {"version": waiting.version},
        },
    )


def operations() -> list:
    schema = schemathesis.openapi.from_dict(copy.deepcopy(description()))
    schema.app = WSGIHandler()
    return [found.ok() for found in schema.get_all_operations()]


def meant(case, known) -> None:
    """Point the request at a thing that is there, on the version that was seen."""
    noun = "submit" if case.path.endswith("submit/") else case.path.split("/")[3]
    if "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = str(known.keys[noun])
    if noun in known.seen and isinstance(case.body, dict):
        case.body |= known.seen[noun]
        case.headers["Idempotency-Key"] = str(uuid.uuid4())


@pytest.mark.parametrize("username", ROLES)
def test_every_answer_is_one_the_description_names(known, username):
    headers = {"Authorization": f"Bearer {give_token(known.world[username])}"}
    answered: Counter = Counter()

    for operation in operations():
        for mode in GenerationMode:
            strategy = operation.as_strategy(generation_mode=mode)

            @BOUNDED
            @given(strategy, st.booleans())
            def ask(case, is_meant):
                if is_meant:
                    meant(case, known)
                answer = case.call(headers=headers)
                case.validate_response(answer, checks=CHECKS)
                answered[answer.status_code] += 1

            ask()

    print(f"\nconformance as {username}: {dict(sorted(answered.items()))}")
    assert answered.total() >= EXAMPLES * len(operations())
    assert not [status for status in answered if status >= 500]
    assert {200, 400, 404} <= set(answered)
