"""A word with letters outside ASCII is looked for in both cases, on every database."""

import pytest

from core.filters import _spellings


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("工会", {"工会"}),
        ("ZD-9a", {"ZD-9a"}),  # LIKE folds these itself
        ("Ａ馆", {"Ａ馆", "ａ馆"}),
        ("é", {"é", "É"}),
        ("ß", {"ß"}),  # its capital is two letters: another word
    ],
)
def test_spellings(word, found):
    assert _spellings(word) == found
