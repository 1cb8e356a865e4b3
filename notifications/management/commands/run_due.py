"""`manage.py run_due`: do what is due, once or for ever. Drives `tick` without Celery."""

import logging
import signal
import threading
import uuid
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from core import clock
from notifications import services

log = logging.getLogger(__name__)
NAME = "run_due"
LEASE = timedelta(seconds=180)  # longer than the longest tick


class Command(BaseCommand):
    help = "处理到期事项：发出提醒、投递消息。--loop 持续运行；默认只运行一次。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--loop", action="store_true", help="持续运行，直到收到结束信号")
        parser.add_argument("--once", action="store_true", help="只运行一次（默认）")
        parser.add_argument("--interval", type=float, default=5.0, help="两次之间的秒数")

    def handle(self, *args, loop: bool, once: bool, interval: float, **options) -> None:
        if loop and once:
            raise CommandError("--loop 与 --once 只能选一个。")
        self.owner = uuid.uuid4()
        if not loop:
            self._run_once()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            # The signal ends the loop after the tick at hand; a tick is never cut.
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("run_due: started")
        while not stop.is_set():
            self._lead()
            stop.wait(interval)
        self._leave()

    def _run_once(self) -> None:
        report = services.tick(now=clock.now())
        self.stdout.write(
            f"提醒 {report.fired} 条，送达 {report.sent} 条，待重试 {report.retried} 条，"
            f"未送达 {report.dead} 条。"
        )

    def _lead(self) -> None:
        """One round, by whoever leads. A database that is away is waited for."""
        close_old_connections()
        try:
            # The lease is the machine's business and keeps the machine's time, also
            # where the database lives on a fixed day.
            if services.take_lead(name=NAME, owner=self.owner, now=timezone.now(), lease=LEASE):
                services.tick(now=clock.now())
        except DatabaseError as error:
            log.warning("run_due: %s", error)
            connection.close()

    def _leave(self) -> None:
        try:
            services.release_lead(name=NAME, owner=self.owner)
        except DatabaseError as error:
            log.warning("run_due: lead not given back: %s", error)
        self.stdout.write("run_due: stopped")
