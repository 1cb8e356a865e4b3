"""The answer of every inspector to a file that is not kept."""


class Unacceptable(Exception):
    """A file that is refused; `text` is the sentence for the person, `kind` for tests and logs."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text
