"""Photograph the demo: each picture is a person, where they start, what they follow, a window.

Matters have random identifiers, so a picture names the list it starts from and the words of
the links it follows. The demo lives on one day, so the same code makes the same pictures.
"""

import argparse
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "Demo-2026!"  # noqa: S105 - of the demo, printed in both README files
DESK, PHONE = (1366, 768), (390, 844)
COLOURS = 128
PATIENCE_SECONDS = 900
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-dev-shm-usage", "--hide-scrollbars"]  # fmt: skip

SCHOOL = "西安职工学校职工艺术培训合作运营方案"
COURT = "西安东城工人文化宫羽毛球馆合作运营方案"
COURT_CONTRACT = "西安东城工人文化宫羽毛球馆合作运营合同"
STAGE = "西安东城工人文化宫职工小剧场合作运营方案"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture."""

    name: str
    start: str
    who: str = ""  # nobody: a stranger
    follow: tuple[str, ...] = ()  # words of the links, one after the other
    size: tuple[int, int] = DESK
    below: str = ""  # what to scroll to
    paper: str = ""  # the link of a PDF; its first page is the picture


SHOTS = (
    Shot(name="review", who="cosign.personnel", start="/proposals/", follow=(SCHOOL,)),
    Shot(name="workbench", who="cosign.personnel", start="/"),
    Shot(name="writing", who="venue.manager", start="/proposals/", follow=(STAGE,)),
    Shot(
        name="compare", who="asset.officer", start="/proposals/", follow=(SCHOOL, "与 v1 对比"),
        below="main ins",
    ),
    Shot(name="cooperation", who="asset.officer", start="/cooperations/", follow=(COURT,)),
    Shot(name="contract", who="asset.officer", start="/contracts/", follow=(COURT_CONTRACT,)),
    Shot(
        name="evaluation", who="asset.officer", start="/evaluations/?state=confirmed&grade=good",
        follow=(COURT,),
    ),
    Shot(name="deadlines", who="asset.officer", start="/deadlines/?view=month"),
    Shot(name="rules", who="auditor", start="/rules/13/"),
    Shot(
        name="review-phone", who="cosign.personnel", start="/proposals/", follow=(SCHOOL,),
        size=PHONE,
    ),
    Shot(
        name="public-phone", start="/public/", follow=("西安东城工人文化宫",), size=PHONE,
    ),
    Shot(
        name="reply", who="asset.officer", start="/cooperations/", follow=(COURT,),
        paper="a.file:has-text('批复')",
    ),
)  # fmt: skip


@contextmanager
def served(at: str) -> Iterator[str]:
    """The address of a portal with the demo: the one named, or one of our own."""
    if at:
        yield at
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        server = subprocess.Popen(
            [str(ROOT / "script" / "server"), "--port", str(port)],
            env={**os.environ, "UNIONOPS_VAR": folder},
            stdout=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/login/", server)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(address: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(1)
        else:
            return
    sys.exit("the server did not come up")


def photograph(browser: Browser, base: str, shot: Shot) -> Image.Image:
    """Go where the picture is and take it."""
    width, height = shot.size
    context = browser.new_context(
        base_url=base, viewport={"width": width, "height": height}, locale="zh-CN",
        timezone_id="Asia/Shanghai", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    if shot.who:
        _log_in(page, shot.who)
    page.goto(shot.start)
    for words in shot.follow:
        page.goto(_address(page, words))
    if shot.paper:
        found = page.locator(shot.paper).first.get_attribute("href") or ""
        picture = _first_page(context.request.get(found).body())
    else:
        if shot.below:
            page.locator(shot.below).first.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    context.close()
    return picture


def _log_in(page: Page, who: str) -> None:
    page.goto("/login/")
    page.fill("input[name=username]", who)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("form:has(input[name=password]) button[type=submit]").click()


def _address(page: Page, words: str) -> str:
    """Where the first link with these words leads; a menu may hide it on a phone."""
    link = page.locator("main a, .head a").filter(has_text=words).first
    address = link.get_attribute("href", timeout=5_000)
    if not address:
        sys.exit(f"{page.url}: no link {words}")
    return address


def _first_page(content: bytes) -> Image.Image:
    return pypdfium2.PdfDocument(content)[0].render(scale=1.25).to_pil()


def keep(picture: Image.Image, name: str) -> int:
    """Write a small PNG: flat colours lose nothing by a palette."""
    path = PICTURES / f"{name}.png"
    small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    return path.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", default="", help="a portal that already serves the demo")
    parser.add_argument("names", nargs="*", help="only these pictures")
    asked = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    with served(asked.at) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=FLAGS
        )
        for shot in SHOTS:
            if not asked.names or shot.name in asked.names:
                size = keep(photograph(browser, base, shot), shot.name)
                sys.stdout.write(f"{shot.name}.png {size // 1024} KB\n")
        browser.close()


if __name__ == "__main__":
    main()
