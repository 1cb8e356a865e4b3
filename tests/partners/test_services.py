"""The register of partners and due diligence through the services."""

from datetime import date, timedelta

import pytest

from audit.selectors import events_of, ledger_faults
from core.errors import ActionBlocked, Refused, StaleVersion
from documents.models import Attachment
from partners import selectors, services
from partners.enums import Finding
from partners.models import DueDiligence, Partner
from tests.partners.conftest import NOW, TODAY, picture


def _fields(refusal):
    return [reason.field for reason in refusal.value.reasons]


def _conclude(town, due_diligence, **changes):
    acting = {"by": town["venue.staff"], "at": NOW}
    return services.conclude_due_diligence(due_diligence=due_diligence, **acting | changes)


def test_a_partner_is_registered_in_plain_spelling(town):
    partner = town.register(uscc=" ９１610103maxx010776")

    assert partner.uscc == "91610103MAXX010776"
    assert events_of(partner.pk).get().code == "partners.partner.registered"


def test_a_code_is_registered_once(town):
    town.register()

    with pytest.raises(ActionBlocked) as refusal:
        town.register(name="另一个名称")

    assert _fields(refusal) == ["uscc"]
    assert "西安秦渭联动体育文化有限公司" in str(refusal.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"uscc": "92610103MAXX03101D", "subject_kind": "individual_business"},
        {"subject_kind": "individual_business"},
        {"subject_kind": "branch"},
        {"uscc": "91610103MAXX010770"},
    ],
)
def test_who_cannot_be_a_partner_is_not_registered(town, changes):
    with pytest.raises(ActionBlocked):
        town.register(**changes)

    assert Partner.objects.count() == 0


@pytest.mark.parametrize("username", ["auditor", "sysadmin", "stranger"])
def test_readers_register_nothing(town, username):
    with pytest.raises(Refused):
        town.register(by=town[username])


def test_the_register_is_common_and_closed_to_administrators(town):
    town.register()

    seen = {name for name in town.people if Partner.objects.visible_to(town[name]).exists()}

    assert seen == set(town.people) - {"sysadmin", "secadmin", "audadmin", "stranger"}


def test_due_diligence_belongs_to_the_venue(town):
    partner = town.register()
    mine = town.start(partner)

    seen = {name for name in town.people if DueDiligence.objects.visible_to(town[name]).exists()}

    assert seen == {"venue.staff", "asset.officer", "province.asset", "auditor"}
    assert mine.union == town.xian
    assert selectors.due_diligence_of(partner, town.venue.pk) == mine
    assert selectors.due_diligence_of(partner, town.foreign_venue.pk) is None


@pytest.mark.parametrize("username", ["foreign.staff", "asset.officer", "auditor"])
def test_only_the_venue_investigates(town, username):
    partner = town.register()
    due_diligence = town.start(partner)

    with pytest.raises(Refused):
        town.start(partner, by=town[username])
    with pytest.raises(Refused):
        town.save(due_diligence, "10-1", by=town[username])


def test_one_investigation_runs_at_a_time(town):
    partner = town.register()
    town.start(partner)

    with pytest.raises(ActionBlocked):
        town.start(partner)


def test_everything_begins_unverified_and_blocks(town):
    due_diligence = town.start(town.register())

    with pytest.raises(ActionBlocked) as refusal:
        _conclude(town, due_diligence)

    assert [reason.code for reason in refusal.value.reasons] == [f"10-{n}" for n in range(1, 7)]


def test_six_conditions_met_are_concluded(town):
    partner = town.register()

    done = _conclude(town, town.filled(partner))

    facts = selectors.due_diligence_facts(done, TODAY)
    assert {fact.finding for fact in facts.values()} == {Finding.MET}
    assert all(fact.has_evidence for fact in facts.values())
    assert done.state == "concluded"
    assert list(ledger_faults()) == []


def test_unmet_may_stand_and_is_named(town):
    due_diligence = town.filled(town.register())
    town.save(due_diligence, "10-3", finding="unmet", note="缺少高危险性体育项目许可")

    done = _conclude(town, due_diligence)

    assert selectors.due_diligence_facts(done, TODAY)["10-3"].finding == Finding.UNMET
    assert "不符合 10-3" in events_of(done.pk).last().title


