"""批注 on the review page and on the venue's pages: what is shown, to whom, on how many queries."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.enums import Outcome
from approvals.models import Comment, Thread
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment
from tests.approvals.test_threads import QUESTION, answer, ask, engaged, resolve

HOSTILE = "<script>alert(1)</script>\"' {{ user }} {% now %} ‮倒写 \n第二行"


def review(client, proposal):
    return client.get(f"/proposals/{proposal.pk}/review/")


def page_of(client, proposal) -> str:
    return review(client, proposal).content.decode()


def queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def posted(**changes) -> dict:
    return {"command_id": uuid.uuid4(), "section": "partner", "text": QUESTION} | changes


def opening(proposal) -> str:
    return f"/proposals/{proposal.pk}/threads/"


def test_a_thread_is_pinned_to_its_section_and_counted_in_the_index(world, submitted, log_in):
    thread = ask(world, submitted)
    answer(world, thread)

    reply = review(log_in(world["auditor"]), submitted)
    page = reply.content.decode()

    assert f'id="thread-{thread.pk}"' in page
    for words in (
        QUESTION,
        "批注于“诚信记录考察评估”",
        "经审办",
        "11-18 09:47",
        "已补传签章页。",
        "陈晨",
    ):
        assert words in page
    counts = {one["label"]: one.get("threads") for one in reply.context["toc"]}
    assert (counts["合作对象"], counts["项目概况"]) == (1, 0)
    assert page.index("二、合作对象") < page.index(QUESTION) < page.index("三、论证")


def test_controls_stand_where_they_can_be_used(world, submitted, log_in):
    ask(world, submitted)
    seen = {}
    for username in ("cosign.finance", "cosign.audit", "asset.officer", "venue.staff", "auditor",
                     "secretary", "province.asset"):  # fmt: skip
        page = page_of(log_in(world[username]), submitted)
        seen[username] = (
            'class="comment-open"' in page,
            "提交回复" in page,
            "标记已解决" in page,
        )

    assert seen == {
        "cosign.finance": (True, True, False),
        "cosign.audit": (True, True, True),
        "asset.officer": (True, True, True),
        "venue.staff": (False, True, False),
        "auditor": (False, False, False),
        "secretary": (False, False, False),
        "province.asset": (False, False, False),
    }


def test_every_section_has_a_control_and_says_what_a_comment_is_not(world, submitted, log_in):
    answered = review(log_in(world["counsel"]), submitted)
    page = answered.content.decode()

    sections = len(answered.context["chapters"])
    assert page.count('class="comment-open"') == sections == 11
    # The form waits once for whichever section it is opened in, with the questions of all.
    assert page.count("批注不是审批意见，不影响办理环节，不进审批表；提交后不能修改。") == 1
    assert '<option value="credit" data-section="partner">' in page


def test_asked_answered_and_settled_in_the_browser(world, submitted, log_in):
    officer = log_in(world["cosign.audit"])
    asked = officer.post(opening(submitted), posted(field="credit"))
    thread = Thread.objects.get()
    anchor = f"#thread-{thread.pk}"
    assert (asked.status_code, asked["Location"]) == (
        302,
        f"/proposals/{submitted.pk}/review/{anchor}",
    )
    venue = log_in(world["venue.staff"])
    data = {"command_id": uuid.uuid4(), "text": "已补。", "back": "edit"}
    replied = venue.post(f"/threads/{thread.pk}/reply/", data)
    assert replied["Location"] == f"/proposals/{submitted.pk}/edit/partner/{anchor}"
    thread.refresh_from_db()
    officer = log_in(world["cosign.audit"])
    data = {"command_id": uuid.uuid4(), "version": thread.version}
    assert officer.post(f"/threads/{thread.pk}/resolve/", data).status_code == 302
    page = page_of(officer, submitted)
    assert "已解决的批注 1 条" in page
    assert "经审办 11-20" in page
    assert review(officer, submitted).context["toc"][1]["threads"] == 0
    thread.refresh_from_db()
    data = {"command_id": uuid.uuid4(), "version": thread.version}
    assert officer.post(f"/threads/{thread.pk}/reopen/", data).status_code == 302
    assert review(officer, submitted).context["toc"][1]["threads"] == 1


def test_a_double_click_asks_once(world, submitted, log_in):
    client, data = log_in(world["counsel"]), posted()

    first, again = client.post(opening(submitted), data), client.post(opening(submitted), data)

    assert first["Location"] == again["Location"]
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "请填写“内容”"),
        ({"text": "长" * 1001}, "文字过长"),
        ({"text": "有\x00零"}, "控制字符"),
        ({"field": "emergency"}, "没有所选的问题"),
        ({"section": "nowhere"}, "没有这一节"),
    ],
)
def test_a_refused_comment_comes_back_as_typed(world, submitted, log_in, changes, sentence):
    refused = log_in(world["counsel"]).post(
        opening(submitted), posted(text="我的批注原文") | changes
    )

    assert refused.status_code == 422
    page = refused.content.decode()
    assert sentence in page
    if "text" not in changes:
        assert "我的批注原文" in page
    assert not Thread.objects.exists()


def test_a_refused_answer_comes_back_as_typed(world, submitted, log_in):
    thread = resolve(world, ask(world, submitted))
    data = {"command_id": uuid.uuid4(), "text": "我的回复原文"}

    refused = log_in(world["venue.staff"]).post(f"/threads/{thread.pk}/reply/", data)

    assert refused.status_code == 422
    assert "已经解决" in refused.content.decode()


def test_settling_what_changed_meanwhile_answers_409(world, submitted, log_in):
    thread = ask(world, submitted)
    data = {"command_id": uuid.uuid4(), "version": thread.version}
    answer(world, thread)

    refused = log_in(world["cosign.audit"]).post(f"/threads/{thread.pk}/resolve/", data)

    assert refused.status_code == 409
    assert "刚刚被他人修改过" in refused.content.decode()
    assert Thread.objects.get().is_open


def test_hostile_words_are_shown_as_words(world, submitted, log_in):
    ask(world, submitted, text=HOSTILE)

    page = page_of(log_in(world["venue.manager"]), submitted)

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ user }}" in page


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("baoji.officer", 404), ("county.officer", 404), ("other.manager", 404),
        ("away.manager", 404), ("expert", 404), ("sysadmin", 403), ("auditor", 403),
        ("secretary", 403), ("province.asset", 403),
    ],
)  # fmt: skip
def test_who_may_not_post(world, submitted, log_in, username, status):
    thread = ask(world, submitted)
    client = log_in(world[username])

    answers = [client.post(opening(submitted), posted()).status_code] + [
        client.post(
            f"/threads/{thread.pk}/{act}/",
            {"command_id": uuid.uuid4(), "version": thread.version, "text": "试"},
        ).status_code
        for act in ("reply", "resolve", "reopen")
    ]

    assert set(answers) == {status}
    assert Comment.objects.count() == 1


def test_a_missing_thread_answers_as_a_foreign_one(world, submitted, log_in):
    thread = ask(world, submitted)
    client = log_in(world["baoji.officer"])

    for pk in (thread.pk, uuid.uuid4()):
        data = {"command_id": uuid.uuid4(), "text": "试"}
        assert client.post(f"/threads/{pk}/reply/", data).status_code == 404


def test_an_engaged_expert_reads_and_answers_until_the_period_ends(world, complete_draft, log_in):
    engagement = engaged(world, complete_draft)
    opined = {"has_conflict": False, "conflict_statement": "无", "conclusion": "agree"}
    type(engagement).objects.filter(pk=engagement.pk).update(
        **opined, opinion="可行。", opined_on="2026-10-15", is_adopted=True, answer="采纳。"
    )
    proposal = builders.decide(world, complete_draft)
    builders.submit(world, proposal)
    thread = ask(world, fresh(proposal))
    client = log_in(world["expert"])

    page = page_of(client, proposal)
    assert QUESTION in page
    assert "提交回复" in page
    data = {"command_id": uuid.uuid4(), "text": "可以补正。"}
    assert client.post(f"/threads/{thread.pk}/reply/", data).status_code == 302

    type(engagement).objects.filter(pk=engagement.pk).update(access_until="2026-11-19")
    assert review(client, proposal).status_code == 404
    data = {"command_id": uuid.uuid4(), "text": "过期。"}
    assert client.post(f"/threads/{thread.pk}/reply/", data).status_code == 404


def test_threads_cost_two_queries_however_many(world, submitted, log_in):
    client, path = log_in(world["asset.head"]), f"/proposals/{submitted.pk}/review/"
    none = queries(client, path)

    counts = []
    for number in (1, 10):
        for _ in range(number):
            answer(world, ask(world, submitted, section="safety", field=""))
        counts.append(queries(client, path))

    # The threads and their comments; nobody asks for either where there is no thread.
    assert counts == [none + 2, none + 2]


def returned(world, submitted):
    """The plan comes back to the venue with an open thread on it."""
    walk.accept(world, submitted)
    thread = ask(world, submitted)
    walk.sign(
        world, walk.open_task(submitted, "countersignature", "finance"), "cosign.finance",
        Outcome.RETURN, points=["补充测算"], at=moment("2026-11-18 11:00"),
    )  # fmt: skip
    return thread


def test_the_venue_finds_open_threads_where_it_mends(world, submitted, log_in):
    thread = returned(world, submitted)
    client = log_in(world["venue.staff"])

    tasks = client.get(f"/proposals/{submitted.pk}/edit/").content.decode()
    section = client.get(f"/proposals/{submitted.pk}/edit/partner/").content.decode()
    other = client.get(f"/proposals/{submitted.pk}/edit/safety/").content.decode()

    assert QUESTION in tasks
    assert f"/proposals/{submitted.pk}/edit/partner/#thread-{thread.pk}" in tasks
    assert "1 条批注" in tasks
    assert QUESTION in section
    assert 'name="back" value="edit"' in section
    assert QUESTION not in other


def test_open_threads_are_notes_on_the_check_page_and_hold_nothing(world, submitted, log_in):
    returned(world, submitted)
    fresh(submitted).return_points.update(answer="已补。", answered_at=moment("2026-11-19 09:00"))

    page = log_in(world["venue.manager"]).get(f"/proposals/{submitted.pk}/check/")

    assert "还有 1 条批注没有解决" in page.content.decode()
    assert page.context["missing"] == []
    assert page.context["can_submit"]
