"""The small province of the approvals' tests."""

from tests.approvals.conftest import log_in, world

__all__ = ["log_in", "world"]
