"""The request of a page that only signed-in people reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from portal.models import User


LONGEST_NUMBER = 18  # digits that a bigint holds; longer texts cost time to read and name no row


def number(text: str) -> int | None:
    """A row's number out of an address; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


class PersonRequest(HttpRequest):
    """``LoginRequiredMiddleware`` let it through, so that its user is a person. For annotations."""

    user: User
