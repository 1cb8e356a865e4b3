"""其他议题: a topic no app owns, registered, decided, and named by a row of the matrix; endings taken out."""

from datetime import date

import pytest

from approvals.models import AuthorityMatrixRow, MatrixEnding
from approvals.selectors.routes import items_that_fix
from approvals.services import decisions, matrix
from core.errors import ActionBlocked, Refused, StaleVersion
from meetings import services as meetings
from meetings.models import AgendaItem
from tests.approvals import builders, walk
from tests.approvals.builders import moment
from tests.approvals.test_matrix import written
from tests.harness.acting import post_act

pytestmark = pytest.mark.databases
AT = moment("2026-11-02 09:00")
TITLE = "确定对外合作方案的决策权限"


def register(world, *, by="secretary", title=TITLE):
    body = world.bodies["party_group"]
    return meetings.register_topic(body=body, title=title, by=world[by], at=AT)


def decide(world, topic, **changes):
    meeting = walk.seat(world, AgendaItem.objects.get(pk=topic.pk))
    walk.conclude(world, meeting, **changes)
    topic.refresh_from_db()
    return topic


def test_a_topic_is_registered_decided_and_named_by_a_row(world):
    topic = decide(world, register(world))

    assert (topic.conclusion, topic.agree, topic.members) == ("passed", 3, 3)
    assert items_that_fix(world.xian) == [topic]
    with pytest.raises(ActionBlocked, match="不能追溯生效"):
        written(world, fixed_item=topic, valid_from=date(2026, 11, 11))
    row = written(world, fixed_item=topic, valid_from=date(2026, 11, 12))
    assert row.fixed_item == topic
    assert TITLE in row.record or "党组" in row.record


def test_a_topic_that_was_not_passed_fixes_nothing(world):
    topic = decide(world, register(world), choices="ddd", conclusion="rejected")

    assert topic.conclusion == "rejected"
    assert items_that_fix(world.xian) == []


def test_a_topic_put_off_waits_again_and_has_no_changes_to_confirm(world):
    topic = register(world)
    meeting = walk.seat(world, AgendaItem.objects.get(pk=topic.pk))
    item = meeting.items.select_related("body__union", "meeting").get()
    with pytest.raises(ActionBlocked, match="请记为“缓议”"):
        decisions.conclude_agenda_item(
            item=item, votes=walk.votes(meeting, "aaa"), conclusion="passed_with_changes",
            resolution="同意。", required_changes="修改。", confirmer=world["leader"],
            version=item.version, by=world["secretary"], at=moment("2026-11-12 10:00"),
        )  # fmt: skip

    walk.conclude(world, meeting, "fff", conclusion="deferred")

    again = walk.waiting(topic.subject_id)
    assert (again.title, again.meeting) == (TITLE, None)


def test_only_the_secretary_registers_and_nothing_twice(world):
    register(world)
    with pytest.raises(ActionBlocked, match="不必重复登记"):
        register(world)
    with pytest.raises(ActionBlocked, match="请写明议题"):
        register(world, title=" ")
    with pytest.raises(Refused):
        register(world, by="asset.head", title="别的事项")


def test_the_pages_register_and_decide_a_topic(world, log_in):
    client, body = log_in(world["secretary"]), world.bodies["party_group"]
    address = f"/meetings/bodies/{body.pk}/topics/new/"
    assert address in client.get("/meetings/waiting/").content.decode()
    assert address in client.get(f"/meetings/bodies/{body.pk}/").content.decode()
    assert post_act(client, address, {"title": TITLE}).status_code == 302
    assert TITLE in client.get("/meetings/waiting/").content.decode()

    meeting = walk.seat(world, AgendaItem.objects.get(title=TITLE), day="2026-11-25")
    page = client.get(f"/agenda/{meeting.items.get().pk}/decide/")
    assert page.status_code == 200
    assert "其他议题" in page.content.decode()
    walk.conclude(world, meeting, at=moment("2026-11-25 10:00"))
    form = log_in(world["asset.head"]).get("/matrix/new/").content.decode()
    assert TITLE in form


@pytest.fixture
def ending(world):
    row = AuthorityMatrixRow.objects.filter(amendment__state="published").first()
    return matrix.end_row(
        row=row, valid_to=AT.date(), reason="党组会议决定调整。", by=world["asset.head"], at=AT
    )


def test_a_proposed_ending_is_taken_out_and_the_row_goes_on(world, ending):
    row, amendment = ending.row, ending.amendment
    with pytest.raises(StaleVersion):
        matrix.remove_ending(
            ending=ending, version=amendment.version + 1, by=world["asset.head"], at=AT
        )
    with pytest.raises(Refused):
        matrix.remove_ending(ending=ending, version=amendment.version, by=world["leader"], at=AT)

    matrix.remove_ending(ending=ending, version=amendment.version, by=world["asset.head"], at=AT)

    assert not MatrixEnding.objects.exists()
    written(world)  # something to publish
    builders.publish_matrix(world, "2026-11-02 10:00")
    row.refresh_from_db()
    assert row.valid_to is None


def test_the_draft_offers_to_take_an_ending_out(world, ending, log_in):
    client = log_in(world["asset.head"])
    page, address = (
        f"/matrix/amendments/{ending.amendment_id}/",
        f"/matrix/rows/{ending.row_id}/keep/",
    )
    assert address in client.get(page).content.decode()

    assert post_act(client, address, {}, page=page).status_code == 302

    assert not MatrixEnding.objects.exists()
    assert post_act(client, address, {}, page=page).status_code == 302  # gone: back to the row
