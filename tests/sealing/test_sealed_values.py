import logging

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from filings import sealed
from filings.dossier.canonical import canonical_bytes, digest
from filings.models import Event, SealedValue
from tests.attaching.cast import NOW, entity, person

pytestmark = pytest.mark.django_db
NUMBER = "110101199003071234"


@pytest.fixture
def owner():
    return person()


@pytest.fixture
def firm(owner):
    return entity(owner)


@pytest.fixture
def number(firm, owner):
    return sealed.seal(entity=firm, kind="identity_number", value=NUMBER, by=owner, at=NOW)


def test_a_sealed_value_is_read_back_and_stands_nowhere_in_plain(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text, encode(ciphertext, 'escape') FROM filings_sealedvalue t")
        stored = " ".join(cursor.fetchone())

    assert sealed.reveal(SealedValue.objects.get(pk=number.pk)) == NUMBER.encode()
    assert NUMBER not in stored


def test_two_rows_of_the_same_value_have_different_digests(firm, owner, number):
    second = sealed.seal(entity=firm, kind="identity_number", value=NUMBER, by=owner, at=NOW)

    assert second.digest != number.digest
    assert sealed.verify(second)
    assert sealed.verify(number)


def test_erasing_a_persons_identity_number_leaves_every_digest_valid(firm, owner, number):
    document = {"legal_representative": {"document_number": sealed.reference(number)}}
    before = digest(canonical_bytes(document))

    sealed.erase(sealed=number, by=owner, at=NOW)

    row = SealedValue.objects.get(pk=number.pk)
    again = {"legal_representative": {"document_number": sealed.reference(row)}}
    assert digest(canonical_bytes(again)) == before
    assert sealed.verify(row)
    assert (row.ciphertext, row.salt, row.erased_at) == (None, None, NOW)
    with pytest.raises(sealed.Erased):
        sealed.reveal(row)


def test_an_erasure_is_an_event_once_and_tells_no_value(owner, number):
    sealed.erase(sealed=number, by=owner, at=NOW)
    sealed.erase(sealed=number, by=owner, at=NOW)

    event = Event.objects.get(kind="sealed.erased")
    assert event.data == {"sealed": str(number.pk), "kind": "identity_number", "digest": number.digest}


def test_the_database_refuses_an_erased_value_that_is_still_there(number):
    with pytest.raises(IntegrityError, match="an_erased_value_is_gone"), transaction.atomic():
        SealedValue.objects.filter(pk=number.pk).update(erased_at=NOW)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("110101199003071234", "1101**********1234"),
        ("11010119900307123X", "1101**********123X"),
        ("13812345678", "138****5678"),
        ("0571-88886666", "05*********66"),
        ("E12345678", "E1*****78"),
        ("A1234", "A***4"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_a_masked_value_shows_only_its_ends(value, shown):
    assert sealed.mask(value) == shown


def test_the_last_four_characters_are_compared_in_either_case(firm, owner):
    row = sealed.seal(entity=firm, kind="identity_number", value="11010119900307123X", by=owner, at=NOW)

    assert sealed.last_four_match(row, " 123x ")
    assert not sealed.last_four_match(row, "1234")
    assert not sealed.last_four_match(row, "")


def test_rotation_moves_every_value_under_the_first_key(firm, owner, number, settings, capsys):
    erased = sealed.seal(entity=firm, kind="phone", value="13812345678", by=owner, at=NOW)
    sealed.erase(sealed=erased, by=owner, at=NOW)
    old, new = settings.FIELD_ENCRYPTION_KEYS, Fernet.generate_key().decode()

    settings.FIELD_ENCRYPTION_KEYS = [new, *old]
    call_command("rotate_field_keys")
    settings.FIELD_ENCRYPTION_KEYS = [new]

    row = SealedValue.objects.get(pk=number.pk)
    assert sealed.reveal(row) == NUMBER.encode()
    assert row.digest == number.digest
    assert capsys.readouterr().out == "1 values now stand under the first key.\n"


def test_a_lost_key_is_told_without_the_value(number, settings):
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(sealed.Unreadable) as told:
        sealed.reveal(number)

    assert str(told.value) == str(number.pk)


def test_nothing_is_logged_while_a_value_is_sealed_shown_and_erased(firm, owner, caplog):
    with caplog.at_level(logging.DEBUG):
        row = sealed.seal(entity=firm, kind="identity_number", value=NUMBER, by=owner, at=NOW)
        sealed.reveal(row)
        sealed.erase(sealed=row, by=owner, at=NOW)

    assert NUMBER not in caplog.text
    assert NUMBER not in repr(row)
