import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.urls import reverse


@pytest.fixture
def outbox(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    return tmp_path


def put(
    folder,
    to="wang@example.cn",
    subject="请验证您的邮箱",
    body="打开 http://localhost:8000/accounts/confirm-email/abc/",
):
    EmailBackend(alias="default", file_path=str(folder)).send_messages(
        [EmailMessage(subject, body, "portal@example.cn", [to])]
    )


def test_mails_are_listed_newest_first_and_their_links_can_be_followed(client, db, outbox):
    put(outbox)
    letter = client.get(reverse("portal:outbox-list")).context["letters"][0]
    page = client.get(reverse("portal:outbox-detail", args=[letter.name, letter.number]))

    assert (letter.to, letter.subject) == ("wang@example.cn", "请验证您的邮箱")
    assert '<a href="http://localhost:8000/accounts/confirm-email/abc/"' in page.text


def test_mails_to_one_address_can_be_picked_out(client, db, outbox):
    put(outbox)
    put(outbox, to="li@example.cn")

    letters = client.get(reverse("portal:outbox-list"), {"to": "li@"}).context["letters"]
    assert [letter.to for letter in letters] == ["li@example.cn"]


@pytest.mark.parametrize("name", ["..%2Fsecrets", "nothing.log", "a b.log", f"{'a' * 300}.log"])
def test_a_name_that_is_no_mail_is_not_found(client, db, outbox, name):
    assert client.get(f"/outbox/{name}/0/").status_code == 404


def test_outside_the_demonstration_there_is_no_outbox(client, db, outbox, settings):
    put(outbox)
    settings.DEMONSTRATION = False

    assert client.get(reverse("portal:outbox-list")).status_code == 404
