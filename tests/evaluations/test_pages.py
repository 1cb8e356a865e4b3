"""The pages of evaluations: who sees, who acts, what wrong input is told."""

import re
import uuid

import pytest

from documents.models import IssuedDocument
from evaluations.models import Evaluation, KpiScheme
from tests.evaluations import builders
from tests.harness.acting import post_act


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def pages_of(evaluation) -> list[str]:
    root = f"/evaluations/{evaluation.pk}/"
    plan = f"/evaluations/plan/?contract={evaluation.contract_id}"
    return [root, f"{root}score/", f"{root}confirm/", f"{root}report.pdf", plan]


@pytest.mark.parametrize("username", ["venue.staff", "asset.officer", "auditor", "province.asset"])
def test_readers_see_the_result(town, scored, log_in, username):
    client = log_in(town[username])

    answer = client.get(f"/evaluations/{scored.pk}/")

    assert answer.status_code == 200
    text = text_of(answer)
    for words in ("90.81 → 良好：满意度指数 84.33 未达到 85", "83.33%", "最低 95 份", "须 357 份"):
        assert words in text
    assert client.get("/evaluations/").status_code == 200
    assert client.get("/evaluations/schemes/").status_code == 200


def test_another_city_finds_nothing(town, scored, log_in):
    client = log_in(town["baoji.officer"])

    assert [client.get(url).status_code for url in pages_of(scored)[:2]] == [404, 404]
    assert client.get(pages_of(scored)[3]).status_code == 404
    assert client.get(pages_of(scored)[4]).status_code == 404
    assert post_act(client, f"/evaluations/{scored.pk}/score/").status_code == 404
    assert scored.cooperation.title not in client.get("/evaluations/").content.decode()


def test_administrators_are_refused(town, scored, log_in):
    client = log_in(town["sysadmin"])

    assert {client.get(url).status_code for url in pages_of(scored)} == {403}


@pytest.mark.parametrize("username", ["auditor", "venue.manager", "province.asset"])
def test_readers_do_not_act(town, scored, log_in, username):
    client = log_in(town[username])
    before = Evaluation.objects.values().get(pk=scored.pk)

    for act, body in (
        ("score/", builders.typed(scored)),
        ("confirm/", {"version": scored.version}),
    ):
        answer = post_act(client, f"/evaluations/{scored.pk}/{act}", body)
        assert answer.status_code == 403
    assert client.post(f"/evaluations/{scored.pk}/").status_code == 405
    assert client.post(f"/evaluations/{scored.pk}/report.pdf").status_code == 405
    assert Evaluation.objects.values().get(pk=scored.pk) == before


def test_the_officer_scores_and_the_head_confirms(town, evaluation, log_in):
    client = log_in(town["asset.officer"])
    url = f"/evaluations/{evaluation.pk}/"

    scored = post_act(client, f"{url}score/", builders.typed(evaluation))
    early = client.get(f"{url}report.pdf")
    own = client.get(url)
    client = log_in(town["asset.head"])
    confirmed = post_act(client, f"{url}confirm/", page=url)
    report = client.get(f"{url}report.pdf")

    assert (scored.status_code, scored["Location"]) == (302, url)
    assert (early.status_code, "评价报告尚未出具" in text_of(early)) == (404, True)
    assert "确认为良好" not in own.content.decode()
    assert (confirmed.status_code, confirmed["Location"]) == (302, url)
    assert report["Content-Type"] == "application/pdf"
    assert b"".join(report.streaming_content).startswith(b"%PDF")
    assert IssuedDocument.objects.filter(kind="stage_evaluation").count() == 1


