"""The request of a page that only signed-in people reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from portal.models import User


class PersonRequest(HttpRequest):
    """``LoginRequiredMiddleware`` let it through, so that its user is a person. For annotations."""

    user: User
