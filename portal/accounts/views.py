from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.adapter import remember_language
from portal.accounts.forms import ProfileForm
from portal.models import User


def profile(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    known = {"display_name": user.display_name, "language": user.language}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=known)
    if not form.is_valid():
        return render(request, "account/profile.html", {"form": form}, status=422 if form.is_bound else 200)
    user.display_name, user.language = form.cleaned_data["display_name"], form.cleaned_data["language"]
    user.save(update_fields=["display_name", "language"])
    response = redirect("account_profile")
    remember_language(response, user.language)
    with translation.override(user.language):
        messages.success(request, _("Your name and language are saved."))
    return response