def test_a_double_click_confirms_once(town, scored, log_in):
    client = log_in(town["asset.head"])
    url = f"/evaluations/{scored.pk}/"
    body = {"command_id": str(uuid.uuid4()), "version": scored.version}

    first, second = (client.post(f"{url}confirm/", body) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert IssuedDocument.objects.filter(kind="stage_evaluation").count() == 1


def test_the_head_who_scored_is_told_why_not(town, evaluation, log_in):
    scored = builders.score(town, evaluation, by=town["asset.head"])
    client = log_in(town["asset.head"])

    shown = client.get(f"/evaluations/{scored.pk}/")
    answer = post_act(client, f"/evaluations/{scored.pk}/confirm/", {"version": scored.version})

    assert "您是打分人" in text_of(shown)
    assert (answer.status_code, "打分人不能确认" in text_of(answer)) == (403, True)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("population", "", "请填写“服务职工人数”"),
        ("population", "-5", "不能为负数"),
        ("population", "0", "须至少为 1"),
        ("population", "9" * 30, "数字过大"),
        ("population", "九百", "请填写整数"),
        ("population", "300", "多于服务职工人数"),
        ("answer_very_satisfied", "-1", "不能为负数"),
        ("answer_very_satisfied", "1e9", "请填写整数"),
        ("answer_satisfied", "NaN", "请填写整数"),
        ("population_source", "长" * 201, "最多 200 字"),
        ("problems", "长" * 5001, "最多 5000 字"),
        ("vetoes", "castle", ""),
        ("problems", "甲\0乙", ""),
        ("actual:ratio", "1.2", "0 到 1 之间"),
        ("actual:ratio", "92", "0 到 1 之间"),
        ("actual:ratio", "-0.1", "不能为负数"),
        ("actual:ratio", "0.92345", "最多保留 4 位小数"),
        ("actual:ratio", "NaN", "请填写数字"),
        ("actual:ratio", "Infinity", "请填写数字"),
        ("actual:ratio", "", "请填写这一项"),
        ("actual:positive", "1" * 40, "数字过大"),
        ("actual:positive", "1e400", "数字过大"),
        ("actual:positive", "<b>", "请填写数字"),
        ("target:positive", "0", "目标值须大于 0"),
        ("target:positive", "-Infinity", "请填写数字"),
        ("evidence:positive", "", "请填写这一项"),
    ],
)
def test_wrong_figures_are_told_and_kept(town, evaluation, log_in, field, value, sentence):
    client = log_in(town["asset.officer"])
    part, _, kind = field.partition(":")
    if kind:
        field = f"{part}_{evaluation.scheme.indicators.filter(kind=kind).order_by('order')[0].pk}"

    answer = post_act(
        client,
        f"/evaluations/{evaluation.pk}/score/",
        builders.typed(evaluation, achievements="原有文字") | {field: value},
    )

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "原有文字" in answer.content.decode()
    assert Evaluation.objects.get(pk=evaluation.pk).total is None


def test_a_small_sample_is_told_with_its_number(town, evaluation, log_in):
    client = log_in(town["asset.officer"])
    few = {f"answer_{code}": "0" for code in builders.WORKED} | {"answer_satisfied": "94"}

    answer = post_act(
        client, f"/evaluations/{evaluation.pk}/score/", builders.typed(evaluation) | few
    )

    assert answer.status_code == 422
    assert "有效问卷 94 份，少于最低样本量 95 份" in text_of(answer)


def test_a_stale_score_form_is_told(town, evaluation, log_in):
    builders.score(town, evaluation)
    client = log_in(town["asset.officer"])

    answer = post_act(
        client, f"/evaluations/{evaluation.pk}/score/", builders.typed(evaluation, version="1")
    )

    assert answer.status_code == 409


# 考核方案


