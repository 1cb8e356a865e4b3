from django.apps import AppConfig

from accounts import places


class VenuesConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "venues"
    verbose_name = "服务阵地"

    def ready(self) -> None:
        places.register("venues.selectors.place_of")
        places.register_venue_choices("venues.selectors.all_places")
