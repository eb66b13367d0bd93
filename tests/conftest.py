"""The small cast that every test knows, and a database whose seeds survive a flush."""

import datetime as dt

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from filings.models import OfficerRole
from portal import installed
from tests import factories

# How long an example takes says nothing about the behaviour; a busy machine would fail by it.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

# Rows that migrations seed: live-server tests flush by TRUNCATE, and must leave them.
SEEDED = {
    "django_content_type",
    "auth_permission",
    "filings_article",
    "filings_aspect",
    "filings_calendarday",
    "filings_heading",
    "filings_instrument",
    "filings_region",
    "filings_risk",
    "filings_ruleset",
    "filings_threshold",
    "filings_topic",
    "reviews_declineground",
    "reviews_findingtemplate",
    "reviews_stageplan",
}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Truncation guards are off, since a flush truncates; one test switches them on and tries."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%\\_untruncated'")
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    flush = DatabaseOperations.sql_flush

    def flush_all_but_seeds(self, style, tables, **options):
        return flush(self, style, [t for t in tables if t not in SEEDED], **options)

    DatabaseOperations.sql_flush = flush_all_but_seeds
    yield
    DatabaseOperations.sql_flush = flush
    connection.close()  # a test may have ended it from outside
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # A browser's kept-alive request leaves its server thread, and that one's connection, a moment longer.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@pytest.fixture(autouse=True)
def _as_a_process_begins():
    """What an earlier test left in the process: English in its thread, the authority's names for a minute."""
    translation.deactivate()
    installed._read.clear()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def installation(db):
    return factories.installation()


@pytest.fixture
def province(installation):
    return factories.authority("33")


@pytest.fixture
def other_province(installation):
    return factories.authority("44")


@pytest.fixture
def nation(installation):
    return factories.authority("")


@pytest.fixture
def provider(db):
    """Owns the entity."""
    return factories.user("provider@example.cn", "林知远")


@pytest.fixture
def entity(provider, installation, now):
    """A complete entity in Zhejiang whose version an officer has verified."""
    return factories.verified_entity(owner=provider, at=now)


@pytest.fixture
def colleague(entity):
    """Edits for the entity."""
    return factories.member(entity, "colleague@example.cn", "editor")


@pytest.fixture
def viewer(entity):
    return factories.member(entity, "viewer@example.cn", "viewer")


@pytest.fixture
def outsider(db, now):
    """Owns another entity."""
    person = factories.user("outsider@example.cn", "陈若水")
    factories.bare_entity(owner=person, name="广州晴川科技有限公司", at=now)
    return person


def _officer(role, name):
    def officer(province):
        return factories.officer(f"{name}@zj.example.cn", province, role)

    return pytest.fixture(officer, name=name)


intake = _officer(OfficerRole.INTAKE, "intake")
reviewer = _officer(OfficerRole.REVIEWER, "reviewer")
second_reviewer = _officer(OfficerRole.REVIEWER, "second_reviewer")
signatory = _officer(OfficerRole.SIGNATORY, "signatory")
supervisor = _officer(OfficerRole.SUPERVISOR, "supervisor")
auditor = _officer(OfficerRole.AUDITOR, "auditor")
administrator = _officer(OfficerRole.ADMINISTRATOR, "administrator")


@pytest.fixture
def other_reviewer(other_province):
    """Reviews for another region."""
    return factories.officer("reviewer@gd.example.cn", other_province, OfficerRole.REVIEWER)


@pytest.fixture
def national_reviewer(nation):
    return factories.officer("reviewer@cac.example.cn", nation, OfficerRole.REVIEWER)


@pytest.fixture
def national_signatory(nation):
    return factories.officer("signatory@cac.example.cn", nation, OfficerRole.SIGNATORY)


@pytest.fixture
def draft(entity, provider, now):
    """A complete deep-synthesis dossier of a service provider, not yet locked."""
    return factories.complete_draft(entity=entity, by=provider, at=now)


@pytest.fixture
def submitted(draft, provider, now):
    """The same, locked, confirmed and submitted; intake has not run."""
    return factories.submit(draft, by=provider, at=now + dt.timedelta(minutes=1))
