"""Many small rows in one cell: a column of a subquery joined by commas."""

from typing import Any

from django.db.models import F, QuerySet, Subquery, TextField


class Joined(Subquery):
    """The words of one column of a correlated query, joined; None when there are none."""

    template = "(SELECT %(joining)s(word, ',') FROM (%(subquery)s) joined)"
    output_field = TextField()

    def __init__(self, rows: QuerySet, column: str) -> None:
        super().__init__(rows.order_by().values(word=F(column)))

    def as_sql(self, *args: Any, **extra: Any) -> tuple[str, Any]:
        return super().as_sql(*args, **{"joining": "group_concat"} | extra)

    def as_postgresql(self, *args: Any, **extra: Any) -> tuple[str, Any]:
        return super().as_sql(*args, **{"joining": "string_agg"} | extra)
