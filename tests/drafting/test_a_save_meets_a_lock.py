"""The one statement that saves a section waits for whoever locks or closes the dossier, and then thinks again."""

import threading
import time

import pytest
from django.db import connection, transaction

from filings import drafts, sealing, submissions
from filings.models import Dossier, Sealing, SectionEdit
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def save_beside(procedure, provider, now, *, meanwhile):
    """A save that was begun from the page as it is now, and that waits while `meanwhile` is not committed."""
    dossier = Dossier.objects.select_related("procedure__filing__entity").get(procedure=procedure)
    value = {**dossier.content["publication"], "purpose": "改过的目的"}
    version, outcome = dossier.section_versions["publication"], []

    def save():
        try:
            outcome.append(
                drafts.save_section(
                    dossier=dossier, section="publication", value=value, base_version=version, by=provider, at=now
                )
            )
        except drafts.NotEditable as refused:
            outcome.append(refused)
        finally:
            connection.close()

    thread = threading.Thread(target=save)
    with transaction.atomic():
        meanwhile()
        thread.start()
        wait_for_a_waiting_statement()
    thread.join(20)
    return outcome[0]


def wait_for_a_waiting_statement():
    give_up_at = time.monotonic() + 10
    while time.monotonic() < give_up_at:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone():
                return
        time.sleep(0.05)
    raise AssertionError("the save did not wait")


def test_a_lock_made_while_a_save_waited_is_voided_by_it(draft, provider, now):
    saved = save_beside(draft, provider, now, meanwhile=lambda: sealing.lock(procedure=draft, by=provider, at=now))
    assert saved.changed
    assert [lock.voided_at is not None for lock in Sealing.objects.filter(procedure=draft)] == [True]


def test_a_filing_withdrawn_while_a_save_waited_stays_as_it_was(draft, provider, now):
    before = SectionEdit.objects.count()
    outcome = save_beside(
        draft, provider, now, meanwhile=lambda: submissions.withdraw(procedure=draft, by=provider, at=now)
    )
    assert isinstance(outcome, drafts.NotEditable)
    assert SectionEdit.objects.count() == before


def test_a_save_of_another_section_meanwhile_is_kept_beside_it(draft, provider, now):
    colleague = factories.member(draft.filing.entity, "colleague@example.cn", "editor")
    dossier = Dossier.objects.get(procedure=draft)
    other = {**dossier.content["conclusion"], "conclusion": "另一人写的结论"}

    def meanwhile():
        drafts.save_section(
            dossier=dossier,
            section="conclusion",
            value=other,
            base_version=dossier.section_versions["conclusion"],
            by=colleague,
            at=now,
        )

    save_beside(draft, provider, now, meanwhile=meanwhile)
    content = Dossier.objects.get(procedure=draft).content
    assert (content["conclusion"], content["publication"]["purpose"]) == (other, "改过的目的")
