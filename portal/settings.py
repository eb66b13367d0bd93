"""Settings of every installation, read from the environment; docs/reference/settings.md lists them."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from portal import embedded, env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
DEBUG = env.flag("DEBUG", default=False)

# Where people reach the portal. Links in mail, QR codes and passkeys depend on it.
PORT = env.integer("PORT", 8000, least=1)
PUBLIC_URL = env.text("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
IS_HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [
    urlsplit(PUBLIC_URL).hostname or "localhost",
    *env.words("ALLOWED_HOSTS", "" if IS_HTTPS else "localhost,127.0.0.1,[::1]"),
]
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", PUBLIC_URL if IS_HTTPS else "")
PORTAL_NAME = _("Algorithm filing portal")

# Invented filings, sign-ins shown, officers without MFA: `make run` says yes, an installation no.
DEMONSTRATION = env.flag("DEMO", default="DATABASE_URL" not in os.environ and not IS_HTTPS)

# Database: the embedded server unless another one is named.
DATABASE_URL = env.text("DATABASE_URL", "")
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **(env.database(DATABASE_URL) if DATABASE_URL else embedded.settings()),
        "CONN_MAX_AGE": env.integer("DATABASE_CONN_MAX_AGE", 300),
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 3, **DATABASES["default"]["OPTIONS"]}

# Secrets: made once under var/secrets only where the database is ours as well.
SECRETS_DIR = VAR_DIR / "secrets"
SECRET_KEY = env.kept_secret("SECRET_KEY", folder=SECRETS_DIR, make=None if DATABASE_URL else env.random_secret)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
# Fernet keys for personal values: the first encrypts, all decrypt.
FIELD_ENCRYPTION_KEYS = (
    env.kept_secret("FIELD_ENCRYPTION_KEYS", folder=SECRETS_DIR, make=None if DATABASE_URL else env.random_fernet_key)
    .replace("\n", ",")
    .split(",")
)

SECRETS_MADE_HERE = [name for name in ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS") if not env.is_told(name)]

INSTALLED_APPS = [
    "portal",
    "reviews",
    "filings",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.PrivateUnlessSaid",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.SecondFactorForOfficers",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Languages and time. Deadlines are Chinese working days; moments are stored in UTC.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# People: one library for sign-up, sign-in, throttling, MFA and sessions, the admin's included.
AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "portal.accounts.forms.SignupForm"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Complaints and objections by anybody: an address, an entry, looking up by receipt code.
ACCOUNT_RATE_LIMITS = {"complain": "10/h/ip", "complain_entry": "60/d/key", "receipt": "60/h/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 1 if IS_HTTPS else 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Algorithm filing"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS

# The browser's side of security: nothing inline, nothing from elsewhere.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 31_536_000) if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = env.integer("SESSION_HOURS", 12, least=1) * 3600
SESSION_COOKIE_NAME = "portal_session"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
S3_BUCKET = env.text("S3_BUCKET", "")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.text("S3_ENDPOINT_URL", "") or None,
            "access_key": env.text("S3_ACCESS_KEY"),
            "secret_key": env.text("S3_SECRET_KEY"),
            "default_acl": "private",
            "file_overwrite": False,
        },
    }

# Shared by all processes (throttling counts there); the table is made by a migration.
# Limits of throttling and used challenges alone, none of which may be dropped early: the stock 300 are few.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# Mail: kept in a local outbox until a server is named.
EMAIL_URL = urlsplit(env.text("EMAIL_URL", ""))
OUTBOX_DIR = None if EMAIL_URL.hostname else VAR_DIR / "outbox"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "portal@localhost")
MAILERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(OUTBOX_DIR)},
    }
}
if EMAIL_URL.hostname:
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": EMAIL_URL.hostname,
            "port": EMAIL_URL.port or (465 if EMAIL_URL.scheme == "smtps" else 587),
            "username": unquote(EMAIL_URL.username or ""),
            "password": unquote(EMAIL_URL.password or ""),
            "use_ssl": EMAIL_URL.scheme == "smtps",
            "use_tls": EMAIL_URL.scheme == "smtp" and env.flag("EMAIL_STARTTLS", default=True),
            "timeout": 10,
        },
    }

# Work in the background. The broker is only a bell: what must be done stands in delivery rows.
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "filesystem://")
BROKER_DIR = VAR_DIR / "broker" if CELERY_BROKER_URL.startswith("filesystem") else None
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {}
if BROKER_DIR:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
if CELERY_BROKER_URL.startswith("amqp"):
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# The schedule of the house: name → {"task": "<fixed task name>", "schedule": seconds or crontab(...)}.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver": {"task": "filings.deliver", "schedule": 10.0, "kwargs": {"rung_by": "beat"}},
    "sweep-leases": {"task": "reviews.sweep_leases", "schedule": 300.0},
    "expire-vault": {"task": "filings.expire_vault", "schedule": 3600.0},
    "watch-dates": {"task": "reviews.watch_dates", "schedule": 3600.0},
    "watch-confirmations": {"task": "filings.watch_confirmations", "schedule": 3600.0},
    "publish-batches": {"task": "reviews.publish_batches", "schedule": 600.0},
    "end-agencies": {"task": "filings.end_agencies", "schedule": 3600.0},
}

# Uploads are scanned for viruses where a scanner listens.
CLAMD_SOCKET = env.text("CLAMD_SOCKET", "")

# Figures at /health/metrics; without a token only this machine itself reads them.
METRICS_TOKEN = env.text("METRICS_TOKEN", "").strip()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.logs.JsonLine"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json"},
        "mail_admins": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "gunicorn.http": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},  # a broker of files has no host name
        "celery": {"level": "WARNING"},
    },
}
