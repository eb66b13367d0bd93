from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    label = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        # They subscribe; models are ready only now.
        from reviews import handlers, handlers_deliveries, handlers_papers, handlers_postings  # noqa: F401