def test_one_unverified_credit_check_blocks(town):
    due_diligence = town.filled(town.register())
    town.save_part(due_diligence, "10-6", "judgments", finding="unverified")

    with pytest.raises(ActionBlocked) as refusal:
        _conclude(town, due_diligence)

    assert [reason.code for reason in refusal.value.reasons] == ["10-6"]


def test_a_hit_in_one_credit_check_is_unmet(town):
    due_diligence = town.filled(town.register())

    town.save_part(due_diligence, "10-6", "dishonest_debtor", finding="unmet")

    assert due_diligence.items.get(code="10-6").finding == Finding.UNMET


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"source": ""}, ["source"]),
        ({"source": "合格"}, ["source"]),
        ({"checked_on": None}, ["checked_on"]),
        ({"checked_on": TODAY + timedelta(days=1)}, ["checked_on"]),
        ({"expires_on": TODAY - timedelta(days=1)}, ["expires_on", "expires_on"]),
        ({"checked_on": date(2024, 1, 1), "expires_on": date(2025, 11, 19)}, ["expires_on"]),
        ({"file": None}, ["file"]),
    ],
)
def test_a_finding_without_its_grounds_is_refused(town, changes, fields):
    due_diligence = town.start(town.register())

    with pytest.raises(ActionBlocked) as refusal:
        town.save(due_diligence, "10-3", **changes)

    assert _fields(refusal) == fields
    assert due_diligence.items.get(code="10-3").finding == Finding.UNVERIFIED
    assert Attachment.objects.count() == 0


def test_a_file_kept_earlier_is_evidence(town):
    due_diligence = town.start(town.register())
    town.save(due_diligence, "10-1")

    again = town.save(due_diligence, "10-1", file=None, note="复核无变化")

    assert (again.finding, again.version) == ("met", 3)


def test_tax_and_social_security_need_a_file_each(town):
    due_diligence = town.start(town.register())
    same = picture()
    town.save_part(due_diligence, "10-5", "tax", file=same)
    same.seek(0)

    with pytest.raises(ActionBlocked) as refusal:
        town.save_part(due_diligence, "10-5", "social_security", file=same)

    assert _fields(refusal) == ["file"]
    assert due_diligence.items.get(code="10-5").finding == Finding.UNVERIFIED
    assert Attachment.objects.count() == 1


def test_a_proof_names_its_period(town):
    due_diligence = town.start(town.register())

    with pytest.raises(ActionBlocked) as refusal:
        town.save_part(due_diligence, "10-5", "tax", period="")

    assert _fields(refusal) == ["period"]


def test_a_condition_of_parts_takes_no_finding_of_its_own(town):
    due_diligence = town.start(town.register())

    with pytest.raises(ActionBlocked):
        town.save(due_diligence, "10-6")


def test_a_credit_check_lapses_after_thirty_days(town):
    due_diligence = town.filled(town.register())
    last = TODAY + timedelta(days=30)

    facts = [selectors.due_diligence_facts(due_diligence, day)["10-6"].is_expired
             for day in (last, last + timedelta(days=1))]  # fmt: skip

    assert facts == [False, True]
    with pytest.raises(ActionBlocked) as refusal:
        _conclude(town, due_diligence, at=NOW + timedelta(days=31))
    assert [reason.code for reason in refusal.value.reasons] == ["10-6"]


def test_a_check_older_than_thirty_days_is_no_check(town):
    due_diligence = town.start(town.register())

    with pytest.raises(ActionBlocked):
        town.save_part(due_diligence, "10-6", "judgments", checked_on=TODAY - timedelta(days=31))
    kept = town.save_part(due_diligence, "10-6", "judgments", checked_on=TODAY - timedelta(days=30))

    assert kept.expires_on == TODAY


def test_a_concluded_one_is_closed(town):
    due_diligence = _conclude(town, town.filled(town.register()))

    with pytest.raises(ActionBlocked):
        town.save(due_diligence, "10-1", finding="unmet")
    with pytest.raises(ActionBlocked):
        _conclude(town, due_diligence)

    assert due_diligence.items.get(code="10-1").finding == Finding.MET
    assert town.start(due_diligence.partner).pk != due_diligence.pk


def test_a_stale_item_is_refused(town):
    due_diligence = town.start(town.register())
    town.save(due_diligence, "10-1", version=1)

    with pytest.raises(StaleVersion):
        town.save(due_diligence, "10-1", version=1, finding="unmet")

    assert due_diligence.items.get(code="10-1").finding == Finding.MET
