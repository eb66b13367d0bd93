import datetime as dt
import json
import logging

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from filings import events, sealed, submissions, vault
from filings.models import AccessRecord, Event, VaultDeposit, VaultOpening
from tests import factories
from tests.vault.conftest import ACCESS, SECRET


def everything_stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_what_is_deposited_stands_nowhere_in_plain(deposit, caplog):
    with caplog.at_level(logging.DEBUG):
        stored = everything_stored()

    for plain in ACCESS.values():
        assert plain not in stored
    assert SECRET not in caplog.text


def test_a_page_shows_a_mask_and_never_the_secret(client, provider, procedure, deposit):
    client.force_login(provider)
    page = client.get(reverse("filings:vault-list", args=[procedure.pk]))

    assert page.status_code == 200
    assert "te*****01" in page.text
    assert SECRET not in page.text
    assert ACCESS["address"] not in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_a_refused_form_does_not_print_the_secret_back(client, provider, procedure):
    client.force_login(provider)
    page = client.post(
        reverse("filings:vault-list", args=[procedure.pk]),
        {"kind": "account", "scope": "public", "secret": SECRET, "address": "x", "expires_on": "2020-01-01"},
    )

    assert page.status_code == 422
    assert SECRET not in page.text
    assert VaultDeposit.objects.count() == 0


