"""Pictures of the pages of a stored file, made once and kept by its hash, without watermark."""

import json
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from documents import storage
from documents.inspection.images import PIXEL_LIMIT
from documents.models import StoredFile

WORKER = Path(__file__).with_name("worker.py")
WALL_SECONDS = 30
PAGE_LIMIT = 50
BLOCK = 4  # pages made at once: a reader who sees one goes on to the next
LONG_SIDE = 1600
PIXELS = 2_600_000
KINDS = {"pdf": "pdf", "jpg": "image", "jpeg": "image", "png": "image"}
MADE_AS = "1"  # another number, and every picture is made again
_REFUSED = 3
_FRAME = struct.Struct(">II")
_SENTENCES = {
    "encrypted": "这份 PDF 设有密码，无法预览。请下载后用密码打开，或请上传人取消加密后重新上传。",
    "damaged": "这份文件已损坏，无法预览。请下载核对；确实打不开的，请上传人重新上传。",
    "heavy": "这份文件过大或过于复杂，预览没有完成。请下载查看。",
}


class NoPreview(Exception):
    """Why there is no picture, as a sentence for the reader."""

    def __init__(self, kind: str) -> None:
        self.text = _SENTENCES[kind]
        super().__init__(self.text)


def is_shown(file: StoredFile) -> bool:
    """Whether files of this kind can be shown at all."""
    return file.extension in KINDS


def pages_shown(file: StoredFile) -> int:
    """How many pages of a file are shown."""
    return min(file.pages, PAGE_LIMIT) if is_shown(file) else 0


def page_picture(file: StoredFile, number: int) -> Path:
    """The picture of one page; made with its neighbours when it is not there yet.

    Raises FileNotFoundError where the file itself is gone, NoPreview where it cannot be shown.
    """
    kept = _kept(file, number)
    if not kept.is_file():
        first = (number - 1) // BLOCK * BLOCK + 1
        last = min(first + BLOCK - 1, pages_shown(file))
        _make(file, list(range(first, last + 1)))
    return kept


def _kept(file: StoredFile, number: int) -> Path:
    folder = Path(settings.VAR_DIR) / "previews" / MADE_AS / file.sha256[:2]
    return folder / f"{file.sha256}-{number}.png"


def _make(file: StoredFile, numbers: list[int]) -> None:
    path = storage.path_of(file.sha256)
    if not path.is_file():
        raise FileNotFoundError(path)
    job = {
        "path": str(path.resolve()),
        "kind": KINDS[file.extension],
        "pages": numbers,
        "long_side": LONG_SIDE,
        "pixels": PIXELS,
        "source_pixels": PIXEL_LIMIT,
    }
    for number, picture in _pictures(_run(job)):
        _keep(_kept(file, number), picture)


def _run(job: dict) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, nothing typed in the arguments
            [sys.executable, "-I", str(WORKER)],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            cwd=tempfile.gettempdir(),
            env={"LANG": "C.UTF-8", "HOME": tempfile.gettempdir(), "PATH": "/usr/bin:/bin"},
        )
    except subprocess.TimeoutExpired as error:
        raise NoPreview("heavy") from error
    if done.returncode == _REFUSED:
        raise NoPreview(json.loads(done.stderr.decode().splitlines()[-1])["kind"])
    if done.returncode:  # killed at a limit, or fallen over inside the library
        raise NoPreview("heavy")
    return done.stdout


def _pictures(stream: bytes) -> list[tuple[int, bytes]]:
    found, position = [], 0
    while position < len(stream):
        number, length = _FRAME.unpack_from(stream, position)
        position += _FRAME.size
        found.append((number, stream[position : position + length]))
        position += length
    return found


def _keep(target: Path, content: bytes) -> None:
    """Whole or not at all: two readers may make the same page at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as temporary:
        temporary.write(content)
    os.replace(temporary.name, target)  # noqa: PTH105 - both names are given
