from django.apps import AppConfig


class RegulationConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "regulation"
    verbose_name = "细则"