def test_an_editor_deposits_replaces_and_withdraws_by_forms(client, colleague, procedure, until):
    client.force_login(colleague)
    address = reverse("filings:vault-list", args=[procedure.pk])
    form = {"kind": "api", "scope": "bare", "expires_on": until.isoformat(), **ACCESS}

    assert client.post(address, form).status_code == 302
    first = VaultDeposit.objects.get()
    assert client.get(reverse("filings:vault-replace", args=[procedure.pk, first.pk])).status_code == 200
    assert client.post(reverse("filings:vault-replace", args=[procedure.pk, first.pk]), form).status_code == 302
    second = VaultDeposit.objects.get(replaces=first)
    client.post(reverse("filings:vault-withdraw", args=[procedure.pk, second.pk]))

    states = {row.pk: (row.ended_as, row.sealed.ciphertext) for row in VaultDeposit.objects.select_related("sealed")}
    assert states == {first.pk: ("replaced", None), second.pk: ("withdrawn", None)}
    kinds = Event.objects.filter(kind__startswith="vault.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["vault.deposited", "vault.replaced", "vault.withdrawn"]


def test_a_viewer_reads_and_deposits_nothing(client, viewer, procedure, deposit):
    client.force_login(viewer)
    address = reverse("filings:vault-list", args=[procedure.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, ACCESS).status_code == 403


@pytest.mark.parametrize("change", [{"address": " "}, {"secret": ""}])
def test_a_deposit_that_nobody_could_use_is_refused_at_its_field(procedure, provider, now, until, change):
    with pytest.raises(ValidationError) as refused:
        vault.deposit(
            procedure=procedure, kind="api", scope="public", access=ACCESS | change, expires_on=until, by=provider,
            at=now,
        )  # fmt: skip

    assert list(refused.value.message_dict) == list(change)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_deposit_ends_after_today_and_within_a_year(procedure, provider, now, days):
    with pytest.raises(ValidationError) as refused:
        vault.deposit(
            procedure=procedure, kind="api", scope="public", access=ACCESS, by=provider, at=now,
            expires_on=timezone.localdate(now) + dt.timedelta(days=days),
        )  # fmt: skip

    assert list(refused.value.message_dict) == ["expires_on"]


def test_an_algorithm_filing_has_no_vault(client, draft, provider, now, until):
    client.force_login(provider)

    assert client.get(reverse("filings:vault-list", args=[draft.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        vault.deposit(procedure=draft, kind="api", scope="public", access=ACCESS, expires_on=until, by=provider, at=now)


def test_an_officer_reads_it_with_a_reason_and_the_auditor_and_the_provider_learn_of_it(
    client, deposit, reviewer, posting, provider, procedure, now
):
    access = vault.open_deposit(deposit=deposit, by=reviewer, posting=posting, reason="第一轮技术测试", at=now)

    assert access.secret == SECRET
    assert SECRET not in repr(access)
    record = AccessRecord.objects.get()
    assert (record.actor, record.action) == (reviewer, "reveal")
    assert record.subject == f"account {deposit.pk}: 第一轮技术测试"
    client.force_login(provider)
    page = client.get(reverse("filings:vault-list", args=[procedure.pk])).text
    assert posting.authority.name_zh in page
    assert reviewer.email not in page
    assert "第一轮技术测试" not in page
    timeline = client.get(reverse("filings:procedure-detail", args=[procedure.pk])).text
    assert reviewer.email not in timeline


def test_without_a_reason_nothing_is_shown_and_nothing_recorded(deposit, reviewer, posting, now):
    with pytest.raises(ValidationError):
        vault.open_deposit(deposit=deposit, by=reviewer, posting=posting, reason="  ", at=now)

    assert (AccessRecord.objects.count(), VaultOpening.objects.count()) == (0, 0)


def test_a_deposit_past_its_day_is_closed_at_once_and_erased_by_the_sweep(deposit, reviewer, posting, now):
    later = now + dt.timedelta(days=31)

    with pytest.raises(vault.Closed):
        vault.open_deposit(deposit=deposit, by=reviewer, posting=posting, reason="测试", at=later)
    assert vault.expire_due(at=later) == 1
    assert vault.expire_due(at=later) == 0

    deposit.refresh_from_db()
    assert deposit.ended_as == "expired"
    assert deposit.sealed.ciphertext is None


def test_a_withdrawn_filing_takes_its_deposits_along(deposit, procedure, provider, now):
    submissions.withdraw(procedure=procedure, by=provider, at=now)
    events.deliver_due(at=now + dt.timedelta(minutes=1))

    deposit.refresh_from_db()
    assert deposit.ended_as == "closed"
    with pytest.raises(PermissionDenied):
        vault.withdraw(deposit=deposit, by=provider, at=now)


def test_an_opening_cannot_be_changed_by_anybody(deposit, reviewer, posting, now):
    vault.open_deposit(deposit=deposit, by=reviewer, posting=posting, reason="测试", at=now)

    for act in ("UPDATE filings_vaultopening SET reason = 'x'", "DELETE FROM filings_vaultopening"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)


def test_the_ordinary_reveal_page_does_not_open_the_vault(client, deposit, reviewer):
    client.force_login(reviewer)

    assert client.get(reverse("filings:sealed-reveal", args=[deposit.sealed_id])).status_code == 404


def test_a_dossier_that_cites_a_deposit_learns_nothing(deposit, provider, now):
    assert sealed.masked(deposit.sealed) == ""
    events_said = json.dumps(list(Event.objects.values_list("data", flat=True)), ensure_ascii=False)
    assert not any(plain in events_said for plain in ACCESS.values())


def test_keys_rotate_over_the_vault_too(deposit, reviewer, posting, now):
    assert sealed.rotate() > 0

    access = vault.open_deposit(deposit=deposit, by=reviewer, posting=posting, reason="测试", at=now)
    assert access.account == ACCESS["account"]


def test_the_page_of_the_vault_costs_the_same_for_one_deposit_and_three(
    client, provider, procedure, deposit, until, now, django_assert_num_queries
):
    client.force_login(provider)
    address = reverse("filings:vault-list", args=[procedure.pk])
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
    for _each in range(2):
        vault.deposit(
            procedure=procedure, kind="api", scope="bare", access=ACCESS, expires_on=until, by=provider, at=now
        )
    with django_assert_num_queries(7):
        client.get(address)


def test_eleven_deposits_are_too_many(procedure, provider, now, until):
    for _each in range(10):
        vault.deposit(
            procedure=procedure, kind="api", scope="bare", access=ACCESS, expires_on=until, by=provider, at=now
        )
    with pytest.raises(ValidationError):
        vault.deposit(
            procedure=procedure, kind="api", scope="bare", access=ACCESS, expires_on=until, by=provider, at=now
        )


def test_a_filing_of_another_entity_is_not_found(client, outsider, procedure, deposit):
    client.force_login(outsider)

    assert client.get(reverse("filings:vault-list", args=[procedure.pk])).status_code == 404
    assert client.post(reverse("filings:vault-withdraw", args=[procedure.pk, deposit.pk])).status_code == 404


def test_a_service_without_access_is_told_so_on_its_check_page_and_led_to_the_vault(
    client, entity, provider, now, until
):
    service = factories.complete_draft(entity=entity, by=provider, at=now, kind="generative")
    client.force_login(provider)
    client.cookies["django_language"] = "en"
    check, said = reverse("filings:dossier-check", args=[service.pk]), "No access for the technical test is deposited"

    page = client.get(check).text
    assert said in page
    assert f'href="{reverse("filings:vault-list", args=[service.pk])}"' in page
    assert "Lock for signature" in page
    vault.deposit(
        procedure=service, kind="api", scope="public", access=ACCESS, expires_on=until, by=provider, at=now
    )  # fmt: skip
    assert said not in client.get(check).text
