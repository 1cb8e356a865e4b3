import pytest

from accounts.models import User


@pytest.fixture
def reader(client, db):
    """A client logged in as a person without any post."""
    user = User.objects.create_user("reader", name="刘洋", must_change_password=False)
    client.force_login(user, backend="accounts.backends.PostedBackend")
    return client
