from django.urls import path

from handbook.views import pages, tour

app_name = "handbook"
urlpatterns = [
    path("", pages.index, name="index"),
    path("tour/", tour.tour, name="tour"),
    path("<slug:slug>/", pages.chapter, name="chapter"),
]
