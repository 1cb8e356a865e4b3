"""Speaking to the API in process, as one person's program."""

import json
import uuid
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.tokens import digest_of, new_key, prefix_of

BASE = "/api/v1"


def give_token(user: User, **changes: Any) -> str:
    """A token written straight into the table; returns its key."""
    key = new_key()
    fields = {
        "user": user, "name": "测试", "prefix": prefix_of(key), "sha256": digest_of(key),
        "may_write": True, "created_at": timezone.now(),
        "expires_on": date(2026, 11, 20) + timedelta(days=30),
        # So that no request of a test is the first of its day.
        "last_used_on": date(2026, 11, 20),
    }  # fmt: skip
    ApiToken.objects.create(**fields | changes)
    return key


class Caller:
    """One program: every request carries its token."""

    def __init__(self, key: str = "", **options: Any) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.client = Client(headers=headers, **options)

    def get(self, path: str, query: dict | None = None, **headers: str) -> HttpResponseBase:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(self._address(path), query, headers=names)

    def post(self, path: str, body: Any, *, key: str | None = None) -> HttpResponseBase:
        """An act; a key of its own unless one is given."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self.client.post(
            self._address(path), json.dumps(body), "application/json", headers=headers
        )

    @staticmethod
    def _address(path: str) -> str:
        return path if path.startswith(("/", "http")) else f"{BASE}/{path}"


def caller(user: User, **changes: Any) -> Caller:
    """A program that acts as a person."""
    return Caller(give_token(user, **changes))
