"""The kit's style sheets and scripts, each sent as one file.

A page may ask for ten files, and a distant county pays for each of them with a round trip. Where
static files are collected the parts of a bundle are joined, hashed and compressed as one; a
developer's server has nothing collected and serves the parts.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "css/kit.css": (
        "vendor/bootstrap-5.3.9/bootstrap.min.css",
        "css/tokens.css",
        "css/base.css",
        "css/components.css",
    ),
    "js/kit.js": ("js/page.js", "js/forms.js", "js/keep.js", "js/upload.js", "js/sheet.js"),
    "js/public.js": ("js/page.js", "js/keep.js"),
}


def join(name: str, parts: list[str]) -> str:
    """One text of several. A script keeps its names to itself, as a module of its own would."""
    if name.endswith(".css"):
        return "\n".join(parts)
    return "\n".join(f"{{\n{part}\n}}" for part in parts)


def addresses(name: str) -> list[str]:
    """What a page loads for a bundle: the bundle where it was collected, else its parts."""
    joined = isinstance(staticfiles_storage, BundledStorage)
    return [staticfiles_storage.url(one) for one in ((name,) if joined else BUNDLES[name])]


class BundledStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, with the bundles beside their parts.

    Until they are collected again a file keeps its address, and a page asks for twenty: each is
    worked out once.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's own signature
        if name not in self._known:
            self._known[name] = super().url(name, force)
        return self._known[name]

    def post_process(self, paths: dict, dry_run: bool = False, **options: Any) -> Iterator:  # noqa: FBT001, FBT002 - Django's own signature
        if not dry_run:
            for name, parts in BUNDLES.items():
                self._put(name, join(name, [_text_of(*paths[part]) for part in parts]))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)
        self._known.clear()

    def _put(self, name: str, text: str) -> None:
        self.delete(name)  # else the new one would get another name
        self.save(name, ContentFile(text.encode()))


def _text_of(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        return file.read().decode()
