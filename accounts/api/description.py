"""The description of the API itself, for tools."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import AUTHENTICATED
from accounts.api.access import reads
from accounts.api.authentication import BearerToken, PageSession
from accounts.api.viewsets import ApiViewSet
from accounts.description import description


class SchemaViewSet(ApiViewSet):
    """接口描述."""

    schema = None  # does not describe itself
    authentication_classes: ClassVar[list] = [BearerToken, PageSession]

    @reads(AUTHENTICATED)
    def retrieve(self, request: Request) -> Response:
        return Response(description())
