"""Evidence and papers: uploading, fetching, and revealing a sealed value."""

from django.urls import path

from filings.views import files

urlpatterns = [
    path("entities/<int:entity>/files/", files.upload, name="attachment-upload"),
    path("files/<uuid:pk>/", files.download, name="attachment-download"),
    path("papers/<int:pk>/", files.paper, name="paper-download"),
    path("sealed/<uuid:pk>/reveal/", files.reveal, name="sealed-reveal"),
]
