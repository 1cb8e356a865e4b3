"""What an answer is made of, and how a service raises it."""

from core.errors import ActionBlocked, Refused, StaleVersion

SUSPENDED = "方案已中止办理，恢复办理之后才能继续。"


class NotTheirs(str):
    """A reason about the person: somebody else may do it now."""

    __slots__ = ()


class TooLate(str):
    """A reason about what was done meanwhile: the page that offered it is old."""

    __slots__ = ()


def ensure(reason: str) -> None:
    """Raise what a service answers when the verb may not be done."""
    if isinstance(reason, NotTheirs):
        raise Refused(str(reason))
    if isinstance(reason, TooLate):
        raise StaleVersion(str(reason))
    if reason:
        raise ActionBlocked(reason)
