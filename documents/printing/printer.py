"""The warm printer of this process: one worker that has its renderer loaded, asked in turn."""

import atexit
import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

WORKER = Path(__file__).with_name("worker.py")
WALL_SECONDS = 60
LENGTH_BYTES = 8  # as the worker writes and reads them


class TookTooLong(Exception):
    """The worker was ended because it had not answered within WALL_SECONDS."""


class Printer:
    """Starts its worker when first asked, again when it has gone, and anew after a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, job: bytes) -> tuple[int, bytes]:
        """The code and the answer for one job.

        TookTooLong when there is none in time; ConnectionError when the worker ended meanwhile.
        """
        with self._lock:
            worker = self._running()
            try:
                return _exchange(worker, job)
            except (TookTooLong, ConnectionError):
                self._end()
                raise

    def close(self) -> None:
        """End the worker; the next question starts another."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            self._worker = None  # the parent's, who goes on with it
        if self._worker is None or self._worker.poll() is not None:
            self._end()
            self._worker, self._owner = _start(), os.getpid()
        return self._worker

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None or self._owner != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        for pipe in (worker.stdin, worker.stdout):
            if pipe:
                pipe.close()
        worker.wait()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program, no shell, nothing typed in the arguments
        [sys.executable, "-I", str(WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=tempfile.gettempdir(),
        env={"LANG": "C.UTF-8", "HOME": tempfile.gettempdir(), "PATH": "/usr/bin:/bin"},
        start_new_session=True,  # ended together with the child that renders
    )


def _exchange(worker: subprocess.Popen[bytes], job: bytes) -> tuple[int, bytes]:
    asking, answering = worker.stdin, worker.stdout
    if asking is None or answering is None:
        raise ConnectionError("the worker has no pipes")
    until = time.monotonic() + WALL_SECONDS
    rest = memoryview(len(job).to_bytes(LENGTH_BYTES) + job)
    while rest:
        _wait(asking.fileno(), select.POLLOUT, until)
        rest = rest[os.write(asking.fileno(), rest[: select.PIPE_BUF]) :]
    code = _read(answering.fileno(), 1, until)[0]
    length = int.from_bytes(_read(answering.fileno(), LENGTH_BYTES, until))
    return code, _read(answering.fileno(), length, until)


def _wait(pipe: int, event: int, until: float) -> None:
    """Until the pipe can be written or read without waiting."""
    waiting = select.poll()
    waiting.register(pipe, event)
    if not waiting.poll(max(0, until - time.monotonic()) * 1000):
        raise TookTooLong


def _read(source: int, length: int, until: float) -> bytes:
    parts = []
    while length:
        _wait(source, select.POLLIN, until)
        part = os.read(source, length)
        if not part:
            raise ConnectionError("the worker ended")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


printer = Printer()
atexit.register(printer.close)
