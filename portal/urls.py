from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from portal import health

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # throttling and MFA

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("health/metrics", health.metrics, name="health-metrics"),
    path("admin/", admin.site.urls),
]

handler500 = "portal.middleware.server_error"
