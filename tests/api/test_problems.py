"""Whatever is wrong is said as a problem: what, how to mend it, never a 500."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import path
from rest_framework.response import Response

from accounts.access import AUTHENTICATED
from accounts.api.access import reads
from accounts.api.viewsets import ApiViewSet
from approvals.enums import Node
from approvals.models import Opinion
from core.api import problems
from core.api.parsing import MAX_BYTES
from tests.approvals import walk
from tests.harness.calling import Caller, give_token

pytestmark = pytest.mark.django_db
MEMBERS = {"type", "title", "status", "detail", "reasons"}
REASON = {"code", "article", "message", "section", "field"}


def problem(answer, status: int) -> dict:
    """The problem an answer is, whole and in Chinese."""
    body = answer.json()
    assert answer.status_code == body["status"] == status, body
    assert answer["Content-Type"] == "application/problem+json"
    assert set(body) == MEMBERS
    assert body["type"].startswith("/api/v1/docs/#problem-")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in body["title"])
    assert any("\u4e00" <= sign <= "\u9fff" for sign in body["detail"])
    assert all(set(one) == REASON for one in body["reasons"])
    return body


@pytest.fixture
def key(world):
    return give_token(world["asset.officer"])


@pytest.fixture
def desk(world, submitted, key):
    """The address at which the officer signs, and what a right body is."""
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    body = {
        "version": task.version, "content_sha256": task.plan_version.sha256, "outcome": "agree",
    }  # fmt: skip
    return f"/api/v1/tasks/{task.pk}/opinion/", body


def send(key: str, place: str, raw: bytes | str, content_type: str = "application/json"):
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid.uuid4())}
    return Client(headers=headers).generic("POST", place, raw, content_type)


def test_without_a_token(world):
    answer = Caller().get("venues/")

    problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="UnionOps"'


def test_without_the_duty(world, call):
    problem(call("expert").get("venues/"), 403)


@pytest.mark.parametrize(
    "place",
    [
        "venues/x/",
        "nothing/",
        "",
        "venues/1/",
        "venues/00000000-0000-4000-8000-000000000000/",
        "proposals/x/submit/",
    ],
)
def test_what_is_not_there(world, call, place):
    problem(call("asset.officer").get(place), 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_a_method_that_is_not_offered(world, key, method):
    client = Client(headers={"Authorization": f"Bearer {key}"})

    answer = client.generic(method, "/api/v1/venues/", b"{}", "application/json")

    problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD"


def test_an_act_shows_no_form(world, key, desk):
    answer = Client(headers={"Authorization": f"Bearer {key}"}).get(desk[0])

    problem(answer, 405)
    assert answer["Allow"] == "POST"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/png"])
def test_a_form_we_do_not_speak(world, call, accept):
    problem(call("asset.officer").get("venues/", Accept=accept), 406)


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/json;q=0.5, text/*"])
def test_a_form_we_speak(world, call, accept):
    assert call("asset.officer").get("venues/", Accept=accept).status_code == 200


MALFORMED = {
    "cut": b'{"version": 1',
    "no json": b"version=1",
    "empty value": b'{"version": }',
    "not utf-8": '{"text": "同意"}'.encode("gbk"),
    "utf-16": '{"text": "同意"}'.encode("utf-16"),
    "nan": b'{"version": NaN}',
    "infinity": b'{"version": -Infinity}',
    "two meanings": b'{"version": 1, "version": 2}',
    "a list": b"[1, 2]",
    "a number": b"7",
    "null": b"null",
    "a lone surrogate": b'{"text": "\\ud800"}',
    "deep": b'{"text": ' + b"[" * 50 + b"]" * 50 + b"}",
    "abyss": b"[" * 100_000,
    "long number": b'{"version": ' + b"9" * 5000 + b"}",
    "byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED)
def test_a_body_that_cannot_be_read(key, desk, raw):
    problem(send(key, desk[0], raw), 400)
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 6 * 1024 * 1024])
def test_a_body_too_large(key, desk, size):
    problem(send(key, desk[0], b" " * size), 413)


def test_the_largest_body_is_read(key, desk):
    raw = json.dumps(desk[1]).encode()

    assert send(key, desk[0], raw.ljust(MAX_BYTES)).status_code == 201


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"],
)
def test_a_body_of_another_kind(key, desk, content_type):
    problem(send(key, desk[0], b"version=1", content_type), 415)


WRONG = {
    "version missing": ({"version": ...}, "version"),
    "version a text": ({"version": "1"}, "version"),
    "version true": ({"version": True}, "version"),
    "version a share": ({"version": 1.5}, "version"),
    "version null": ({"version": None}, "version"),
    "version nought": ({"version": 0}, "version"),
    "hash short": ({"content_sha256": "ab"}, "content_sha256"),
    "hash a number": ({"content_sha256": 5}, "content_sha256"),
    "hash missing": ({"content_sha256": ...}, "content_sha256"),
    "outcome unknown": ({"outcome": "maybe"}, "outcome"),
    "outcome a list": ({"outcome": ["agree"]}, "outcome"),
    "outcome empty": ({"outcome": ""}, "outcome"),
    "text an object": ({"text": {"a": 1}}, "text"),
    "text a number": ({"text": 12}, "text"),
    "text null": ({"text": None}, "text"),
    "text with nul": ({"text": "同意\0"}, "text"),
    "text too long": ({"text": "长" * 5001}, "text"),
    "points a text": ({"points": "一"}, "points"),
    "points of numbers": ({"points": ["一", 2]}, "points.1"),
    "points with nul": ({"points": ["\0"]}, "points.0"),
    "too many points": ({"points": ["一"] * 51}, "points"),
    "conditions an object": ({"conditions": {"0": "一"}}, "conditions"),
}


@pytest.mark.parametrize(("changes", "field"), WRONG.values(), ids=WRONG)
def test_a_field_of_the_wrong_kind_is_named(key, desk, changes, field):
    place, body = desk
    body = {name: value for name, value in (body | changes).items() if value is not ...}

    shown = problem(send(key, place, json.dumps(body)), 422)

    assert [one["field"] for one in shown["reasons"]] == [field]
    assert not Opinion.objects.exists()


def test_every_wrong_field_is_named_at_once(key, desk):
    shown = problem(send(key, desk[0], b"{}"), 422)

    assert {one["field"] for one in shown["reasons"]} == {"version", "content_sha256", "outcome"}
    assert shown["detail"] == "共有 3 处，逐项见 reasons。"


def test_a_version_beyond_every_column_is_stale(key, desk):
    place, body = desk

    problem(send(key, place, json.dumps(body | {"version": 10**30})), 409)


class Broken(ApiViewSet):
    """What must never answer as it stands: one breaks, one declares nothing."""

    @reads(AUTHENTICATED)
    def list(self, request) -> Response:
        raise RuntimeError("secret of the house")

    def retrieve(self, request) -> Response:
        return Response({})

    @reads(AUTHENTICATED)
    def writing(self, request) -> Response:
        Opinion.objects.update(text="")
        return Response({})


urlpatterns = [
    path("api/broken/", Broken.as_view({"get": "list"})),
    path("api/open/", Broken.as_view({"get": "retrieve"})),
    path("api/writing/", Broken.as_view({"get": "writing"})),
]
handler500 = "accounts.views.errors.server_error"


@pytest.fixture
def broken(settings, key):
    settings.ROOT_URLCONF = __name__
    headers = {"Authorization": f"Bearer {key}"}
    return Client(headers=headers, raise_request_exception=False)


def test_an_action_that_declares_nothing_is_refused(broken):
    problem(broken.get("/api/open/"), 403)


def test_an_action_that_reads_cannot_write(broken):
    problem(broken.get("/api/writing/"), 500)


def test_what_nobody_foresaw_tells_nothing_of_the_house(broken):
    answer = broken.get("/api/broken/")

    problem(answer, 500)
    assert "secret" not in answer.content.decode()


def test_a_host_that_is_not_ours(settings, key):
    settings.ALLOWED_HOSTS = ["portal.example.cn"]

    answer = Client(headers={"Authorization": f"Bearer {key}"}).get(
        "/api/v1/venues/?page_size=1", headers={"host": "evil.example.cn"}
    )

    problem(answer, 400)


def test_every_kind_has_a_place_on_the_reference_page(log_in, world):
    page = log_in(world["asset.officer"]).get("/api/v1/docs/").content.decode()

    assert [one.slug for one in problems.KINDS if f'id="problem-{one.slug}"' not in page] == []
