"""Every year, and when a rule set changes, a provider confirms what it filed (ARP 8; AIM 26)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from filings import confirmations, events, workingdays
from filings.models import Event, Filing, Matter, Notice, PeriodicConfirmation, Procedure, RuleSet
from filings.transitions import TransitionNotAllowed
from tests.behind import unguarded
from tests.counting import costs


@pytest.fixture
def asked(entry, now):
    assert confirmations.ask_due(at=now) == 1
    return PeriodicConfirmation.objects.select_related("matter", "filing").get()


def later(now, days):
    """A moment so many working days and one day after."""
    day = workingdays.add(timezone.localdate(now), days)
    return now + (day - timezone.localdate(now)) + dt.timedelta(days=1)


def kinds(entry):
    told = Event.objects.filter(filing=entry.filing_id, kind__startswith="matter.confirmation.").order_by("pk")
    return [kind.rpartition(".")[2] for kind in told.values_list("kind", flat=True)]


def test_it_is_asked_once_a_year_and_the_provider_is_told(asked, entry, provider, now):
    matter = asked.matter
    assert (matter.turn, matter.due_on) == ("provider", workingdays.add(timezone.localdate(now), 20))
    assert asked.cycle_on == timezone.localdate() - dt.timedelta(days=2) or asked.cycle_on.year >= 2026
    assert confirmations.ask_due(at=now) == 0
    assert matter.authority.region_prefix == "33"
    events.deliver_due(at=now + dt.timedelta(hours=1))
    assert Notice.objects.filter(user=provider, event__kind="matter.confirmation.opened").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodicConfirmation.objects.create(
            matter=matter, filing=asked.filing, reason=asked.reason, cycle_on=asked.cycle_on
        )


def test_nobody_is_asked_before_a_year_has_passed_nor_after_the_filing_ended(entry, now):
    type(entry).objects.filter(pk=entry.pk).update(issued_on=timezone.localdate() - dt.timedelta(days=360))
    assert confirmations.ask_due(at=now) == 0


def test_an_owner_declares_and_the_declaration_names_the_published_content(client, asked, entry, provider):
    client.force_login(provider)
    page = reverse("filings:confirmation-declare", args=[asked.matter_id])
    assert client.get(page).status_code == 200
    assert client.post(page, {"outcome": "stands"}).status_code == 422
    assert client.post(page, {"outcome": "changes", "declared": "on"}).status_code == 422
    assert client.post(page, {"outcome": "stands", "declared": "on"}).status_code == 302
    asked.refresh_from_db()
    asked.matter.refresh_from_db()
    assert (asked.outcome, asked.declared_by, asked.digest) == ("stands", provider, entry.versions.get().digest)
    assert (asked.matter.status, asked.matter.turn) == ("declared", "nobody")
    again = client.post(page, {"outcome": "stands", "declared": "on"}, follow=True)
    assert again.status_code == 200
    assert kinds(entry) == ["opened", "declare"]


def test_only_an_owner_declares_and_only_once(asked, colleague, provider, now):
    given = {"confirmation": asked, "outcome": "stands", "statement": "", "at": now}
    with pytest.raises(PermissionDenied):
        confirmations.declare(by=colleague, **given)
    confirmations.declare(by=provider, **given)
    with pytest.raises(TransitionNotAllowed):
        confirmations.declare(by=provider, **given)


def test_who_does_not_answer_is_reminded_missed_listed_and_may_still_declare(asked, entry, provider, now):
    assert confirmations.remind(at=now) == 0
    assert [confirmations.remind(at=later(now, 15)) for _each in range(2)] == [1, 0]
    assert confirmations.miss_overdue(at=later(now, 15)) == 0
    assert [confirmations.miss_overdue(at=later(now, 20)) for _each in range(2)] == [1, 0]
    assert list(confirmations.unanswered()) == [asked]
    assert confirmations.miss_overdue(at=later(now, 32)) == 1
    assert Matter.objects.get(pk=asked.matter_id).status == "listed"
    confirmations.declare(confirmation=asked, outcome="changes", statement="换了模型", by=provider, at=later(now, 40))
    assert kinds(entry) == ["opened", "reminded", "miss", "list", "declare"]
    assert list(confirmations.unanswered()) == []


def test_a_new_rule_set_asks_the_services_that_were_decided_under_an_older_one(entry, now):
    older = RuleSet.objects.first()
    with unguarded("filings_filing"):
        Filing.objects.filter(pk=entry.filing_id).update(kind="generative", algorithm_class="", role="")
    Procedure.objects.filter(filing=entry.filing_id).update(rule_set=older)
    type(entry).objects.filter(pk=entry.pk).update(issued_on=timezone.localdate())
    assert confirmations.ask_due(at=now) == 0
    newer = RuleSet.objects.create(
        code=older.code, edition="2099", title_zh="新", title_en="New", source_zh="", source_en="", confidence="sure",
        in_force_from=timezone.localdate(), created_at=now,
    )  # fmt: skip
    assert [confirmations.ask_due(at=now) for _each in range(2)] == [1, 0]
    row = PeriodicConfirmation.objects.get()
    assert (row.reason, row.rule_set) == ("rule_set", newer)


def test_what_is_asked_is_dropped_when_the_filing_ends(asked, now):
    assert [confirmations.void(filing=asked.filing, at=now) for _each in range(2)] == [1, 0]
    assert Matter.objects.get(pk=asked.matter_id).status == "dropped"


def test_the_page_asks_the_same_number_of_queries_however_many_came_before(client, asked, entry, provider, now):
    client.force_login(provider)
    page = reverse("filings:confirmation-declare", args=[asked.matter_id])
    one = costs(client, [page])
    PeriodicConfirmation.objects.filter(pk=asked.pk).update(cycle_on="2020-01-01")
    confirmations.ask_due(at=now)
    newest = PeriodicConfirmation.objects.latest("pk")
    assert costs(client, [page, reverse("filings:confirmation-declare", args=[newest.matter_id])]) == one * 2


def test_officers_of_the_region_see_who_did_not_answer_and_the_matter(client, asked, reviewer, other_reviewer, now):
    confirmations.miss_overdue(at=later(now, 20))
    page = reverse("admin:desk-unconfirmed")
    client.force_login(reviewer)
    assert asked.filing.number in client.get(page).content.decode()
    assert asked.filing.number not in client.get(f"{page}?status=listed&after=x").content.decode()
    assert client.get(reverse("admin:filings_matter_change", args=[asked.matter_id])).status_code == 200
    client.force_login(other_reviewer)
    assert asked.filing.number not in client.get(page).content.decode()


def test_the_authority_opens_inspections_of_those_who_did_not_answer(
    client, asked, reviewer, other_reviewer, province, other_province, now
):
    page, filing = reverse("admin:desk-unconfirmed-inspect"), asked.filing
    address = f"{page}?filing={filing.pk}"
    given = {"authority": province.pk, "reason": "未按时确认。", "filings": [filing.pk]}
    client.force_login(reviewer)
    assert client.post(address, given).context["form"].errors  # it still may answer
    confirmations.miss_overdue(at=later(now, 20))
    assert [client.get(each).context["listed"].total for each in (page, f"{page}?filing=x")] == [0, 0]
    client.force_login(other_reviewer)
    assert client.post(address, {**given, "authority": other_province.pk}).context["form"].errors
    client.force_login(reviewer)
    assert [row.filing for row in client.get(address).context["listed"].rows] == [filing]
    (line,) = client.post(address, given).context["lines"]
    assert (line.outcome, line.matter.inspection.cause) == ("opened", "confirmation")
    listed = client.get(reverse("admin:desk-unconfirmed")).content.decode()
    assert reverse("admin:filings_matter_change", args=[line.matter.pk]) in listed


def test_the_list_of_those_who_did_not_answer_costs_the_same_for_one_and_two(client, asked, reviewer, entry, now):
    confirmations.miss_overdue(at=later(now, 20))
    client.force_login(reviewer)
    pages = [reverse("admin:desk-unconfirmed"), f"{reverse('admin:desk-unconfirmed-inspect')}?filing={asked.filing_id}"]
    one = costs(client, pages)
    PeriodicConfirmation.objects.filter(pk=asked.pk).update(cycle_on="2020-01-01")
    confirmations.ask_due(at=now)
    confirmations.miss_overdue(at=later(now, 20))
    assert costs(client, pages) == one == [5, 8]


def test_the_provider_finds_it_among_the_matters(client, asked, provider):
    client.force_login(provider)
    said = client.get(reverse("filings:matter-detail", args=[asked.matter_id])).content.decode()
    assert reverse("filings:confirmation-declare", args=[asked.matter_id]) in said
