"""One group on one database: a fresh store in the settings of production, then its figures.

python -m bench.leg GROUP prints one figure a line; everything else goes to standard error.
The database is chosen by UNIONOPS_TEST_DB, as in the tests.
"""

import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from bench.groups import GROUPS, Group
from tests.harness import environment
from tests.harness.portal import Store


class FromTheModels:
    """Says of every app that it has no migrations: tables straight from the models, as in the
    tests, a minute sooner; script/check holds the two against each other.
    """

    def __contains__(self, _app: str) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


@contextmanager
def fresh_store() -> Iterator[None]:
    """An empty database of its own, gone afterwards."""
    server = os.environ["DATABASE_URL"]
    folder = Path(tempfile.mkdtemp(prefix="unionops-bench-"))
    store = Store(folder)
    # The tests' client calls the portal by this name.
    hosts = f"{store.env['UNIONOPS_ALLOWED_HOSTS']},testserver"
    os.environ |= store.env | {"UNIONOPS_ALLOWED_HOSTS": hosts}
    settings.MIGRATION_MODULES = FromTheModels()
    django.setup()
    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = server
        store.drop()
        shutil.rmtree(folder, ignore_errors=True)


def measure(group: Group) -> None:
    """Print the figures of a group."""
    figures = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whoever prints meanwhile
    with fresh_store():
        for one in importlib.import_module(group.module).measure(environment.chosen()):
            figures.write(f"{one.to_json()}\n")
            figures.flush()


if __name__ == "__main__":
    measure(GROUPS[sys.argv[1]])
