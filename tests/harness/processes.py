"""Real processes started by tests and ended with them."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "a-key-of-tests-that-protects-nothing-0123456789-abcdefghij"


def portal_env(*, database_url: str, var: Path, redis_url: str = "") -> dict[str, str]:
    """Return the environment in which the portal's programs run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "unionops.settings.production",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "UNIONOPS_VAR": str(var),
        "UNIONOPS_SECRET_KEY": SECRET_KEY,
        "UNIONOPS_HTTPS": "0",
        "UNIONOPS_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PYTHONUNBUFFERED": "1",
        "EMAIL_URL": "filemail://",
    }


def manage(*arguments: str, env: dict[str, str], seconds: float = 600) -> str:
    """Run manage.py in the environment of a portal and return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, (
        f"manage.py {arguments}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    )
    return done.stdout


def free_port() -> int:
    """Return a TCP port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(port: int) -> bool:
    """Say whether somebody accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Process:
    """One program with its own process group and log file."""

    def __init__(self, *command: str | Path, env: dict[str, str], log: Path):
        self.command = [str(part) for part in command]
        self.log = log
        with log.open("ab") as out:
            self.popen = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def is_running(self) -> bool:
        return self.popen.poll() is None

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_until(self, ready: Callable[[], bool], *, seconds: float = 60) -> None:
        """Wait until the program is ready; fail with its log when it ends or takes too long."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.is_running or time.monotonic() > deadline:
                raise AssertionError(
                    f"{self.command} did not become ready:\n{self.output()[-4000:]}"
                )
            time.sleep(0.1)

    def wait_for_text(self, text: str, *, seconds: float = 60) -> None:
        """Wait until the program has printed the text."""
        self.wait_until(lambda: text in self.output(), seconds=seconds)

    def kill(self) -> None:
        """End the whole group at once, as a power failure would."""
        self._signal(signal.SIGKILL)
        self.popen.wait()

    def stop(self) -> None:
        """End the whole group in order, by force when that takes too long."""
        self._signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.popen.wait(timeout=20)  # script/server gives its children ten
        self._signal(signal.SIGKILL)
        self.popen.wait()

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, number)
