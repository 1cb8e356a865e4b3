"""Deliverers killed in the middle of a mail: nothing lost, inbox exact, doubles counted."""

import json
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest

from tests.harness.portal import Portal, start_beat, start_run_due, start_worker
from tests.harness.processes import ROOT
from tests.harness.redis_server import redis_server

pytestmark = pytest.mark.services
MESSAGES = 40
START = datetime.fromisoformat("2026-11-20T10:00:00+08:00")


def program(store, *arguments, **env):
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.outbox_program", *map(str, arguments)],
        cwd=ROOT, env=store.env | env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def counts(store) -> dict:
    return json.loads(program(store, "count").stdout)


def test_killed_deliveries_lose_nothing_and_double_only_what_was_on_its_way(store, tmp_path):
    log = tmp_path / "mail.log"
    assert program(store, "seed", MESSAGES).returncode == 0
    kills, moment = 0, START
    while True:
        done = program(store, "tick", moment.isoformat(), log, 3 + kills % 4)
        moment += timedelta(seconds=61)
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        kills += 1

    program(store, "tick", moment.isoformat(), log, 10_000)
    sent = Counter(log.read_text().split())
    assert kills > 5
    assert len(sent) == MESSAGES
    assert sum(sent.values()) - MESSAGES == kills  # each kill came after the server's yes
    expected = {"email sent": MESSAGES, "inapp sent": MESSAGES}
    assert counts(store) == {"outbox": expected, "inbox": MESSAGES}


def test_before_the_lease_ends_nobody_sends_again(store, tmp_path):
    log = tmp_path / "mail.log"
    program(store, "seed", 1)
    assert program(store, "tick", START.isoformat(), log, 1).returncode == -9
    program(store, "tick", (START + timedelta(seconds=30)).isoformat(), log, 99)
    assert len(log.read_text().split()) == 1
    program(store, "tick", (START + timedelta(seconds=61)).isoformat(), log, 99)

    ids = log.read_text().split()
    assert (len(ids), len(set(ids))) == (2, 1)


def wait_for(condition, *, seconds):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came in time"
        time.sleep(0.5)


def test_of_two_loops_one_works_and_the_other_takes_over_when_it_ends(store):
    program(store, "seed", 5)
    portal = Portal(url="", store=store, env=store.env)
    first = start_run_due(portal) or portal.processes["run_due"]
    first.wait_for_text("run_due: started")
    second = start_run_due(portal) or portal.processes["run_due"]
    try:
        wait_for(lambda: counts(store)["inbox"] == 5, seconds=30)
        assert counts(store)["outbox"] == {"email sent": 5, "inapp sent": 5}
        first.popen.terminate()
        assert first.popen.wait(timeout=30) == 0
        assert "run_due: stopped" in first.output()
        program(store, "wake")
        wait_for(lambda: counts(store)["inbox"] == 6, seconds=30)
    finally:
        first.stop()
        second.stop()
    assert len(list((store.var / "mail").iterdir())) >= 1


@pytest.mark.postgres
def test_worker_and_beat_deliver_without_a_wake_up_and_sooner_with_one(store, tmp_path):
    program(store, "seed", 1)  # written while no Redis is known: beat has to find it
    with redis_server(tmp_path) as url:
        portal = Portal(url="", store=store, env=store.env | {"REDIS_URL": url})
        try:
            start_worker(portal)
            start_beat(portal)
            wait_for(lambda: counts(store)["inbox"] == 1, seconds=60)
            portal.processes["beat"].stop()
            begun = time.monotonic()
            assert program(store, "wake", REDIS_URL=url).returncode == 0
            wait_for(lambda: counts(store)["inbox"] == 2, seconds=20)
        finally:
            for process in portal.processes.values():
                process.stop()
    assert counts(store)["outbox"] == {"email sent": 2, "inapp sent": 2}
    assert time.monotonic() - begun < 25


def test_a_redis_that_is_gone_costs_the_act_nothing(store):
    begun = time.monotonic()
    done = program(store, "wake", REDIS_URL="redis://127.0.0.1:1/0")

    assert done.returncode == 0, done.stderr
    assert "wake-up not sent" in done.stderr
    assert time.monotonic() - begun < 20
    assert counts(store)["outbox"] == {"email pending": 1, "inapp pending": 1}
