"""The list and the file of cooperations."""

import pytest

from tests.approvals import builders, walk


@pytest.mark.parametrize(
    ("username", "count"),
    [("venue.staff", 2), ("asset.head", 1), ("province.asset", 1), ("baoji.officer", 0),
     ("county.officer", 0), ("other.manager", 0)],
)  # fmt: skip
def test_who_sees_a_cooperation(world, submitted, log_in, username, count):
    """A draft is its venue's own; the submitted one is read in scope."""
    builders.new_plan(world, "internal", title="课程共享方案")
    client = log_in(world[username])

    assert len(client.get("/cooperations/").context["list"].page.rows) == count
    status = client.get(f"/cooperations/{submitted.cooperation_id}/").status_code
    assert status == (200 if count else 404)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("text=羽毛球", 1), ("text=陕西健行", 1), ("text=没有这个", 0), ("mode=internal", 1),
        ("stage=formal_review", 1), ("stage=approved", 0), ("stage=nonsense", 2),
        ("page=999", 0), ("text=" + "长" * 80, 2), ("tab=review", 2), ("tab=running", 0),
    ],
)  # fmt: skip
def test_the_list_is_filtered(world, submitted, log_in, query, count):
    builders.new_plan(world, "internal", title="课程共享方案")

    answer = log_in(world["venue.staff"]).get(f"/cooperations/?{query}")

    assert answer.status_code == 200
    assert len(answer.context["list"].page.rows) == count


def test_the_file_binds_plan_papers_and_timeline(world, submitted, log_in):
    proposal = walk.at_reply(world, submitted)
    walk.drafted_reply(world, proposal)
    walk.issued_reply(world, proposal)

    page = log_in(world["auditor"]).get(f"/cooperations/{proposal.cooperation_id}/")
    text = page.content.decode()

    assert proposal.number in text
    assert "关于职工羽毛球馆合作运营方案的批复" in text
    assert "签发批复 西安市总工会资批〔2026〕1号" in text
    assert f"/proposals/{proposal.pk}/review/" in text
    assert f"/contracts/?cooperation={proposal.cooperation_id}" in text
