"""A reply is not voided under a signed contract; before, it is, and nothing is signed on it."""

import pytest

from approvals.models import Reply
from approvals.selectors.paper_marks import paper_marks
from approvals.selectors.papers import reply_context
from approvals.selectors.routes import route_for
from approvals.services import replies
from contracts.models import Contract
from core.errors import ActionBlocked
from documents.services import issue_pdf
from tests.approvals.builders import fresh
from tests.contracts import builders


def void(world, contract):
    plan = fresh(contract.proposal)
    _print(world, plan)
    return replies.void_reply(
        proposal=plan, reason="期限写错。", version=fresh(plan).version, by=world["leader"],
        at=builders.NOW,
    )  # fmt: skip


def _print(world, plan) -> None:
    """The paper and the route that the builders leave out of the rows they write."""
    reply = Reply.objects.get(proposal=plan)
    reply.document = issue_pdf(
        kind="reply", template="print/reply.html", number=reply.document_number, title="批复",
        context=reply_context(
            plan, reply, plan.versions.get(), marks=paper_marks(plan, today=builders.NOW.date())
        ),
        case_id=plan.case_id,
        union=plan.supervising_union, by=world["leader"], at=builders.NOW,
    )  # fmt: skip
    reply.save()
    plan.route = route_for(plan, on=builders.NOW.date()).as_json()
    plan.save()


def test_a_signed_contract_keeps_the_reply_it_rests_on(town):
    contract = builders.signed(town)

    with pytest.raises(ActionBlocked) as refusal:
        void(town, contract)

    [reason] = refusal.value.reasons
    assert reason.code == "13-2-2"
    assert reason.text.startswith(f"合同《{contract.title}》（{contract.number}）已经据此签订")


def test_without_the_question_the_reply_would_be_gone(town, monkeypatch):
    """The twin: nothing but the question keeps it."""
    contract = builders.signed(town)
    monkeypatch.setattr("contracts.selectors.reliance.signed_on", lambda proposal: "")

    assert void(town, contract).document is None


def test_a_contract_not_signed_waits_for_the_next_reply(town):
    contract = builders.ready(town)

    void(town, contract)

    with pytest.raises(ActionBlocked, match="批准"):
        builders.sign(town, builders.fresh(contract))
    assert Contract.objects.get(pk=contract.pk).state == "ready"
