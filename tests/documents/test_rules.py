from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from documents import rules


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("合作方案.pdf", "合作方案.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\用户\\方案.PDF", "方案.pdf"),
        ("方案\x00\r\n.pdf", "方案.pdf"),
        ("方案\u202efdp.exe", "方案fdp.exe"),
        ('方<案>:"|?*.docx', "方_案______.docx"),
        ("  方 \t 案 .pdf", "方 案.pdf"),
        (".pdf", "未命名.pdf"),
        ("", "未命名"),
        ("...", "未命名"),
        ("/", "未命名"),
        ("一" * 200 + ".xlsx", "一" * 115 + ".xlsx"),
    ],
)
def test_clean_name(given, kept):
    assert rules.clean_name(given) == kept
    assert len(rules.clean_name(given)) <= rules.NAME_LENGTH


@pytest.mark.parametrize("name", ["a.pdf", "a.JPG", "a.jpeg", "a.png", "a.docx", "a.xlsx"])
def test_allowed_extensions(name):
    assert rules.extension_refusal(name) is None


def test_refused_extensions_say_what_to_do():
    assert rules.extension_refusal("a.doc") == (
        "暂不接收 .doc 旧格式文件。请在 WPS 或 Office 中另存为 DOCX、XLSX 或 PDF 后再上传。"
    )
    assert "宏" in rules.extension_refusal("a.xlsm")
    assert ".exe" in rules.extension_refusal("a.pdf.exe")
    assert "没有扩展名" in rules.extension_refusal("pdf")


def test_size_is_bounded_on_both_sides():
    assert rules.size_refusal(0, limit=10) is not None
    assert rules.size_refusal(10, limit=10) is None
    assert "50 MB" in rules.size_refusal(60 * 1024**2, limit=50 * 1024**2)


def test_printable_puts_days_and_amounts_into_their_printed_form():
    value = {
        "on": date(2026, 1, 5),
        "at": datetime(2026, 11, 20, 2, 5, tzinfo=UTC),
        "fee": Decimal("1234.565"),
        "rows": ({"n": 1, "ok": True, "none": None},),
    }

    assert rules.printable(value) == {
        "on": "2026年1月5日",
        "at": "2026年11月20日 10:05",
        "fee": "1,234.57",
        "rows": [{"n": 1, "ok": True, "none": None}],
    }


def test_printable_refuses_floats():
    with pytest.raises(TypeError):
        rules.printable({"score": 90.81})


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于合作项目的批复", ["关于合作项目的批复"]),
        (
            "关于西安市鄠邑区工人文化宫职工羽毛球馆合作运营项目的审批意见",
            ["关于西安市鄠邑区工人文化宫", "职工羽毛球馆合作运营项目的审批意见"],
        ),
    ],
)
def test_title_is_broken_between_words_with_the_shorter_line_above(title, lines):
    assert rules.title_lines(title) == lines


def test_any_title_is_kept_whole_and_within_the_line():
    for length in range(1, 90):
        title = "关于（合作）的批复、意见2026年" * 6
        lines = rules.title_lines(title[:length])

        assert "".join(lines) == title[:length]
        assert max(map(len, lines)) <= rules.TITLE_LINE


def test_a_moment_is_dated_by_the_day_in_shanghai():
    assert rules.format_day(datetime(2026, 11, 19, 16, 30, tzinfo=UTC)) == "2026年11月20日"
