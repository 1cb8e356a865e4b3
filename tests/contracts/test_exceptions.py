"""A contract whose plan rests on an exception (第十条、第十三条（四）、第十八条「原则上」)."""

from datetime import date

import pytest

from approvals.rules.checks import EXCEPTIONABLE
from contracts import services
from contracts.enums import ContractState
from contracts.selectors import facts_of, filing_context
from core.errors import ActionBlocked
from documents import storage
from tests.approvals import builders as plans
from tests.approvals.builders import fresh, moment
from tests.approvals.excepting import UNTIL, break_rule, granted, revoked
from tests.approvals.test_replies import text_of
from tests.contracts import builders
from tests.evaluations import builders as evaluating

CODES = sorted(EXCEPTIONABLE)


def excepted(town, code, until=UNTIL):
    """An approved plan that does not meet one rule, with the exception it was approved by."""
    plan = break_rule(town, plans.complete(town, plans.new_plan(town, "external")), code)
    one = granted(town, plan, code, valid_until=until)
    plan = plans.decide(town, fresh(plan), at="2026-10-27 17:00")
    return one, builders.approve(town, plan)


def refused(service, *args, **fields) -> set[str]:
    with pytest.raises(ActionBlocked, match=r"没有有效的例外|超过 5 年") as refusal:
        service(*args, **fields)
    return {reason.code for reason in refusal.value.reasons}


@pytest.mark.parametrize("code", CODES)
def test_a_revoked_exception_stops_the_signature_and_the_check(town, code):
    one, plan = excepted(town, code)
    contract = builders.ready(town, plan=plan)
    revoked(town, one, at="2026-11-15 09:00")

    assert refused(builders.sign, town, contract) == {code}

    contract = builders.fresh(contract)
    assert contract.state == ContractState.READY


@pytest.mark.parametrize("code", CODES)
def test_an_expired_exception_stops_the_signature(town, code):
    _, plan = excepted(town, code, until=date(2026, 11, 15))
    contract = builders.ready(town, plan=plan)

    assert refused(builders.sign, town, contract) == {code}  # on 16 November


@pytest.mark.parametrize("code", CODES)
def test_a_draft_is_not_even_handed_in_without_it(town, code):
    one, plan = excepted(town, code)
    contract = builders.written(town, plan=plan)
    revoked(town, one, at="2026-11-11 12:00")
    act = {"contract": contract, "version": contract.version, "by": town["venue.staff"]}

    assert refused(services.submit_for_check, at=moment("2026-11-12 09:00"), **act) == {code}


@pytest.mark.parametrize("code", CODES)
def test_while_the_exception_stands_the_contract_is_signed(town, code):
    _, plan = excepted(town, code)

    assert builders.sign(town, builders.ready(town, plan=plan)).state == ContractState.SIGNED


def test_a_shorter_contract_needs_no_exception(town):
    """The plan of eight years lost its exception; a contract of three years rests on none."""
    one, plan = excepted(town, "13-4-4")
    contract = builders.drafted(town, plan=plan)
    revoked(town, one, at="2026-11-11 09:30")
    services.update_contract(
        contract=contract, entry=builders.entry(contract, ends_on=date(2029, 11, 30)),
        version=contract.version, by=town["venue.staff"], at=moment("2026-11-11 10:00"),
    )  # fmt: skip
    facts = facts_of(builders.fresh(contract), today=date(2026, 11, 12))
    assert facts.unexcepted == ()


def test_the_contract_and_its_filing_form_say_that_it_is_over(town, log_in):
    one, plan = excepted(town, "13-4-4", until=date(2026, 11, 17))
    contract = builders.signed(town, plan=plan)  # on the 16th, while it stood

    page = log_in(town["asset.officer"]).get(f"/contracts/{contract.pk}/").content.decode()

    assert f"例外审批 {one.number}（已过期）" in page


def pdf_text(document) -> str:
    return text_of(storage.path_of(document.pdf.sha256).read_bytes())


def test_the_filing_form_names_exception_article_and_validity(town):
    one, plan = excepted(town, "10-3")
    contract = builders.filed(town, plan=plan)

    text = pdf_text(contract.filing_form)

    assert f"例外{one.number}：第十条（三）" in text
    assert "（10-3），已批准，有效期至2029年11月30日" in text
    one.refresh_from_db()
    revoked(town, one, at="2026-11-19 09:00")
    context = filing_context(builders.fresh(contract), today=date(2026, 11, 20), filer=None)
    assert "已撤销" in context["marks"][0]
    assert context["exceptions"][0]["state"] == "已撤销"


def test_the_evaluation_report_names_it_too(town):
    one, plan = excepted(town, "10-3")
    evaluation = evaluating.planned(town, contract=evaluating.contract(town, plan))

    done = evaluating.confirm(town, evaluating.score(town, evaluation))

    text = pdf_text(done.report)
    assert f"例外{one.number}：第十条（三）" in text
    assert "（10-3），已批准，有效期至2029年11月30日" in text
