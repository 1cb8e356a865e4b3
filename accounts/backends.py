"""Who asks: the person of a session, read together with their posts."""

from django.contrib.auth.backends import ModelBackend

from accounts.models import Post, User
from core import clock


class PostedBackend(ModelBackend):
    """Django's own passwords; a session's person comes with their posts of today in one query."""

    def get_user(self, user_id) -> User | None:
        posts = list(
            Post.objects.in_force(clock.today())
            .filter(user=user_id)
            .select_related("user", "union")
            .order_by("pk")
        )
        if not posts:
            return super().get_user(user_id)
        user = posts[0].user
        user.keep_posts(posts)
        return user if self.user_can_authenticate(user) else None
