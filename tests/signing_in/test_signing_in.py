import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.urls import reverse

from tests import factories

PASSWORD = "crane-lantern-42-river"


@pytest.fixture(autouse=True)
def _unthrottled():
    cache.clear()


@pytest.fixture
def person(db):
    user = factories.user("wang@example.cn", "王小雨")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def sign_in(client, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": "wang@example.cn", "password": password, **more})


def test_a_provider_lands_on_the_entitys_home_and_an_officer_on_the_desk(client, person):
    provider = sign_in(client).url
    client.logout()
    person.is_staff = True
    person.save()

    assert provider != sign_in(client).url == reverse("admin:index")


def test_after_signing_in_again_a_person_is_where_they_were(client, person):
    asked = client.get(reverse("account_profile")).url

    assert sign_in(client, next=asked.partition("next=")[2]).url == reverse("account_profile")


def test_guessing_a_password_is_slowed_down(client, person):
    for _guess in range(10):
        sign_in(client, password="wrong")

    page = sign_in(client)
    assert "_auth_user_id" not in client.session
    assert page.status_code in (200, 429)


def test_a_link_to_another_site_is_not_followed_after_signing_in(client, person):
    assert sign_in(client, next="https://example.org/").url.startswith("/")


def test_signing_in_brings_back_the_language_of_the_account(client, person):
    person.language = "en"
    person.save()

    assert sign_in(client).cookies["django_language"].value == "en"


def test_name_and_language_can_be_changed(client, person):
    client.force_login(person)
    answer = client.post(reverse("account_profile"), {"display_name": "王雨", "language": "en"})
    person.refresh_from_db()

    assert (person.display_name, person.language) == ("王雨", "en")
    assert answer.cookies["django_language"].value == "en"


def test_an_officer_needs_a_second_factor_outside_the_demonstration(client, intake, settings):
    settings.DEMONSTRATION = False
    client.force_login(intake)

    assert client.get(reverse("admin:index")).url == reverse("mfa_index")
    TOTP.activate(intake, generate_totp_secret())
    assert client.get(reverse("admin:index")).status_code == 200


def test_with_a_second_factor_the_password_alone_is_not_enough(client, person):
    TOTP.activate(person, generate_totp_secret())

    assert sign_in(client).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_the_admins_sign_in_is_the_portals_own(client, person):
    assert client.get(reverse("admin:login")).url.startswith(reverse("account_login"))


def test_devices_are_listed_and_the_others_can_be_signed_out(client, person):
    sign_in(client)

    assert len(client.get(reverse("usersessions_list")).context["sessions"]) == 1


PAGES = [
    "account_login", "account_signup", "account_reset_password", "account_profile", "account_email",
    "account_change_password", "account_logout", "mfa_index", "usersessions_list",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_account_pages_stand_in_our_shell(client, person, name):
    if name not in {"account_login", "account_signup", "account_reset_password"}:
        client.force_login(person)

    page = client.get(reverse(name))
    assert page.status_code == 200
    assert 'class="site-header"' in page.text
    assert "style=" not in page.text
