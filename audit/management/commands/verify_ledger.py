"""`manage.py verify_ledger`: recompute every chain; end 1 and name the altered row if any."""

import sys

from django.core.management.base import BaseCommand

from audit import selectors
from audit.models import Event


class Command(BaseCommand):
    help = "核验留痕链：逐案卷重算哈希，发现改动即指出是哪一条。"

    def handle(self, *args, **options) -> None:
        faults = list(selectors.ledger_faults())
        for fault in faults:
            self.stdout.write(f"× {fault}")
        if faults:
            self.stdout.write(f"核验未通过：{len(faults)} 处。")
            sys.exit(1)
        cases = Event.objects.values("case_id").distinct().count()
        self.stdout.write(f"核验通过：{cases} 个案卷，{Event.objects.count()} 条记录。")
