"""What the journeys share: windows by name, and days that pass."""

import signal
import time
from collections.abc import Callable
from datetime import date

from tests.harness.browser import Visitor
from tests.harness.portal import Portal
from tests.journeys.hand import Hand

SETTLED = 12  # answers in a row that show the new day: every worker has let the old one go
PATIENCE = 60.0


class Road:
    """The portal with the people who walk through it; `facts` remembers addresses."""

    def __init__(self, portal: Portal, visit: Callable[..., Visitor]):
        self.portal = portal
        self._visit = visit
        self._hands: dict[str, Hand] = {}
        self.facts: dict[str, str] = {}

    def by(self, username: str) -> Hand:
        """The window of this person, who logs in when first needed."""
        if username not in self._hands:
            self._hands[username] = Hand(self._visit(username))
        return self._hands[username]

    def stranger(self) -> Hand:
        """The window of somebody who never logs in."""
        if "" not in self._hands:
            self._hands[""] = Hand(self._visit())
        return self._hands[""]

    def move_to(self, day: date) -> None:
        """Let days pass: the row of the fixed day moves, and the workers read it anew.

        A worker keeps the answer of the clock for half a minute; a reload of
        gunicorn (as in any deployment) makes it ask at once.
        """
        code = f"from core.models import FixedDay; FixedDay.objects.update(day='{day}')"
        self.portal.manage("shell", "--no-imports", "-c", code)
        self.portal.processes["web"].popen.send_signal(signal.SIGHUP)
        request = self.by("venue.staff").page.context.request
        shown, deadline = 0, time.monotonic() + PATIENCE
        while shown < SETTLED:
            assert time.monotonic() < deadline, f"the portal does not live on {day} yet"
            shown = (
                shown + 1
                if f"· {day}</span>" in request.get("/rules/", timeout=PATIENCE * 1000).text()
                else 0
            )
            time.sleep(0.1)

    def assert_quiet(self, *statuses: int) -> None:
        """No window complained, and none asked another host for anything."""
        for hand in self._hands.values():
            hand.visitor.assert_quiet(expected_statuses=statuses)
