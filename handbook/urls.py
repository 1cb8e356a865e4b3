from django.urls import path

from handbook.views import pages

app_name = "handbook"
urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:slug>/", pages.chapter, name="chapter"),
]
