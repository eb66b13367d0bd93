"""What follows a number: the matters of an entity, and each one's page."""

from django.urls import path

from filings.views import matters

urlpatterns = [
    path("entities/<int:pk>/matters/", matters.matter_list, name="matter-list"),
    path("matters/<int:pk>/", matters.matter_detail, name="matter-detail"),
]
