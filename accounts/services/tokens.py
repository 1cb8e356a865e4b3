"""Tokens of the API: made and revoked by their own person."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts import telling
from accounts.enums import Permission
from accounts.models import ApiToken, User
from accounts.tokens import digest_of, new_key, prefix_of
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock

TOKEN_DAYS = 90  # 系统默认: no rule fixes how long a token lives
TOKENS_AT_ONCE = 10


@transaction.atomic
def make_token(
    *, name: str, days: int, may_write: bool, by: User, at: datetime,
    command_id: UUID | None = None,
) -> tuple[ApiToken, str]:  # fmt: skip
    """Make a token for oneself; the second part of the answer is its key, which is not kept.

    The person is told, so that nobody makes one behind their back.
    """
    if not by.can(Permission.TOKEN_WRITE):
        raise Refused("三员账号不使用接口令牌；其他人员须先有在任岗位。")
    lock(User, pk=by.pk)
    today = at.date()
    if not 1 <= days <= TOKEN_DAYS:
        text = f"有效期最长 {TOKEN_DAYS} 天（系统默认）。"
        raise ActionBlocked(Reason(text, field="days"))
    live = ApiToken.objects.filter(user=by, revoked_at=None, expires_on__gte=today)
    if live.count() >= TOKENS_AT_ONCE:
        raise ActionBlocked(f"最多同时有 {TOKENS_AT_ONCE} 个有效令牌，请先撤销不用的。")
    key = new_key()
    token = ApiToken.objects.create(
        user=by, name=name, prefix=prefix_of(key), sha256=digest_of(key), may_write=may_write,
        created_at=at, expires_on=today + timedelta(days=days),
    )  # fmt: skip
    kind = "可以办理" if may_write else "只读"
    event = record(
        case_id=by.pk,
        code="accounts.token.made",
        title=f"建立接口令牌：{token}，{kind}，{token.expires_on} 止",
        by=by,
        at=at,
        command_id=command_id,
        body={"token": token.pk},
    )
    telling.teller()(
        users=[by],
        title=f"已建立接口令牌“{name}”",
        body="如果不是您本人建立的，请立即撤销并修改密码，再联系安全管理员。",
        url="/me/tokens/",
        kind="accounts.token.made",
        dedupe_key=f"accounts.token.made:{event.pk}",
        at=at,
        case_id=by.pk,
    )
    return token, key


@transaction.atomic
def revoke_token(
    *, token: ApiToken, by: User, at: datetime, command_id: UUID | None = None
) -> ApiToken:
    """End one's own token at once; the row stays as the record of it."""
    token = lock(ApiToken, pk=token.pk)
    if token.user_id != by.pk:
        raise Refused("只能撤销本人的接口令牌。")
    if token.revoked_at:
        raise ActionBlocked("这个令牌已经撤销。")
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(
        case_id=by.pk,
        code="accounts.token.revoked",
        title=f"撤销接口令牌：{token}",
        by=by,
        at=at,
        command_id=command_id,
        body={"token": token.pk},
    )
    return token


def note_token_use(*, token: ApiToken, on: date) -> None:
    """Keep the last day of use: one write a day, so that reading stays reading."""
    if token.last_used_on != on:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=on)


def end_tokens(user: User, *, at: datetime) -> None:
    """A password that changed may have been known to others, and so may the tokens."""
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
