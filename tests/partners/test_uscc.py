"""统一社会信用代码: the vectors of the standard, and a sentence for every fault."""

import itertools
import re

import pytest

from organizations import uscc
from partners import rules
from partners.enums import SubjectKind

EXAMPLE = "91110000802100433B"
REGISTER = [
    "91610103MAXX010776",
    "91610113MAXX01149E",
    "91610113MAXX012105",
    "91610112MAXX01288N",
    "91610104MAXX0135XP",
    "91610116MAXX014210",
    "91610302MAXX014991",
    "91610402MAXX01560W",
    "91610502MAXX01632T",
    "91610602MAXX01704Q",
    "91610702MAXX01771U",
    "91610802MAXX01843R",
    "91610902MAXX01915P",
    "91611002MAXX01982K",
    "91610202MAXX02053M",
    "91610403MAXX021257",
    "91610111MAXX021928",
    "91610103MAXX02264E",
    "91610113MAXX02336N",
    "91610112MAXX024081",
    "91610104MAXX02475C",
    "93610124MAXX02547X",
    "52610100MAXX026195",
    "52610300MAXX02686D",
    "51610000MAXX02758R",
    "12610000MAXX0282XE",
    "31610000MAXX02897J",
    "91610100MAXX02969A",
    "91610100MAXX0303X9",
]


def _weighted_sum(code):
    pairs = enumerate(code[:17])
    return sum(uscc.ALPHABET.index(character) * pow(3, index, 31) for index, character in pairs)


@pytest.mark.parametrize(
    ("code", "total", "check"), [(EXAMPLE, 485, "B"), ("914403001922038216", 831, "6")]
)
def test_the_worked_examples(code, total, check):
    assert _weighted_sum(code) == total
    assert uscc.check_character(code[:17]) == check
    assert uscc.organisation_check(code[8:16]) == code[16]
    assert uscc.fault_of(code) is None


def test_every_code_of_the_register_is_sound():
    assert [code for code in REGISTER if rules.uscc_reasons(code)] == []
    assert len(set(REGISTER)) == 29


def test_all_510_substitutions_are_detected():
    wrong = [
        EXAMPLE[:place] + character + EXAMPLE[place + 1 :]
        for place, character in itertools.product(range(17), uscc.ALPHABET)
        if character != EXAMPLE[place]
    ]

    assert len(wrong) == 510
    assert [code for code in wrong if uscc.check_character(code[:17]) == code[17]] == []
    assert [code for code in wrong if uscc.fault_of(code) is None] == []


def test_all_ten_transpositions_are_detected():
    wrong = [
        EXAMPLE[:place] + EXAMPLE[place + 1] + EXAMPLE[place] + EXAMPLE[place + 2 :]
        for place in range(17)
        if EXAMPLE[place] != EXAMPLE[place + 1]
    ]

    assert len(wrong) == 10
    assert [code for code in wrong if uscc.fault_of(code) is None] == []


def test_a_remainder_of_nothing_stands_as_0():
    found = next(
        body
        for number in itertools.count()
        if _weighted_sum(body := f"91610103MAXX{number:05d}") % 31 == 0
    )

    assert uscc.check_character(found) == "0"


@pytest.mark.parametrize(
    "typed",
    [
        "91610103maxx010776",
        " 9161 0103 MAXX 0107 76 ",
        "９１６１０１０３ＭＡＸＸ０１０７７６",
        "91610103MAXX\t010776",
    ],
)
def test_harmless_spellings_are_put_right(typed):
    assert uscc.normalise(typed) == "91610103MAXX010776"


NEGATIVE = [
    ("", "请填写统一社会信用代码"),
    ("91610103MAXX010770", "校验位不符"),
    ("9161O103MAXX010776", "第5位是字母 O，应为数字 0"),
    ("9I610103MAXX010776", "第2位是字母 I，应为数字 1"),
    ("91610103MAXX0107S6", "第17位是字母 S"),
    ("91610103MAXX01077", "应为18位，现在是17位"),
    ("91610103MAXX0107766", "应为18位，现在是19位"),
    ("9161010AMAXX010776", "第8位是字母 A"),
    ("92610103MAXX03101D", "个体工商户"),
    ("11010519491231002X", "身份证号码"),
    ("' OR 1=1 --", "第1位是“'”"),
    ("<SCRIPT>ALERT(1)</SCRIPT>", "第1位是“<”"),
    ("91610103MAXX01077六", "第18位是“六”"),
]


@pytest.mark.parametrize(("code", "sentence"), NEGATIVE)
def test_every_negative_code_has_its_sentence(code, sentence):
    (reason,) = rules.uscc_reasons(code)

    assert sentence in reason.text


def test_the_sentences_differ():
    texts = {re.sub(r"\d+", "", rules.uscc_reasons(code)[0].text) for code, _ in NEGATIVE}

    assert len(texts) >= 10


def test_a_failed_check_shows_the_way_by_hand():
    for code in ("91610103MAXX010770", "91350100M0001TGQXM"):
        assert "人工核验" in uscc.fault_of(code)


def test_the_organisation_code_is_checked_too():
    body = "91610103MAXX01078"
    code = body + uscc.check_character(body)

    assert "第9至17位" in uscc.fault_of(code)


def test_divisions_are_not_held_against_a_table():
    body = "91999999MAXX01077"

    assert uscc.fault_of(body + uscc.check_character(body)) is None


@pytest.mark.parametrize("kind", ["individual_business", "natural_person"])
def test_kinds_that_are_no_subject_are_refused_with_the_article(kind):
    (reason,) = rules.kind_reasons(kind, "91610103MAXX010776")

    assert (reason.code, reason.field) == ("10-2", "subject_kind")
    assert "第十条（二）" in reason.text


@pytest.mark.parametrize(
    ("kind", "code", "count"),
    [
        ("cooperative", "93610124MAXX02547X", 0),
        ("legal_person", "93610124MAXX02547X", 1),
        ("law_firm", "31610000MAXX02897J", 0),
        ("institution", "91610103MAXX010776", 1),
        ("branch", "91610103MAXX010776", 0),
    ],
)
def test_the_kind_agrees_with_the_code(kind, code, count):
    assert len(rules.kind_reasons(kind, code)) == count


@pytest.mark.parametrize(
    ("kind", "parent", "authorisation", "fields"),
    [
        ("branch", "", "", ["parent_uscc", "parent_authorisation"]),
        ("branch", "91610103MAXX010776", "授权书", ["parent_uscc"]),
        ("branch", "91610113MAXX01149X", "授权书", ["parent_uscc"]),
        ("branch", "91610113MAXX01149E", "授权书", []),
        ("legal_person", "91610113MAXX01149E", "", ["subject_kind"]),
        ("legal_person", "", "", []),
    ],
)
def test_a_branch_has_its_company_behind_it(kind, parent, authorisation, fields):
    reasons = rules.branch_reasons(kind, "91610103MAXX010776", parent, authorisation)

    assert [reason.field for reason in reasons] == fields


def test_no_kind_is_forgotten():
    known = set().union(*rules.KINDS_BY_PREFIX.values()) | rules.REFUSED_KINDS

    assert known == set(SubjectKind)
