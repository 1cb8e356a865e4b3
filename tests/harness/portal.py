"""The portal as it runs for people: real processes on a database that holds the demo.

The profile follows the database of the run. On PostgreSQL it is the server
profile: gunicorn, Redis, one Celery worker and beat. On SQLite it is the
embedded one: gunicorn and `run_due --loop`.
"""

import itertools
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection

from tests.harness.environment import POSTGRES, chosen
from tests.harness.migrated import template
from tests.harness.postgres import url_of
from tests.harness.processes import Process, free_port, is_listening, manage, portal_env
from tests.harness.redis_server import redis_server

_numbers = itertools.count(1)


class Store:
    """One database with its `var` folder; `copy()` gives another with the same content."""

    def __init__(self, folder: Path, *, source: "Store | None" = None):
        self.folder = folder
        self.name = f"portal_{os.getpid()}_{next(_numbers)}"
        self.var = folder / self.name
        if source:
            shutil.copytree(source.var, self.var)
        else:
            self.var.mkdir(parents=True)
        if chosen() == POSTGRES:
            model = source.name if source else template(self.var)
            copying = f' TEMPLATE "{model}"' if model else ""
            self._administer(f'CREATE DATABASE "{self.name}"{copying}')
            self.database_url = url_of(os.environ["DATABASE_URL"], self.name)
        else:
            self.database_url = f"sqlite:///{self.var / 'db.sqlite3'}"
        self.env = portal_env(database_url=self.database_url, var=self.var)

    def copy(self) -> "Store":
        """Return a new store with the same rows and files. Nobody may be connected to this one."""
        return Store(self.folder, source=self)

    @contextmanager
    def read_here(self) -> Iterator[None]:
        """Let this process read the store's rows and files in place of its own."""
        kept, name, files = (
            connection.connection,
            connection.settings_dict["NAME"],
            settings.FILES_ROOT,
        )
        connection.connection = None
        is_postgres = chosen() == POSTGRES
        connection.settings_dict["NAME"] = self.name if is_postgres else self.var / "db.sqlite3"
        settings.FILES_ROOT = self.var / "files"
        try:
            yield
        finally:
            connection.close()
            connection.connection = kept
            connection.settings_dict["NAME"], settings.FILES_ROOT = name, files

    def live_on(self, day: date) -> None:
        """Move the row of the fixed day, without a program of the portal's for one row."""
        sql = f"UPDATE core_fixedday SET day = '{day.isoformat()}'"  # noqa: S608 - a date
        if chosen() == POSTGRES:
            self._run(self.database_url, sql)
            return
        with closing(sqlite3.connect(self.var / "db.sqlite3")) as file, file:
            file.execute(sql)

    def drop(self) -> None:
        """Remove the database and the folder."""
        if chosen() == POSTGRES:
            self._administer(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        shutil.rmtree(self.var, ignore_errors=True)

    def _administer(self, sql: str) -> None:
        self._run(os.environ["DATABASE_URL"], sql)

    @staticmethod
    def _run(url: str, sql: str) -> None:
        connection = psycopg2.connect(url)
        try:
            connection.autocommit = True
            connection.cursor().execute(sql)
        finally:
            connection.close()


def build_demo(folder: Path) -> Store:
    """Make a store with the collected static files and the whole demo."""
    store = Store(folder)
    manage("migrate", "--no-input", "-v", "0", env=store.env)
    manage("collectstatic", "--no-input", "-v", "0", env=store.env)
    manage("demo", env=store.env)
    return store


@dataclass
class Portal:
    """A running portal: its address, its store and its processes by name."""

    url: str
    store: Store
    env: dict[str, str]
    processes: dict[str, Process] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        """Run manage.py on the portal's database."""
        return manage(*arguments, env=self.env)


def _start(portal: Portal, name: str, *command: str) -> Process:
    log = portal.store.var / f"{name}.log"
    process = Process(sys.executable, *command, env=portal.env, log=log)
    portal.processes[name] = process
    return process


def start_web(portal: Portal) -> None:
    """Start gunicorn as script/server does and wait until it answers."""
    port = portal.url.rpartition(":")[2]
    web = _start(
        portal,
        "web",
        *("-m", "gunicorn", "unionops.wsgi:application", "--workers", "2", "--preload"),
        *("--bind", f"127.0.0.1:{port}", "--access-logfile", "-", "--no-control-socket"),
    )
    web.wait_until(lambda: is_listening(int(port)))


def start_worker(portal: Portal) -> None:
    """Start one real Celery worker and wait until it takes tasks."""
    celery = ("-m", "celery", "-A", "unionops", "worker")
    worker = _start(portal, "worker", *celery, "--concurrency", "1", "--loglevel", "INFO")
    worker.wait_for_text(" ready.")


def start_beat(portal: Portal) -> None:
    """Start one real Celery beat."""
    schedule = str(portal.store.var / "celerybeat-schedule")
    beat = _start(
        portal,
        "beat",
        *("-m", "celery", "-A", "unionops", "beat", "--schedule", schedule, "--pidfile="),
        *("--loglevel", "INFO"),
    )
    beat.wait_for_text("beat: Starting")


def start_run_due(portal: Portal) -> None:
    """Start the embedded profile's loop."""
    loop = _start(portal, "run_due", "manage.py", "run_due", "--loop")
    loop.wait_for_text("started")


def start_reminders(portal: Portal) -> None:
    """Start what sends and reminds in the profile of the portal."""
    if portal.env["REDIS_URL"]:
        start_worker(portal)
        start_beat(portal)
    else:
        start_run_due(portal)


@contextmanager
def running_portal(store: Store, *, reminds: bool = True) -> Iterator[Portal]:
    """Run the portal of the database's profile on the store, and stop every process at the end.

    Without `reminds` only what answers a browser runs: what is sent and what falls due waits.
    """
    with _redis_if_needed(store) as redis_url:
        env = portal_env(database_url=store.database_url, var=store.var, redis_url=redis_url)
        portal = Portal(url=f"http://127.0.0.1:{free_port()}", store=store, env=env)
        try:
            start_web(portal)
            if reminds:
                start_reminders(portal)
            yield portal
        finally:
            for process in reversed(portal.processes.values()):
                process.stop()


@contextmanager
def _redis_if_needed(store: Store) -> Iterator[str]:
    if chosen() == POSTGRES:
        with redis_server(store.var) as url:
            yield url
    else:
        yield ""
