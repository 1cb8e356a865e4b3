"""The tabs of a person's own pages; each app above adds its page by its address."""

PAGES = (
    ("岗位和字号", "/me/"),
    ("邮件提醒", "/me/mail/"),
    ("日历订阅", "/me/calendar/"),
    ("登录和密码", "/me/sessions/"),
    ("接口令牌", "/me/tokens/"),
    ("快捷键", "/help/shortcuts/"),
)


def tabs(current: str) -> list[dict]:
    """The tabs, with the page that is open."""
    return [
        {"label": label, "url": url, "current": url == current, "count": None}
        for label, url in PAGES
    ]
