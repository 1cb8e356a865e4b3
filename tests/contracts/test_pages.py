"""The pages of contracts: what each person sees, does, and is told."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from contracts.enums import ClauseCode, ContractState
from contracts.models import Contract
from partners.services import put_on_watch
from tests.contracts import builders
from tests.contracts.reading import body, download, page
from tests.harness.acting import post_act

ACTS = ("edit", "clauses", "valuation", "files", "safety", "submit", "check", "legal", "sign", "file", "effect", "void")  # fmt: skip
READERS = ("venue.staff", "venue.manager", "asset.officer", "counsel", "leader", "auditor", "province.asset", "cosign.finance")  # fmt: skip
STRANGERS = ("other.manager", "away.manager", "baoji.officer", "county.officer")


def formset(prefix: str, *rows: dict) -> dict:
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def typed_contract(**changes) -> dict:
    whole = {
        "title": "职工羽毛球馆合作合同", "starts_on": "2026-12-01", "ends_on": "2029-11-30",
        "has_partner_fixed_investment": "yes", "disposal_method": "free_transfer",
        "disposal_rule": "到期后三十日内无偿移交。", "bans_papers": "yes", "bans_seal": "yes",
        "bans_receipts": "yes", "bans_account": "yes", "payment_account_holder": "venue",
        "payment_account_last4": "0178", "five_constants_confirmed": "yes",
        **formset("contributed_assets", {"name": "羽毛球馆", "nature": "tangible"}),
        **formset("fixed_assets", {"item": "运动地板", "quantity": "8", "amount": "400000"}),
    }  # fmt: skip
    return whole | changes


def typed_clauses(**changes) -> dict:
    data = {}
    for number, code in enumerate(ClauseCode.values, start=1):
        data |= {
            f"{code}-present": "yes",
            f"{code}-no": f"第{number}条",
            f"{code}-quotation": builders.WORDS[code],
        }
    return data | changes


def typed_valuation(**changes) -> dict:
    whole = {
        "valuer": "西安正信资产评估有限公司",
        "valuer_uscc": builders.valuation().valuer_uscc,
        "appraiser": "杨评", "report_no": "正信评报字〔2026〕118号", "method": "收益法",
        "base_date": "2026-09-30", "reported_on": "2026-10-20", "valid_until": "2027-09-29",
        **formset(
            "assets",
            {"name": "羽毛球馆", "nature": "tangible", "value": "3200000", "clause_ref": "第六条"},
        ),
    }  # fmt: skip
    return whole | changes


def typed_check(**changes) -> dict:
    data = {f"{code}-ok": "yes" for code in ClauseCode.values}
    return data | {"is_cleared": "1", "note": "条款齐全。"} | changes


SIGNATURE = {
    "signed_on": "2026-11-16", "signed_at_place": "西安市", "venue_signatory": "冯岚",
    "partner_signatory": "高健", "signatory_authority": "双方法定代表人", "copies": "4",
}  # fmt: skip


def test_the_whole_road_in_the_pages(town, log_in):
    plan = builders.approved_plan(town)
    client = log_in(town["venue.staff"])
    chosen = client.get("/contracts/new/")
    assert f"?proposal={plan.pk}" in body(chosen)
    post_act(client, f"/contracts/new/?proposal={plan.pk}", {"title": "职工羽毛球馆合作合同"})
    contract = Contract.objects.get()

    for act, data in (
        ("edit", typed_contract()),
        ("clauses", typed_clauses()),
        ("valuation", typed_valuation()),
        ("submit", {}),
    ):
        answer = post_act(client, page(contract, act), data)
        assert answer.status_code == 302, body(answer)
        assert answer["Location"] == page(contract)

    officer = log_in(town["asset.officer"])
    assert post_act(officer, page(contract, "check"), typed_check()).status_code == 302
    counsel = log_in(town["counsel"])
    opinion = {"is_cleared": "1", "opinion": "条款合法有效，权利义务明确，可以签订。"}
    assert post_act(counsel, page(contract, "legal"), opinion).status_code == 302
    manager = log_in(town["venue.manager"])
    assert post_act(manager, page(contract, "sign"), SIGNATURE).status_code == 302
    scan = SimpleUploadedFile("扫描件.png", builders.picture().read(), "image/png")
    kept = post_act(manager, page(contract, "files"), {"kind": "signed", "file": scan})
    assert kept.status_code == 302
    assert post_act(manager, page(contract, "safety"), {"name": "陈晨"}).status_code == 302
    officer = log_in(town["asset.officer"])
    assert post_act(officer, page(contract, "file")).status_code == 302
    builders.close_gates(town, builders.fresh(contract))
    done = post_act(officer, page(contract, "effect"), {"effective_on": "2026-11-20"})
    assert done.status_code == 302

    shown = body(officer.get(page(contract)))
    assert Contract.objects.get().state == ContractState.EFFECTIVE
    for words in ("ZCHT-610100-2026-0001", "履行中", "3,200,000.00", "运动地板", "合同生效"):
        assert words in shown


@pytest.mark.parametrize("state", ContractState.UNSIGNED)
def test_the_page_says_what_is_missing_with_the_article(town, log_in, state):
    contract = builders.ROAD[ContractState(state)](town)
    shown = body(log_in(town["venue.staff"]).get(page(contract)))

    assert "下一步还缺什么" in shown
    if state == "draft":
        assert "收款账户：请选明账户属于谁" in shown
        assert "/rules/18/#18-8" in shown
        assert "尚未登记评估报告" in shown
    else:
        assert "这一步没有缺项" in shown


def test_whoever_is_in_scope_reads(town, log_in):
    contract = builders.effective(town)

    for who in READERS:
        client = log_in(town[who])
        assert client.get(page(contract)).status_code == 200, who
        assert contract.number in body(client.get("/contracts/")), who
        assert download(client, f"/contracts/{contract.pk}/filing-form.pdf").startswith(b"%PDF-")


def test_strangers_find_nothing(town, log_in):
    contract = builders.signed(town)
    file = f"/contracts/{contract.pk}/files/{builders.attach(town, contract).pk}/"

    for who in STRANGERS:
        client = log_in(town[who])
        assert client.get(page(contract)).status_code == 404
        assert client.get(file).status_code in (403, 404)
        assert client.get(f"/contracts/{contract.pk}/filing-form.pdf").status_code == 404
        assert contract.number not in body(client.get("/contracts/"))
        for act in ACTS:
            assert client.get(page(contract, act)).status_code in (403, 404)
            answer = client.post(page(contract, act), {"command_id": str(uuid.uuid4())})
            assert answer.status_code in (403, 404)
    for who in ("sysadmin", "expert"):
        assert log_in(town[who]).get(page(contract)).status_code == 403


def test_missing_and_foreign_are_the_same_answer(town, log_in):
    contract = builders.drafted(town)
    client = log_in(town["baoji.officer"])

    foreign, missing = client.get(page(contract)), client.get(f"/contracts/{uuid.uuid4()}/")
    assert foreign.status_code == missing.status_code == 404


def test_the_auditor_reads_and_writes_nothing(town, log_in):
    contract = builders.signed(town)
    client = log_in(town["auditor"])
    events = Event.objects.count()

    assert "备案/" not in body(client.get(page(contract)))
    for act in ACTS:
        answer = client.post(page(contract, act), {"command_id": str(uuid.uuid4())})
        assert answer.status_code == 403
    assert client.post(page(contract)).status_code == 405
    assert Event.objects.count() == events


def test_a_foreign_file_does_not_come_through_the_own_contract(town, log_in):
    own = builders.signed(town)
    other = builders.signed(town, "internal")
    foreign = builders.attach(town, other)
    client = log_in(town["venue.staff"])

    assert client.get(f"/contracts/{own.pk}/files/{foreign.pk}/").status_code == 404
    assert download(client, f"/contracts/{other.pk}/files/{foreign.pk}/").startswith(b"\x89PNG")


def test_a_plan_of_another_venue_gives_no_contract(town, log_in):
    plan = builders.approved_plan(town)

    for who, status in (("other.manager", 404), ("away.manager", 404), ("asset.officer", 403)):
        client = log_in(town[who])
        assert client.get(f"/contracts/new/?proposal={plan.pk}").status_code == status
    client = log_in(town["venue.staff"])
    assert client.get("/contracts/new/?proposal=x").status_code == 404


@pytest.mark.parametrize(
    ("act", "data", "words"),
    [
        ("edit", typed_contract(ends_on="2026-11-01"), "终止日早于起始日"),
        ("edit", typed_contract(ends_on="2027-02-29"), "日期不存在"),
        ("edit", typed_contract(ends_on="9999-12-31"), "年份"),
        ("edit", typed_contract(starts_on="0001-01-01"), "年份"),
        ("edit", typed_contract(title="长" * 121), "文字过长"),
        ("edit", typed_contract(title=" "), "请填写"),
        ("edit", typed_contract(disposal_rule="长" * 2001), "文字过长"),
        ("edit", typed_contract(payment_account_last4="12a4"), "后四位数字"),
        ("edit", typed_contract(payment_account_holder="x"), "有效"),
        ("edit", typed_contract(**{"fixed_assets-0-amount": "-1"}), "不能为负数"),
        ("edit", typed_contract(**{"fixed_assets-0-amount": "NaN"}), "金额数字"),
        ("edit", typed_contract(**{"fixed_assets-0-item": ""}), "第 1 行"),
        ("edit", typed_contract(**{"fixed_assets-TOTAL_FORMS": "x"}), "行数信息缺失或有误"),
        ("edit", typed_contract(**{"contributed_assets-TOTAL_FORMS": "9999"}), "最多"),
        ("edit", typed_contract(**{"contributed_assets-0-nature": "x"}), "第 1 行"),
        ("clauses", typed_clauses(**{"exit-quotation": "长" * 2001}), "文字过长"),
        ("clauses", typed_clauses(**{"exit-no": "第" * 21}), "文字过长"),
        ("clauses", typed_clauses(**{"exit-present": "maybe"}), "有效"),
        ("clauses", typed_clauses(**{"exit-quotation": "零\x00字"}), "空字符"),
        ("valuation", typed_valuation(valuer_uscc="12345"), "18"),
        ("valuation", typed_valuation(reported_on="2026-11-21"), "不能晚于今天"),
        ("valuation", typed_valuation(base_date="0001-01-01"), "年份"),
        ("valuation", typed_valuation(**{"assets-0-value": "-5"}), "不能为负数"),
        ("valuation", typed_valuation(**{"assets-0-value": "1" * 30}), "第 1 行"),
        ("valuation", typed_valuation(**formset("assets")), "至少列明一项"),
        ("files", {"kind": "annex"}, "请填写"),
        ("files", {"kind": "signed", "file": "x"}, "有效"),
        ("submit", {}, "尚未填写“合作项目内容”"),
        ("void", {"reason": " "}, "请填写"),
    ],
)
def test_bad_input_is_answered_with_its_sentence(town, log_in, act, data, words):
    contract = builders.drafted(town)
    client = log_in(town["venue.manager"])
    events = Event.objects.count()

    answer = post_act(client, page(contract, act), data)

    assert answer.status_code == 422
    assert words in body(answer)
    assert Event.objects.count() == events
    assert Contract.objects.get().version == contract.version


def test_what_was_typed_stays(town, log_in):
    contract = builders.drafted(town)
    client = log_in(town["venue.staff"])

    data = typed_contract(ends_on="2026-11-01", disposal_rule="写了很多字的处置规则")
    answer = post_act(client, page(contract, "edit"), data)

    assert "写了很多字的处置规则" in body(answer)
    assert 'value="运动地板"' in body(answer)
    assert "/rules/13/#13-4-4" in body(answer)


def test_an_old_version_is_answered_with_409(town, log_in):
    contract = builders.drafted(town)
    client = log_in(town["venue.staff"])
    stale = {"version": contract.version}
    assert post_act(client, page(contract, "edit"), typed_contract()).status_code == 302

    answer = post_act(client, page(contract, "edit"), typed_contract(title="我的名称") | stale)

    assert answer.status_code == 409
    assert "我的名称" in body(answer)


def test_a_double_press_makes_one_contract(town, log_in):
    plan = builders.approved_plan(town)
    client = log_in(town["venue.staff"])
    data = {"title": "合同", "command_id": str(uuid.uuid4())}

    first = client.post(f"/contracts/new/?proposal={plan.pk}", data)
    second = client.post(f"/contracts/new/?proposal={plan.pk}", data)

    assert first["Location"] == second["Location"]
    assert Contract.objects.count() == 1
    again = client.get(f"/contracts/new/?proposal={plan.pk}")
    assert again["Location"] == page(Contract.objects.get())


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        ({"signed_on": "2026-11-21"}, "不能晚于今天"),
        ({"signed_on": "0001-01-01"}, "年份"),
        ({"signed_on": "2026-11-05"}, "早于批复日"),
        ({"copies": "0"}, "正整数"),
        ({"copies": "1"}, "至少签订 2 份"),
        ({"copies": "99999999999"}, "份数过多"),
        ({"partner_signatory": "长" * 31}, "最多 30 字"),
    ],
)
def test_a_bad_signature_is_answered_with_its_sentence(town, log_in, signature, words):
    contract = builders.ready(town)
    client = log_in(town["venue.manager"])

    answer = post_act(client, page(contract, "sign"), SIGNATURE | signature)

    assert answer.status_code == 422
    assert words in body(answer)
    assert Contract.objects.get().signed_on is None


def test_an_act_whose_time_is_past_leads_back(town, log_in):
    contract = builders.submitted(town)
    client = log_in(town["venue.staff"])

    assert client.get(page(contract, "submit"))["Location"] == page(contract)
    late = {"command_id": str(uuid.uuid4()), "version": contract.version}
    answer = client.post(page(contract, "submit"), late)
    assert answer.status_code == 422
    assert "不能办理“提交核查”" in body(answer)


def test_the_checker_sees_the_words_and_the_screen(town, log_in):
    contract = builders.submitted(town)
    contract.clauses.filter(code="exit").update(quotation="乙方可将场地转租给第三方并退出经营。")

    shown = body(log_in(town["asset.officer"]).get(page(contract, "check")))
    assert "变相出租承包筛查" in shown
    assert builders.WORDS["income_distribution"] in shown


def test_who_checks_a_contract_sees_that_the_partner_is_on_watch(town, log_in):
    contract = builders.submitted(town)
    watch = put_on_watch(
        partner=contract.partner, union=town.xian, basis="18-1",
        reason="另一份合同约定按面积收取固定费用。", by=town["asset.officer"],
        at=builders.NOW,
    )  # fmt: skip

    shown = body(log_in(town["counsel"]).get(page(contract)))

    assert f"合作方重点关注：{watch.words}" in shown


def test_typed_markup_is_shown_as_text(town, log_in):
    contract = builders.drafted(town)
    client = log_in(town["venue.staff"])
    evil = "<script>alert(1)</script>合同原文原文原文"
    post_act(client, page(contract, "clauses"), typed_clauses(**{"exit-quotation": evil}))

    shown = body(client.get(page(contract)))
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_one_page_costs_the_same_however_much_has_happened(town, log_in):
    counts = []
    client = log_in(town["auditor"])
    for contract in (builders.written(town), builders.effective(town)):
        client.get(page(contract))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page(contract)).status_code == 200
        counts.append(len(queries))

    assert max(counts) <= 39
    assert abs(counts[0] - counts[1]) <= 2
