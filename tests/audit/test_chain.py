"""A chain of acts: what its hash covers, and what each way of meddling looks like."""

import json
from hashlib import sha256
from uuid import UUID

import pytest

from audit.rules import HASHED, chain_faults, event_hash, genesis

CASE = UUID("11111111-2222-3333-4444-555555555555")
# Written by hand: every field but the hash, names in order, no spaces.
TEXT = (
    '{"actor_id":"a","actor_name":"王","alg":"sha256","at":"t1","body":"{}",'
    '"case_id":"11111111-2222-3333-4444-555555555555","code":"c","command_id":null,"id":"1",'
    '"position":"","prev_hash":"p","recorded_at":"t2","seq":1,"snapshot_sha256":"","title":"",'
    '"union_id":7,"v":1}'
)


def fields(seq: int = 1, prev_hash: str = "p") -> dict:
    return json.loads(TEXT) | {"case_id": CASE, "id": str(seq), "seq": seq, "prev_hash": prev_hash}


def chain(length: int) -> list[dict]:
    events, previous = [], genesis(CASE)
    for seq in range(1, length + 1):
        event = fields(seq, previous)
        previous = event_hash(event)
        events.append(event | {"hash": previous})
    return events


def test_the_hash_is_that_of_the_text_written_by_hand():
    assert event_hash(fields()) == sha256(f"unionops/event/v1\n{TEXT}".encode()).hexdigest()
    assert genesis(CASE) == sha256(f"genesis\n{CASE}".encode()).hexdigest()


def test_an_untouched_chain_has_no_fault():
    assert chain_faults(chain(5)) == []


@pytest.mark.parametrize("name", [name for name in HASHED if name != "case_id"])
def test_no_field_is_altered_unseen(name):
    events = chain(3)
    events[1][name] = {"seq": 9, "v": 2, "union_id": 8}.get(name, "改")

    faults = chain_faults(events)

    assert any("内容被改动" in fault for fault in faults)


def test_an_altered_act_that_was_hashed_anew_no_longer_links():
    events = chain(3)
    events[1]["title"] = "改"
    events[1]["hash"] = event_hash(events[1])

    assert chain_faults(events) == [f"案卷 {CASE} 第 3 条（3，c）：与上一条的链接不符"]


def test_an_act_taken_out_leaves_a_gap():
    events = chain(4)
    del events[1]

    faults = chain_faults(events)

    assert faults[0] == f"案卷 {CASE} 第 3 条（3，c）：序号应为 2，前面有记录缺失"


def test_an_act_put_in_between_does_not_link():
    events = chain(2)
    forged = fields(2, genesis(CASE))
    events.insert(1, forged | {"hash": event_hash(forged)})

    assert any("链接不符" in fault for fault in chain_faults(events))
