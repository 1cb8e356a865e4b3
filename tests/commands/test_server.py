"""`script/server` on this machine: one start, a second start, an orderly end."""

import os
import time
import urllib.request
from contextlib import contextmanager
from http import HTTPStatus

import psutil
import pytest

from tests.harness.processes import ROOT, Process, free_port

pytestmark = [pytest.mark.sqlite, pytest.mark.services]
STARTED = "按 Ctrl-C 停止"


@contextmanager
def server(var, port, *arguments):
    """Run script/server on a `var` of its own, as a person would who set nothing."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "SSL_CERT_FILE") if name in os.environ
    }
    process = Process(
        ROOT / "script" / "server",
        *("--port", str(port), *arguments),
        env=kept | {"UNIONOPS_VAR": str(var), "LANG": "C.UTF-8"},
        log=var / f"server-{time.monotonic_ns()}.log",
    )
    try:
        yield process
    finally:
        process.stop()


def status_of(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status


def test_server_starts_keeps_its_data_and_stops_its_children(tmp_path):
    port = free_port()

    with server(tmp_path, port, "--no-demo") as first:
        first.wait_for_text(STARTED, seconds=180)
        assert status_of(f"http://127.0.0.1:{port}/login/") == HTTPStatus.OK
        children = psutil.Process(first.popen.pid).children(recursive=True)
        first.popen.terminate()
        assert first.popen.wait(timeout=30) == 0

    assert len(children) >= len(("gunicorn", "worker", "worker", "run_due"))
    assert [child for child in children if child.is_running()] == []
    secret = (tmp_path / "secret").read_text()
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    with server(tmp_path, port, "--no-demo") as second:
        second.wait_for_text(STARTED, seconds=60)
        assert "正在安装" not in second.output()
    assert (tmp_path / "secret").read_text() == secret


def test_server_says_when_its_port_is_taken(tmp_path):
    port = free_port()

    with server(tmp_path, port, "--no-demo") as first:
        first.wait_for_text(STARTED, seconds=180)
        with server(tmp_path, port, "--no-demo") as second:
            assert second.popen.wait(timeout=60) == 1
            assert f"端口 {port} 已被占用" in second.output()
