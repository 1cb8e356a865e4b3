"""The hunt: every form that a person may send is sent as nobody should send it."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape

from django.db import transaction
from django.urls import Resolver404, resolve
from lxml import html

from tests.access import oracle
from tests.access.addresses import address
from tests.access.homes import OWN, READERS, Reader
from tests.access.hostile import Attack, Sample
from tests.access.routes import Policy, Route
from tests.access.states import STATES
from tests.access.walker import Answer, Walker
from tests.access.world import Case
from tests.harness.forms import PageForm, forms_of

# Where the form of an address stands, when the address itself leads elsewhere.
PAGES: dict[str, Callable[[Case], str]] = {
    "accounts:logout": lambda _case: "/",
    "approvals:thread_open": lambda case: (
        f"/proposals/{case.objects['submitted'].pk}/review/?comment=overview"
    ),
    "approvals:proposal_bulk": lambda case: (
        f"/proposals/bulk/?act=urge&row={case.objects['submitted'].pk}"
    ),
}
# What a script sends: the fields of another form of the page.
SENT_BY_SCRIPT = {"approvals:section_autosave": "approvals:section_edit"}
# What is done there is answered with a page that is shown once.
SHOWN_ONCE = frozenset(
    {"notifications:calendar", "approvals:proposal_bulk", "approvals:desk_handover"}
)
CONFLICT = 409
CHINESE = re.compile(r"(?:[\u4e00-\u9fff]\W*){4}")
# Where a refusal is told: beside the form, at its field, or on a page of its own.
TELLING = "//*[@role='alert'] | //*[contains(@class, 'error')] | //body[@data-refused]//main"
EACH, MOST = 1, 7


@dataclass(frozen=True, slots=True)
class Stand:
    """A form as one person finds it."""

    reader: Reader
    target: str
    form: PageForm


@dataclass(slots=True)
class Bag:
    """What the hunt brought home."""

    requests: int = 0
    forms: int = 0
    accepted: set[str] = field(default_factory=set)  # addresses that carried something out
    statuses: Counter = field(default_factory=Counter)
    formless: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        figures = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return (
            f"{self.forms} forms, {self.requests} requests, {len(self.accepted)} addresses "
            f"carried something out; answers {figures}"
        )


class Hunter:
    """Finds the forms at the own home and sends them."""

    def __init__(self, cases: dict[str, Case]) -> None:
        self.walker = Walker(cases, READERS.values())
        self.case = cases[OWN.key]
        self.bag = Bag()

    def hunt(self, route: Route, policy: Policy) -> None:
        """One address, in the state in which its form stands."""
        with self._state(route) as case:
            stand = self._find(route, policy, case)
            if stand is None:
                self.bag.formless.append(route.name)
                return
            self.bag.forms += 1
            sample = self._deepest(route, stand)
            for attack in sample.attacks(each=EACH, most=MOST):
                self._send(route, stand, attack)

    @contextmanager
    def _state(self, route: Route) -> Iterator[Case]:
        with transaction.atomic():
            objects = STATES[route.name](self.case) if route.name in STATES else {}
            yield Case(self.case.home, self.case.world, self.case.objects | objects)
            transaction.set_rollback(True)

    def _find(self, route: Route, policy: Policy, case: Case) -> Stand | None:
        elsewhere = PAGES.get(route.name)
        page = elsewhere(case) if elsewhere else address(route, policy, case)
        for reader in READERS.values():
            if not _may_send(reader, policy):
                continue
            answer, shown_at = self.walker.ask(reader, "GET", page), page
            if answer.status == 302:
                answer, shown_at = self.walker.ask(reader, "GET", answer.location), answer.location
            for form in forms_of(answer.body) if answer.status == 200 else ():
                target = (form.action or shown_at).partition("#")[0]
                found = _name_of(target)
                if form.method == "post" and found == SENT_BY_SCRIPT.get(route.name, route.name):
                    return Stand(reader, target if found == route.name else page, form)
        return None

    def _deepest(self, route: Route, stand: Stand) -> Sample:
        """The fullest body, unless only the lean one is accepted: then attacks reach the service."""
        samples = [Sample(stand.form, name=route.name, lean=lean) for lean in (False, True)]
        for sample in samples:
            body = sample.plausible()
            if self._send(route, stand, Attack("as it stands", body)).status == 302:
                return sample
        return samples[0]

    def _send(self, route: Route, stand: Stand, attack: Attack) -> Answer:
        answer = self.walker.ask(stand.reader, "POST", stand.target, attack.body)
        self.bag.requests += 1
        self.bag.statuses[answer.status] += 1
        if answer.status == 302:
            self.bag.accepted.add(route.name)
        told = f"{route.name} as {stand.reader.username or 'anonymous'}: {attack.name}"
        if not (route.name in SHOWN_ONCE and answer.status == 200):
            self.bag.faults += [f"{told}: {fault}" for fault in _faults(answer, attack)]
        return answer


def _may_send(reader: Reader, policy: Policy) -> bool:
    if not policy.allows(reader.role, "POST"):
        return False
    if reader.role == "expert":
        return True
    return oracle.finds(reader, OWN, policy.kind) and oracle.acts_on(reader, OWN, policy.kind)


def _name_of(target: str) -> str:
    try:
        return resolve(target.partition("?")[0]).view_name
    except Resolver404:
        return ""


def _faults(answer: Answer, attack: Attack) -> Iterator[str]:
    if answer.status >= 500:
        yield f"answered {answer.status}"
    elif answer.status == 302:
        if not answer.location.startswith("/") or answer.location.startswith("//"):
            yield f"sent away to {answer.location}"
    elif answer.body.startswith("{"):
        told = str(json.loads(answer.body))
        if answer.status >= 400 and (answer.changed or not CHINESE.search(told)):
            yield f"answered {answer.status}: {told[:80]}, changed {sorted(answer.changed)}"
    else:
        if not (attack.may_show and answer.status == 200):
            yield from refusal_faults(answer)
        shown = unescape(answer.body)
        # A page that shows two texts side by side leaves out what both have alike.
        alike = attack.stored if answer.status == CONFLICT else frozenset()
        lost = [text for text in attack.typed if text not in shown and text not in alike]
        if lost:
            yield f"answered {answer.status} and lost {[text[:30] for text in lost]}"


def refusal_faults(answer: Answer) -> Iterator[str]:
    """What is wrong with a refusal: no sentence, a script let through, something written."""
    if "<script>alert(1)" in answer.body or "<img src=x" in answer.body:
        yield "let a script through"
    if answer.changed:
        yield f"refused, yet changed {sorted(answer.changed)}"
    page = html.document_fromstring(answer.body.replace("\0", "") or "<p></p>")
    told = [element.text_content() for element in page.xpath(TELLING)]
    if not any(CHINESE.search(text) for text in told):
        yield f"answered {answer.status} without a sentence"
