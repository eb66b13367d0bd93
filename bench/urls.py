"""The portal's addresses as they are, and beside them those of the baselines."""

from django.urls import path

from bench import bare
from bench.stock import site
from portal.urls import handler500
from portal.urls import urlpatterns as of_the_portal

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [
    *of_the_portal,
    path("bare/register/", bare.search),
    path("bare/register/<str:number>/", bare.entry),
    path("bare/verify/<str:number>/", bare.verify),
    path("bare/entities/<int:pk>/", bare.entity),
    path("stock/", site.urls),
]
