"""What changes accounts, posts, tokens and kept lists."""

from accounts.services.lists import MOST_VIEWS, forget_view, record_export, save_view
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
    "MOST_VIEWS",
    "TOKEN_DAYS",
    "appoint_first_admins",
    "assign_post",
    "change_password",
    "create_user",
    "end_post",
    "forget_view",
    "make_token",
    "note_token_use",
    "record_export",
    "reset_password",
    "revoke_token",
    "save_view",
    "set_active",
    "unlock",
]
