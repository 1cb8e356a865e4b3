from django.apps import AppConfig

from accounts import telling


class NotificationsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "notifications"
    verbose_name = "提醒与消息"

    def ready(self) -> None:
        telling.register(
            "notifications.services.notify", unread="notifications.selectors.unread_of_a_post"
        )
