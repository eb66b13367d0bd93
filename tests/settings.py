"""The portal's settings with what tests need: no waiting for hashers, no mail, a database of their own."""

import os
import tempfile

from portal import catalogues, embedded

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop and the ORM share a thread
if "DATABASE_URL" in os.environ:
    os.environ.setdefault("SECRET_KEY", "only-for-tests")
    os.environ.setdefault("FIELD_ENCRYPTION_KEYS", "kF0bSg2Wgq2nZ3yqzU5S9R1dJb0cXkz6d0cUq2QeO1g=")
else:
    embedded.ensure_running()

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, LOCALE_PATHS, STORAGES, VAR_DIR

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
DATABASES["default"]["TEST"] = {"NAME": f"test_{os.environ.get('TEST_DATABASE', 'portal')}"}  # xdist adds its worker
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"

DEMONSTRATION = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

SCRATCH_DIR = tempfile.mkdtemp(prefix=f"portal-{_worker or 'tests'}-")
MEDIA_ROOT = f"{SCRATCH_DIR}/media"
SCREENSHOT_DIR = VAR_DIR / "screenshots"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str] = {}
BROKER_DIR = None

catalogues.compile_stale(LOCALE_PATHS)  # a bare checkout has none, and Django reads them once, when it starts
