"""The map of homes, built once for the tests of this folder."""

import pytest
from django.db import transaction

from core import clock
from tests.access import world


@pytest.fixture(scope="package")
def homes(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every home with its objects, in one transaction that is rolled back at the end."""
    from django.conf import settings  # noqa: PLC0415

    before = settings.FILES_ROOT
    settings.FILES_ROOT = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), transaction.atomic():
        try:
            yield world.build()
        finally:
            transaction.set_rollback(True)
            settings.FILES_ROOT = before
            clock.forget()
