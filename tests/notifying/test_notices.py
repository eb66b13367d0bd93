import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from filings import entities, events, handlers_notices, members, submissions
from filings.models import Delivery, Event, Membership, Notice
from tests import factories


def deliver():
    events.deliver_due(at=timezone.now() + dt.timedelta(days=1))


def told(person):
    return set(Notice.objects.filter(user=person).values_list("event__kind", flat=True))


def mails_to(person):
    return [m for m in mail.outbox if m.to == [person.email]]


@pytest.fixture
def withdrawn(draft, provider, now):
    submissions.withdraw(procedure=draft, by=provider, at=now)
    return Event.objects.get(kind="procedure.withdraw")


def test_every_member_hears_that_a_filing_was_withdrawn(withdrawn, provider, colleague, viewer, outsider):
    deliver()
    assert [told(p) for p in (provider, colleague, viewer)] == [{"procedure.withdraw"}] * 3
    assert told(outsider) == set()
    assert [len(mails_to(p)) for p in (provider, colleague, viewer, outsider)] == [1, 1, 1, 0]


def test_each_person_is_told_in_their_own_language(withdrawn, provider, colleague):
    type(colleague).objects.filter(pk=colleague.pk).update(language="en")
    deliver()
    assert "The filing was withdrawn." in mails_to(colleague)[0].subject
    assert "The filing was withdrawn." in mails_to(colleague)[0].body


def test_a_mail_has_the_same_message_id_at_every_try(withdrawn, provider):
    deliver()
    first = mails_to(provider)[0].message()["Message-ID"]
    Notice.objects.update(mailed_at=None)
    handlers_notices.mail(withdrawn, at=timezone.now())
    assert [m.message()["Message-ID"] for m in mails_to(provider)] == [first, first]


def test_a_handler_that_runs_twice_tells_once(withdrawn, provider):
    for _time in range(2):
        handlers_notices.tell(withdrawn, at=timezone.now())
        handlers_notices.mail(withdrawn, at=timezone.now())
    assert (Notice.objects.filter(user=provider).count(), len(mails_to(provider))) == (1, 1)


def test_a_mail_says_what_happened_and_where_to_look_and_no_more(withdrawn, draft, provider):
    deliver()
    body = mails_to(provider)[0].body
    assert reverse("filings:procedure-detail", args=[draft.pk]) in body
    for private in (provider.display_name, factories.IDENTITY_NUMBER, "13800000000"):
        assert private not in body


def test_who_did_it_is_not_told_about_small_steps(entity, provider, colleague, now):
    members.remove(membership=Membership.objects.get(user=colleague), by=provider, at=now)
    deliver()
    assert (told(provider), told(colleague)) == (set(), {"member.removed"})


def test_a_removed_person_is_told_so_and_keeps_no_other_notice(client, withdrawn, entity, provider, colleague, now):
    deliver()
    members.remove(membership=Membership.objects.get(user=colleague), by=provider, at=now)
    deliver()
    client.force_login(colleague)
    shown = client.get(reverse("filings:notice-list")).context["notices"]
    assert [notice.event.kind for notice, _said in shown] == ["member.removed"]


def test_a_returned_profile_is_told_to_those_who_can_put_it_right(entity, provider, colleague, viewer, intake, now):
    Notice.objects.all().delete()
    Delivery.objects.all().delete()
    entity.versions.update(status="pending")
    version = entity.versions.get()
    entities.return_version(version=version, reason="营业执照不清晰", by=intake, posting=intake.postings.get(), at=now)
    deliver()
    assert [told(p) for p in (provider, colleague, viewer, intake)] == [
        {"entity.returned"},
        {"entity.returned"},
        set(),
        set(),
    ]


def test_what_officers_do_among_themselves_is_told_to_no_provider(submitted, provider):
    event = Event.objects.filter(kind="procedure.submit").get()
    event.pk, event.kind = None, "procedure.propose"
    event.save()
    handlers_notices.notices.keep(event, at=timezone.now())
    assert not Notice.objects.filter(event=event).exists()


def test_opening_a_notice_marks_it_read_and_leads_there(client, withdrawn, draft, provider):
    deliver()
    client.force_login(provider)
    notice = Notice.objects.get(user=provider)
    answer = client.post(reverse("filings:notice-open", args=[notice.pk]))
    notice.refresh_from_db()
    assert answer["Location"] == reverse("filings:procedure-detail", args=[draft.pk])
    assert notice.read_at is not None


def test_somebody_elses_notice_is_not_there(client, withdrawn, provider, outsider):
    deliver()
    client.force_login(outsider)
    answer = client.post(reverse("filings:notice-open", args=[Notice.objects.get(user=provider).pk]))
    assert (answer.status_code, Notice.objects.filter(read_at__isnull=False).count()) == (404, 0)


def test_all_notices_are_marked_read_at_once(client, withdrawn, provider, colleague):
    deliver()
    client.force_login(provider)
    client.post(reverse("filings:notice-read"))
    assert list(Notice.objects.filter(read_at__isnull=True).values_list("user", flat=True)) == [colleague.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, entity, provider, now, count, django_assert_num_queries):
    for _number in range(count):
        procedure = factories.drafts.start_filing(entity=entity, kind="deep_synthesis", by=provider, at=now)
        submissions.withdraw(procedure=procedure, by=provider, at=now)
    deliver()
    client.force_login(provider)
    client.get(reverse("filings:notice-list"))
    with django_assert_num_queries(4):
        page = client.get(reverse("filings:notice-list"))
    assert len(page.context["notices"]) == count
