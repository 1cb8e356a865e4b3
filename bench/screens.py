"""Every screen at two widths in a real browser: weight, axe-core, console, requests elsewhere."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.figures import Figure
from tests.harness.browser import start_browser
from tests.harness.portal import build_demo, running_portal
from tests.journeys.screens import Look, atlas_of, look_at


def measure() -> Iterator[Figure]:
    """The walk of tests/journeys over the demo, with axe-core on every screen."""
    looks = _walked()
    place = (
        f"{len({one.screen for one in looks})} screens, {len({one.width for one in looks})} widths"
    )
    found = {
        "weight_over_budget": [_at(one) for one in looks if one.is_too_heavy],
        "axe_violations": [f"{_at(one)}: {what}" for one in looks for what in one.axe],
        "console_messages": [f"{_at(one)}: {what}" for one in looks for what in one.console],
        "external_requests": [f"{_at(one)}: {what}" for one in looks for what in one.outside],
    }
    for name, faults in found.items():
        note = f"{place}; first: {faults[0]}" if faults else place
        yield Figure(
            group="pages", figure=name, value=len(faults), op="==", bar=0, unit="count", note=note
        )


def _walked() -> list[Look]:
    with tempfile.TemporaryDirectory(prefix="unionops-bench-") as folder:
        store = build_demo(Path(folder))
        try:
            with running_portal(store) as portal, sync_playwright() as playwright:
                browser = start_browser(playwright)
                return list(look_at(browser, portal, atlas_of(portal)))
        finally:
            store.drop()


def _at(look: Look) -> str:
    return f"{look.screen.name} at {look.width}"
