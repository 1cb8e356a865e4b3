"""Fields of bodies and answers, with sentences in Chinese."""

from typing import Any

from django.db.models import Choices
from rest_framework import serializers

REQUIRED = {"required": "必填。", "null": "不能为 null。"}
TEXT = {
    "invalid": "须是文字。",
    "blank": "不能为空。",
    "max_length": "文字过长：最多 {max_length} 字，请精简。",
    "min_length": "文字过短：至少 {min_length} 字。",
}
CONTROL = "文字中夹有看不见的控制字符，请删去后重新提交。"


class Line(serializers.CharField):
    """A text; control characters the database cannot keep are refused."""

    def __init__(self, **kwargs: Any) -> None:
        messages = REQUIRED | TEXT | kwargs.pop("error_messages", {})
        super().__init__(error_messages=messages, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str) and "\0" in data:
            raise serializers.ValidationError(CONTROL, code="control_character")
        if not isinstance(data, str) and data not in (serializers.empty, None):
            self.fail("invalid")  # 12 and true are no texts, though Python could write them down
        return super().run_validation(data)


class Lines(serializers.ListField):
    """Several texts, in order."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        messages = REQUIRED | {
            "not_a_list": '须是一组文字，例如 ["第一条"]。',
            "max_length": "条目过多：最多 {max_length} 条。",
        }
        child = Line(max_length=longest, allow_blank=True)
        super().__init__(child=child, error_messages=messages, **kwargs)


class VersionField(serializers.IntegerField):
    """The version the caller has seen."""

    def __init__(self, **kwargs: Any) -> None:
        messages = REQUIRED | {
            "invalid": "须是整数。",
            "min_value": "须是正整数。",
            "max_string_length": "数字过长。",
        }
        super().__init__(min_value=1, error_messages=messages, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """true or false, nothing that is like them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages=REQUIRED | {"invalid": "须是 true 或 false。"}, **kwargs)

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class PledgeField(serializers.Field):
    """A statement the caller stands by: true, nothing else."""

    def __init__(self, *, sentence: str, **kwargs: Any) -> None:
        super().__init__(error_messages=REQUIRED | {"invalid": sentence}, **kwargs)

    def to_internal_value(self, data: Any) -> bool:
        if data is not True:
            self.fail("invalid")
        return True


class PickField(serializers.ChoiceField):
    """One word of a list."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        values = "、".join(value for value, _ in choices if value)
        messages = REQUIRED | {"invalid_choice": f"须是其中之一：{values}。"}
        super().__init__(choices=choices, error_messages=messages, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class WordField(serializers.Field):
    """A word of a list as `{"code": "returned", "label": "退回修改"}`; nothing chosen is null."""

    def __init__(self, words: type[Choices], **kwargs: Any) -> None:
        self.words = words
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: str) -> dict[str, str] | None:
        return {"code": str(value), "label": str(self.words(value).label)} if value else None


class MoneyField(serializers.DecimalField):
    """Yuan as a text with two places: `"685000.00"`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=16, decimal_places=2, read_only=True, **kwargs)


class ReasonSerializer(serializers.Serializer):
    """One reason of a problem."""

    code = serializers.CharField(
        allow_null=True, help_text="条款规则编号，如 13-4-5；或填写错误的种类"
    )
    article = serializers.CharField(allow_null=True, help_text="所依据的条款，如 第十三条（四）")
    message = serializers.CharField(help_text="哪里不对、如何改正")
    section = serializers.CharField(allow_null=True, help_text="所在的节")
    field = serializers.CharField(allow_null=True, help_text="所在的字段")


class ProblemSerializer(serializers.Serializer):
    """RFC 9457 problem details."""

    type = serializers.CharField(help_text="问题种类，指向接口说明中的一段")
    title = serializers.CharField(help_text="问题种类的名称")
    status = serializers.IntegerField(help_text="HTTP 状态码")
    detail = serializers.CharField(help_text="这一次哪里不对、如何改正")
    reasons = ReasonSerializer(many=True, help_text="逐条的理由")
