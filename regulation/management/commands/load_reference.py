"""Load what every database needs before anybody works in it."""

from django.core.management.base import BaseCommand

from organizations.services import load_calendar, load_divisions
from regulation.services import load_policies


class Command(BaseCommand):
    help = "Load the union tree, the working-day calendar and the policy library; safe to repeat."

    def handle(self, *args, **options) -> None:
        unions, days, policies = load_divisions(), load_calendar(), load_policies()
        self.stdout.write(
            f"工会新增 {unions} 个，节假日安排新增 {days} 天，政策依据新增 {policies} 份。"
        )
