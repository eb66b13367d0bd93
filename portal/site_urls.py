"""Addresses of the public front."""

from django.urls import path

from portal import pages

app_name = "portal"

urlpatterns = [
    path("", pages.home, name="home"),
    path("guide/", pages.guide_overview, name="guide"),
    path("guide/check/", pages.guide_check, name="guide-check"),
    path("guide/checklist/", pages.guide_checklist, name="guide-checklist"),
    path("guide/specimen/", pages.guide_specimen, name="guide-specimen"),
    path("law/", pages.law_list, name="law-list"),
    path("law/<slug:key>/", pages.law_detail, name="law-detail"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("style/", pages.style_page, name="style"),
    path("outbox/", pages.outbox_list, name="outbox-list"),
    path("outbox/<str:name>/<int:number>/", pages.outbox_detail, name="outbox-detail"),
]
