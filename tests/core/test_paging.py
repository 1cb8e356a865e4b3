"""Page numbers from addresses, and which of them are offered."""

import pytest

from core.paging import PAGES, Page, page_number


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 1), ("1", 1), ("07", 7), ("200", 200), ("99999", 99999), ("0", None), ("-1", None),
        ("1.5", None), ("x", None), ("²", None), ("９", None), ("9" * 30, None), (" 1", None),
    ],
)  # fmt: skip
def test_an_address_names_a_page(asked, number):
    assert page_number(asked) == number


@pytest.mark.parametrize(
    ("number", "total", "offered"),
    [
        (1, 0, [1]),
        (1, 50, [1]),
        (1, 51, [1, 2]),
        (1, 500, [1, 2, 3, 0, 10]),
        (5, 500, [1, 0, 3, 4, 5, 6, 7, 0, 10]),
        (10, 500, [1, 0, 8, 9, 10]),
    ],
)
def test_the_first_the_last_and_the_near_pages_are_offered(number, total, offered):
    assert Page([], number, total).numbers == offered


def test_counting_stops_at_ten_thousand():
    page = Page(["row"], 1, 10_001)

    assert (page.count, page.is_capped, page.last) == ("10,000+", True, PAGES)
    assert Page([], PAGES + 1, 10_001).is_past
    assert Page(["row"], 1, 10_000).count == "10,000"


def test_a_page_says_which_rows_stand_on_it():
    assert Page(["row"] * 50, 2, 1234).span == "51–100"
