"""How an event is hashed and how a chain is checked. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.canonical import canonical_json, sha256_of

PREFIX = "unionops/event/v1\n"
HASHED = [
    "id",
    "case_id",
    "seq",
    "code",
    "title",
    "actor_id",
    "actor_name",
    "position",
    "union_id",
    "command_id",
    "at",
    "recorded_at",
    "body",
    "snapshot_sha256",
    "prev_hash",
    "alg",
    "v",
]


def genesis(case_id: Any) -> str:
    """The hash before the first event of a case."""
    return sha256_of(f"genesis\n{case_id}")


def event_hash(fields: Mapping[str, Any]) -> str:
    """The hash of one event over all its other fields."""
    return sha256_of(PREFIX + canonical_json({name: fields[name] for name in HASHED}))


def chain_faults(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """What is wrong with the events of one case, in order; empty when the chain holds."""
    faults: list[str] = []
    previous: str | None = None
    for expected, event in enumerate(events, start=1):
        where = f"案卷 {event['case_id']} 第 {event['seq']} 条（{event['id']}，{event['code']}）"
        if previous is None:
            previous = genesis(event["case_id"])
        if event["seq"] != expected:
            faults.append(f"{where}：序号应为 {expected}，前面有记录缺失")
        if event["prev_hash"] != previous:
            faults.append(f"{where}：与上一条的链接不符")
        if event_hash(event) != event["hash"]:
            faults.append(f"{where}：内容被改动，与登记时的哈希不符")
        previous = event["hash"]
        if event["seq"] != expected:
            break
    return faults
