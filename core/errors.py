"""What a service answers when it cannot do what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as a sentence for people; `code` names the rule, `field` the form field.

    `section` is the part of the matter the field stands in, where there are parts.
    """

    text: str
    code: str = ""
    field: str = ""
    section: str = ""

    def __str__(self) -> str:
        return self.text


class DomainError(Exception):
    """A refusal with all its reasons."""

    http_status = 422

    def __init__(self, reasons: str | Reason | Iterable[Reason]) -> None:
        if isinstance(reasons, str):
            reasons = [Reason(reasons)]
        elif isinstance(reasons, Reason):
            reasons = [reasons]
        self.reasons: tuple[Reason, ...] = tuple(reasons)
        super().__init__("；".join(reason.text for reason in self.reasons))


class ActionBlocked(DomainError):
    """The rules say no."""


class StaleVersion(DomainError):
    """Somebody was faster: the thing is no longer as the person saw it."""

    http_status = 409


class Refused(DomainError):
    """The act is not this person's to do."""

    http_status = 403
