from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from portal import health
from reviews.admin.site import desk

urlpatterns = [
    path("", include("portal.site_urls")),
    path("", include("portal.register.urls")),
    path("", include("portal.complaints.urls")),
    path("", include("portal.opendata.urls")),
    path("", include("filings.urls")),
    path("api/", include("portal.api.urls")),
    path("accounts/", include("portal.accounts.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("health/metrics", health.metrics, name="health-metrics"),
    path("admin/", desk.urls),
]

handler500 = "portal.middleware.server_error"
