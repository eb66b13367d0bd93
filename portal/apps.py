from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        # Both register themselves: tasks need the configured application, checks the registry.
        from portal import celery, checks  # noqa: F401
