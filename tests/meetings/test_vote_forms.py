"""The form in which a secretary enters the votes on an item, and the venue its whole meeting."""

import uuid

from django.template.loader import render_to_string

from core.acting import attempt
from meetings import services
from meetings.forms import VenueMeetingForm, VotesForm
from tests.meetings.conftest import NOW


def votes_data(form: VotesForm, choices: str) -> dict:
    words = {"a": "agree", "d": "disagree", "-": ""}
    fields = {"command_id": str(uuid.uuid4()), "conclusion": "passed", "resolution": "同意。"}
    fields["version"] = form["version"].value()
    for turn, (row, letter) in enumerate(zip(form.seated, choices, strict=True), start=1):
        fields |= {f"choice_{row.member_id}": words[letter], f"order_{row.member_id}": str(turn)}
    return fields


def test_votes_form_lists_the_present_and_sets_the_chair_last(town):
    meeting = town.plan(chair=town.members()[0])
    item = town.placed(meeting)
    meeting = town.attend(meeting, leave=1, chair=town.members()[1])
    item.refresh_from_db()

    form = VotesForm(item=item)

    assert [row["name"] for row in form.rows()] == ["李强", "张华", "刘洋", "陈静", "杨帆", "赵磊"]
    turns = [form[f"order_{row.member_id}"].initial for row in form.seated]
    assert turns == [5, 1, 2, 3, 4, 6]  # the chair before the principal, both after the others
    assert [row["choice"].initial for row in form.rows()] == [None] * 6
    assert list(form.fields["confirmer"].queryset) == [town["leader"]]


def test_votes_that_do_not_add_up_keep_what_was_typed(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting)
    item.refresh_from_db()
    data = votes_data(VotesForm(item=item), "aaaaaa-")
    first = town.members()[0]
    data[f"opinion_{first.pk}"] = "<i>建议写明退出条款"
    form = VotesForm(data, item=item)
    assert form.is_valid(), form.errors

    outcome = refused_by_service(form, item, town)

    assert outcome is None
    assert form.http_status == 422
    page = render_to_string("meetings/_votes_form.html", {"form": form})
    assert "请登记赵磊的表态。" in page
    assert "&lt;i&gt;建议写明退出条款" in page
    assert "合计 6 票。请逐人核对。" in str(form.non_field_errors())
    assert item.votes.count() == 0


def refused_by_service(form, item, town):
    act = {"item": item, "by": town["secretary"], "at": NOW, **form.decision()}
    return attempt(form, services.conclude_item, **act)


def test_votes_form_refuses_hostile_values(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting)
    item.refresh_from_db()
    data = votes_data(VotesForm(item=item), "aaaaaaa")
    members = town.members()
    data |= {
        f"choice_{members[0].pk}": "president",
        f"order_{members[1].pk}": "-1",
        f"order_{members[2].pk}": "9" * 30,
        f"opinion_{members[3].pk}": "长" * 2001,
        "conclusion": "no_conclusion",
        "confirmer": str(uuid.uuid4()),
    }

    form = VotesForm(data, item=item)

    assert not form.is_valid()
    assert set(form.errors) == {
        f"choice_{members[0].pk}",
        f"order_{members[1].pk}",
        f"order_{members[2].pk}",
        f"opinion_{members[3].pk}",
        "conclusion",
        "confirmer",
    }


def test_secret_ballot_form_asks_for_counts_without_names(town):
    meeting = town.plan(vote_method="secret_ballot")
    item = town.placed(meeting)
    town.attend(meeting)
    item.refresh_from_db()
    form = VotesForm(item=item)

    page = render_to_string("meetings/_votes_form.html", {"form": form})

    assert "唱票结果" in page
    assert "choice_" not in page


def test_chair_who_spoke_earlier_is_entered_only_by_saying_so(town):
    item = town.placed(town.plan())
    meeting = town.attend(item.meeting)
    item.refresh_from_db()
    data = votes_data(VotesForm(item=item), "aaaaaaa")
    chair = meeting.chair_id
    others = [row.member_id for row in VotesForm(item=item).seated if row.member_id != chair]
    data |= {f"order_{chair}": "1"} | {
        f"order_{member}": str(turn) for turn, member in enumerate(others, start=2)
    }

    refused = VotesForm(data, item=item)
    said = VotesForm(data | {"not_last": "on"}, item=item)

    assert list(refused.errors) == ["not_last"]
    assert "应在其他成员之后表态" in refused.errors["not_last"][0]
    shown = render_to_string("meetings/_votes_form.html", {"form": refused})
    assert 'name="not_last"' in shown
    assert 'name="not_last"' not in render_to_string(
        "meetings/_votes_form.html", {"form": VotesForm(item=item)}
    )
    assert said.is_valid(), said.errors
    item = services.conclude_item(item=item, by=town["secretary"], at=NOW, **said.decision())
    assert item.spoke_last is False


def test_venue_form_gives_the_service_what_it_needs(town):
    members = town.members(town.board)
    data = {
        "command_id": str(uuid.uuid4()),
        "session": "2025年第5次",
        "starts_at": "2025-11-19T10:00",
        "place": "文化宫会议室",
        "chair": members[-1].pk,
        "conclusion": "passed",
        "resolution": "同意报送。",
    }
    for turn, member in enumerate(members, start=1):
        data |= {f"status_{member.pk}": "present", f"choice_{member.pk}": "agree"}
        data |= {f"order_{member.pk}": str(turn)}
    absent = members[0].pk
    on = NOW.date()
    wrong = VenueMeetingForm(data | {f"status_{absent}": "absent"}, body=town.board, on=on)
    assert wrong.errors[f"choice_{absent}"] == [
        "陈静未到会，不表决也不必回避；书面意见只记录，不计票。"
    ]
    form = VenueMeetingForm(data, body=town.board, on=on)
    assert form.is_valid(), form.errors
    assert "17-1" in render_to_string("meetings/_venue_meeting_form.html", {"form": form})

    item = services.hold_meeting(
        body=town.board,
        subject_kind="proposal",
        subject_id=uuid.uuid4(),
        case_id=uuid.uuid4(),
        title="方案",
        url="/",
        version_no=1,
        content_sha256="c" * 64,
        by=town["venue.manager"],
        at=NOW,
        **form.sitting(),
    )

    assert (item.agree, item.meeting.session) == (3, "2025年第5次")
