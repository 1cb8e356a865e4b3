from django.urls import path

from accounts.views import administration, ledger, organizations, person, posts, session, tokens

app_name = "accounts"
urlpatterns = [
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("password/", session.password, name="password"),
    path("me/", person.me, name="me"),
    path("me/size/", person.text_size, name="text_size"),
    path("me/sessions/", person.sessions, name="sessions"),
    path("me/tokens/", tokens.token_list, name="token_list"),
    path("me/tokens/new/", tokens.token_new, name="token_new"),
    path("me/tokens/<uuid:pk>/", tokens.token_made, name="token_made"),
    path("me/tokens/<uuid:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("organizations/", organizations.union_tree, name="union_tree"),
    path("calendar/working-days/", organizations.working_days, name="working_days"),
    path("calendar/working-days/add/", organizations.working_day_add, name="working_day_add"),
    path(
        "calendar/working-days/<slug:day>/",
        organizations.working_day_change,
        name="working_day_change",
    ),
    path("roles/", administration.roles, name="roles"),
    path("accounts/", administration.account_list, name="account_list"),
    path("accounts/new/", administration.account_new, name="account_new"),
    path("accounts/<uuid:pk>/", administration.account_made, name="account_made"),
    path("accounts/<uuid:pk>/reset/", administration.account_reset, name="account_reset"),
    path(
        "accounts/<uuid:pk>/enable/",
        administration.account_active,
        {"is_active": True},
        name="account_enable",
    ),
    path(
        "accounts/<uuid:pk>/disable/",
        administration.account_active,
        {"is_active": False},
        name="account_disable",
    ),
    path("posts/", posts.post_list, name="post_list"),
    path("posts/new/", posts.post_new, name="post_new"),
    path("posts/<uuid:pk>/end/", posts.post_end, name="post_end"),
    path("posts/locked/<uuid:pk>/unlock/", posts.account_unlock, name="account_unlock"),
    path("audit/", ledger.event_list, name="event_list"),
    path("audit/verify/", ledger.verify, name="verify"),
]
