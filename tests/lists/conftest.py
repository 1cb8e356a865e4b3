"""The small province with one of everything, built once for the module that asks for it."""

import pytest

from core import clock
from tests.approvals.conftest import build_world, log_in, world
from tests.lists import rows
from tests.lists.reading import enter, full

__all__ = ["enter", "full", "log_in", "world"]


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world and a row of every list, in one transaction that is rolled back at the end."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    before = settings.FILES_ROOT
    settings.FILES_ROOT = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), transaction.atomic():
        try:
            built = build_world()
            yield built, rows.build(built)
        finally:
            transaction.set_rollback(True)
            settings.FILES_ROOT = before
            clock.forget()
