"""Searching the help."""

from django import forms


class HelpSearch(forms.Form):
    """A few words."""

    q = forms.CharField(
        label="在帮助中查找", required=False, max_length=40,
        error_messages={"max_length": "文字过长：最多 40 字。"},
    )  # fmt: skip
