"""One-time passwords: made here, shown once, changed at the first login."""

import secrets

CLEAR_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none to be mistaken


def one_time_password() -> str:
    """Return a random password that can be read out and copied by hand."""
    groups = ["".join(secrets.choice(CLEAR_LETTERS) for _ in range(4)) for _ in range(4)]
    return "-".join(groups)
