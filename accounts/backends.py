"""Who asks: the person of a session, read together with their posts."""

from datetime import date
from functools import lru_cache

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from accounts import telling
from accounts.models import Post, User
from core import clock


@lru_cache(maxsize=2)
def _posts_on(day: date) -> QuerySet[Post]:
    """The posts of a day with their people, not asked for yet: every request asks for its own."""
    posts = Post.objects.in_force(day).select_related("user", "union").order_by("pk")
    return posts.annotate(unread=telling.unread_of_a_post())


class PostedBackend(ModelBackend):
    """Django's own passwords; a session's person comes with their posts of today, and with the
    number beside the bell, in one query.
    """

    def get_user(self, user_id) -> User | None:
        posts = list(_posts_on(clock.today()).filter(user=user_id))
        if not posts:
            return super().get_user(user_id)
        user = posts[0].user
        user.keep_posts(posts)
        user.unread_count = posts[0].unread
        return user if self.user_can_authenticate(user) else None
