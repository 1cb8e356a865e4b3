"""Bodies: JSON objects in UTF-8, of a bounded size and depth, without two meanings."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from core.api.problems import TooLarge

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
MALFORMED = "请求体不是合法的 JSON，请核对引号、逗号和括号，并以 UTF-8 编码发送。"
NOT_AN_OBJECT = '请求体须是一个 JSON 对象，例如 {"version": 3}。'
TOO_DEEP = f"请求体嵌套过深（最多 {MAX_DEPTH} 层），请核对结构。"


class JsonObject(BaseParser):
    """Read one JSON object; anything else is refused with a sentence."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None) -> dict[str, Any]:
        raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise TooLarge
        try:
            found = json.loads(raw.decode(), parse_constant=_refuse, object_pairs_hook=_once)
            # A lone surrogate is read without complaint and cannot be written anywhere.
            json.dumps(found, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise ParseError(MALFORMED) from error
        if not isinstance(found, dict):
            raise ParseError(NOT_AN_OBJECT)
        if not _is_shallow(found, MAX_DEPTH):
            raise ParseError(TOO_DEEP)
        return found


def _refuse(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _is_shallow(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return left > 0 and all(_is_shallow(one, left - 1) for one in inner)
