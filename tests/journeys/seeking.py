"""Where each screen can be seen in the demo: asked of the portal itself, page by page.

Runs inside the portal's own process (`manage.py shell`). For every address that is read, the
people whose role may read it are tried on the things they see, those of README first, until a
page answers. So a new screen is looked at as soon as the demo has something to show on it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse

from accounts.models import Post, User
from tests.access.addresses import QUERIES, WORDS
from tests.access.routes import Policy, Route, all_routes, matrix

NAMED = (
    "venue.staff", "venue.manager", "asset.officer", "asset.evaluator", "asset.head", "cosign.personnel",
    "cosign.discipline", "cosign.finance", "cosign.audit", "counsel", "secretary", "leader",
    "auditor", "expert", "province.asset", "baoji.officer", "county.officer", "sysadmin",
    "secadmin", "audadmin",
)  # fmt: skip
MOST_THINGS = 70  # of one kind, as one person sees them
MOST_TRIES = 400  # of one address that nobody can open
# kind of the matrix, or the name of a parameter → the things it speaks of
THINGS = {
    "user": "accounts.User", "post": "accounts.Post", "token": "accounts.ApiToken",
    "attachment": "documents.Attachment", "document": "documents.IssuedDocument",
    "notice": "notifications.InboxItem", "delivery": "notifications.OutboxItem",
    "venue": "venues.Venue", "partner": "partners.Partner",
    "due_diligence": "partners.DueDiligence", "proposal": "approvals.Proposal",
    "draft": "approvals.Proposal", "exploring": "approvals.Proposal",
    "approved": "approvals.Proposal", "contracting": "approvals.Proposal",
    "engagement": "approvals.Proposal", "opinion": "approvals.Opinion",
    "thread": "approvals.Thread", "task": "approvals.Task",
    "circulation": "approvals.Circulation", "phrase": "approvals.Phrase",
    "delegation": "approvals.Delegation", "condition": "approvals.Condition",
    "exception": "approvals.RuleException", "matrix_row": "approvals.AuthorityMatrixRow",
    "amendment": "approvals.MatrixAmendment", "amendment_row": "approvals.AuthorityMatrixRow",
    "major_entry": "approvals.MajorMatterEntry", "cooperation": "approvals.Cooperation",
    "notice_code": "approvals.Cooperation", "agenda_item": "meetings.AgendaItem",
    "record": "meetings.Meeting", "meeting": "meetings.Meeting", "body": "meetings.Body",
    "planning": "meetings.Body", "resolution": "meetings.Resolution",
    "contract": "contracts.Contract", "report": "supervision.PeriodicReport",
    "rectification": "supervision.Rectification", "published": "disclosure.Disclosure",
    "disclosure": "disclosure.Disclosure", "evaluation": "evaluations.Evaluation",
    "verification": "documents.IssuedDocument", "clearance": "approvals.LeaseClearance",
    "union_plan": "planning.UnionPlan", "union_draft": "planning.UnionPlan",
    "expert_pk": "approvals.ExpertEngagement", "member_pk": "meetings.Member",
    "contract_pk": "contracts.Contract", "venue_pk": "venues.Venue",
    "step_pk": "planning.PlanStep",
}  # fmt: skip
# A thing that hangs on the one addressed: parameter → the field that points there.
HANGS_ON = {"expert_pk": "proposal", "member_pk": "body", "contract_pk": "venue", "step_pk": "plan"}


class Seeker:
    """People with their sessions, and what each of them sees."""

    def __init__(self) -> None:
        self.policies = matrix()
        self.people = {user.username: user for user in User.objects.order_by("pk")}
        self.roles: dict[str, set[str]] = {}
        for post in Post.objects.select_related("user"):
            self.roles.setdefault(post.user.username, set()).add(post.role)
        others = sorted(set(self.people) - set(NAMED))
        self.order = [*NAMED, *others]
        self._clients: dict[str, Client] = {}
        self._seen: dict[tuple[str, str], list[Any]] = {}

    def client(self, username: str) -> Client:
        if username not in self._clients:
            client = Client(SERVER_NAME="127.0.0.1")
            if username:
                client.force_login(self.people[username], "accounts.backends.PostedBackend")
            self._clients[username] = client
        return self._clients[username]

    def readers(self, policy: Policy) -> list[str]:
        """Who may open it, the public first where the public may."""
        if policy.is_public:
            return [""]
        return [
            name
            for name in self.order
            if "SIGNED_IN" in policy.reads or policy.reads & self.roles.get(name, set())
        ]

    def things(self, label: str, username: str) -> list[Any]:
        key = (label, username)
        if key not in self._seen:
            self._seen[key] = list(_seen_by(apps.get_model(label), self.people.get(username)))
        return self._seen[key]

    def seek(self, route: Route) -> dict[str, Any]:
        """The first person and address that answer a page; else what was answered."""
        policy, answers = self.policies[route.name], {}
        for username in self.readers(policy):
            for url in self.addresses(route, policy, username):
                response = self.client(username).get(url)
                kind = response.headers.get("Content-Type", "").partition(";")[0]
                if response.status_code == 200:
                    return {"who": username, "path": url, "kind": kind}
                answer = f"{response.status_code} {response.headers.get('Location', '')[:9]}"
                answers[answer] = answers.get(answer, 0) + 1
                if sum(answers.values()) >= MOST_TRIES:
                    return {"answers": answers}
        return {"answers": answers}

    def addresses(self, route: Route, policy: Policy, username: str) -> Iterator[str]:
        """Every address of the route, over the things this person sees."""
        if route.name in QUERIES:
            name, _known = QUERIES[route.name]
            for thing in self.things(THINGS[policy.kind], username):
                yield f"{reverse(route.name)}?{name}={thing.pk}"
            return
        open_ones = [name for name in route.parameters if (route.name, name) not in WORDS]
        words = {n: WORDS[route.name, n] for n in route.parameters if (route.name, n) in WORDS}
        if not open_ones:
            yield reverse(route.name, kwargs=words)
            return
        for thing in self.things(THINGS[policy.kind], username):
            for values in _values(open_ones, policy, thing):
                yield reverse(route.name, kwargs=words | values)


def _seen_by(model: type[Model], user: User | None) -> QuerySet:
    rows = model._default_manager.all()
    if user is not None and hasattr(rows, "visible_to"):
        rows = rows.visible_to(user)
    elif user is not None and any(field.name == "user" for field in model._meta.fields):
        rows = rows.filter(user=user)
    return rows.order_by("pk")[:MOST_THINGS]


def _values(names: list[str], policy: Policy, thing: Any) -> Iterator[dict[str, Any]]:
    first, *rest = names
    values = {first: _value(first, policy, thing)}
    if not rest:
        yield values
        return
    name = rest[0]
    if name == "file_pk":
        for key in _files_of(thing):
            yield values | {name: key}
        return
    others = apps.get_model(THINGS[name])._default_manager
    for other in others.filter(**{HANGS_ON[name]: thing.pk}).order_by("pk")[:5]:
        yield values | {name: other.pk}


def _value(name: str, policy: Policy, thing: Any) -> Any:
    if name == "code":
        by_kind = {
            "verification": lambda: thing.verify_code,
            "published": lambda: thing.venue.code,
            "notice_code": lambda: thing.code,
        }
        return by_kind[policy.kind]()
    return thing.pk


def _files_of(thing: Any) -> list[Any]:
    attachments = apps.get_model("documents.Attachment")._default_manager
    cases = [thing.pk, getattr(thing, "cooperation_id", None)]
    return [one.pk for one in attachments.filter(case_id__in=cases).order_by("pk")[:3]]


def sought(*, leave_out: Iterable[str], people: Iterable[str]) -> dict[str, Any]:
    """Every address that is read, by name, with where its page stands; and a session of everybody.

    The API has no screens. Most accounts of the demo have no password, so a browser is given the
    session that this program looked with.
    """
    seeker, left = Seeker(), frozenset(leave_out)
    found = {
        route.name: seeker.seek(route)
        for route in all_routes()
        if route.name not in left and (route.name[:4] != "api:" or route.name == "api:docs")
    }
    who = {*people, *(one["who"] for one in found.values() if "who" in one)} - {""}
    sessions = {name: seeker.client(name).cookies["sessionid"].value for name in who}
    return {"found": found, "sessions": sessions}
