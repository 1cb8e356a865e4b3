from django.urls import path

from accounts.views import organizations, session

app_name = "accounts"
urlpatterns = [
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("password/", session.password, name="password"),
    path("me/", session.me, name="me"),
    path("organizations/", organizations.union_tree, name="union_tree"),
    path("calendar/working-days/", organizations.working_days, name="working_days"),
    path("calendar/working-days/add/", organizations.working_day_add, name="working_day_add"),
    path(
        "calendar/working-days/<slug:day>/",
        organizations.working_day_change,
        name="working_day_change",
    ),
]
