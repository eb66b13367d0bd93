from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilingsConfig(AppConfig):
    name = "filings"
    label = "filings"
    verbose_name = _("Filings")

    def ready(self) -> None:
        # They subscribe and register; models are ready only now.
        from filings import (  # noqa: F401
            annexgate,
            assessing,
            base_models,
            changes,
            cited_datasets,
            consistency,
            field_thresholds,
            handlers,
            handlers_annexes,
            handlers_batches,
            handlers_confirmations,
            handlers_labels,
            handlers_notices,
            handlers_papers,
            handlers_reliances,
            handlers_scans,
            handlers_vault,
            labels,
            reliances,
            tasks,
        )
