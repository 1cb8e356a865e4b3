"""Every address of the portal, from the resolver, and what the matrix says of it."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

HERE = Path(__file__).parent
PUBLIC, SIGNED_IN = "PUBLIC", "SIGNED_IN"


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its name, the names of its parameters, its view."""

    name: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def access(self) -> Any:
        return getattr(self.view, "access", None)


@dataclass(frozen=True, slots=True)
class Policy:
    """One row of the matrix, reviewed by people."""

    name: str
    reads: frozenset[str]  # roles
    writes: frozenset[str]
    kind: str

    @property
    def is_public(self) -> bool:
        return PUBLIC in self.reads

    def allows(self, role: str, method: str) -> bool:
        allowed = self.writes if method == "POST" else self.reads
        if PUBLIC in allowed:
            return True
        return role != "anonymous" and (SIGNED_IN in allowed or role in allowed)


def all_routes() -> list[Route]:
    """Every pattern under the root, each once."""
    return list(_walk(get_resolver(), ()))


def _walk(resolver: URLResolver, above: tuple[str, ...], spaces: str = "") -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        parameters = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            space = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from _walk(pattern, parameters, space)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{spaces}{pattern.name}", parameters, pattern.callback)


def groups() -> dict[str, frozenset[str]]:
    """Names for sets of roles, so that a row of the matrix stays one line."""
    with (HERE / "role_groups.csv").open(encoding="utf-8") as file:
        return {row["group"]: frozenset(row["roles"].split()) for row in csv.DictReader(file)}


def matrix() -> dict[str, Policy]:
    """The matrix by name of the address."""
    known = groups()

    def roles(text: str) -> frozenset[str]:
        found: set[str] = set()
        for word in text.split():
            found |= known.get(word, {word})
        return frozenset(found)

    with (HERE / "permission_matrix.csv").open(encoding="utf-8") as file:
        return {
            row["name"]: Policy(
                row["name"], roles(row["may_read"]), roles(row["may_write"]), row["kind"]
            )
            for row in csv.DictReader(file)
        }
