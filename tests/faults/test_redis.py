"""The Redis of the tests is a real one."""

import pytest
import redis

pytestmark = pytest.mark.services


def test_redis_answers(redis_url):
    client = redis.from_url(redis_url)

    client.set("question", "answer")

    assert client.get("question") == b"answer"
    client.close()
