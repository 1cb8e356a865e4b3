"""A reviewer's speed: kept phrases, and undoing what was sent a moment ago."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.enums import Node, Outcome, Stage
from approvals.models import OpinionDraft, Phrase
from approvals.selectors.phrases import kept_phrases, offered_phrases
from approvals.services import handling, phrases
from core.errors import ActionBlocked, Refused
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment

AT = moment("2026-11-03 09:00")
OPENING = "收益测算与论证结论不一致，请补充说明"  # 18 characters: long enough by itself


def add(world, username, text=OPENING, desk=""):
    return phrases.add_phrase(text=text, desk=desk, by=world[username], at=AT)


@pytest.fixture
def finance(world, submitted):
    walk.accept(world, submitted)
    return walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")


@pytest.mark.parametrize("desk", ["", "finance"])
@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.DISAGREE])
def test_a_kept_phrase_alone_is_no_reason(world, finance, outcome, desk):
    add(world, "cosign.finance", desk=desk)
    facts = {"points": ["补充测算"]} if outcome is Outcome.RETURN else {}

    with pytest.raises(ActionBlocked, match="插入的条款号和常用意见不计入字数"):
        walk.sign(world, finance, "cosign.finance", outcome, text=f"{OPENING}。不行", **facts)
    walk.sign(
        world,
        finance,
        "cosign.finance",
        outcome,
        text=f"{OPENING}：第三年客流没有任何依据。",
        **facts,
    )


def test_without_the_phrase_kept_the_same_words_are_ones_own(world, finance):
    """The twin: it is the table of phrases that takes them away, not their length."""
    opinion = walk.sign(world, finance, "cosign.finance", Outcome.DISAGREE, text=OPENING)

    assert opinion.outcome == Outcome.DISAGREE


def test_a_phrase_of_another_department_is_ones_own_words(world, finance):
    add(world, "cosign.audit", desk="fund_review")

    walk.sign(world, finance, "cosign.finance", Outcome.DISAGREE, text=OPENING)


def test_a_short_phrase_inside_a_long_one_saves_nothing(world, finance):
    add(world, "cosign.finance", text="不一致")
    add(world, "cosign.finance")

    with pytest.raises(ActionBlocked):
        walk.sign(world, finance, "cosign.finance", Outcome.DISAGREE, text=OPENING)


def test_phrases_are_offered_ones_own_first(world, finance):
    add(world, "cosign.finance", text="本部门的开头", desk="finance")
    add(world, "cosign.finance", text="我的开头")
    add(world, "cosign.audit", text="别人的开头")

    assert kept_phrases(world["cosign.finance"], finance) == ["我的开头", "本部门的开头"]
    assert offered_phrases(world["cosign.finance"], finance)[2:] == (
        "收益分配和结算路径清楚，同意。", "测算依据须补充：", "收款账户须写明：",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("username", "desk"),
    [("cosign.finance", "fund_review"), ("counsel", "finance"), ("asset.officer", "legal_review")],
)
def test_nobody_keeps_phrases_for_another_desk(world, username, desk):
    with pytest.raises(Refused, match="只能为自己所在的部门"):
        add(world, username, desk=desk)


def test_a_phrase_is_kept_once_and_not_without_end(world):
    add(world, "counsel")
    with pytest.raises(ActionBlocked, match="已经有这一条"):
        add(world, "counsel", text=f"  {OPENING} ")
    with pytest.raises(ActionBlocked, match="请填写常用语"):
        add(world, "counsel", text="  ")
    for number in range(29):
        add(world, "counsel", text=f"开头{number}")
    with pytest.raises(ActionBlocked, match="最多 30 条"):
        add(world, "counsel", text="又一条")


def test_the_page_adds_and_removes(world, log_in):
    client = log_in(world["cosign.finance"])
    data = {"command_id": uuid.uuid4(), "text": OPENING, "desk": "finance"}
    assert client.post("/phrases/", data).status_code == 302
    page = client.get("/phrases/").content.decode()
    assert OPENING in page
    assert "财务部门共用" in page
    phrase = Phrase.objects.get()
    url = f"/phrases/{phrase.pk}/remove/"
    stranger = log_in(world["cosign.audit"])
    assert stranger.post(url, {"command_id": uuid.uuid4()}).status_code == 404
    client = log_in(world["cosign.finance"])
    assert client.post(url, {"command_id": uuid.uuid4()}).status_code == 302
    assert not Phrase.objects.exists()


def test_the_page_stays_within_its_queries(world, log_in):
    for number in range(5):
        add(world, "cosign.finance", text=f"开头{number}")
    client = log_in(world["cosign.finance"])
    client.get("/phrases/")

    with CaptureQueriesContext(connection) as seen:
        assert client.get("/phrases/").status_code == 200

    assert len(seen) <= 5, "\n".join(one["sql"][:160] for one in seen)


def test_of_another_union_nobody_sees_the_phrases(world, log_in):
    phrase = add(world, "asset.officer", desk="formal_review")
    client = log_in(world["baoji.officer"])
    assert OPENING not in client.get("/phrases/").content.decode()
    assert client.get(f"/phrases/{phrase.pk}/remove/").status_code == 404


# 撤销


def signed(world, proposal, second: str = "00"):
    task = walk.open_task(proposal, Node.FORMAL_REVIEW)
    at = moment(f"2026-11-04 09:00:{second}")
    return walk.sign(world, task, "asset.officer", text="材料齐全。", at=at)


def undo(world, opinion, second: str, username="asset.officer"):
    at = moment(f"2026-11-04 09:00:{second}")
    return handling.undo_opinion(opinion=opinion, by=world[username], at=at)


def test_an_opinion_is_undone_within_ten_seconds_and_its_words_come_back(world, submitted):
    opinion = signed(world, submitted)
    assert fresh(submitted).stage == Stage.COUNTERSIGNING

    again = undo(world, opinion, "09")

    assert fresh(submitted).stage == Stage.FORMAL_REVIEW
    draft = OpinionDraft.objects.get(task=again)
    assert (draft.outcome, draft.text) == ("agree", "材料齐全。")
    opinion.refresh_from_db()
    assert opinion.taken_back_at == moment("2026-11-04 09:00:09")


def test_later_it_is_taken_back_with_a_reason_only(world, submitted):
    opinion = signed(world, submitted)

    with pytest.raises(ActionBlocked, match="签署已超过 10 秒"):
        undo(world, opinion, "16")
    assert fresh(submitted).stage == Stage.COUNTERSIGNING


def test_nobody_undoes_for_another_or_once_the_next_desk_has_spoken(world, submitted):
    opinion = signed(world, submitted)
    with pytest.raises(Refused):
        undo(world, opinion, "05", "asset.head")
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    walk.sign(world, finance, "cosign.finance", at=moment("2026-11-04 09:00:04"))
    with pytest.raises(ActionBlocked, match="下一环节已经有人签署意见"):
        undo(world, opinion, "05")


def test_the_offer_stands_on_the_page_for_a_moment(world, submitted, log_in, monkeypatch):
    opinion = signed(world, submitted)
    client, url = log_in(world["asset.officer"]), f"/proposals/{submitted.pk}/review/"
    monkeypatch.setattr("core.clock.now", lambda: moment("2026-11-04 09:00:05"))
    assert f"/opinions/{opinion.pk}/undo/" in client.get(url).content.decode()
    answer = client.post(f"/opinions/{opinion.pk}/undo/", {"command_id": uuid.uuid4()}, follow=True)
    assert "作为草稿留在意见框里" in answer.content.decode()
    assert "材料齐全。" in answer.content.decode()
    for later in ("2026-11-04 09:01:00", "2026-11-04 08:59:00"):
        monkeypatch.setattr("core.clock.now", lambda at=later: moment(at))
        assert "/undo/" not in client.get(url).content.decode()


def test_a_foreign_union_undoes_nothing(world, submitted, log_in):
    opinion = signed(world, submitted)
    url = f"/opinions/{opinion.pk}/undo/"
    assert log_in(world["baoji.officer"]).get(url).status_code == 404
    assert builders.fresh(submitted).stage == Stage.COUNTERSIGNING
