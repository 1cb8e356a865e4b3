"""Turn page descriptions into PDFs, in a process of its own, each in a child of it.

Started as a file, in isolated mode; knows neither Django nor the database, so a hostile page
reaches nothing. The renderer is loaded once; a child with limits on memory and time renders
one page and ends, so nothing of one page is left for the next.

A job comes on standard input as JSON, its length in eight bytes before it. The answer goes to
standard output: the child's exit code in one byte, a length in eight, and the PDF or, when it
was refused, what the child complained of.
"""

import base64
import json
import logging
import os
import re
import resource
import sys
import tempfile
import traceback
from pathlib import Path
from typing import BinaryIO

REFUSED = 3
UNEQUIPPED = 4
LENGTH_BYTES = 8
SCHEME = "print:"
MEMORY_BYTES = 3 * 1024**3
CPU_SECONDS = 40
_MISSING_GLYPH = re.compile(r"\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)")


class Complaints(logging.Handler):
    """Collects what the renderer only warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if match := _MISSING_GLYPH.search(record.getMessage()):
            self.characters.add(chr(int(match[1], 16)))


class Refused(Exception):
    """The page cannot be printed for a reason its writer can mend."""


def make_fetcher(assets: dict[str, dict[str, str]]):
    """A fetcher that knows the given names and nothing else: no file, no network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - see serve

    class AllowList(URLFetcher):
        def fetch(self, url, headers=None):
            asset = assets.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if asset is None:
                raise ValueError(f"not on the list: {url[:200]}")
            body = base64.b64decode(asset["base64"])
            return URLFetcherResponse(url, body, {"Content-Type": asset["type"]})

    return AllowList(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


def render(job: dict, complaints: Complaints) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 - see serve
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    fetcher = make_fetcher(job["assets"])
    try:
        page = HTML(string=job["html"], base_url=SCHEME, url_fetcher=fetcher)
        document = page.render()
        content = document.write_pdf(pdf_identifier=job["identifier"].encode())
    except FatalURLFetchingError as error:
        raise Refused({"kind": "fetch", "detail": str(error.__cause__)}) from error
    if complaints.characters:
        raise Refused({"kind": "glyphs", "characters": sorted(complaints.characters)})
    return content


def print_one(job: dict) -> tuple[int, bytes]:
    """The exit code of a child and what it has to say."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    complaints = Complaints()
    logging.getLogger("weasyprint").handlers = [complaints]
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        configuration = Path(folder) / "fonts.conf"
        configuration.write_text(job["fontconfig"], encoding="utf-8")
        # Read when the first font is looked for, which is in this child.
        os.environ["FONTCONFIG_FILE"] = str(configuration)
        try:
            return 0, render(job, complaints)
        except Refused as refusal:
            return REFUSED, json.dumps(refusal.args[0]).encode()
        except BaseException:
            return 1, traceback.format_exc().encode()


def in_a_child(job: dict) -> tuple[int, bytes]:
    """Print in a child and wait for it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            verdict, said = print_one(job)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(said)
            code = verdict
        finally:
            os._exit(code)  # whatever happens, a child never goes on to answer jobs
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return (code, said) if code >= 0 else (1, f"ended by signal {-code}".encode())


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until nobody is left to ask."""
    unequipped = b""
    try:
        import weasyprint  # noqa: F401, PLC0415 - what is missing is an answer, not a crash
    except (ImportError, OSError) as error:
        unequipped = str(error).encode()
    while length := jobs.read(LENGTH_BYTES):
        job = json.loads(jobs.read(int.from_bytes(length)))
        code, said = (UNEQUIPPED, unequipped) if unequipped else in_a_child(job)
        answers.write(bytes([code]) + len(said).to_bytes(LENGTH_BYTES) + said)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
