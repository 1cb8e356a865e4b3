from django.apps import AppConfig

from accounts import showcase


class DemoConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "demo"
    verbose_name = "演示数据"

    def ready(self) -> None:
        showcase.register("demo.showcase.showcase")
