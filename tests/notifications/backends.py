"""Mail servers that refuse, and one that looks where it is called from."""

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection


class Refusing(BaseEmailBackend):
    """Answers every mail with a temporary failure."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("451 try\nlater")


class Watching(BaseEmailBackend):
    """Notes how deep in savepoints it was called."""

    def send_messages(self, messages):
        for message in messages:
            message.savepoints = len(connection.savepoint_ids)
            mail.outbox.append(message)
        return len(messages)
