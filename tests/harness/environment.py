"""The environment of a test run, fixed before Django reads its settings.

Loaded by `-p` from pyproject.toml, because pytest-django imports the settings
before any conftest.py is read. UNIONOPS_TEST_DB chooses the database:

- `sqlite` (default): in memory, as the embedded profile;
- `postgres`: DATABASE_URL when it names a PostgreSQL, otherwise the server of
  the wheel, started here once and handed to the xdist workers by environment.
"""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

from tests.harness import postgres

SQLITE = "sqlite"
POSTGRES = "postgres"


def chosen() -> str:
    """Name the database of this run."""
    return os.environ.get("UNIONOPS_TEST_DB", SQLITE)


def _throw_away(prefix: str) -> str:
    folder = tempfile.mkdtemp(prefix=prefix)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _prepare() -> None:
    if not Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent").is_dir():
        # platformdirs, asked by the PostgreSQL wheel, warns when there is none.
        os.environ["XDG_RUNTIME_DIR"] = _throw_away("unionops-run-")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["UNIONOPS_VAR"] = _throw_away("unionops-test-")
    # Playwright keeps an event loop in the thread of the test; Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if chosen() == SQLITE:
        os.environ["DATABASE_URL"] = "sqlite://:memory:"
    elif chosen() == POSTGRES:
        if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
            os.environ["DATABASE_URL"] = postgres.start()
    else:
        raise SystemExit(f"UNIONOPS_TEST_DB must be sqlite or postgres, not {chosen()!r}.")


# A run holds thousands of models and templates for good: collect them seldom.
gc.set_threshold(50_000, 20, 100)
_prepare()
