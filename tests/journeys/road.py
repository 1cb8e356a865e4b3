"""What the journeys share: windows by name, and days that pass."""

import signal
import time
from collections.abc import Callable
from datetime import date

from tests.harness.browser import DESK, PHONE, Visitor
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
        self._used: set[str] = set()
        self.facts: dict[str, str] = {}

    def by(self, username: str) -> Hand:
        """The window of this person, who logs in when first needed."""
        if username not in self._hands:
            self._hands[username] = Hand(self._visit(username or None))
        self._used.add(username)
        return self._hands[username]

    def stranger(self) -> Hand:
        """The window of somebody who never logs in."""
        return self.by("")

    def move_to(self, day: date) -> None:
        """Let days pass: the row of the fixed day moves, and the workers read it anew.

        A worker keeps the answer of the clock for half a minute; gunicorn, told by
        SIGHUP, starts new ones, which ask at once.
        """
        self.portal.store.live_on(day)
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

    def assert_fits(self) -> None:
        """The pages left open since the last look are no wider than a desk's or a phone's window."""
        for username in sorted(self._used):
            hand = self._hands[username]
            for size in (PHONE, DESK):
                hand.page.set_viewport_size(size)
                over = hand.visitor.overflow()
                assert over <= 0, f"{hand.path} is {over} px too wide at {size['width']}"
        self._used.clear()

    def assert_quiet(self, *statuses: int) -> None:
        """No window complained, and none asked another host for anything."""
        for hand in self._hands.values():
            hand.visitor.assert_quiet(expected_statuses=statuses)
