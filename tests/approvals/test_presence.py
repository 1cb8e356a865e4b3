"""Which parts of a matter exist: the names of those with a row, by one statement."""

import uuid

import pytest

from approvals.models import ProposalVersion, Section, Thread
from core.presence import present
from tests.approvals.test_threads import ask

pytestmark = pytest.mark.django_db


def test_what_has_a_row_is_named_and_nothing_else(world, submitted, django_assert_num_queries):
    ask(world, submitted)
    other, auditor = uuid.uuid4(), world["auditor"].pk

    with django_assert_num_queries(1):
        found = present(
            {
                "threads": (Thread, {"proposal": submitted.pk}),
                "threads of another": (Thread, {"proposal": other}),
                "second version": (ProposalVersion, {"proposal": submitted.pk, "no": 2}),
                "first version": (ProposalVersion, {"proposal": submitted.pk, "no": 1}),
                "their section": (Section, {"proposal": submitted.pk, "updated_by": auditor}),
                "of nobody": (Thread, {"proposal": None}),
            }
        )

    assert found == {"threads", "first version"}


def test_what_cannot_be_is_not_even_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert present({"of nobody": (Thread, {"proposal": None})}) == frozenset()
        assert present({}) == frozenset()
