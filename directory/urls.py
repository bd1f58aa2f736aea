"""The directory's addresses below the language prefix: no word of a name or a subject in any path."""

from django.urls import path

from directory import feedback_views, finder_views, shortlist_views, site_views, views

app_name = "directory"

urlpatterns = [
    path("services/", views.service_list, name="services"),
    path("services/<slug:code>/", views.service_detail, name="service"),
    path("organizations/", views.organization_list, name="organizations"),
    path("organizations/<slug:code>/", views.organization_detail, name="organization"),
    path("organizations/<slug:code>/<slug:site>/", site_views.before_site, name="site"),
    path("find/", finder_views.finder_step, name="finder"),
    path("find/<slug:trail>/", finder_views.finder_step, name="finder_step"),
    path("n/<slug:code>/", feedback_views.note, name="note"),
    path("n/<slug:code>/again/", feedback_views.note, {"again": True}, name="note_again"),
    path("n/<slug:code>/sent/", feedback_views.sent, name="note_sent"),
    path("list/", shortlist_views.kept_list, name="kept"),
    path("list/card/", shortlist_views.kept_card, name="kept_card"),
    path("list/sheet/", shortlist_views.kept_sheet, name="kept_sheet"),
    path("list/sheet/<slug:other>/", shortlist_views.kept_sheet, name="kept_sheet_in"),
    path(
        "list/sheet/<slug:other>/all/", shortlist_views.kept_sheet, {"whole": True}, name="kept_sheet_whole"
    ),
    path("list/share/", shortlist_views.kept_share, name="kept_share"),
    path("places/", views.place_list, name="places"),
]
