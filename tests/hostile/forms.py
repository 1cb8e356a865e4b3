"""Forms as a browser finds them in a page: where they post, and which fields they have."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Field:
    """One control: its name, what kind it is, what a browser would send for it."""

    name: str
    kind: str  # text, hidden, number, date, select, checkbox, radio, file, textarea …
    value: str = ""
    options: list[str] = field(default_factory=list)
    is_sent: bool = True

    @property
    def plausible(self) -> str:
        """What somebody in good faith could have entered."""
        if self.value:
            return self.value
        if self.options:
            return next((one for one in self.options if one), "")
        return {"number": "1", "date": "2026-11-19", "datetime-local": "2026-11-19T09:00"}.get(
            self.kind, "" if self.kind in ("hidden", "file", "checkbox") else "按要求填写的内容"
        )


@dataclass(slots=True)
class Form:
    """One form of a page."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def has_file(self) -> bool:
        return any(one.kind == "file" for one in self.fields.values())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._text: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and tag in ("input", "select", "textarea", "button"):
            self._control(tag, given)
        elif tag == "option" and self._select is not None:
            value = given.get("value", "")
            self._select.options.append(value)
            if "selected" in given:
                self._select.value = value

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        kind = given.get("type", "text").lower() if tag == "input" else tag
        if not name or kind in ("submit", "button", "image", "reset"):
            return
        known = self._form.fields.get(name)
        if known is None:
            known = self._form.fields[name] = Field(name, kind)
            known.is_sent = kind not in ("checkbox", "radio")
        if kind in ("checkbox", "radio"):
            known.options.append(given.get("value", "on"))
            if "checked" in given:
                known.value, known.is_sent = given.get("value", "on"), True
        elif tag == "select":
            self._select = known
        elif tag == "textarea":
            self._text = known
        else:
            known.value = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None


def forms_of(html: str, *, page: str) -> list[Form]:
    """The forms of a page, each with the address it posts to."""
    reader = _Reader()
    reader.feed(html)
    path = page.partition("?")[0]
    for form in reader.forms:
        form.action = form.action or page
        if form.action.startswith("?"):
            form.action = path + form.action
    return reader.forms
