"""Check that every stored file is still there and still has the hash it is known by."""

from django.core.management.base import BaseCommand, CommandError

from documents import storage
from documents.models import StoredFile


class Command(BaseCommand):
    help = "Re-hash every stored file; ends 1 and names what is missing or altered."

    def handle(self, *args, **options) -> None:
        checked, bad = 0, 0
        for file in StoredFile.objects.order_by("pk").iterator():
            checked += 1
            found = storage.hash_on_disk(file.sha256)
            if found != file.sha256:
                bad += 1
                self.stderr.write(f"{'缺失' if found is None else '内容被改动'} {file.sha256}")
        if bad:
            raise CommandError(f"共核对 {checked} 个文件，{bad} 个不符。请从备份恢复后再核对。")
        self.stdout.write(f"共核对 {checked} 个文件，全部相符。")
