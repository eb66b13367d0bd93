"""Who is posted is told; who is new comes in through the link in the mail."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from filings import events
from filings.models import OfficerRole
from reviews import postings
from tests import factories

PASSWORD = "qingshan lushui 2026"


@pytest.fixture
def posted(province, supervisor, now):
    def post(email, name=""):
        posting = postings.post(
            email=email, name=name, authority=province, role=OfficerRole.REVIEWER,
            starts_on=timezone.localdate(now), by=supervisor, at=now,
        )  # fmt: skip
        events.deliver_due(at=now + dt.timedelta(minutes=1))
        return posting

    return post


def link():
    return re.search(r"http://localhost\S*?(/accounts/\S+)", mail.outbox[-1].body)[1]


def test_a_new_officer_sets_a_password_and_enters_the_desk(posted, client):
    posted("new@zj.example.cn", "许知秋")
    form = client.get(link(), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_login"), {"login": "new@zj.example.cn", "password": PASSWORD})
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_link_works_once(posted, client):
    posted("new@zj.example.cn")
    address = link()
    form = client.get(address, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    again = client.get(address, follow=True)
    assert again.context["token_fail"]


def test_a_new_officer_is_told_in_both_languages(posted):
    posted("new@zj.example.cn")
    (message,) = mail.outbox
    assert message.to == ["new@zj.example.cn"]
    assert "浙江省互联网信息办公室" in message.body
    assert "Cyberspace Administration of Zhejiang" in message.body


def test_a_known_officer_is_told_in_their_language_without_a_link_to_a_password(posted):
    factories.user("known@zj.example.cn", language="en")
    posted("known@zj.example.cn")
    (message,) = mail.outbox
    assert "Cyberspace Administration of Zhejiang" in message.body
    assert "浙江省" not in message.body
    assert "password/reset" not in message.body
