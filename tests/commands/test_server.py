"""`script/server` on this machine: one start, a second start, an orderly end."""

import os
import time
import urllib.request
from contextlib import contextmanager
from http import HTTPStatus

import psutil
import pytest

from tests.harness.processes import ROOT, Process, free_port, is_listening

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


def is_alive(process):
    """Say whether a process runs; one that waits to be buried does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def group_of(server, text):
    """Return the processes under the server whose command line says `text`."""
    children = psutil.Process(server.popen.pid).children(recursive=True)
    return [child for child in children if any(text in part for part in child.cmdline())]


def test_a_killed_child_is_started_again(tmp_path):
    port = free_port()

    with server(tmp_path, port, "--no-demo") as running:
        running.wait_for_text(STARTED, seconds=180)
        for text, label in (("run_due", "提醒服务"), ("gunicorn", "网页服务")):
            before = group_of(running, text)
            psutil.Process(before[0].pid).kill()
            running.wait_for_text(f"{label}意外退出（-9），正在重新启动", seconds=30)
            running.wait_until(
                lambda text=text, before=before: (
                    {child.pid for child in group_of(running, text)} - {one.pid for one in before}
                )
            )
            running.wait_until(
                lambda before=before: not any(is_alive(child) for child in before), seconds=10
            )
        running.wait_until(lambda: is_listening(port))
        assert status_of(f"http://127.0.0.1:{port}/login/") == HTTPStatus.OK


def test_an_empty_server_says_how_the_first_administrators_are_made(tmp_path):
    with server(tmp_path, free_port(), "--no-demo") as running:
        running.wait_for_text(STARTED, seconds=180)
        assert "manage.py create_admins" in running.output()
        assert "工会新增" in running.output()


def test_server_says_when_its_port_is_taken(tmp_path):
    port = free_port()

    with server(tmp_path, port, "--no-demo") as first:
        first.wait_for_text(STARTED, seconds=180)
        with server(tmp_path, port, "--no-demo") as second:
            assert second.popen.wait(timeout=60) == 1
            assert f"端口 {port} 已被占用" in second.output()
