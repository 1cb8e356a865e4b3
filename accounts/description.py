"""The description of the API: the same for everybody, made once in each process."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator


@cache
def description() -> dict[str, Any]:
    """Every address, shape and problem, as OpenAPI."""
    return SchemaGenerator().get_schema(request=None, public=True)
