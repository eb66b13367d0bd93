from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    label = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        # They subscribe and register; models are ready only now.
        from reviews import (  # noqa: F401
            altering,
            endings,
            handlers,
            handlers_deliveries,
            handlers_papers,
            handlers_postings,
        )
