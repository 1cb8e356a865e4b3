"""Every register is found under an entry of the navigation, which the page then marks."""

import pytest

from accounts.context_processors import NAV, entry_of


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/", "工作台"),
        ("/deadlines/", "工作台"),
        ("/proposals/0b7e/review/", "方案审批"),
        ("/exceptions/", "方案审批"),
        ("/matrix/major/", "方案审批"),
        ("/reports/", "报告"),
        ("/rectifications/", "报告"),
        ("/rectifications/0b7e/report/", "报告"),
        ("/meetings/calendar/", "会议"),
        ("/me/", ""),
    ],
)
def test_page_belongs_to_one_entry(path, entry):
    labels = {url: label for label, url, _permission in NAV}

    assert labels.get(entry_of(path), "") == entry
