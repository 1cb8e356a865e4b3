"""Lists by keyset: the next page begins after the last row seen, whatever was added since."""

from typing import Any

from django.core import signing
from django.db.models import Field, Model, Q, QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from core.api.problems import BadRequest
from core.errors import Reason

PAGE_SIZE, MOST = 50, 200
CURSOR, SIZE = "cursor", "page_size"
NAMES = (CURSOR, SIZE)
BAD_CURSOR = "游标无效或不属于这个列表，请去掉 cursor 从第一页重新读取。"
BAD_SIZE = f"每页条数须是 1 至 {MOST} 的整数。"


class KeysetPagination(BasePagination):
    """Pages in the order of the view's `keyset`, a column that does not change, then the key.

    The cursor is signed: nobody makes one up, so its values need no doubt.
    """

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list:
        self.request, self.salt = request, f"api.keyset.{view.basename}"
        self.column, self.is_falling = view.keyset.lstrip("-"), view.keyset.startswith("-")
        sign = "-" if self.is_falling else ""
        rows = queryset.order_by(f"{sign}{self.column}", f"{sign}pk")
        if CURSOR in request.query_params:
            rows = rows.filter(self._after(queryset.model, request.query_params[CURSOR]))
        size = self._size(request.query_params.get(SIZE, str(PAGE_SIZE)))
        found = list(rows[: size + 1])
        self.has_more, self.page = len(found) > size, found[:size]
        return self.page

    def _size(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MOST):
            raise BadRequest(Reason(BAD_SIZE, field=SIZE))
        return int(text)

    def _after(self, model: type[Model], cursor: str) -> Q:
        try:
            text, pk = signing.loads(cursor, salt=self.salt)
        except signing.BadSignature as error:
            raise BadRequest(Reason(BAD_CURSOR, field=CURSOR)) from error
        value = _field_of(model, self.column).to_python(text)
        beyond = "lt" if self.is_falling else "gt"
        tied = Q(**{self.column: value, f"pk__{beyond}": pk})
        return Q(**{f"{self.column}__{beyond}": value}) | tied

    def _cursor(self, row: Model) -> str:
        field = _field_of(type(row), self.column)
        return signing.dumps([field.value_to_string(row), str(row.pk)], salt=self.salt)

    def get_paginated_response(self, data: Any) -> Response:
        address = None
        if self.has_more:
            here = self.request.build_absolute_uri()
            address = replace_query_param(here, CURSOR, self._cursor(self.page[-1]))
        return Response({"next": address, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {
            "type": "string",
            "nullable": True,
            "format": "uri",
            "description": "下一页的地址；没有下一页时为 null",
        }
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        whole = {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE_SIZE}
        return [
            _parameter(CURSOR, "上一页 next 中的游标，原样照抄", {"type": "string"}),
            _parameter(SIZE, "每页条数", whole),
        ]


def _field_of(model: type[Model], column: str) -> Field:
    field = model._meta.get_field(column)
    if not isinstance(field, Field):
        raise TypeError(f"{column} is no column of {model.__name__}")
    return field


def _parameter(name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}
