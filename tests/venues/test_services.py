"""The register and the self-assessment through the services."""

from dataclasses import asdict
from datetime import date, datetime, timedelta

import pytest

from audit.selectors import events_of, ledger_faults
from core.errors import ActionBlocked, Refused, StaleVersion
from documents.models import Attachment
from notifications.models import OutboxItem
from organizations.models import Department
from tests.venues.conftest import FACTS, NOW, PALACE, picture
from venues import selectors, services
from venues.models import Readiness, Venue

UNTIL = date(2026, 11, 20)


def _fields(refusal):
    return [reason.field for reason in refusal.value.reasons]


def _review(town, readiness, username="asset.officer", **changes):
    facts = {"is_ready": True, "review_note": "材料齐全，具备条件。", "valid_until": UNTIL}
    return services.review_readiness(
        readiness=readiness, by=town[username], at=NOW, **facts | changes
    )


def test_a_venue_is_numbered_by_place_and_kind(town):
    second = town.register(name="西安土门样例文化宫", uscc="91610103MAXX010776")
    other = town.register(name="西安职工体育馆", kind="sports_venue", uscc="91610113MAXX01149E")

    codes = [town.venue.code, second.code, other.code]

    assert codes == ["ZD-610103-01-01", "ZD-610103-01-02", "ZD-610103-04-01"]


def test_a_venue_stands_under_its_union(town):
    units = [town.venue.unit_1, town.venue.unit_2, town.venue.unit_3]

    assert units == [town.province, town.xian, None]
    assert events_of(town.venue.pk).get().code == "venues.venue.registered"


@pytest.mark.parametrize("username", ["baoji.officer", "province.asset", "auditor", "sysadmin"])
def test_only_the_supervising_union_registers(town, username):
    with pytest.raises(Refused):
        town.register(by=town[username], uscc="91610103MAXX010776")

    assert Venue.objects.count() == 1


def test_a_union_without_an_asset_department_registers_nothing(town):
    Department.objects.filter(union=town.xian).delete()

    with pytest.raises(ActionBlocked) as refusal:
        town.register(uscc="91610103MAXX010776")

    assert [reason.code for reason in refusal.value.reasons] == ["5-3"]


def test_a_code_stands_for_one_venue(town):
    with pytest.raises(ActionBlocked) as refusal:
        town.register(name="另一处")

    assert _fields(refusal) == ["uscc"]


def test_a_change_is_recorded_before_and_after(town):
    entry = services.VenueEntry(**PALACE | {"address": "碑林区样例路2号"})

    venue = services.update_venue(
        venue=town.venue, entry=entry, by=town["asset.head"], at=NOW, version=1
    )

    assert (venue.version, venue.code) == (2, "ZD-610103-01-01")
    assert '"address":["碑林区样例路1号","碑林区样例路2号"]' in events_of(venue.pk).last().body
    assert venue.history.count() == 2


def test_a_stale_change_is_refused(town):
    entry = services.VenueEntry(**PALACE | {"address": "碑林区样例路2号"})
    services.update_venue(venue=town.venue, entry=entry, by=town["asset.head"], at=NOW, version=1)

    with pytest.raises(StaleVersion):
        services.update_venue(
            venue=town.venue, entry=services.VenueEntry(**PALACE), by=town["asset.head"], at=NOW,
            version=1,
        )  # fmt: skip

    assert Venue.objects.get().address == "碑林区样例路2号"


def test_nothing_changed_is_said(town):
    with pytest.raises(ActionBlocked):
        services.update_venue(
            venue=town.venue,
            entry=services.VenueEntry(**asdict(services.VenueEntry(**PALACE))),
            by=town["asset.head"],
            at=NOW,
        )


def test_core_businesses_keep_their_rows(town):
    acting = {"venue": town.venue, "by": town["asset.head"], "at": NOW}
    services.set_core_businesses(businesses=[("职工技能培训", ""), ("文体活动", "")], **acting)
    kept = town.venue.core_businesses.get(name="文体活动").pk

    services.set_core_businesses(businesses=[("文体活动", "演出"), ("公益放映", "")], **acting)

    rows = list(town.venue.core_businesses.order_by("order").values_list("name", "description"))
    assert rows == [("文体活动", "演出"), ("公益放映", "")]
    assert town.venue.core_businesses.get(name="文体活动").pk == kept
    assert town.venue.five_constants["core_businesses"] == ["文体活动", "公益放映"]


