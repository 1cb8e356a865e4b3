"""What a new version does to the opinions given on earlier ones."""

import json
from datetime import datetime
from typing import Any

from accounts.models import User
from approvals.enums import Node, Outcome
from approvals.models import Opinion, Proposal, ProposalVersion
from approvals.rules.materiality import changed_parts, desk_of, labels_of, touched
from approvals.services import common


def settle_opinions(
    proposal: Proposal, frozen: ProposalVersion, *, by: User, at: datetime,
    is_direct: bool = False,
) -> list[Opinion]:  # fmt: skip
    """Void exactly the opinions that rest on what changed; the others stand. Returns the voided.

    Each is compared with the version it saw, not with the last one. What is voided stays
    readable with the reason; those desks alone are asked again. `is_direct`: nothing material
    was changed and the plan goes straight back to who returned it, past the formal review.
    """
    now = json.loads(frozen.snapshot)
    rows = proposal.opinions.filter(is_valid=True)
    rows = rows.select_related("task__parent", "plan_version").order_by("at", "pk")
    since: dict[int, tuple[str, ...]] = {}
    standing: set[Any] = set()
    voided, carried = [], []
    for opinion in sorted(rows, key=lambda one: not one.task.is_desk):  # what was asked follows
        seen, task = opinion.plan_version, opinion.task
        if seen.no not in since:
            since[seen.no] = changed_parts(json.loads(seen.snapshot), now)
        why = why_void(opinion, since[seen.no], is_direct=is_direct)
        if not why and not task.is_desk and task.parent_id not in standing:
            why = "征求意见的环节须重新办理"
        if why:
            opinion.is_valid, opinion.voided_by, opinion.void_reason = False, frozen, why[:200]
            voided.append(opinion)
        else:
            opinion.carried_to = frozen.no
            standing.add(task.pk)
            carried.append(opinion)
    fields = ["is_valid", "voided_by", "void_reason", "carried_to"]
    Opinion.objects.bulk_update([*voided, *carried], fields)
    if voided or carried:
        _note(proposal, voided, carried, by=by, at=at)
    return voided


def is_material(proposal: Proposal, frozen: ProposalVersion) -> bool:
    """Whether a version says something else than the one before it."""
    before = proposal.versions.get(no=frozen.no - 1)
    return bool(changed_parts(json.loads(before.snapshot), json.loads(frozen.snapshot)))


def why_void(opinion: Opinion, changed: tuple[str, ...], *, is_direct: bool = False) -> str:
    """Why an opinion does not stand for a later version; empty when it does.

    What somebody consulted said rests on what the desk that asked rests on.
    """
    task = opinion.task.parent or opinion.task
    if task.node == Node.FORMAL_REVIEW and not (is_direct and opinion.outcome == Outcome.AGREE):
        return "形式审查对每一版重新办理"
    if opinion.outcome == Outcome.RETURN:
        return "退回意见已由新版本答复"
    parts = touched(desk_of(task.node, task.department_kind), changed)
    return f"改动了{labels_of(parts)}" if parts else ""


def _note(
    proposal: Proposal, voided: list[Opinion], carried: list[Opinion], *, by: User, at: datetime
) -> None:
    again = [f"{one.task.desk_label}（{one.void_reason}）" for one in voided if one.task.is_desk]
    kept = [f"{one.task.desk_label}（第 {one.plan_version.no} 版）" for one in carried]
    lines = []
    if again:
        lines.append(f"须重新签署：{'、'.join(again)}")
    if kept:
        lines.append(f"继续有效：{'、'.join(kept)}")
    common.note(
        proposal, "opinions.settled", "；".join(lines)[:400], by=by, at=at,
        body={"voided": [one.pk for one in voided], "carried": [one.pk for one in carried]},
    )  # fmt: skip
