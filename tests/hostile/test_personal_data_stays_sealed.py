"""A whole walk, then a search for an identity number and a mobile in everything it left behind."""

import logging

from django.core import mail
from django.urls import reverse

from filings import events
from filings.models import Confirmation, SealedValue, Submission
from tests import factories
from tests.hostile.searching import tables_that_hold

TYPED = "110101199003070011"
MOBILE = "13912345678"


def everything_typed(client, provider, entity):
    """Personal values come through the form, by button and in the background, whole and half."""
    client.force_login(provider)
    path = reverse("filings:profile-section", args=[entity.pk, "legal_representative"])
    facts = {
        "legal_representative-document_type": "id_card", "legal_representative-document_number": TYPED,
        "legal_representative-mobile": MOBILE,
    }  # fmt: skip
    version = entity.section_versions["legal_representative"]
    pages = [client.post(path, facts | {"base_version": version}, headers={"X-Autosave": "1"})]
    pages += [client.post(path, facts | {"base_version": each}) for each in (version, version + 1, 0)]
    pages += [client.get(path), client.get(f"{path}?check=1")]
    return pages


def test_an_identity_number_is_in_no_table_event_log_mail_or_address(
    client, provider, entity, draft, now, caplog, intake, reviewer
):
    caplog.set_level(logging.DEBUG)
    pages = everything_typed(client, provider, entity)
    assert SealedValue.objects.filter(entity=entity).count() > 2
    submitted = factories.submit(draft, by=provider, at=now)
    events.deliver_due()
    client.force_login(intake)
    pages.append(client.get(reverse("admin:filings_entityversion_change", args=[entity.versions.first().pk])))
    assert Submission.objects.filter(procedure=submitted).exists()
    said = "\n".join([*(page.content.decode() for page in pages), *(page.get("Location", "") for page in pages)])
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    mailed = "\n".join(f"{letter.subject}\n{letter.body}" for letter in mail.outbox)
    for value in (TYPED, MOBILE, factories.IDENTITY_NUMBER):
        assert tables_that_hold(value) == []
        assert value not in logged
        assert value not in mailed
    assert factories.IDENTITY_NUMBER not in said


def test_the_last_four_that_a_person_types_are_kept_nowhere(client, draft, provider, now, caplog):
    from filings import sealing

    lock = sealing.lock(procedure=draft, by=provider, at=now)
    (link,) = sealing.invite(sealing=lock, emails={"legal_representative": "l@example.cn"}, by=provider, at=now)
    typed = {"name": link.person_name, "last_four": "QX7Z", "agrees": "on"}
    client.post(reverse("filings:confirm", args=[sealing.token_of(link)]), typed)
    assert Confirmation.objects.get().attempts == 1
    assert tables_that_hold("QX7Z") == []
    assert "QX7Z" not in caplog.text


def test_a_failure_is_logged_without_address_query_or_values(client, entity, provider, caplog, monkeypatch):
    from filings.views import confirming
    from portal.logs import JsonLine

    def broken(token, *, at):
        raise ValueError(f"first line\nDETAIL: {factories.IDENTITY_NUMBER}")

    monkeypatch.setattr(confirming.sealing, "open_link", broken)
    client.raise_request_exception = False
    assert client.get("/confirm/secret-token/?q=query-text").status_code == 500
    lines = "\n".join(JsonLine().format(record) for record in caplog.records)
    assert "/confirm/<str:token>/" in lines
    for private in ("secret-token", "query-text", factories.IDENTITY_NUMBER):
        assert private not in lines
