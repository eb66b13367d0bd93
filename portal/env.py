"""Typed readers of the environment; what cannot be read stops the start with a plain message."""

import base64
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file that `<name>_FILE` names, or the default.

    Raises ImproperlyConfigured when there is none of them, or two at once.
    """
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value is not None and path is not None:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if path is not None:
        return _content(name, Path(path))
    if value is None:
        value = default
    if value is None:
        raise ImproperlyConfigured(f"The environment variable {name} (or {name}_FILE) is missing.")
    return value


def _content(name: str, path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from error


def flag(name: str, *, default: bool) -> bool:
    """A yes or no; anything else is refused rather than guessed."""
    value = text(name, "yes" if default else "no").strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value in TRUE


def integer(name: str, default: int, *, least: int = 0) -> int:
    """A whole number not below `least`."""
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if number < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {number}.")
    return number


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas or line ends, empty parts left out."""
    parts = text(name, default).replace("\n", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def is_told(name: str) -> bool:
    """Whether the environment gives the variable, or names a file that holds it."""
    return name in os.environ or f"{name}_FILE" in os.environ


def kept_secret(name: str, *, folder: Path, make: Callable[[], str] | None) -> str:
    """A secret from the environment, else from `folder`, else made there once by `make`.

    With `make=None` (an installation with a database of its own) a missing secret is an error:
    a key made silently on one machine would be lost with it.
    """
    if is_told(name):
        return text(name)
    path = folder / name.lower()
    if not path.exists():
        if make is None:
            return text(name)
        _write_once(path, make())
    return _content(name, path)


def _write_once(path: Path, value: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    draft.touch(mode=0o600)
    draft.write_text(value + "\n")
    with suppress(FileExistsError):  # another process was first; its secret counts
        os.link(draft, path)
    draft.unlink()


def random_secret() -> str:
    return secrets.token_urlsafe(50)


def random_fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def database(url: str) -> dict[str, Any]:
    """Django's database settings from `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
