import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse

from tests import factories
from tests.browser import DESKTOP, PHONE, assert_accessible, assert_fits

PASSWORD = "crane-lantern-42-river"
OPEN = ["account_login", "account_signup", "account_reset_password"]
OWN = [
    "account_profile", "account_email", "account_change_password", "mfa_index", "mfa_activate_totp",
    "mfa_add_webauthn", "usersessions_list", "account_logout",
]  # fmt: skip


@pytest.fixture
def person(db, installation):
    cache.clear()
    user = factories.user("wang@example.cn", "王小雨")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


@pytest.mark.journey
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_account_pages_fit_and_are_accessible(page_at, person, width, language):
    person.language = language
    person.save()
    page = page_at(width=width, language=language)
    for name in OPEN:
        page.goto(reverse(name))
        assert_accessible(page)
        assert_fits(page)

    page.goto(reverse("account_login"))
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    for name in OWN:
        page.goto(reverse(name))
        if "/reauthenticate/" in page.url:
            assert_accessible(page)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
        assert page.url.endswith(reverse(name))
        assert_accessible(page)
        assert_fits(page)
