"""The environment of a test run, fixed before Django reads its settings.

Loaded by `-p` from pyproject.toml, because pytest-django imports the settings
before any conftest.py is read.
"""

import os
import tempfile
from pathlib import Path


def _prepare() -> None:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if not runtime or not Path(runtime).is_dir():
        # platformdirs, asked by the PostgreSQL wheel, warns when there is none.
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="unionops-run-")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in the thread
    os.environ.setdefault("UNIONOPS_SECRET_KEY", "test-only-key-that-protects-nothing-0123456789abcdef")
    os.environ["DATABASE_URL"] = "sqlite://:memory:"


_prepare()
