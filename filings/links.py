"""One-time links sent by mail: the token is made anew when it is needed, and only its digest is stored."""

import hashlib

from django.conf import settings
from django.utils.crypto import salted_hmac


def tokens(purpose: str, facts: str) -> list[str]:
    """What the token of a link is under each secret in force, the newest first.

    ``facts`` tell one link from every other of its ``purpose``.
    """
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(purpose, facts, secret=secret, algorithm="sha256").hexdigest() for secret in secrets]


def matching(purpose: str, facts: str, *, stored: str) -> str | None:
    """The token whose digest is stored; None when the secret was changed and its fallbacks dropped."""
    return next((token for token in tokens(purpose, facts) if digest(token) == stored), None)


def digest(token: str) -> str:
    """What is stored of a token: SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
