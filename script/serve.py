"""Prepare the database, then run gunicorn and the reminder loop until told to stop."""

import argparse
import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
STARTS, WINDOW = 4, 60.0  # a child that ends so often within so many seconds is given up


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/server", description="启动平台（单机模式）")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument("--bind", default="127.0.0.1", help="监听地址，默认只限本机")
    parser.add_argument("--no-demo", action="store_true", help="空库时不生成演示数据")
    return parser.parse_args()


def set_environment(bind: str, port: int) -> None:
    """Give every setting that was not given a value for one machine over plain HTTP."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    var = Path(os.environ.setdefault("UNIONOPS_VAR", str(ROOT / "var")))
    var.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionops.settings.production")
    os.environ.setdefault("UNIONOPS_HTTPS", "0")
    os.environ.setdefault("UNIONOPS_ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{bind}")
    if "UNIONOPS_SECRET_KEY" not in os.environ:
        os.environ["UNIONOPS_SECRET_KEY"] = secret_key(var / "secret")
    os.environ.setdefault("UNIONOPS_URL", f"http://{address(bind)}:{port}")


def secret_key(path: Path) -> str:
    """Read the key of this installation; make one at the first start, readable by its owner only."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def prepare(*, with_demo: bool) -> None:
    """Bring tables and static files up to date; fill an empty database."""
    django.setup()
    say("正在更新数据库 ……")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not database_is_empty():
        return
    if with_demo:
        say("数据库为空，正在生成演示数据，约需一两分钟 ……")
        call_command("demo")
    else:
        call_command("load_reference")


def database_is_empty() -> bool:
    """Say whether nobody can log in yet."""
    return not get_user_model()._default_manager.exists()


class Child:
    """A program kept running: started again when it ends, given up when it ends at once again."""

    def __init__(self, label: str, command: list[str]) -> None:
        self.label, self.command = label, command
        self.started: list[float] = []
        self.start()

    def start(self) -> None:
        self.started.append(time.monotonic())
        # A session of its own: Ctrl-C reaches this process alone, which then stops all in order.
        self.popen = subprocess.Popen(self.command, start_new_session=True)

    def has_ended(self) -> bool:
        return self.popen.poll() is not None

    def is_hopeless(self) -> bool:
        """Whether it was started so often of late that another start promises nothing."""
        return len(self.started) >= STARTS and time.monotonic() - self.started[-STARTS] < WINDOW

    def signal(self, number: int) -> None:
        # What it started may outlive it (gunicorn killed leaves its workers): the whole group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, number)


def start_children(bind: str, port: int) -> list[Child]:
    web = [
        *(sys.executable, "-m", "gunicorn", "unionops.wsgi:application"),
        # Loaded once and forked: a worker that is started again answers at once.
        *("--bind", f"{bind}:{port}", "--workers", "2", "--preload", "--timeout", "60"),
        # The control socket would lie in HOME, which may be empty or shared.
        *("--log-level", "warning", "--no-control-socket"),
    ]
    loop = [sys.executable, "manage.py", "run_due", "--loop"]
    return [Child("网页服务", web), Child("提醒服务", loop)]


def listen_for_signals() -> list[int]:
    """Return the list that receives the signal telling this program to stop."""
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: told.append(received))
    return told


def watch(children: list[Child], told: list[int]) -> int:
    """Keep the children running until told to stop; then stop all. Return the exit code."""
    while not told:
        for child in filter(Child.has_ended, children):
            code = child.popen.returncode
            child.signal(signal.SIGKILL)
            if child.is_hopeless():
                say(f"{child.label}一再退出（{code}），平台已停止。请查看上面的错误信息后再启动。")
                stop(children)
                return 1
            say(f"{child.label}意外退出（{code}），正在重新启动 ……")
            child.start()
        time.sleep(0.2)
    stop(children)
    return 0


def stop(children: list[Child]) -> None:
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + 10
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.popen.wait(timeout=max(0.1, deadline - time.monotonic()))
        child.signal(signal.SIGKILL)
        child.popen.wait()


def wait_for_port(bind: str, port: int, children: list[Child], told: list[int]) -> None:
    """Return once the web server answers, a child has ended or this program is told to stop."""
    while not told and not any(child.has_ended() for child in children):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((address(bind), port)) == 0:
                return
        time.sleep(0.1)


def address(bind: str) -> str:
    return "127.0.0.1" if bind == "0.0.0.0" else bind  # noqa: S104 - compared, not bound


def port_is_taken(bind: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((address(bind), port)) == 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    options = arguments()
    if port_is_taken(options.bind, options.port):
        say(f"端口 {options.port} 已被占用，请用 --port 换一个端口，例如 script/server --port 8100")
        return 1
    set_environment(options.bind, options.port)
    prepare(with_demo=not options.no_demo)
    told = listen_for_signals()
    children = start_children(options.bind, options.port)
    wait_for_port(options.bind, options.port, children, told)
    say(f"\n平台已启动：{os.environ['UNIONOPS_URL']}/")
    if apps.get_model("core", "FixedDay").objects.exists():
        call_command("demo", accounts=True)
    elif database_is_empty():
        say(
            "还没有人能登录。请另开一个终端建立三名管理员：.venv/bin/python manage.py create_admins"
        )
    say("按 Ctrl-C 停止。")
    return watch(children, told)


if __name__ == "__main__":
    sys.exit(main())
