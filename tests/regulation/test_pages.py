"""The regulation's pages: every 依据 link opens its clause."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError

from regulation.articles import ARTICLES, BY_NUMBER
from regulation.enums import PolicyStatus
from regulation.models import PolicyDocument
from regulation.register import RULES, clauses_of
from regulation.services import load_policies

ID = re.compile(r'\bid="([^"]+)"')


def ids_of(response) -> Counter:
    assert response.status_code == 200
    return Counter(ID.findall(response.content.decode()))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article.number))
def test_article_page_has_one_anchor_for_each_of_its_rules(reader, article):
    ids = ids_of(reader.get(f"/rules/{article.number}/"))

    for rule in RULES.values():
        assert ids[rule.code] == (1 if rule.article == article.number else 0)
        assert rule.url == f"/rules/{rule.article}/#{rule.code}"
    assert max(ids.values()) == 1


def test_index_has_every_article_item_and_rule_once(reader):
    ids = ids_of(reader.get("/rules/"))

    anchors = {clause.anchor for article in ARTICLES for clause in clauses_of(article)}
    assert anchors | set(RULES) | {f"article-{n}" for n in range(1, 26)} <= set(ids)
    assert "13-item-4" in anchors
    assert "18-paragraph-2" in anchors
    assert max(ids.values()) == 1


def test_index_shows_every_paragraph(reader):
    text = reader.get("/rules/").content.decode()

    for article in ARTICLES:
        for paragraph in article.text.split("\n"):
            assert f"<p>{paragraph}</p>" in text


def test_every_rule_stands_under_exactly_one_clause():
    shown = Counter(
        rule.code for article in ARTICLES for clause in clauses_of(article) for rule in clause.rules
    )

    assert shown == Counter(RULES.keys())


def test_clauses_of_an_article_with_items_and_a_closing_paragraph():
    assert [clause.label for clause in clauses_of(BY_NUMBER[14])] == [
        "第一款", "（一）", "（二）", "（三）", "（四）", "第二款",
    ]  # fmt: skip
    assert [clause.label for clause in clauses_of(BY_NUMBER[18])] == ["第一款", "第二款"]
    assert [clause.label for clause in clauses_of(BY_NUMBER[15])] == [""]


def test_article_page_shows_the_class_of_its_rules(reader):
    page = reader.get("/rules/13/").content.decode()

    row = page[page.index('id="13-4-4"') :].split("</tr>")[0]
    assert "原则上" in row
    assert "可例外审批" in row
    assert "「合作协议期限原则上不超过 5 年」" in row


@pytest.mark.parametrize("number", [0, 26, 99999999999])
def test_article_page_of_no_article_is_missing(reader, number):
    assert reader.get(f"/rules/{number}/").status_code == 404


@pytest.mark.parametrize("path", ["/rules/", "/rules/13/", "/rules/policies/"])
def test_pages_ask_a_stranger_to_log_in(client, db, path):
    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/login/")
    assert "合作协议期限" not in response.content.decode()


def test_pages_refuse_to_write(reader):
    assert reader.post("/rules/13/").status_code == 405


def test_policies_name_the_five_awaited_texts_and_invent_nothing(reader):
    assert load_policies() == 6
    assert load_policies() == 0

    awaited = PolicyDocument.objects.filter(status=PolicyStatus.AWAITED).order_by("pk")
    assert len(awaited) == 5
    text = "".join(article.text for article in ARTICLES)
    for policy in awaited:
        assert (policy.document_number, policy.issued_on) == ("", None)
        assert f"《{policy.title}》" in text
        assert f"《{policy.title}》" in BY_NUMBER[RULES[policy.cited_by].article].text
    page = reader.get("/rules/policies/").content.decode()
    assert page.count("待省总资产监管部提供原文") == 5
    assert "2023-04-07" in page


def test_policy_page_without_policies_says_so(reader):
    assert "还没有政策依据" in reader.get("/rules/policies/").content.decode()


@pytest.mark.django_db
def test_a_policy_at_hand_needs_issuer_and_date():
    with pytest.raises(IntegrityError):
        PolicyDocument.objects.create(title="某办法", status=PolicyStatus.AVAILABLE)


@pytest.mark.django_db
def test_load_reference_fills_an_empty_database_and_can_be_repeated(capsys):
    call_command("load_reference")
    call_command("load_reference")

    assert capsys.readouterr().out.splitlines() == [
        "工会新增 126 个，节假日安排新增 142 天，政策依据新增 6 份。",
        "工会新增 0 个，节假日安排新增 0 天，政策依据新增 0 份。",
    ]


def test_every_code_a_template_names_is_in_the_register():
    named = re.compile(r"""(?:\bbasis="|\{% basis(?:_text)? "|<c-basis code=")([0-9][^"]*)""")
    gallery = settings.BASE_DIR / "templates" / "core" / "components.html"
    found = {
        code
        for path in Path(settings.BASE_DIR / "templates").rglob("*.html")
        if path != gallery
        for code in named.findall(path.read_text(encoding="utf-8"))
    }

    assert "5-1" in found
    assert found - set(RULES) == set()


def test_an_article_says_where_each_rule_is_carried_out_and_where_not(reader):
    text = reader.get("/rules/13/").content.decode()
    counted = [rule for rule in RULES.values() if rule.article == 13]
    missing = [rule for rule in counted if not rule.places]

    assert text.count("在产品中何处落实") == len(counted)
    assert text.count(">未实现<") == len(missing)
    assert "合同：对外合作签约前登记资产评估报告" in text
    assert f"{len(counted) - len(missing)} 项" in text
