"""A person at a page: fields are found by the words beside them, buttons by what they say."""

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path

import pikepdf
from playwright.sync_api import Download, Locator, Page, Response

from tests.harness.axe import violations
from tests.harness.browser import Visitor

_papers = count(1)
OK, REFUSED = 200, 422
AFTER_A_LABEL = r"\s*(\*|依据|$)"  # the star of a required field, the link to the clause


def paper(name: str) -> dict:
    """A small PDF with bytes of its own, as Playwright takes a file."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = f"{name} {next(_papers)}"
    out = BytesIO()
    pdf.save(out)
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": out.getvalue()}


def _is_page(answer: Response) -> bool:
    """Whether it is the answer of a page itself, not of what it loads or a redirection."""
    return answer.request.is_navigation_request() and not 300 <= answer.status < 400


class Hand:
    """One person's hands at one window."""

    def __init__(self, visitor: Visitor):
        self.visitor = visitor
        self.page: Page = visitor.page

    def open(self, path: str, *, status: int = OK) -> "Hand":
        """Open an address and see that it answers."""
        response = self.visitor.open(path)
        assert response.status == status, f"{path} answered {response.status}"
        return self

    def follow(self, words: str, *, within: Locator | None = None) -> "Hand":
        """Click the link that says these words."""
        link = (within or self.page).get_by_role("link", name=words, exact=True).first
        with self.page.expect_navigation() as moved:
            self._touch(link)
        self._answered(moved.value, OK, words)
        return self

    def press(self, words: str, *, within: Locator | None = None, status: int = OK) -> "Hand":
        """Click the button that says these words, and see how the portal answers."""
        button = (within or self.page).get_by_role("button", name=words, exact=True).first
        # A form with a file is sent by script, which may first put its anchor into the address:
        # only the page's own answer counts.
        with (
            self.page.expect_event("load"),
            self.page.expect_response(_is_page) as moved,
        ):
            self._touch(button)
        self._answered(moved.value, status, words)
        return self

    def fill(self, answers: Mapping[str, object], *, within: Locator | None = None) -> "Hand":
        """Answer questions by their labels: text, day, choice, several choices, file or tick.

        A label that ends with … is the beginning of a long one.
        """
        for label, value in answers.items():
            self._answer(within or self.page.locator("main"), label, value)
        return self

    def card(self, title: str) -> Locator:
        """The card under this heading."""
        heading = self.page.get_by_role("heading", name=re.compile(f"^{re.escape(title)}"))
        return self.page.locator("section, article, div.card0, .card0").filter(has=heading).last

    def says(self, *sentences: str) -> "Hand":
        """See each sentence somewhere on the page."""
        text = " ".join(self.page.locator("body").inner_text().split())
        for sentence in sentences:
            assert " ".join(sentence.split()) in text, f"“{sentence}” is not on {self.page.url}"
        return self

    def lacks(self, *sentences: str) -> "Hand":
        """See none of these sentences on the page."""
        text = self.page.locator("body").inner_text()
        for sentence in sentences:
            assert sentence not in text, f"“{sentence}” is on {self.page.url}"
        return self

    def take(self, words: str, *, within: Locator | None = None) -> Download:
        """Click a link that hands out a file."""
        with self.page.expect_download() as taken:
            (within or self.page).get_by_role("link", name=words).first.click()
        return taken.value

    def takes_pdf(self, words: str, *, within: Locator | None = None) -> bytes:
        """Download a paper and see that it is a PDF."""
        content = Path(self.take(words, within=within).path()).read_bytes()
        assert content.startswith(b"%PDF-"), words
        return content

    def open_to_all(self) -> "Hand":
        """See that axe-core finds nothing here and that the page fits its window."""
        assert (violations(self.page), self.visitor.overflow()) == ([], 0), self.page.url
        return self

    @property
    def path(self) -> str:
        """The address of the page, without the host."""
        return self.page.url.removeprefix(self.visitor.portal.url)

    def _touch(self, control: Locator) -> None:
        control.tap() if self.visitor.touch else control.click()

    def _answered(self, response: Response | None, status: int, words: str) -> None:
        answered = response.status if response else None
        if answered != status:
            alerts = self.page.locator("[role=alert], .error").all_inner_texts()
            raise AssertionError(f"“{words}” answered {answered} at {self.page.url}: {alerts}")

    def _answer(self, scope: Locator, label: str, value: object) -> None:
        after = "" if label.endswith("…") else AFTER_A_LABEL
        words = re.compile(rf"^\s*{re.escape(label.removesuffix('…'))}{after}")
        found = scope.locator("label, legend").filter(has_text=words).first
        self._unfold(found)
        if found.evaluate("one => one.tagName") == "LEGEND":
            self._choose(found.locator("xpath=.."), value)
            return
        control = self.page.locator(f"[id='{found.get_attribute('for')}']")
        if isinstance(value, dict | list):
            control.set_input_files(value)
        elif isinstance(value, bool):
            control.set_checked(value)
        elif control.evaluate("one => one.tagName") == "SELECT":
            self._pick(control, str(value))
        else:
            control.fill(value.isoformat() if isinstance(value, date) else str(value))

    @staticmethod
    def _unfold(label: Locator) -> None:
        """Open the fold in which a question lies, as a reader would."""
        fold = label.locator("xpath=ancestor::details[not(@open)]")
        if fold.count():
            fold.first.locator("summary").first.click()

    @staticmethod
    def _choose(group: Locator, value: object) -> None:
        """Click the named options of a group of radio buttons or boxes."""
        for option in value if isinstance(value, list | tuple) else [value]:
            words = re.compile(rf"^\s*{re.escape(str(option))}")
            label = group.locator("label").filter(has_text=words).first
            group.locator(f"[id='{label.get_attribute('for')}']").check()

    @staticmethod
    def _pick(control: Locator, words: str) -> None:
        """Pick the option whose text begins with these words."""
        texts = control.locator("option").all_inner_texts()
        matching = [text for text in texts if text.strip().startswith(words)]
        assert matching, f"“{words}” is not among {texts}"
        control.select_option(label=matching[0])
