"""Forms of logging in and of passwords."""

from django import forms
from django.contrib.auth.password_validation import validate_password


class LoginForm(forms.Form):
    """Account and password."""

    username = forms.CharField(
        label="账号",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={"required": "请填写账号。"},
    )
    password = forms.CharField(
        label="密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请填写密码。"},
    )


class PasswordForm(forms.Form):
    """The old password and the new one twice."""

    old_password = forms.CharField(
        label="当前密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请填写当前密码。"},
    )
    password = forms.CharField(
        label="新密码",
        max_length=128,
        strip=False,
        help_text="至少 10 个字符，不能全是数字，不能与账号、姓名相近。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "请填写新密码。"},
    )
    again = forms.CharField(
        label="再输一次新密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "请再输一次新密码。"},
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old_password(self) -> str:
        old = self.cleaned_data["old_password"]
        if not self.user.check_password(old):
            raise forms.ValidationError("当前密码不对，请重新填写。")
        return old

    def clean_password(self) -> str:
        new = self.cleaned_data["password"]
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise forms.ValidationError("新密码不能与当前密码相同。")
        return new

    def clean(self) -> dict:
        cleaned = super().clean()
        new, again = cleaned.get("password"), cleaned.get("again")
        if new and again and new != again:
            self.add_error("again", "两次输入的新密码不一致。")
        return cleaned
