"""The pages on which answers are written: sections of a dossier and of an entity's profile."""

from django.urls import path

from filings.views import lookups, sections

urlpatterns = [
    path("procedures/<int:pk>/dossier/<slug:slug>/", sections.dossier_section, name="dossier-section"),
    path("entities/<int:pk>/profile/<slug:slug>/", sections.profile_section, name="profile-section"),
    path("regions/", sections.region_search, name="region-search"),
    path("models/", lookups.model_search, name="model-search"),
]
