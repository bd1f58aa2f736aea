"""Addresses of the search page below the language prefix; typed words stand in none of them."""

from django.urls import path

from search import views

app_name = "search"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("r/<str:token>/", views.sealed, name="sealed"),
]
