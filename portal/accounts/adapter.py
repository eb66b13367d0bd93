"""Our few answers to the sign-in library's questions: where to go, and in which language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from portal.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Sends officers to their desk and providers to their filings, in the language they chose."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        return home_of(user) if isinstance(user, User) else reverse("portal:home")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def post_login(self, request: HttpRequest, user: User, **known: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **known)
        if not known.get("signup"):
            remember_language(response, user.language)
        return response

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
        saved: User = super().save_user(request, user, form, commit)
        return saved


def home_of(user: User) -> str:
    """The page a person starts from: the desk for officers, the entity's filings for providers."""
    return reverse("admin:index") if user.is_staff else reverse("filings:home")


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the language in the browser, as the language switch does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]  # one of the three words
    )
