"""System checks: a wrong configuration is named before it can hurt."""

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def field_encryption_keys_are_usable(**kwargs: Any) -> list[CheckMessage]:
    keys = settings.FIELD_ENCRYPTION_KEYS
    problems: list[CheckMessage] = []
    if not keys:
        problems.append(
            Error("FIELD_ENCRYPTION_KEYS is empty.", hint="Give at least one Fernet key.", id="portal.E001")
        )
    for position, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError:
            problems.append(Error(f"Key {position} of FIELD_ENCRYPTION_KEYS is no Fernet key.", id="portal.E002"))
    return problems


@register(Tags.security, deploy=True)
def public_address_is_encrypted(**kwargs: Any) -> list[CheckMessage]:
    if settings.IS_HTTPS:
        return []
    hint = "Set PUBLIC_URL=https://… and put a TLS proxy in front."
    return [
        checks.Warning(
            "PUBLIC_URL is not https: cookies and passwords travel in the clear.", hint=hint, id="portal.W001"
        )
    ]


@register(Tags.security, deploy=True)
def mail_leaves_the_machine(**kwargs: Any) -> list[CheckMessage]:
    if not settings.OUTBOX_DIR:
        return []
    return [
        checks.Warning(
            "Mail goes to a local outbox.", hint="Set EMAIL_URL=smtp://user:password@host:587.", id="portal.W002"
        )
    ]


@register(Tags.security, deploy=True)
def demonstration_is_off(**kwargs: Any) -> list[CheckMessage]:
    if not settings.DEMONSTRATION:
        return []
    hint = "Set DEMO=no: officers need no second factor in a demonstration."
    return [checks.Warning("This installation is a demonstration.", hint=hint, id="portal.W003")]
