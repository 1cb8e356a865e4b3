"""A posted form is carried out once, however often it arrives."""

import hashlib
import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from core.models import Command


class RepeatedCommand(Exception):
    """The act was carried out before; `first` keeps how it was answered."""

    def __init__(self, first: Command) -> None:
        self.first = first
        super().__init__(str(first.command_id))

    @property
    def location(self) -> str:
        """Where the first answer led."""
        return self.first.location


class CommandConflict(Exception):
    """The same command id came with other content."""


def command_id_of(request: HttpRequest) -> uuid.UUID | None:
    """The command id of a posted form, or None when it has none or a broken one."""
    try:
        return uuid.UUID(request.POST.get("command_id", ""))
    except ValueError:
        return None


def _digest(request: HttpRequest) -> str:
    digest = hashlib.sha256(request.path.encode())
    for key, values in sorted(request.POST.lists()):
        if key != "csrfmiddlewaretoken":
            digest.update(f"\0{key}={values}".encode())
    for key, files in sorted(request.FILES.lists()):
        digest.update(f"\0{key}:{[(f.name, f.size) for f in files]}".encode())
    return digest.hexdigest()


def open_command(request: HttpRequest, *, command_id: uuid.UUID, at: datetime) -> Command:
    """Claim the command of a posted form."""
    return claim(
        user_id=request.user.pk,
        command_id=command_id,
        path=request.path,
        digest=_digest(request),
        at=at,
    )


def claim(
    *, user_id: uuid.UUID | None, command_id: uuid.UUID, path: str, digest: str, at: datetime
) -> Command:
    """Claim a command inside the caller's transaction.

    A second request with the same id waits here for the first to commit, then raises
    RepeatedCommand; the same id with other content raises CommandConflict.
    """
    key = {"user_id": user_id, "command_id": command_id}
    try:
        with transaction.atomic():
            return Command.objects.create(
                **key, path=path[:300], request_sha256=digest, created_at=at
            )
    except IntegrityError as conflict:
        first = Command.objects.get(**key)
        if first.request_sha256 != digest:
            raise CommandConflict from conflict
        raise RepeatedCommand(first) from conflict


def keep_answer(command: Command, *, status: int, answer: str, location: str) -> None:
    """Keep how an act was answered, to be given again word for word."""
    command.status, command.answer, command.location = status, answer, location[:500]
    command.save(update_fields=["status", "answer", "location"])


def close_command(command: Command, *, location: str) -> None:
    """Keep where the answer led; an unanswered command is dropped so the form can be mended."""
    if location:
        command.location = location[:500]
        command.save(update_fields=["location"])
    else:
        command.delete()
