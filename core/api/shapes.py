"""Shapes of answers: rows shown as they are, never written through."""

from typing import Any

from rest_framework import serializers

# What a column without a name of its own is called.
LABELS = {
    "id": "标识，供地址使用",
    "sha256": "内容的校验值",
    "content_sha256": "内容的校验值",
    "actor_name": "办理人",
    "position": "职务",
    "at": "时间",
    "raised_at": "提出时间",
    "answered_at": "答复时间",
}


class Shown(serializers.ModelSerializer):
    """Columns of a row; every one of them is only read."""

    def get_extra_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_extra_kwargs()
        for name in self.Meta.fields:
            one = kwargs.setdefault(name, {})
            one["read_only"] = True
            if name in LABELS:
                one["label"] = LABELS[name]
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
