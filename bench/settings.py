"""The portal's settings on a bench database, with the baselines' addresses added; nothing else differs."""

import os

from portal.settings import *  # noqa: F403
from portal.settings import BASE_DIR, DATABASES, INSTALLED_APPS, TEMPLATES, VAR_DIR

DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "templates"]
TEMPLATES.append(
    {
        "NAME": "stock",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": TEMPLATES[0]["OPTIONS"]["context_processors"]},
    }
)
DEMONSTRATION = True  # the officers of a bench have no second factor
LOGGING["root"]["level"] = "WARNING"  # noqa: F405

MEDIA_ROOT = VAR_DIR / "bench" / "media"
STATIC_ROOT = VAR_DIR / "bench" / "static"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str] = {}
BROKER_DIR = None
