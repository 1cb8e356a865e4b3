"""第十八条: a contract suspected by its score is cleared as a plan is, and void when it changes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from approvals.models import LeaseClearance
from approvals.rules.clearing import signs_of
from approvals.selectors.clearances import clearances_of
from approvals.selectors.facts import cleared_signs
from contracts import services
from contracts.rules.content import lease_screen, not_a_disguised_lease, notes
from contracts.rules.facts import ClauseFact, ContractFacts
from contracts.selectors import facts_of, filing_context
from core.errors import ActionBlocked, Refused, StaleVersion
from meetings.models import AgendaItem
from tests.approvals.builders import TODAY, moment
from tests.approvals.test_clearing import OPINION, both, concur, meet
from tests.contracts import builders
from tests.contracts.builders import LEASE_WORDS, clauses, fresh, picture
from tests.harness.acting import post_act

AT = moment("2026-11-12 09:00")
HARD_WORDS = f"{LEASE_WORDS}乙方可以转租。"
MORE_WORDS = f"{LEASE_WORDS}乙方一次性预付三年费用。"


def facts(words: str, cleared: tuple[str, ...] = ()) -> ContractFacts:
    clause = ClauseFact(code="cooperation_mode", is_present=True, clause_no="一", quotation=words)
    return ContractFacts(today=TODAY, clauses=(clause,), cleared_signs=cleared)


SEEN = tuple(signs_of(lease_screen(facts(LEASE_WORDS))))


def is_blocked(seen: ContractFacts) -> bool:
    return bool(list(not_a_disguised_lease(seen)))


@pytest.mark.parametrize(("words", "cleared", "blocked"), [
    (LEASE_WORDS, (), True),
    (LEASE_WORDS, SEEN, False),
    (LEASE_WORDS, SEEN[:1], True),  # a clearance of less
    (MORE_WORDS, SEEN, True),  # DL-11 came after it
    (HARD_WORDS, SEEN, True),
])  # fmt: skip
def test_a_contract_passes_with_exactly_the_cleared_signs(words, cleared, blocked):
    assert is_blocked(facts(words, cleared)) is blocked


def test_a_hard_sign_is_cleared_by_no_list_of_signs():
    hard = tuple(signs_of(lease_screen(facts(HARD_WORDS))))
    assert is_blocked(facts(HARD_WORDS, hard))


def test_the_refusal_offers_the_clearance_only_without_a_hard_sign():
    (soft,) = not_a_disguised_lease(facts(LEASE_WORDS))
    (hard,) = not_a_disguised_lease(facts(HARD_WORDS))
    assert "申请解除" in soft.text
    assert "申请解除" not in hard.text
    assert (soft.code, hard.code) == ("18-1", "18-1")


def test_a_cleared_contract_is_looked_at_more_often():
    said = [one.text for one in notes(facts(LEASE_WORDS, SEEN)) if one.code == "18-1"]
    assert len(said) == 1
    assert "50 分" in said[0]
    assert "列入加强检查" in said[0]
    assert not [one for one in notes(facts(LEASE_WORDS)) if one.code == "18-1"]


def ask(world, contract, **changes) -> LeaseClearance:
    told = {
        "reason": "收益与经营结果挂钩。", "lawyer": "郑律", "firm": "衡律律师事务所",
        "opinion": OPINION, "opined_on": moment("2026-11-11 09:00").date(),
        "upload": SimpleUploadedFile("意见书.png", picture().getvalue(), "image/png"),
        "version": contract.version, "by": world["venue.manager"], "at": AT,
    }  # fmt: skip
    return services.request_contract_clearance(contract=contract, **told | changes)


def rewrite(world, contract, words: str):
    services.save_clauses(
        contract=contract, clauses=clauses(cooperation_mode={"quotation": words}),
        version=contract.version, by=world["venue.staff"], at=AT,
    )  # fmt: skip
    return fresh(contract)


def submit(world, contract):
    return services.submit_for_check(
        contract=contract, version=contract.version, by=world["venue.staff"],
        at=moment("2026-11-14 09:00"),
    )  # fmt: skip


@pytest.fixture
def suspect(town):
    return builders.suspect(town)


@pytest.mark.django_db
class TestTheWay:
    def test_all_four_clear_it_and_the_filing_form_says_so(self, town, suspect):
        with pytest.raises(ActionBlocked, match="疑似变相出租承包"):
            submit(town, suspect)
        clearance = ask(town, suspect)
        assert (clearance.about, clearance.score, tuple(clearance.signs)) == ("合同", 50, SEEN)
        clearance = both(town, clearance)
        with pytest.raises(ActionBlocked, match="疑似变相出租承包"):
            submit(town, fresh(suspect))
        assert meet(town, clearance).state == "cleared"
        contract = submit(town, fresh(suspect))
        assert contract.state == "clause_check"
        flags = filing_context(fresh(suspect), today=TODAY, filer=None)["flags"]
        assert any("列入加强检查" in one for one in flags)

    def test_it_clears_the_contract_and_not_its_plan(self, town, suspect):
        meet(town, both(town, ask(town, suspect)))

        assert cleared_signs(suspect.proposal) == ()
        assert clearances_of(suspect.proposal) == []

    def test_a_change_of_the_words_makes_it_void(self, town, suspect):
        meet(town, both(town, ask(town, suspect)))
        contract = rewrite(town, suspect, MORE_WORDS)
        assert is_blocked(facts_of(contract, today=TODAY))
        assert ask(town, contract).score == 60

    def test_nobody_concurs_in_what_has_changed_and_a_new_request_lapses_the_old(
        self, town, suspect
    ):
        first = both(town, ask(town, suspect))
        contract = rewrite(town, suspect, MORE_WORDS)
        second = ask(town, contract)
        first.refresh_from_db()
        assert first.state == "lapsed"
        assert not AgendaItem.objects.filter(subject_id=first.pk, withdrawn_at=None).exists()
        rewrite(town, contract, LEASE_WORDS)
        with pytest.raises(StaleVersion, match="合同在申请之后又有修改"):
            concur(town, second, "cosign.audit", "fund_review")

    def test_a_voided_contract_takes_its_request_along(self, town, suspect):
        clearance = both(town, ask(town, suspect))
        services.void_contract(
            contract=suspect, reason="双方不再合作。", version=suspect.version,
            by=town["venue.manager"], at=AT,
        )  # fmt: skip
        clearance.refresh_from_db()
        assert clearance.state == "lapsed"
        assert not AgendaItem.objects.filter(subject_id=clearance.pk, withdrawn_at=None).exists()

    @pytest.mark.parametrize(("words", "sentence"), [
        (HARD_WORDS, "硬性迹象，任何人都不能解除，只能修改合同"),
        ("双方共建场馆，乙方取得固定收益。", "不到 50 分"),
        (builders.WORDS["cooperation_mode"], "不必申请解除"),
    ])  # fmt: skip
    def test_only_a_score_of_fifty_is_asked_about(self, town, suspect, words, sentence):
        contract = rewrite(town, suspect, words)
        with pytest.raises(ActionBlocked, match=sentence):
            ask(town, contract)

    def test_asked_twice_late_or_by_another_it_is_refused(self, town, suspect):
        with pytest.raises(Refused):
            ask(town, suspect, by=town["venue.staff"])
        with pytest.raises(StaleVersion):
            ask(town, suspect, version=suspect.version + 1)
        clearance = ask(town, suspect)
        with pytest.raises(ActionBlocked, match="本合同已有一件"):
            ask(town, suspect)
        clearance.pk, clearance._state.adding = None, True
        with pytest.raises(IntegrityError):  # the guard of the race, in the database
            clearance.save(force_insert=True)

    def test_a_contract_handed_in_is_not_asked_about(self, town):
        contract = builders.submitted(town)
        with pytest.raises(ActionBlocked, match="不能申请解除认定"):
            ask(town, contract)


@pytest.mark.django_db
class TestThePages:
    def test_from_the_contract_to_the_departments_and_the_union(self, town, suspect, log_in):
        client = log_in(town["venue.manager"])
        page, form = f"/contracts/{suspect.pk}/", f"/contracts/{suspect.pk}/clearances/new/"
        assert form in client.get(page).content.decode()
        body = {"reason": "我写的说明", "lawyer": "郑律", "firm": "衡律", "opinion": "太短",
                "opined_on": "2026-11-11",
                "upload": SimpleUploadedFile("意见书.png", picture().getvalue(), "image/png")}  # fmt: skip
        short = post_act(client, form, body)
        assert short.status_code == 422
        assert "我写的说明" in short.content.decode()
        body |= {"opinion": OPINION,
                 "upload": SimpleUploadedFile("意见书.png", picture().getvalue(), "image/png")}  # fmt: skip
        assert post_act(client, form, body).status_code == 302
        clearance = LeaseClearance.objects.get(contract_id=suspect.pk)
        text = client.get(page).content.decode()
        assert f"/clearances/{clearance.pk}/" in text
        assert form not in text
        text = log_in(town["cosign.audit"]).get(f"/clearances/{clearance.pk}/").content.decode()
        trail = text.partition('aria-label="所在位置"')[2].partition("</nav>")[0]
        assert suspect.title in trail
        assert f'href="{page}"' in trail
        assert "/proposals/" not in trail

    def test_what_is_cleared_is_not_offered_or_asked_again(self, town, suspect, log_in):
        meet(town, both(town, ask(town, suspect)))
        client = log_in(town["venue.manager"])
        text = client.get(f"/contracts/{suspect.pk}/").content.decode()
        assert "列入加强检查" in text
        assert "clearances/new/" not in text
        typed = client.get(f"/contracts/{suspect.pk}/clearances/new/")
        assert (typed.status_code, typed["Location"]) == (302, f"/contracts/{suspect.pk}/")
        with pytest.raises(ActionBlocked, match="已经解除"):
            ask(town, suspect)

    def test_who_does_not_hand_in_for_the_venue_is_not_offered_it(self, town, suspect, log_in):
        client = log_in(town["venue.staff"])
        form = f"/contracts/{suspect.pk}/clearances/new/"
        assert form not in client.get(f"/contracts/{suspect.pk}/").content.decode()
        assert client.get(form).status_code == 403
