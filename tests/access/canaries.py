"""Canaries: a word in every text of every row, which says whose row it is and of what kind."""

import re
from collections.abc import Iterable

from django.apps import apps
from django.db import models

from tests.access.homes import HOMES, Home

BUSINESS_APPS = (
    "venues", "partners", "meetings", "planning", "approvals", "contracts", "supervision", "evaluations",
    "disclosure", "documents", "notifications",
)  # fmt: skip
# Texts that are keys, hashes or addresses: a canary there would break the row.
UNTOUCHED = frozenset(
    [
        "code",
        "number",
        "uscc",
        "valuer_uscc",
        "parent_uscc",
        "sha256",
        "html_sha256",
        "content_sha256",
        "snapshot",
        "url",
        "source_url",
        "path",
        "verify_code",
        "content_type",
        "extension",
        "field",
        "subject_kind",
        "source_kind",
        "rule_code",
        "purpose",
        "dedupe_key",
        "kind",
        "division_code",
        "document_number",
        "filing_number",
        "permission",
        "department_kind",
        "clause_ref",
        "payment_account_last4",
        "last_error",
        "lease_owner",
        "position",
        "username",
        "session",
        "channel",
        "series",
    ]
)
SHORTEST = 30
# The verbatim record is for fewer eyes than the minutes; an unsent opinion for one pair.
KINDS = {
    ("meetings.Meeting", "record_text"): "record",
    ("meetings.Vote", "opinion"): "record",
    ("meetings.Attendance", "written_opinion"): "record",
    ("approvals.OpinionDraft", "text"): "unsent",
    ("venues.Venue", "name"): "place",
    ("venues.Venue", "address"): "place",
    ("venues.CoreBusiness", "name"): "place",
    ("approvals.Cooperation", "title"): "title",
    ("documents.IssuedDocument", "title"): "paper",
}
CANARY = re.compile(rf"qx({'|'.join(HOMES)})(?:-([a-z]+))?")


def stamped_models() -> list[type[models.Model]]:
    """The tables whose texts are read by people."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in BUSINESS_APPS and not model.__name__.startswith("Historical")
    ]


def _texts(model: type[models.Model]) -> Iterable[models.Field]:
    for one in model._meta.concrete_fields:
        if not isinstance(one, models.CharField | models.TextField) or one.choices or one.unique:
            continue
        if one.name in UNTOUCHED or isinstance(one, models.URLField | models.EmailField):
            continue
        if one.max_length is None or one.max_length >= SHORTEST:
            yield one


def stamp(before: dict, home: Home, suffix: str = "") -> int:
    """Put the home's canary into every text that is new; return how many rows were stamped."""
    count = 0
    for model in stamped_models():
        fields = list(_texts(model))
        for row in model._base_manager.exclude(pk__in=before[model]) if fields else ():
            changed = {one.attname: _sung(one, row, home, suffix) for one in fields}
            changed = {name: text for name, text in changed.items() if text}
            if changed:
                model._base_manager.filter(pk=row.pk).update(**changed)
                count += 1
    return count


def _sung(one: models.Field, row: models.Model, home: Home, suffix: str) -> str:
    text = getattr(row, one.attname) or ""
    kind = KINDS.get((row._meta.label, one.name), suffix)
    if kind == "record" and not suffix:
        kind = "boardrecord"
    canary = f"{home.canary}-{kind}" if kind else home.canary
    longest = one.max_length or 10**6
    if not text or home.canary in text or len(text) + len(canary) + 1 > longest:
        return ""
    return f"{text} {canary}"


def heard(body: str) -> set[tuple[str, str]]:
    """The homes and kinds whose canaries sing in a text."""
    return {(home, kind) for home, kind in CANARY.findall(body)}
