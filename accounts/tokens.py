"""What a token of the API looks like, and what is kept of it."""

import secrets

from core.canonical import sha256_of

MARK = "uo_"  # so that scanners of leaked secrets know one when they see it
PREFIX_LENGTH = 8
SECRET_BYTES = 32


def new_key() -> str:
    """A key nobody can guess: `uo_`, then 256 random bits."""
    return MARK + secrets.token_urlsafe(SECRET_BYTES)


def prefix_of(key: str) -> str:
    """The beginning by which a person knows their token again."""
    return key[: len(MARK) + PREFIX_LENGTH]


def digest_of(key: str) -> str:
    """What is stored: a plain hash is enough for a random key, and is found by its index."""
    return sha256_of(key)
