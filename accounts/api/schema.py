"""The API's own description (OpenAPI): duties, filters, keys and problems of every address."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from accounts.api.access import KEY_HEADER
from accounts.enums import DUTY_NAMES, Permission
from core.api import problems
from core.api.fields import ProblemSerializer
from core.api.queries import filters_of

ALWAYS = (
    problems.UNAUTHENTICATED,
    problems.FORBIDDEN,
    problems.NOT_ACCEPTABLE,
    problems.TOO_MANY,
)
OF_LIST = (problems.BAD_REQUEST,)
OF_ONE = (problems.NOT_FOUND,)
OF_ACT = (
    problems.BAD_REQUEST,
    problems.NOT_FOUND,
    problems.STALE_KIND,
    problems.KEY_TAKEN,
    problems.TOO_LARGE,
    problems.UNSUPPORTED,
    problems.INVALID,
    problems.BLOCKED,
)
KEY = OpenApiParameter(
    KEY_HEADER,
    {"type": "string", "format": "uuid"},
    OpenApiParameter.HEADER,
    required=True,
    description="办理编号：每件事新取一个 UUID，重发同一请求时不变；内容不同而编号相同的答 409",
)
TAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="内容的标记，供 If-None-Match 使用",
)
KNOWN = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="已有内容的 ETag；没有变化时答 304"
)
PLACE = OpenApiParameter(
    "Location", str, OpenApiParameter.HEADER, response=[201], description="办理结果所在的地址"
)


class PortalSchema(AutoSchema):
    """What one action needs and answers, read from the action itself."""

    @property
    def access(self) -> Any:
        return getattr(self.view, self.view.action).access

    @property
    def is_list(self) -> bool:
        return self.view.action == "list"

    def get_tags(self) -> list[str]:
        return [self.view.tag]

    def get_description(self) -> str:
        duties = [self.access.permission, *self.access.others]
        names = "、".join(DUTY_NAMES[one] for one in duties if isinstance(one, Permission))
        return f"所需职责：{names}。" if names else ""

    def get_override_parameters(self) -> list[OpenApiParameter]:
        if self.is_list:
            return [_parameter(one) for one in filters_of(self.view.conditions)]
        return [KEY, PLACE] if self.access.writes else [KNOWN, TAG]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for body in bodies.values():
            body["description"] = body["description"] or "结果"
        kinds = OF_ACT if self.access.writes else OF_LIST if self.is_list else OF_ONE
        if not self.access.writes and not self.is_list:
            bodies["304"] = {"description": "没有变化"}
        self.resolve_serializer(ProblemSerializer(), "response")
        statuses = _by_status((*ALWAYS, *kinds))
        return bodies | {one: {"$ref": f"#/components/responses/{_name(one)}"} for one in statuses}


def _name(status: str) -> str:
    return f"Problem{status}"


def add_problems(result: dict[str, Any], **_others: Any) -> dict[str, Any]:
    """Hook: the problems, each written once and named by every address that may answer it."""
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    result["components"]["responses"] = {
        _name(status): {"description": text, "content": content}
        for status, text in _by_status(problems.KINDS).items()
    }
    return result


def _by_status(kinds: Iterable[problems.Kind]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for kind in kinds:
        found.setdefault(str(kind.status), []).append(kind.title)
    return {status: "；或".join(titles) for status, titles in found.items()}


def _parameter(one: Any) -> OpenApiParameter:
    values = [value for value, _ in one.choices] or None
    words = "；".join(
        label if str(label).startswith(value) else f"{value} {label}"
        for value, label in one.choices
    )
    text = f"{one.label}：{words}" if words else one.label
    return OpenApiParameter(one.name, one.schema, enum=values, description=text)


class WordShape(OpenApiSerializerFieldExtension):
    """`{"code": …, "label": …}`."""

    target_class = "core.api.fields.WordField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        codes = {"type": "string", "enum": list(self.target.words.values)}
        return {
            "type": "object",
            "nullable": True,
            "required": ["code", "label"],
            "properties": {"code": codes, "label": {"type": "string"}},
        }


class PledgeShape(OpenApiSerializerFieldExtension):
    """`true`, nothing else."""

    target_class = "core.api.fields.PledgeField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "boolean", "enum": [True]}
