"""`script/server` on this machine: one start, a second start, an orderly end."""

import os
import time
import urllib.request
from http import HTTPStatus

import psutil
import pytest

from tests.harness.processes import ROOT, Process, free_port

pytestmark = [pytest.mark.sqlite, pytest.mark.services]
STARTED = "按 Ctrl-C 停止"


def start(var, port, *arguments):
    """Start script/server on a `var` of its own, as a person would who set nothing."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "SSL_CERT_FILE") if name in os.environ
    }
    return Process(
        ROOT / "script" / "server",
        *("--port", str(port), *arguments),
        env=kept | {"UNIONOPS_VAR": str(var), "LANG": "C.UTF-8"},
        log=var / f"server-{time.monotonic_ns()}.log",
    )


def status_of(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status


def test_server_starts_keeps_its_data_and_stops_its_children(tmp_path):
    port = free_port()

    first = start(tmp_path, port, "--no-demo")
    first.wait_for_text(STARTED, seconds=180)
    assert status_of(f"http://127.0.0.1:{port}/login/") == HTTPStatus.OK
    children = psutil.Process(first.popen.pid).children(recursive=True)
    secret = (tmp_path / "secret").read_text()
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert (tmp_path / "db.sqlite3").exists()
    first.popen.terminate()
    assert first.popen.wait(timeout=15) == 0
    assert [child for child in children if child.is_running()] == []

    begun = time.monotonic()
    second = start(tmp_path, port, "--no-demo")
    try:
        second.wait_for_text(STARTED, seconds=60)
        assert time.monotonic() - begun < 20
        assert (tmp_path / "secret").read_text() == secret
    finally:
        second.stop()


def test_server_says_when_its_port_is_taken(tmp_path):
    port = free_port()
    first = start(tmp_path, port, "--no-demo")
    try:
        first.wait_for_text(STARTED, seconds=180)

        second = start(tmp_path, port, "--no-demo")

        assert second.popen.wait(timeout=60) == 1
        assert f"端口 {port} 已被占用" in second.output()
    finally:
        first.stop()
