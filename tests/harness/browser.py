"""Chromium as a person's browser: log in, look, act, and note every complaint."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Playwright

from tests.harness.portal import Portal

PASSWORD = "Demo-2026!"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}

# --no-sandbox: containers and root have no user namespaces; the pages are our own.
# The rest keeps the browser from calling its maker's hosts.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
STATUS_COMPLAINT = re.compile(r"Failed to load resource: .* status of (\d{3})")


def start_browser(playwright: Playwright) -> Browser:
    """Start Debian's Chromium in the build that has no windows: a third of the CPU of the other."""
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium-headless-shell", args=FLAGS
    )


class Visitor:
    """One person at one browser window. `page` is Playwright's page; paths are relative."""

    def __init__(
        self,
        browser: Browser,
        portal: Portal,
        *,
        viewport: dict | None = None,
        scripts: bool = True,
        touch: bool = False,
    ):
        self.portal = portal
        self.touch = touch
        self.context = browser.new_context(
            base_url=portal.url,
            viewport=viewport or DESK,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
            java_script_enabled=scripts,
            has_touch=touch,
        )
        self.context.set_default_timeout(20_000)
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.answered = 0  # the status of the page opened last
        self.context.on(
            "console", lambda message: self._complain(f"{message.type}: {message.text}")
        )
        self.context.on("weberror", lambda error: self._complain(f"error: {error.error}"))
        self.context.on("request", lambda request: self._look_outside(request.url))
        self.page = self.context.new_page()

    def open(self, path: str):
        """Open a page of the portal and return its response."""
        response = self.page.goto(path)
        self.answered = response.status
        return response

    def log_in(self, username: str, *, password: str = PASSWORD) -> "Visitor":
        """Log in through the login page."""
        self.open("/login/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        with self.page.expect_navigation():
            self.page.locator("form:has(input[name=password]) button[type=submit]").click()
        assert urlsplit(self.page.url).path != "/login/", f"{username} was not let in"
        return self

    def set_type(self, sizes: dict[str, int]) -> None:
        """Set the size of type in the browser's own settings, in pixels by kind."""
        self.context.new_cdp_session(self.page).send("Page.setFontSizes", {"fontSizes": sizes})

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window; 0 is right."""
        script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return self.page.evaluate(script)

    def assert_quiet(self, *, expected_statuses: tuple[int, ...] = ()) -> None:
        """Fail on any console message, page error or request to another host.

        Chromium writes a line for each answer of 400 and above; those the
        journey provokes on purpose are named in `expected_statuses`.
        """
        loud = [text for text in self.complaints if not self._is_expected(text, expected_statuses)]
        assert loud == []
        assert self.outside == []

    def close(self) -> None:
        self.context.close()

    def _complain(self, text: str) -> None:
        self.complaints.append(text)

    def _look_outside(self, url: str) -> None:
        parts = urlsplit(url)
        if (
            parts.scheme not in ("data", "blob")
            and f"{parts.scheme}://{parts.netloc}" != self.portal.url
        ):
            self.outside.append(url)

    @staticmethod
    def _is_expected(text: str, statuses: tuple[int, ...]) -> bool:
        found = STATUS_COMPLAINT.search(text)
        return bool(found) and int(found[1]) in statuses
