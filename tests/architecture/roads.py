"""The state enums of the apps and the tables of `core.procedure`, as the tests walk them."""

from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass

from django.db.models import TextChoices

from core.procedure import Procedure
from tests.architecture.tree import APPS, ROOT


def roads() -> list[Procedure]:
    """Every table of the project, each once."""
    names = (
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for app in APPS
        for path in sorted((ROOT / app).rglob("rules*/*.py"))
        + sorted((ROOT / app).glob("rules.py"))
    )
    found = {
        id(value): value
        for name in names
        for value in vars(import_module(name)).values()
        if isinstance(value, Procedure)
    }
    return list(found.values())


def states() -> Iterator[type[TextChoices]]:
    """Every enum that says how far a record has come: `*State`, `*Stage`, the status of a task."""
    for app in APPS:
        if not (ROOT / app / "enums.py").exists():
            continue
        for name, one in getmembers(import_module(f"{app}.enums"), isclass):
            is_ours = one.__module__ == f"{app}.enums" and issubclass(one, TextChoices)
            if is_ours and name.endswith(("State", "Stage", "TaskStatus")):
                yield one