def test_the_supervisor_is_of_the_asset_department(town):
    acting = {"venue": town.venue, "by": town["asset.head"], "at": NOW}

    named = services.name_supervisor(supervisor=town["asset.officer"], **acting)
    with pytest.raises(ActionBlocked):
        services.name_supervisor(supervisor=town["baoji.officer"], **acting)

    assert named.supervisor == town["asset.officer"]


def test_readiness_from_draft_to_ready(town):
    readiness = _review(town, town.submitted())

    assert readiness.state == "ready"
    assert selectors.readiness_in_force(town.venue, UNTIL) == readiness
    assert selectors.readiness_in_force(town.venue, UNTIL + timedelta(days=1)) is None
    assert selectors.readiness_in_force(town.venue, date(2025, 11, 19)) is None
    assert list(ledger_faults()) == []


def test_the_desk_is_told_at_each_step(town):
    _review(town, town.submitted())

    inapp = OutboxItem.objects.filter(channel="inapp").order_by("created_at", "title")
    told = {(row.recipient.username, row.title) for row in inapp}

    assert told == {
        ("asset.officer", "待审核：西安东城工人文化宫条件自评"),
        ("asset.head", "待审核：西安东城工人文化宫条件自评"),
        ("venue.staff", "条件自评审核：具备条件"),
    }


def test_an_empty_self_assessment_names_all_that_is_missing(town):
    readiness = town.draft()

    with pytest.raises(ActionBlocked) as refusal:
        services.submit_readiness(readiness=readiness, by=town["venue.staff"], at=NOW)

    assert {reason.code for reason in refusal.value.reasons} == {"9-1", "9-2", "9-3", "9-4"}


def test_a_not_ready_answer_withdraws_an_earlier_yes(town):
    _review(town, town.submitted())
    second = town.submitted()
    later = NOW + timedelta(days=1)

    services.review_readiness(
        readiness=second, is_ready=False, review_note="人员不足。", valid_until=None,
        by=town["asset.head"], at=later,
    )  # fmt: skip

    assert selectors.readiness_in_force(town.venue, later.date()) is None


def test_one_self_assessment_is_open_at_a_time(town):
    town.draft()

    with pytest.raises(ActionBlocked):
        town.draft()

    assert Readiness.objects.count() == 1


def test_a_submitted_one_is_not_rewritten(town):
    readiness = town.submitted()

    with pytest.raises(ActionBlocked):
        town.save(readiness, "9-1", facts=FACTS["9-1"] | {"workers": 1})

    assert readiness.items.get(code="9-1").facts["workers"] == 120000


@pytest.mark.parametrize("username", ["baoji.officer", "province.asset", "auditor"])
def test_only_the_supervising_union_reviews(town, username):
    readiness = town.submitted()

    with pytest.raises(Refused):
        _review(town, readiness, username)


def test_nobody_reviews_what_they_wrote(town):
    readiness = town.submitted()
    readiness.items.filter(code="9-1").update(written_by=town["asset.officer"])

    with pytest.raises(ActionBlocked):
        _review(town, readiness, "asset.officer")

    assert _review(town, readiness, "asset.head").state == "ready"


def test_a_review_is_given_once(town):
    readiness = _review(town, town.submitted())

    with pytest.raises(ActionBlocked):
        _review(town, readiness, "asset.head", is_ready=False)


def test_evidence_hangs_on_the_venue(town):
    readiness = town.draft()

    item = town.save(readiness, "9-2", file=picture("名册.png"))

    attachment = Attachment.objects.get()
    assert (attachment.case_id, attachment.purpose) == (town.venue.pk, item.purpose)
    assert attachment.venue_id == town.venue.pk


def test_a_refused_file_leaves_the_item_as_it_was(town):
    readiness = town.draft()
    fake = picture("假.pdf")

    with pytest.raises(ActionBlocked) as refusal:
        town.save(readiness, "9-1", file=fake)

    assert _fields(refusal) == ["file"]
    assert readiness.items.get(code="9-1").conclusion == ""


def test_facts_of_tomorrow_are_refused(town):
    readiness = town.draft()

    with pytest.raises(ActionBlocked) as refusal:
        town.save(readiness, "9-1", facts=FACTS["9-1"] | {"as_of": "2025-11-21"})

    assert _fields(refusal) == ["as_of"]


def test_the_day_is_that_of_shanghai(town):
    early = datetime.fromisoformat("2025-11-20T17:00:00+00:00")  # 1:00 on the 21st in Shanghai
    readiness = town.draft()

    item = town.save(readiness, "9-1", facts=FACTS["9-1"] | {"as_of": "2025-11-21"}, at=early)

    assert item.facts["as_of"] == "2025-11-21"
