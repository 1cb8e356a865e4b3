"""What changes accounts, posts and tokens."""

from accounts.services.people import (
    appoint_first_admins,
    assign_post,
    change_password,
    create_user,
    end_post,
    reset_password,
    set_active,
    unlock,
)
from accounts.services.tokens import TOKEN_DAYS, make_token, note_token_use, revoke_token

__all__ = [
    "TOKEN_DAYS",
    "appoint_first_admins",
    "assign_post",
    "change_password",
    "create_user",
    "end_post",
    "make_token",
    "note_token_use",
    "reset_password",
    "revoke_token",
    "set_active",
    "unlock",
]
