from django.apps import AppConfig
from django.core import checks

from documents.checks import printing_is_equipped


class DocumentsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "documents"
    verbose_name = "文件"

    def ready(self) -> None:
        checks.register(printing_is_equipped, checks.Tags.files)
