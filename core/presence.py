"""Which parts of a matter exist at all, so that a page asks only for those."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Field, Model

Part = tuple[type[Model], Mapping[str, Any]]


def present(parts: Mapping[str, Part]) -> frozenset[str]:
    """The names of the parts of which there is a row, in one statement.

    A part is a model and the value looked for in each column; None stands for what cannot be.
    The statement is written here because a queryset for each part costs the process ten times
    what the database needs to answer that there is nothing.
    """
    asked = {name: part for name, part in parts.items() if None not in part[1].values()}
    if not asked:
        return frozenset()
    quote = connection.ops.quote_name
    clauses, values = [], []
    for model, wanted in asked.values():
        fields = [_column(model, name) for name in wanted]
        where = " AND ".join(f"{quote(str(field.column))} = %s" for field in fields)
        table = quote(model._meta.db_table)
        clauses.append(f"EXISTS(SELECT 1 FROM {table} WHERE {where})")  # noqa: S608 - names of models
        values += [
            field.get_db_prep_value(value, connection)
            for field, value in zip(fields, wanted.values(), strict=True)
        ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(clauses)}", values)
        found = cursor.fetchone()
    return frozenset(name for name, is_there in zip(asked, found, strict=True) if is_there)


def _column(model: type[Model], name: str) -> Field:
    """A column of the table itself; what another table holds cannot be asked for here."""
    return next(field for field in model._meta.concrete_fields if field.name == name)
