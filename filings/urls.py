"""The provider's pages; each list belongs to one part of the work."""

from filings import (
    urls_annexes,
    urls_calendar,
    urls_datasets,
    urls_endings,
    urls_entity,
    urls_files,
    urls_matters,
    urls_procedure,
    urls_sections,
)

app_name = "filings"
urlpatterns = [
    *urls_entity.urlpatterns,
    *urls_procedure.urlpatterns,
    *urls_sections.urlpatterns,
    *urls_annexes.urlpatterns,
    *urls_files.urlpatterns,
    *urls_calendar.urlpatterns,
    *urls_datasets.urlpatterns,
    *urls_matters.urlpatterns,
    *urls_endings.urlpatterns,
]