def rows_as_shown(client, url: str) -> dict[str, str]:
    """The rows of the formset as the page offers them."""
    page = client.get(url).content.decode()
    body = {}
    for tag in re.findall(r"<input[^>]*name=\"rows-[^>]*>", page.split("<template")[0]):
        value = re.search(r'value="([^"]*)"', tag)
        if 'type="checkbox"' not in tag:
            body[re.search(r'name="([^"]+)"', tag)[1]] = value[1] if value else ""
    for name, inside in re.findall(r'<select name="(rows-\d+-\w+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        body[name] = chosen[1] if chosen else ""
    return body


def scheme_body(client, **changes) -> dict[str, str]:
    rows = rows_as_shown(client, "/evaluations/schemes/new/?kind=hotel")
    union = re.search(
        r'<select name="union".*?value="(\d+)"',
        client.get("/evaluations/schemes/new/").content.decode(),
        re.S,
    )
    head = {"union": union[1], "venue_kind": "hotel", "name": "宾馆方案"}
    return head | {"valid_from": "2026-11-20"} | rows | changes


def test_the_default_scheme_is_published_as_shown(town, log_in):
    client = log_in(town["asset.officer"])

    answer = post_act(client, "/evaluations/schemes/new/?kind=hotel", scheme_body(client))

    assert answer.status_code == 302
    weights = KpiScheme.objects.get().indicators.order_by("order").values_list("weight", flat=True)
    assert [int(weight) for weight in weights] == [40, 8, 10, 12, 12, 8, 6, 4]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rows-0-weight": "45"}, "权重之和须为 100，现为 105"),
        ({"rows-0-weight": "10", "rows-1-weight": "38"}, "权重须大于其他任何一个指标"),
        ({"rows-0-weight": "30", "rows-1-weight": "18"}, "不低于 40"),
        ({"rows-0-kind": "ratio"}, "须有且只有一个职工满意度指标"),
        ({"rows-0-weight": "NaN"}, "请填写数字"),
        ({"rows-0-weight": "-1"}, "不能为负数"),
        ({"rows-0-weight": "1e9"}, "数字过大"),
        ({"rows-0-weight": "101"}, "不超过 100"),
        ({"rows-0-name": ""}, "请填写“指标”"),
        ({"rows-0-name": "长" * 61}, "最多 60 字"),
        ({"rows-1-DELETE": "on"}, "权重之和须为 100，现为 92"),
        ({"rows-TOTAL_FORMS": "4000"}, "行数过多"),
        ({"rows-TOTAL_FORMS": "x"}, "行数信息缺失或有误"),
        ({"valid_from": "2025-02-30"}, "日期不存在"),
        ({"valid_from": "0001-01-01"}, "年份须在"),
        ({"union": "999999"}, "请选择您所在的工会"),
        ({"union": "x'--"}, "请选择您所在的工会"),
        ({"venue_kind": "castle"}, ""),
        ({"name": ""}, "请填写“方案名称”"),
    ],
)
def test_a_wrong_scheme_is_told_and_kept(town, log_in, changes, sentence):
    client = log_in(town["asset.officer"])
    body = scheme_body(client) | {"name": "西安宾馆方案"} | changes

    answer = post_act(client, "/evaluations/schemes/new/?kind=hotel", body)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert KpiScheme.objects.count() == 0


def test_the_venue_and_the_auditor_do_not_publish(town, log_in):
    for username in ("venue.manager", "auditor"):
        client = log_in(town[username])
        assert client.get("/evaluations/schemes/new/").status_code == 403
        assert post_act(client, "/evaluations/schemes/new/").status_code == 403


# 评价计划


def test_the_plan_is_offered_and_fixed(town, log_in):
    made, contract = builders.scheme(town), builders.contract(town)
    client = log_in(town["asset.officer"])
    url = f"/evaluations/plan/?contract={contract.pk}"
    rows = rows_as_shown(client, url)

    answer = post_act(client, url, rows | {"scheme": str(made.pk)})

    assert answer.status_code == 302
    assert contract.evaluations.count() == 4
    assert "已有评价计划" in text_of(client.get(url))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rows-0-period_to": "2024-01-01"}, "止日不能早于起日"),
        ({"rows-0-period_to": "2025-02-30"}, "日期不存在"),
        ({"rows-0-due_on": "9999-12-31"}, "年份须在"),
        ({"rows-0-due_on": ""}, "请填写“评价期限”"),
        ({"rows-3-DELETE": "on"}, "有且只有一次终期评价"),
        ({"rows-0-kind": "yearly"}, ""),
        ({"scheme": str(uuid.uuid4())}, "请选择列出的考核方案"),
        ({"scheme": "x'--"}, ""),
        ({"rows-TOTAL_FORMS": "-1"}, ""),
    ],
)
def test_a_wrong_plan_is_told(town, log_in, changes, sentence):
    made, contract = builders.scheme(town), builders.contract(town)
    client = log_in(town["asset.officer"])
    url = f"/evaluations/plan/?contract={contract.pk}"

    answer = post_act(client, url, rows_as_shown(client, url) | {"scheme": str(made.pk)} | changes)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Evaluation.objects.count() == 0


def test_the_plan_asks_for_a_scheme_first_and_for_a_contract(town, log_in):
    contract = builders.contract(town)
    client = log_in(town["asset.officer"])

    assert "先发布考核方案" in text_of(client.get(f"/evaluations/plan/?contract={contract.pk}"))
    assert client.get("/evaluations/plan/").status_code == 404
    assert client.get("/evaluations/plan/?contract=1").status_code == 404
    client = log_in(town["venue.manager"])
    assert client.get(f"/evaluations/plan/?contract={contract.pk}").status_code == 403


# 列表


@pytest.mark.parametrize(
    "query", ["kind=stage&state=planned", "grade=x", "union=x'--", "page=999999999999", "union=1"]
)
def test_the_list_is_filtered_and_never_breaks(town, evaluation, log_in, query):
    client = log_in(town["asset.officer"])

    assert client.get(f"/evaluations/?{query}").status_code == 200
