"""axe-core in the page: what a reader with a screen reader, a keyboard or weak eyes trips over.

`axe-core-4.14.1/axe.min.js` is that of `npm pack axe-core@4.14.1` (MPL-2.0), whole and unchanged;
it is loaded into pages under test only and served to nobody.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page

FILE = Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map((rule) => [
    rule.id,
    rule.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary || ""}`),
  ]);
}"""
LOUD = 300  # characters of one complaint that a reader of a failing test wants to see


@cache
def _source() -> str:
    content = FILE.read_bytes()
    assert sha256(content).hexdigest() == SHA256, f"{FILE} is not the file recorded"
    return content.decode()


def violations(page: Page) -> list[str]:
    """Every violation of every rule, best practices included: rule, element, what is wrong."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_source())
    return [
        " ".join(f"{rule}: {node}".split())[:LOUD]
        for rule, nodes in page.evaluate(RUN)
        for node in nodes
    ]
