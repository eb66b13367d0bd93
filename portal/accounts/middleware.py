"""Officers sign in with a second factor, outside the demonstration."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# The desk, and the addresses beside it at which officers, too, fetch files and reveal personal values.
GUARDED = ("admin", "filings")


class SecondFactorForOfficers:
    """Keeps an officer out of desk and dossiers until a second factor is set up.

    Accounts of providers may do without one. `settings.DEMONSTRATION` lifts the demand.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if settings.DEMONSTRATION or match is None or match.app_name not in GUARDED:
            return None
        user = request.user
        if not user.is_authenticated or not user.is_staff or is_mfa_enabled(user):
            return None
        messages.warning(request, _("Officers need a second factor. Set one up to reach your desk."))
        return redirect("mfa_index")
