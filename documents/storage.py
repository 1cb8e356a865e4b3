"""Bytes on disk by their hash, outside any web root; durable before the row is."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

_BLOCK = 1024 * 1024


def path_of(sha256: str) -> Path:
    """Where the bytes of a hash lie."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def keep(content: bytes) -> str:
    """Write the bytes where their hash says, and return the hash.

    File and folder are flushed to the disk before this returns, so a row that is
    committed later never points to a missing file. A rollback leaves an orphan, which
    harms nobody.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(sha256)
    if target.is_file() and target.stat().st_size == len(content):
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as temporary:
        temporary.write(content)
        temporary.flush()
        os.fsync(temporary.fileno())
    Path(temporary.name).replace(target)
    _flush_folder(target.parent)
    return sha256


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_on_disk(sha256: str) -> str | None:
    """The hash of the bytes as they now lie; None when they are gone."""
    path = path_of(sha256)
    if not path.is_file():
        return None
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
