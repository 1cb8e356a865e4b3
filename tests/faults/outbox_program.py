"""A program of its own for the outbox tests: seeds, ticks at a given moment, may be killed.

`python -m tests.faults.outbox_program seed 40` | `tick <iso moment> <mail log> <kill after n>` |
`count`. Runs in the environment of a portal.
"""

import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.mail.backends.base import BaseEmailBackend  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Count  # noqa: E402

from accounts.models import User  # noqa: E402
from notifications import services  # noqa: E402
from notifications.models import InboxItem, OutboxItem  # noqa: E402

AT = datetime.fromisoformat("2026-11-20T10:00:00+08:00")


class Dying(BaseEmailBackend):
    """Takes the mail, writes it down, and after the n-th one ends the process at once."""

    log = Path()
    left = 0

    def send_messages(self, messages):
        for message in messages:
            with self.log.open("a") as file:
                file.write(message.extra_headers["Message-ID"] + "\n")
                os.fsync(file.fileno())
            type(self).left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return len(messages)


def seed(number: int) -> None:
    """One person per message, each with an address."""
    with transaction.atomic():
        for index in range(number):
            user = User.objects.create_user(
                f"reader{index}", name=f"读者{index}", email=f"reader{index}@example.cn"
            )
            tell(user, key=f"m{index}")


def tell(user: User, *, key: str) -> None:
    services.notify(users=[user], title="提醒", body="", url="", kind="test", dedupe_key=key, at=AT)


def tick(moment: str, log: str, kill_after: str) -> None:
    Dying.log, Dying.left = Path(log), int(kill_after)
    settings.EMAIL_BACKEND = "tests.faults.outbox_program.Dying"
    services.tick(now=datetime.fromisoformat(moment))


def count() -> None:
    by_status = OutboxItem.objects.order_by().values_list("channel", "status")
    print(
        json.dumps(
            {
                "outbox": {f"{c} {s}": n for c, s, n in by_status.annotate(n=Count("pk"))},
                "inbox": InboxItem.objects.count(),
            }
        )
    )


def wake_one() -> None:
    """Tell one person in a transaction of its own, with the wake-up a web process would send."""
    with transaction.atomic():
        user = User.objects.create_user("woken", name="被唤醒者", email="woken@example.cn")
        tell(user, key="woken")


if __name__ == "__main__":
    # As a module under its own name, so that the mail backend found by name is this one.
    from tests.faults import outbox_program

    command, *arguments = sys.argv[1:]
    if command == "seed":
        outbox_program.seed(int(arguments[0]))
    elif command == "tick":
        outbox_program.tick(*arguments)
    elif command == "wake":
        outbox_program.wake_one()
    else:
        outbox_program.count()
