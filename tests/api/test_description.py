"""The description and the reference page: whole, without warnings, the same for everybody."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver

from accounts.description import description
from accounts.models import User
from accounts.reference import reference
from tests.harness.calling import Caller

pytestmark = pytest.mark.django_db
KEPT = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
REMAKE = "script/docs.py"


def operations() -> dict[tuple[str, str], dict]:
    return {
        (path, method): operation
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    }


def test_the_description_is_made_without_a_warning_and_is_the_one_kept(tmp_path):
    made = tmp_path / "openapi.yaml"

    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(made))

    assert made.read_text() == KEPT.read_text(), f"run {REMAKE}"


def test_the_page_and_the_file_describe_the_same():
    assert yaml.safe_load(KEPT.read_text())["paths"].keys() == description()["paths"].keys()


def test_every_address_is_described():
    router = next(
        one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "api"
    )
    routes = [str(one.pattern) for one in router.url_patterns]
    described = [path.removeprefix("/api/v1/") for path, _ in operations()]

    plain = {re.sub(r"<\w+:(\w+)>", r"{\1}", one).replace("{pk}", "{id}") for one in routes}
    assert plain - set(described) == {"schema/", "docs/"}


@pytest.mark.parametrize("operation", operations().values(), ids=lambda one: one["operationId"])
def test_every_operation_says_what_it_is_who_may_and_how_it_refuses(operation):
    assert operation["summary"]
    assert operation["tags"]
    assert operation["description"].startswith("所需职责：")
    assert operation["security"] == [{"token": []}]
    assert {"401", "403", "406", "429"} < set(operation["responses"])


def test_acts_ask_for_a_key_and_name_their_bodies():
    acts = {path: one for (path, method), one in operations().items() if method == "post"}

    assert len(acts) == 2
    for act in acts.values():
        key = next(one for one in act["parameters"] if one["name"] == "Idempotency-Key")
        assert key["required"] is True
        assert "requestBody" in act
        assert {"400", "404", "409", "413", "415", "422"} < set(act["responses"])
        assert "201" in act["responses"]


def nouns() -> list[str]:
    """The pages of the reference, by what stands in their address."""
    urls = [one["url"] for one in reference(description())["toc"]]
    return [url.removeprefix("?of=") for url in urls if url.startswith("?")]


def test_every_field_has_a_meaning():
    bare = [
        f"{shape['name']}.{field['name']}"
        for noun in nouns()
        for shape in reference(description(), of=noun)["shapes"]
        for field in shape["fields"]
        if not field["label"]
    ]

    assert bare == []


def test_the_description_is_for_whoever_is_known(world, call, log_in):
    path = "/api/v1/schema/"
    User.objects.filter(username="leader").update(must_change_password=True)

    assert Caller().get(path).status_code == 401
    assert call("expert").get(path).json()["openapi"] == "3.0.3"
    assert log_in(world["auditor"]).get(path).status_code == 200
    assert log_in(world["leader"]).get(path).status_code == 401


def test_the_reference_shows_every_address_and_nothing_inline(
    world, log_in, django_assert_num_queries
):
    client = log_in(world["expert"])
    client.get("/api/v1/docs/")
    with django_assert_num_queries(2):  # session, the person with their posts and unread messages
        answer = client.get("/api/v1/docs/")
    pages = [client.get(f"/api/v1/docs/?of={noun}").content.decode() for noun in nouns()]

    assert answer.content.decode().count("<tr") == pages[0].count("<tr")
    assert [path for path, _ in operations() if path not in "".join(pages)] == []
    for page in pages:
        ids = set(re.findall(r'id="([\w-]+)"', page))
        assert set(re.findall(r'href="#([\w-]+)"', page)) <= ids
        assert page.count("<") < 3050  # about 1,500 elements
    page = pages[0]
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r'(?:src|href)="https?://', page)
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_strangers_are_sent_to_log_in(client):
    assert client.get("/api/v1/docs/").status_code == 302
