"""Rows whose count was lost or forged: nothing is taken over, nothing typed is lost."""

import pytest
from django import forms
from django.http import QueryDict

from core.forms import RowFormSet


class Row(forms.Form):
    name = forms.CharField()


Rows = forms.formset_factory(Row, formset=RowFormSet, max_num=5, absolute_max=6, can_delete=True)
TYPED = "rows-0-name=甲&rows-2-name=丙&rows-7000-x&other-9-name=x"


def bound(counts: str) -> RowFormSet:
    return Rows(QueryDict(f"{TYPED}&{counts}"), prefix="rows")


@pytest.mark.parametrize(
    "counts",
    [
        "",
        "rows-TOTAL_FORMS=x&rows-INITIAL_FORMS=0",
        "rows-TOTAL_FORMS=-1&rows-INITIAL_FORMS=0",
        "rows-TOTAL_FORMS=3&rows-INITIAL_FORMS=-1",
        "rows-TOTAL_FORMS=3",
    ],
)
def test_a_broken_count_is_refused_and_the_rows_are_shown(counts):
    rows = bound(counts)

    assert not rows.is_valid()
    assert "行数信息缺失或有误" in str(rows.non_form_errors())
    assert [one["name"].value() for one in rows][:3] == ["甲", None, "丙"]
    assert len(rows) == 6  # 7000 was claimed; no more than may be are made
    assert 'name="rows-TOTAL_FORMS" value="6"' in str(rows.management_form)


def test_a_right_count_is_taken():
    rows = bound("rows-TOTAL_FORMS=1&rows-INITIAL_FORMS=0")

    assert rows.is_valid()
    assert [one.cleaned_data["name"] for one in rows] == ["甲"]


def test_rows_that_nobody_sent_are_told_of():
    rows = Rows(QueryDict("other=1"), prefix="rows")

    assert not rows.is_valid()
    assert len(rows) == 0
