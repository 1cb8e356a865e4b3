"""`manage.py demo`: fill an empty database with the demo; `--accounts` prints who may log in."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from core import clock
from demo.day import PASSWORD
from demo.people import ACCOUNTS_SHOWN
from demo.scenarios import build_everything, deliver_messages, fix_the_day, read_messages


class Command(BaseCommand):
    help = "在空数据库中建立演示数据（2026-11-20）。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--accounts", action="store_true", help="只列出演示账号")
        parser.add_argument("--if-empty", action="store_true", help="已有账号时不做任何事")

    def handle(self, *args, **options) -> None:
        if options["accounts"]:
            for username, who in ACCOUNTS_SHOWN:
                self.stdout.write(f"  {username:<18}{who}")
            self.stdout.write(f"  密码均为 {PASSWORD}")
            return
        if User.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("数据库里已经有账号，演示数据只能建在空数据库里。")
        call_command("load_reference", verbosity=0)
        with transaction.atomic():
            fix_the_day()
            clock.forget()
            build_everything()
        clock.forget()
        deliver_messages()  # outside the transaction: mail is never sent inside one
        read_messages()
        self.stdout.write("演示数据已建立（2026-11-20）。")
