"""The project: settings, addresses, Celery."""

from unionops.celery import app as celery_app

__all__ = ["celery_app"]
