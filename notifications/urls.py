from django.urls import path

from notifications.views import deliveries, inbox, preferences

app_name = "notifications"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox_read_all"),
    path("inbox/<uuid:pk>/read/", inbox.read_one, name="inbox_read"),
    path("me/mail/", preferences.mail, name="mail"),
    path("me/calendar/", preferences.calendar, name="calendar"),
    path("calendar/<str:token>.ics", preferences.calendar_feed, name="calendar_feed"),
    path("deliveries/", deliveries.delivery_list, name="delivery_list"),
    path("deliveries/<uuid:pk>/requeue/", deliveries.requeue, name="delivery_requeue"),
]
