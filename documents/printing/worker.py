"""Turn one page description into a PDF, in a process of its own.

Started as a file, in isolated mode, with limits on memory and time; knows neither Django
nor the database, so a hostile page reaches nothing. Reads JSON on standard input,
writes the PDF on standard output; a refusal is JSON on standard error and code 3.
"""

import base64
import json
import logging
import os
import re
import resource
import sys
import tempfile
from pathlib import Path

REFUSED = 3
UNEQUIPPED = 4
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


def refuse(**answer) -> None:
    json.dump(answer, sys.stderr, ensure_ascii=False)
    sys.exit(REFUSED)


def make_fetcher(assets: dict[str, dict[str, str]]):
    """A fetcher that knows the given names and nothing else: no file, no network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - see main

    class AllowList(URLFetcher):
        def fetch(self, url, headers=None):
            asset = assets.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if asset is None:
                raise ValueError(f"not on the list: {url[:200]}")
            body = base64.b64decode(asset["base64"])
            return URLFetcherResponse(url, body, {"Content-Type": asset["type"]})

    return AllowList(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


def render(job: dict, complaints: Complaints) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 - see main
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    fetcher = make_fetcher(job["assets"])
    try:
        page = HTML(string=job["html"], base_url=SCHEME, url_fetcher=fetcher)
        document = page.render()
        content = document.write_pdf(pdf_identifier=job["identifier"].encode())
    except FatalURLFetchingError as error:
        refuse(kind="fetch", detail=str(error.__cause__))
    if complaints.characters:
        refuse(kind="glyphs", characters=sorted(complaints.characters))
    return content


def main() -> None:
    # Limits and the font list are set before the renderer and its C libraries load.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    job = json.load(sys.stdin)
    complaints = Complaints()
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        configuration = Path(folder) / "fonts.conf"
        configuration.write_text(job["fontconfig"], encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(configuration)
        try:
            import weasyprint  # noqa: F401, PLC0415
        except (ImportError, OSError) as error:
            json.dump({"kind": "unequipped", "detail": str(error)}, sys.stderr)
            sys.exit(UNEQUIPPED)
        logger = logging.getLogger("weasyprint")
        logger.handlers = [complaints]
        content = render(job, complaints)
    sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
