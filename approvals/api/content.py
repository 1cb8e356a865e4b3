"""Gathers what a plan says, as the review page does, in values a program can read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from accounts.models import User
from approvals import permissions
from approvals.api.verbs import verbs_told
from approvals.models import Proposal
from approvals.selectors import chapters, pages
from approvals.selectors.comparing import versions_of
from approvals.selectors.delegations import delegations_to
from core.errors import Reason
from regulation.api import article_of, told

# Chosen from rows whose keys mean nothing outside the database.
BY_NAME = frozenset({"core_business"})


def content_shown(content: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """The frozen content: sections with what the checks say of them, and what stands around."""
    facts = chapters.facts_of_content(content, today=today)
    return {
        "sections": [_section(one, content) for one in chapters.chapters_of(content, facts)],
        "due_diligence": content["diligence"],
        "experts": chapters.expert_rows(content),
        "attachments": content["attachments"],
    }


def _section(chapter: chapters.Chapter, content: Mapping[str, Any]) -> dict[str, Any]:
    code = chapter.spec.code.value
    values = content["sections"].get(code, {})
    return {
        "section": code,
        "answers": [
            {
                "name": one.name,
                "label": one.label,
                "code": one.rule or None,
                "article": article_of(one.rule),
                "value": one.text if one.name in BY_NAME else values.get(one.name),
                "text": one.text or _rows(one.rows),
            }
            for one in chapters.answers_in(chapter.spec, content)
        ],
        "findings": told(
            Reason(one.text, one.code, one.field, section=one.section) for one in chapter.findings
        ),
    }


def _rows(rows: tuple) -> str:
    return "\n".join("，".join(f"{label}：{value}" for label, value in row) for row in rows)


def file_shown(user: User, proposal: Proposal) -> dict[str, Any] | None:
    """Opinions, desks and returns, for whoever reads the whole file; None for others."""
    if not permissions.reads_file(user, proposal):
        return None
    state = pages.desks_of(proposal, versions_of(proposal))
    delegations = list(delegations_to(user))
    mine = permissions.turn_of(user, state.tasks, delegations)
    tasks: list[Any] = [*state.tasks]
    prefetch_related_objects(tasks, "plan_version", "assignee")
    prefetch_related_objects(state.opinions, "conditions__met_by")
    for task in tasks:
        task.is_mine = mine is not None and task.pk == mine.pk
    return {
        "tasks": tasks,
        "opinions": state.opinions,
        "return_points": state.points,
        "verbs": verbs_told(user, proposal, state, delegations),
    }
