"""The small province with something waiting on most desks."""

import pytest

from tests.approvals.conftest import log_in, world

__all__ = ["log_in", "world"]


@pytest.fixture
def town(at_busy):
    """A plan at the formal review, a contract at counsel's, an edition in review, a report due."""
    return at_busy
