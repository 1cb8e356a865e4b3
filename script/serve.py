"""Prepare the database, then run gunicorn and the reminder loop until told to stop."""

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands

ROOT = Path(__file__).resolve().parents[1]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/server", description="启动平台（单机模式）")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument("--bind", default="127.0.0.1", help="监听地址，默认只限本机")
    parser.add_argument("--no-demo", action="store_true", help="空库时不生成演示数据")
    return parser.parse_args()


def set_environment(bind: str) -> Path:
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
    return var


def secret_key(path: Path) -> str:
    """Read the key of this installation; make one at the first start, readable by its owner only."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def prepare(*, with_demo: bool) -> None:
    """Bring tables and static files up to date, and fill an empty database with the demo."""
    django.setup()
    say("正在更新数据库 ……")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if with_demo and "demo" in get_commands() and database_is_empty():
        say("数据库为空，正在生成演示数据，约需一两分钟 ……")
        call_command("demo")


def database_is_empty() -> bool:
    """Say whether nobody can log in yet."""
    return not get_user_model()._default_manager.exists()


def start_children(bind: str, port: int) -> list[subprocess.Popen]:
    web = [
        *(sys.executable, "-m", "gunicorn", "unionops.wsgi:application"),
        *("--bind", f"{bind}:{port}", "--workers", "2", "--timeout", "60"),
        # The control socket would lie in HOME, which may be empty or shared.
        *("--log-level", "warning", "--no-control-socket"),
    ]
    loop = [sys.executable, "manage.py", "run_due", "--loop"]
    # A session of their own: Ctrl-C reaches this process alone, which then stops them in order.
    return [subprocess.Popen(command, start_new_session=True) for command in (web, loop)]


def watch(children: list[subprocess.Popen]) -> int:
    """Wait for a signal or for the end of a child; then stop all. Return the exit code."""
    told = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: told.append(received))
    while not told and all(child.poll() is None for child in children):
        time.sleep(0.2)
    ended = [child.returncode for child in children if child.poll() is not None]
    stop(children)
    return 0 if told else (ended[0] or 1)


def stop(children: list[subprocess.Popen]) -> None:
    for child in children:
        signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + 10
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            signal_group(child, signal.SIGKILL)
            child.wait()


def signal_group(child: subprocess.Popen, number: int) -> None:
    if child.poll() is None:
        os.killpg(child.pid, number)


def wait_for_port(bind: str, port: int, children: list[subprocess.Popen]) -> None:
    """Return once the web server answers, or as soon as a child has ended."""
    while all(child.poll() is None for child in children):
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
    set_environment(options.bind)
    prepare(with_demo=not options.no_demo)
    children = start_children(options.bind, options.port)
    wait_for_port(options.bind, options.port, children)
    say(f"\n平台已启动：http://{address(options.bind)}:{options.port}/")
    if "demo" in get_commands() and not options.no_demo:
        call_command("demo", accounts=True)
    say("按 Ctrl-C 停止。")
    return watch(children)


if __name__ == "__main__":
    sys.exit(main())
