"""The articles as they stand, and the register quoting them."""

import re
from collections import Counter

import pytest

from regulation.articles import ARTICLES, BY_NUMBER, IMPRINT, TEXT_PATH, TITLE, chinese_number
from regulation.enums import RuleKind
from regulation.register import EXCEPTIONABLE, REGISTER_PATH, RULES, clauses_of, rules_of
from regulation.templatetags.regulation import basis, basis_text


def clause_text(article, clause):
    """The text of a clause, found independently of the page."""
    if not clause:
        return article.text
    if clause.startswith("（"):
        (item,) = [item for item in article.items if item.label == clause]
        return "\n".join(item.paragraphs)
    paragraphs = [*article.paragraphs, *article.closing]
    return paragraphs[["第一款", "第二款"].index(clause)]


def test_articles_are_twenty_five_in_eight_chapters():
    assert [article.number for article in ARTICLES] == list(range(1, 26))
    assert list(Counter(article.chapter for article in ARTICLES).items()) == [
        ("第一章 总则", 8),
        ("第二章 具备条件", 3),
        ("第三章 遵循原则", 1),
        ("第四章 基本程序", 1),
        ("第五章 主要方式", 1),
        ("第六章 监督管理", 5),
        ("第七章 工作保障", 4),
        ("第八章 附则", 2),
    ]
    assert TITLE == "陕西省总工会推动职工服务阵地社会化市场化运作实施细则"
    assert IMPRINT == "陕西省总工会办公室　2023年4月7日印发"


def test_articles_hold_every_word_of_the_text():
    source = re.sub(
        r"^#.*$|\*\*第.{1,3}条\*\*", "", TEXT_PATH.read_text(encoding="utf-8"), flags=re.M
    )
    read = "".join(article.text for article in ARTICLES) + IMPRINT

    assert re.sub(r"\s", "", read) == re.sub(r"\s", "", source)


def test_items_of_the_articles():
    counts = {article.number: len(article.items) for article in ARTICLES if article.items}
    assert counts == {9: 4, 10: 6, 12: 5, 13: 5, 14: 4}

    term = BY_NUMBER[13].items[3]
    assert term.label == "（四）"
    assert len(term.paragraphs) == 2
    assert term.paragraphs[1].endswith("合作协议期限原则上不超过 5 年。")


def test_the_last_paragraph_of_article_14_stands_on_its_own():
    assert BY_NUMBER[14].closing == (
        "主管工会在坚持主导权控制权的前提下，可以积极探索其它符合法律法规的社会化市场化运作方式。",
    )
    assert len(BY_NUMBER[14].items[1].paragraphs) == 2


@pytest.mark.parametrize(
    ("number", "word"), [(1, "一"), (10, "十"), (13, "十三"), (20, "二十"), (25, "二十五")]
)
def test_chinese_number(number, word):
    assert chinese_number(number) == word
    assert number > 25 or BY_NUMBER[number].title == f"第{word}条"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_quotation_stands_word_for_word_in_its_clause(rule):
    text = clause_text(BY_NUMBER[rule.article], rule.clause)

    at = 0
    for fragment in rule.quotation.split("…"):
        at = text.index(fragment, at) + len(fragment)
    assert "*" not in rule.quotation
    assert len(rule.quotation) >= 8
    assert rule.title


def test_register_has_every_row_once():
    lines = REGISTER_PATH.read_text(encoding="utf-8").splitlines()

    assert len(RULES) == len(lines) - 1 == 91
    assert {rule.article for rule in RULES.values()} == set(range(1, 26))


def test_exceptionable_rules_are_soft_and_exactly_these():
    assert {code for code, rule in RULES.items() if rule.is_exceptionable} == {
        "10-1", "10-2", "10-3", "10-4", "10-5", "10-6", "13-4-4", "18-5",
    }  # fmt: skip
    assert {RULES[code].kind for code in EXCEPTIONABLE} == {RuleKind.SOFT}
    assert {code for code, rule in RULES.items() if rule.kind == RuleKind.SOFT} == {
        *EXCEPTIONABLE,
        "10-0",
    }


@pytest.mark.parametrize(
    ("code", "kind", "place"),
    [
        ("13-4-4", "S", "第十三条（四）"),
        ("13-4-3", "C", "第十三条（四）"),
        ("18-3", "H", "第十八条第二款"),
        ("14-5-1", "C", "第十四条第二款"),
        ("2-1", "H", "第二条"),
        ("13-5-7", "O", "第十三条（五）"),
        ("6-2", "R", "第六条"),
    ],
)
def test_kind_and_place_of_a_rule(code, kind, place):
    assert (RULES[code].kind, RULES[code].basis) == (kind, place)


def test_rules_of_a_clause():
    assert [rule.code for rule in rules_of(13, "（四）")] == [
        "13-4-1",
        "13-4-2",
        "13-4-3",
        "13-4-4",
    ]
    assert [rule.code for rule in rules_of(9, "")] == ["9-0"]


def test_every_kind_has_a_label_a_tone_and_a_meaning():
    assert {kind.label for kind in RuleKind} == {"硬性", "原则上", "条件", "备查", "鼓励"}
    assert {kind.tone for kind in RuleKind} <= {"ok", "warn", "bad", "info", "idle"}
    assert len({kind.meaning for kind in RuleKind}) == len(RuleKind)


def test_basis_links_to_the_clause():
    assert basis("13-4-4") == (
        '<span class="basis"><a href="/rules/13/#13-4-4">依据 第十三条（四）</a></span>'
    )
    assert basis_text("18-2") == "第十八条第一款"


@pytest.mark.parametrize("code", ["", "DL-05", "99-1", "<script>"])
def test_basis_of_a_code_outside_the_register_is_nothing(code):
    assert (basis(code), basis_text(code)) == ("", "")


def test_a_paragraph_is_cut_without_losing_a_word_and_marks_its_quotations():
    for article in ARTICLES:
        for clause in clauses_of(article):
            for paragraph, pieces in zip(clause.paragraphs, clause.marked, strict=True):
                assert "".join(text for text, _code in pieces) == paragraph
                for text, code in pieces:
                    assert not code or text in RULES[code].quotation.split("…")


def test_five_years_are_marked_in_article_13():
    marked = [
        piece
        for clause in clauses_of(BY_NUMBER[13])
        for pieces in clause.marked
        for piece in pieces
        if piece[1] == "13-4-4"
    ]

    assert marked == [("合作协议期限原则上不超过 5 年", "13-4-4")]
