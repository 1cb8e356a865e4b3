"""`manage.py create_admins`: the three administrators of a new installation."""

from django.core.management.base import BaseCommand, CommandError

from accounts.forms import AccountForm
from accounts.roles import Role
from accounts.services import appoint_first_admins
from core import clock
from core.errors import DomainError

OPTIONS = {
    "system": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "audit": Role.AUDIT_ADMIN,
}


class Command(BaseCommand):
    help = "建立系统、安全、审计三名管理员，各给一个只显示一次的密码；已有管理员时拒绝。"

    def add_arguments(self, parser) -> None:
        for option, role in OPTIONS.items():
            parser.add_argument(
                f"--{option}", nargs=2, metavar=("账号", "姓名"), help=f"{role.label}；不给则询问"
            )

    def handle(self, *args, **options) -> None:
        people = {
            role: self._named(role, options[option] or self._ask(role))
            for option, role in OPTIONS.items()
        }
        try:
            made = appoint_first_admins(people=people, at=clock.now())
        except DomainError as error:
            raise CommandError("；".join(reason.text for reason in error.reasons)) from error
        for (user, password), role in zip(made, people, strict=True):
            self.stdout.write(f"{role.label}  {user.name}  账号 {user.username}  密码 {password}")
        self.stdout.write("密码只显示这一次，首次登录时必须修改。请分别交给三人本人。")

    @staticmethod
    def _ask(role: Role) -> list[str]:
        try:
            return [input(f"{role.label}的{what}：") for what in ("账号", "姓名")]
        except EOFError as error:
            raise CommandError("请用 --system、--security、--audit 各给账号和姓名。") from error

    @staticmethod
    def _named(role: Role, given: list[str]) -> tuple[str, str]:
        """Hold login and name against the rules of the page on which accounts are made."""
        username, name = given
        form = AccountForm({"username": username, "name": name})
        form.full_clean()
        wrong = [*form.errors.get("username", ()), *form.errors.get("name", ())]
        if wrong:
            raise CommandError(f"{role.label}：{wrong[0]}")
        return form.cleaned_data["username"], form.cleaned_data["name"]
