"""What every noun of the API is made of."""

import hashlib
import uuid
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.http import parse_etags
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.viewsets import GenericViewSet

from accounts.api.unions import keyed_by_union
from core import clock
from core.api import queries
from core.filters import ListFilter


class ApiViewSet(GenericViewSet):
    """One noun of the API: its list by keyset, one of it by id, each through its own scope."""

    http_method_names = ("get", "head", "post")
    lookup_value_converter = "uuid"
    keyset = ""  # the column, fixed once given, by which the list is paged
    conditions: ClassVar[type[ListFilter]] = ListFilter  # those of the page
    tag = ""
    row_serializer: ClassVar[Any] = None
    detail_serializer: ClassVar[Any] = None

    @classmethod
    def as_view(cls, actions: dict[str, str] | None = None, **initkwargs: Any) -> Any:
        """The view, saying of itself what its actions declare: they must agree."""
        view = super().as_view(actions, **initkwargs)
        declared = {getattr(getattr(cls, name), "access", None) for name in actions.values()}
        view.access = declared.pop() if len(declared) == 1 else None
        return view

    def get_serializer_class(self) -> Any:
        return self.row_serializer if self.action == "list" else self.detail_serializer

    def rows(self) -> QuerySet:
        """What this person may see of this noun, as the pages have it."""
        raise NotImplementedError

    def dressed(self, rows: list) -> list:
        """The rows with what is worked out for each and stands in no column."""
        return rows

    def page_of_list(self, request: Request) -> Response:
        """One page of the list."""
        facts = {"user": request.user, "today": clock.today()}
        rows = queries.narrowed(
            self.conditions, keyed_by_union(request.query_params), self.rows(), **facts
        )
        page = self.dressed(self.paginate_queryset(rows))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def one(self, pk: uuid.UUID) -> Any:
        """One of them; a foreign one and a missing one are both 404."""
        return self.dressed([get_object_or_404(self.rows(), pk=pk)])[0]

    def read(self, shape: type[Serializer]) -> dict[str, Any]:
        """The body of an act in its shape; what it means is for the service to judge."""
        body = shape(data=self.request.data)
        body.is_valid(raise_exception=True)
        return body.validated_data

    def done(self, shown: Serializer, *, place: str) -> Response:
        """The answer to an act, and where its result is read."""
        return Response(shown.data, status=201, headers={"Location": place})

    def tagged(self, request: Request, found: Any, shape: Any = None) -> Response:
        """The representation with its ETag, or 304 for whoever holds it already."""
        answer = Response((shape or self.detail_serializer)(found).data)
        tag = f'"{hashlib.sha256(self.written(answer).encode()).hexdigest()[:32]}"'
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            answer = Response(status=304)
        answer["ETag"] = tag
        return answer

    def written(self, answer: Response) -> str:
        """The body as it is sent."""
        renderer = self.request.accepted_renderer
        return renderer.render(answer.data, renderer.media_type, {}).decode()
