"""Celery of the server profile: wake-ups only, so that losing them costs latency and no message."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionops.settings.production")

TICK_SECONDS = 30.0

app = Celery("unionops")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    "tick": {
        "task": "notifications.tasks.tick",
        "schedule": TICK_SECONDS,
        # A tick nobody took in time is worth nothing: the next one does its work.
        "options": {"expires": TICK_SECONDS},
    }
}
app.autodiscover_tasks()
