"""Celery's two tasks. They carry no data: all work is rows in the outbox."""

from celery import shared_task

from core import clock
from notifications import services


@shared_task(name="notifications.tasks.tick")
def tick() -> None:
    services.tick(now=clock.now())


@shared_task(name="notifications.tasks.wake")
def wake() -> None:
    services.tick(now=clock.now())
