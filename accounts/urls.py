from django.urls import path

from accounts.views import session

app_name = "accounts"
urlpatterns = [
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("password/", session.password, name="password"),
    path("me/", session.me, name="me"),
]
