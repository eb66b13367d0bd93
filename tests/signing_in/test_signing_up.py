import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from portal.models import User

FORM = {
    "display_name": "王小雨",
    "email": "wang@example.cn",
    "password1": "crane-lantern-42-river",
    "password2": "crane-lantern-42-river",
}


@pytest.fixture(autouse=True)
def _unthrottled():
    cache.clear()


def confirm(client):
    link = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    return client.post(link)


def test_an_address_is_verified_before_the_account_can_be_used(client, db):
    answer = client.post(reverse("account_signup"), FORM)

    assert answer.url == reverse("account_email_verification_sent")
    assert client.get(reverse("account_profile")).status_code == 302
    assert confirm(client).status_code == 302
    assert client.get(reverse("account_profile")).status_code == 200


def test_who_came_from_the_guide_returns_to_the_draft_after_verifying(client, db):
    client.post(reverse("account_signup"), {**FORM, "next": "/guide/?kind=deep_synthesis"})

    assert confirm(client).url == "/guide/?kind=deep_synthesis"


def test_the_verification_mail_is_chinese_and_ours(client, db):
    client.post(reverse("account_signup"), FORM)

    assert "example.com" not in mail.outbox[0].body
    assert re.search(r"[\u4e00-\u9fff]", mail.outbox[0].subject)


@pytest.mark.parametrize(
    ("password", "why"),
    [("short-1", "12"), ("123456789012345", "数字"), ("password1234", "常见"), ("wang@example.cn", "相似")],
)
def test_a_weak_password_is_refused_with_the_reason(client, db, password, why):
    page = client.post(reverse("account_signup"), {**FORM, "password1": password, "password2": password})

    assert any(why in error for error in page.context["form"].errors["password1"])
    assert User.objects.count() == 0


def test_signing_up_with_a_known_address_does_not_tell_that_it_is_known(client, provider):
    answer = client.post(reverse("account_signup"), {**FORM, "email": provider.email})

    assert answer.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1


def test_the_account_remembers_the_language_it_was_made_in(client, db):
    client.cookies["django_language"] = "en"
    client.post(reverse("account_signup"), FORM)

    assert User.objects.get().language == "en"


def test_a_form_with_errors_says_them_at_the_fields_and_in_a_summary(client, db):
    page = client.post(reverse("account_signup"), {**FORM, "display_name": ""})

    assert 'href="#id_display_name"' in page.text
    assert 'id="id_display_name_error"' in page.text
    assert 'aria-describedby="id_display_name_helptext id_display_name_error"' in page.text
