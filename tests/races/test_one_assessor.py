"""Two people who name one assessor at the same moment: one founds it, the other is told, nobody meets a failure."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from filings import mandates
from filings.models import Assessor, AssessorMember, Mandate
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
NAMED = {"name": "杭州安评实验室有限公司", "credit_code": "91330106MA2CFRGM44"}


@pytest.fixture
def accepting(entity, provider, now):
    """A callable that takes an assessment on for the organisation; gives the mandate or what was answered."""
    drafts = factories.complete_draft(entity=entity, by=provider, at=now, kind="generative")
    mandate = mandates.invite(procedure=drafts, email="x@example.cn", organisation="安评", by=provider, at=now)
    token = mandates.token_of(mandate)

    def accept(person):
        try:
            return mandates.accept(token=token, by=person, at=now, **NAMED)
        except Exception as refused:
            return refused
        finally:
            connections.close_all()

    return accept


def while_founding(founder, call, now):
    """The call's result, begun while the founder's own transaction has not ended."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assessor = Assessor.objects.create(created_by=founder, created_at=now, **NAMED)
            AssessorMember.objects.create(assessor=assessor, user=founder, created_at=now)
            answer = pool.submit(call)
            until = time.monotonic() + 20
            while not waits_for_us() and not answer.done() and time.monotonic() < until:
                time.sleep(0.02)
        return answer.result(timeout=20)


def waits_for_us():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0]


def test_a_stranger_is_told_to_let_the_other_accept(accepting, now):
    founder, stranger = factories.user("first@example.cn"), factories.user("second@example.cn")
    answer = while_founding(founder, lambda: accepting(stranger), now)
    assert isinstance(answer, mandates.MandateRefused), answer
    assert (Assessor.objects.count(), Mandate.objects.get().accepted_at) == (1, None)


def test_the_same_person_in_two_windows_takes_it_on(accepting, now):
    person = factories.user("first@example.cn")
    answer = while_founding(person, lambda: accepting(person), now)
    assert isinstance(answer, Mandate), answer
    assert (answer.assessor.people.get().user, Assessor.objects.count()) == (person, 1)
