"""One byte sequence per meaning, so that a hash can stand for a document."""

import hashlib
import json
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def _plain(value: Any) -> Any:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case None | bool() | int():
            return value
        case Decimal() | UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case float():
            raise TypeError("floats have no canonical form: use Decimal or int")
    return str(value)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, NFC text, no floats and no spaces."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(value: Any) -> str:
    """Hex SHA-256 of the canonical JSON of a value, or of a text as it is."""
    text = value if isinstance(value, str) else canonical_json(value)
    return hashlib.sha256(text.encode()).hexdigest()
