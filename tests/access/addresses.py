"""How each address is reached at a home: which object stands for which parameter."""

import uuid
from typing import Any

from django.urls import reverse

from tests.access.routes import Policy, Route
from tests.access.world import Case

# kind of the matrix → the object of the home that is addressed
STANDS_FOR = {
    "proposal": "submitted",
    "record": "meeting",
    "opinion": "objection",
    "attachment": "contract_file",
    "planning": "body",
    "section": "draft",
}
# address → the object, where its kind alone would meet the wrong state of the matter
INSTEAD = {
    "approvals:expert_record": "draft",
    "approvals:expert_answer": "draft",
    "approvals:expert_end": "draft",
    "approvals:expert_opinion": "submitted",
    "approvals:withdrawal_ask": "reviewed",
    "approvals:withdrawal_answer": "reviewed",
    "approvals:brief": "reviewed",
    "approvals:brief_pdf": "reviewed",
    "approvals:approval_form": "reviewed",
    "approvals:approval_form_issue": "reviewed",
    "contracts:contract_edit": "contract_draft",
    "contracts:contract_clauses": "contract_draft",
    "contracts:contract_valuation": "contract_draft",
    "contracts:contract_submit": "contract_draft",
    "contracts:contract_clearance": "contract_draft",
    "contracts:contract_void": "contract_draft",
    "meetings:meeting_agenda": "open_meeting",
    "meetings:meeting_notice": "open_meeting",
    "meetings:meeting_reschedule": "open_meeting",
    "meetings:meeting_answer": "open_meeting",
    "meetings:meeting_attendance": "open_meeting",
    "meetings:meeting_place": "open_meeting",
    "meetings:meeting_close": "open_meeting",
    "meetings:meeting_upload": "open_meeting",
    "disclosures:contract_settle": "published",
    "disclosures:disclosure_withdraw": "published",
}
# other parameters → the object, or the word itself
OTHERS = {
    ("approvals:proposal_file", "file_pk"): "proposal_file",
    ("approvals:file_beside", "file_pk"): "proposal_file",
    ("approvals:file_page", "file_pk"): "proposal_file",
    ("approvals:expert_opinion", "expert_pk"): "engagement",
    ("approvals:expert_record", "expert_pk"): "draft_engagement",
    ("approvals:expert_answer", "expert_pk"): "draft_engagement",
    ("approvals:expert_end", "expert_pk"): "draft_engagement",
    ("planning:step_done", "step_pk"): "union_step",
    ("meetings:record_file", "file_pk"): "record_file",
    ("meetings:member_edit", "member_pk"): "member",
    ("meetings:resolution_file", "file_pk"): "resolution_file",
    ("contracts:contract_file", "file_pk"): "contract_file",
    ("disclosures:contract_settle", "contract_pk"): "contract",
    ("disclosures:venue_current", "venue_pk"): "venue",
}
WORDS = {
    ("approvals:section_edit", "code"): "overview",
    ("approvals:section_autosave", "code"): "overview",
    ("venues:readiness_item", "code"): "9-1",
    ("partners:item_save", "code"): "10-1",
    ("partners:part_save", "code"): "10-5",
    ("partners:part_save", "part_code"): "tax",
    ("regulation:article_detail", "number"): 13,
    ("regulation:rule_sheet", "code"): "13-4-4",
    ("regulation:policy_file", "number"): 1,
    ("documents:attachment_page", "number"): 1,
    ("approvals:file_page", "number"): 1,
    ("accounts:working_day_change", "day"): "2026-10-01",
    ("handbook:chapter", "slug"): "drafting",
    ("notifications:calendar_feed", "token"): "not-a-secret-of-anybody",
    ("api:proposal-version", "no"): 1,
}
QUERIES = {
    "meetings:meeting_plan": ("body", "body"),
    "contracts:contract_new": ("proposal", "contracting"),
    "evaluations:plan": ("contract", "contract"),
}


def stand_in(route: Route, policy: Policy) -> str:
    """The name of the object that an address speaks of at every home."""
    return INSTEAD.get(route.name) or STANDS_FOR.get(policy.kind, policy.kind)


def value_of(route: Route, policy: Policy, parameter: str, case: Case) -> Any:
    """What is put for one parameter of the address at one home."""
    key = (route.name, parameter)
    if key in WORDS:
        return WORDS[key]
    if parameter == "code" and policy.kind == "verification":
        return case.objects["document"].verify_code
    if parameter == "code" and policy.kind == "published":
        return case.objects["published"].venue.code
    if parameter == "code" and policy.kind == "notice_code":
        return case.objects["cooperation"].code
    return case.objects[OTHERS.get(key) or stand_in(route, policy)].pk


def address(route: Route, policy: Policy, case: Case) -> str:
    """The address of the home's object."""
    values = {name: value_of(route, policy, name, case) for name in route.parameters}
    return reverse(route.name, kwargs=values) + _query(route, case)


def _query(route: Route, case: Case) -> str:
    if route.name not in QUERIES:
        return ""
    name, known = QUERIES[route.name]
    return f"?{name}={case.objects[known].pk}"


def missing_address(route: Route, policy: Policy, case: Case) -> str:
    """The same address with an object that does not exist."""
    if route.name in QUERIES:
        return reverse(route.name) + f"?{QUERIES[route.name][0]}={uuid.uuid4()}"
    values = {name: value_of(route, policy, name, case) for name in route.parameters}
    first = route.parameters[0]
    values[first] = 987654321 if isinstance(values[first], int) else _nobody(values[first])
    return reverse(route.name, kwargs=values)


def _nobody(value: Any) -> Any:
    return uuid.uuid4() if isinstance(value, uuid.UUID) else "nobody"


def is_addressed(route: Route) -> bool:
    """Whether the address names an object of a home at all."""
    if route.name in QUERIES:
        return True
    return any((route.name, name) not in WORDS for name in route.parameters)
