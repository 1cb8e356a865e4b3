"""Shapes of answers: rows shown as they are, never written through."""

from typing import Any

from rest_framework import serializers


class Shown(serializers.ModelSerializer):
    """Columns of a row; every one of them is only read."""

    def get_extra_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_extra_kwargs()
        for name in self.Meta.fields:
            kwargs.setdefault(name, {})["read_only"] = True
        return kwargs


class Plain(serializers.Serializer):
    """Values gathered by a selector."""


def name_of(source: str, label: str = "") -> serializers.CharField:
    """The name of the person in a column; people are named, not numbered."""
    return serializers.CharField(
        source=f"{source}.name", read_only=True, allow_null=True, label=label or None
    )


def text(label: str, *, allow_null: bool = False) -> serializers.CharField:
    """One text of a gathered value."""
    return serializers.CharField(read_only=True, label=label, allow_null=allow_null)
