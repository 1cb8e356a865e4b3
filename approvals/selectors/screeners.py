"""Who screens contracts, named by the app above as it starts, before any model is there."""


class _Reader:
    path = ""


def register(path: str) -> None:
    """Name the function that screens a contract by its id, as `app.module.function`."""
    _Reader.path = path


def path_of() -> str:
    """The name of that function."""
    return _Reader.path
