"""Forms of logging in, of passwords, of accounts and posts."""

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts import places
from accounts.models import User
from accounts.roles import VENUE_ROLES, Place, Role
from accounts.services import TOKEN_DAYS
from core.forms import ActForm, DayField
from organizations.enums import DepartmentKind
from organizations.models import TradeUnion

ASSET_ROLES = frozenset({Role.ASSET_OFFICER, Role.ASSET_HEAD})
COUNTERSIGNING = (
    DepartmentKind.PERSONNEL,
    DepartmentKind.DISCIPLINE,
    DepartmentKind.FINANCE,
    DepartmentKind.FUND_REVIEW,
)


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


class AccountForm(ActForm):
    """A new account: login, name, address."""

    username = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{2,59}$",
        label="账号",
        help_text="3 至 60 位的字母、数字、点、下划线或短横，以字母或数字开头；不区分大小写。",
        max_length=60,
        error_messages={
            "invalid": "账号只能用字母、数字、点、下划线和短横，至少 3 位，以字母或数字开头。"
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(
        label="姓名", max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=200,
        help_text="用来接收提醒；不填则只在站内提醒。",
        error_messages={"invalid": "邮箱写法不对，请写成 name@example.cn 这样的地址。"},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_username(self) -> str:
        return self.cleaned_data["username"].lower()


class TokenForm(ActForm):
    """A token of one's own: what for, how long, whether it may act; the password once more."""

    name = forms.CharField(
        label="用途",
        max_length=60,
        help_text="给哪个系统、做什么用，例如“财务系统读取合同”。",
        error_messages={"max_length": "最多 60 个字，请精简。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(
        label="有效期",
        coerce=int,
        choices=[(7, "7 天"), (30, "30 天"), (TOKEN_DAYS, f"{TOKEN_DAYS} 天（最长，系统默认）")],
        initial=30,
        error_messages={"invalid_choice": "请从列出的有效期中选择。"},
    )
    may_write = forms.BooleanField(
        label="可以办理（报送方案、签署意见）",
        required=False,
        help_text="不勾选则只能读取。用令牌办理与本人在网页办理同样算数，请谨慎勾选。",
    )
    password = forms.CharField(
        label="当前密码",
        max_length=128,
        strip=False,
        help_text="确认是您本人。",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("当前密码不对，请重新填写。")
        return password

    @property
    def wanted(self) -> dict:
        """What the service is told of the token."""
        return {name: self.cleaned_data[name] for name in ("name", "days", "may_write")}


class UnionChoice(forms.ModelChoiceField):
    """A union, indented by its depth."""

    def label_from_instance(self, obj: TradeUnion) -> str:
        return "　" * (obj.depth - 1) + obj.name


class UserChoice(forms.ModelChoiceField):
    """An account, by name and login."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}（{obj.username}）"


class PostForm(ActForm):
    """A post: who, as what, where, from when."""

    user = UserChoice(
        User.objects.filter(is_active=True).order_by("username", "pk"),
        label="人员",
        empty_label="请选择",
        error_messages={"invalid_choice": "没有这个账号，或已经停用，请从列表中选择。"},
    )
    role = forms.ChoiceField(
        label="角色",
        choices=[("", "请选择"), *((role.value, role.label) for role in Role)],
        error_messages={"invalid_choice": "没有这个角色，请从列表中选择。"},
    )
    union = UnionChoice(
        TradeUnion.objects.order_by("path"),
        label="工会",
        required=False,
        empty_label="不适用",
        help_text="工会各部门、领导、秘书、法律顾问、审计岗位必选。",
        error_messages={"invalid_choice": "没有这个工会，请从列表中选择。"},
    )
    department_kind = forms.ChoiceField(
        label="部门",
        required=False,
        choices=[("", "不适用"), *DepartmentKind.choices],
        help_text="会签岗位必选；资产监管部岗位自动填写。",
        error_messages={"invalid_choice": "没有这个部门，请从列表中选择。"},
    )
    venue = forms.ChoiceField(
        label="阵地",
        required=False,
        help_text="阵地岗位必选。",
        error_messages={"invalid_choice": "没有这个阵地，请从列表中选择。"},
    )
    title = forms.CharField(label="职务", max_length=60, help_text="印在意见、批复旁的职务名称。")
    valid_from = DayField(label="任职起")
    valid_to = DayField(label="任职止", required=False, help_text="不填表示没有期限。")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.id): place for place in places.venue_places()}
        venues = [(key, f"{place.name}（{place.union}）") for key, place in self.places.items()]
        self.fields["venue"].choices = [("", "不适用"), *venues]

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("role"):
            return cleaned
        role = Role(cleaned["role"])
        if role in VENUE_ROLES:
            self._clean_venue_post(cleaned)
        elif role.card.place in (Place.PLATFORM, Place.OUTSIDE):
            self._forbid(cleaned, "union", "department_kind", "venue")
        else:
            self._clean_union_post(cleaned, role)
        return cleaned

    def _clean_venue_post(self, cleaned: dict) -> None:
        self._forbid(cleaned, "department_kind")
        place = self.places.get(cleaned.get("venue") or "")
        if place is None:
            self.add_error("venue", "阵地岗位须指明所在阵地。")
        elif cleaned.get("union") not in (None, place.union):
            self.add_error("union", f"这个阵地由{place.union}监管，请选它或留空。")
        else:
            cleaned["union"] = place.union

    def _clean_union_post(self, cleaned: dict, role: Role) -> None:
        self._forbid(cleaned, "venue")
        if not cleaned.get("union") and "union" not in self.errors:
            self.add_error("union", "这个岗位须指明所在工会。")
        kind = cleaned.get("department_kind")
        if role in ASSET_ROLES:
            if kind not in ("", DepartmentKind.ASSET):
                self.add_error("department_kind", "资产监管部岗位的部门只能是资产监督管理部门。")
            cleaned["department_kind"] = DepartmentKind.ASSET
        elif role is Role.COUNTERSIGNER and kind not in COUNTERSIGNING:
            self.add_error(
                "department_kind", "会签岗位须选组织人事、党委（纪委）、财务或经审部门。"
            )

    def _forbid(self, cleaned: dict, *names: str) -> None:
        for name in names:
            if cleaned.get(name):
                self.add_error(name, "这个角色不填此项，请改为“不适用”。")


class EndPostForm(ActForm):
    """The last day of a post."""

    on = DayField(label="最后一天", help_text="当天仍在任；要立即收回，请填昨天。")
