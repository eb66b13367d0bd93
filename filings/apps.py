from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilingsConfig(AppConfig):
    name = "filings"
    label = "filings"
    verbose_name = _("Filings")

    def ready(self) -> None:
        from filings import handlers, handlers_notices, tasks  # noqa: F401 - they subscribe; models are ready only now
