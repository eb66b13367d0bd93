"""A number is issued at the signature and may be published later, never after the statutory day (ARP 25)."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from filings import confirmations, contents, events, papers, wording, workingdays
from filings.imports import docx, published_lists
from filings.models import Event, Filing, HeldPublication, Paper, Procedure, PublicationBatch, RegisterEntry, RuleSet
from filings.verification import verify
from reviews import batches, signing
from tests.behind import unguarded
from tests.counting import costs

TODAY = timezone.localdate


@pytest.fixture
def held(propose, batch, national_signatory, now):
    signing.sign(proposal=propose(), by=national_signatory, at=now, batch=batch)
    return HeldPublication.objects.select_related("filing", "batch").get()


def moment(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def test_until_its_day_the_public_learns_two_days_and_nothing_else(held, client, provider):
    filing, content = held.filing, held.filing.name
    assert (filing.standing, filing.number) == ("registered", held.number)
    assert not RegisterEntry.objects.exists()
    found = verify(held.number, on=TODAY())
    assert (found.answer, found.issued_on, found.publish_on) == ("held", TODAY(), held.batch.publish_on)
    assert verify(held.digits, on=TODAY()).answer == "held"
    said = client.get(reverse("register:verify-number", args=[held.number])).content.decode()
    told = client.get(reverse("api:verify", args=[held.number])).json()
    assert (told["answer"], told["publish_on"], told["entries"], told["near"]) == (
        "held", held.batch.publish_on.isoformat(), [], [],
    )  # fmt: skip
    for secret in (content, filing.entity.name):
        assert secret not in said
        assert secret not in str(told)
    for name in ("register:entry-detail", "register:badge", "register:qr", "api:register-entry"):
        assert client.get(reverse(name, args=[held.number])).status_code == 404
    assert content not in client.get("/register/").content.decode()
    client.force_login(provider)
    client.cookies["django_language"] = "en"
    procedure = held.submission.procedure_id
    for page in (
        reverse("filings:procedure-detail", args=[procedure]),
        reverse("filings:number-show", args=[filing.pk]),
    ):
        assert "waits to be published" in client.get(page).content.decode()


def test_the_clock_runs_on_and_stops_at_publication_and_the_certificate_follows(held, now):
    run = held.submission.procedure.clock_runs.get()
    assert run.ends_on is None
    events.deliver_due(at=now + dt.timedelta(hours=1))
    assert not Paper.objects.filter(kind="certificate").exists()
    at = moment(held.batch.publish_on)
    assert batches.publish_due(at=at - dt.timedelta(days=1)) == 0
    assert [batches.publish_due(at=at) for _each in range(2)] == [1, 0]
    run.refresh_from_db()
    entry = RegisterEntry.objects.get()
    assert (run.ends_on, run.reason) == (held.batch.publish_on, "published")
    assert (entry.number, entry.issued_on, entry.published_on) == (held.number, TODAY(), held.batch.publish_on)
    moments = dict(Event.objects.filter(filing=held.filing).values_list("kind", "at"))
    assert (moments["filing.register"], moments["register.published"]) == (now, at)
    events.deliver_due(at=at + dt.timedelta(hours=1))
    assert Paper.objects.filter(kind="certificate").count() == 1
    assert verify(held.number, on=TODAY()).answer == "found"


def test_the_database_refuses_a_day_after_the_statutory_one_from_both_sides(held, nation, national_signatory, now):
    after = held.latest_on + dt.timedelta(days=1)
    with pytest.raises(batches.TooLate):
        batches.move_batch(batch=held.batch, publish_on=after, by=national_signatory, at=now)
    late = batches.open_batch(authority=nation, publish_on=after, by=national_signatory, at=now)
    with pytest.raises(batches.TooLate):
        batches.move_row(held=held, to=late, by=national_signatory, at=now)
    for rows, change in (
        (PublicationBatch.objects.filter(pk=held.batch_id), {"publish_on": after}),
        (HeldPublication.objects.filter(pk=held.pk), {"batch": late}),
        (HeldPublication.objects.filter(pk=held.pk), {"latest_on": held.batch.publish_on - dt.timedelta(days=1)}),
    ):
        with pytest.raises(IntegrityError, match="to be published"), transaction.atomic():
            rows.update(**change)


def test_no_batch_that_comes_too_late_is_offered_or_taken_at_the_signature(propose, nation, national_signatory, now):
    proposal = propose()
    after = proposal.procedure.due_on + dt.timedelta(days=1)
    late = batches.open_batch(authority=nation, publish_on=after, by=national_signatory, at=now)
    known = {"authority_id": nation.pk, "latest_on": proposal.procedure.due_on, "at": now}
    assert batches.fitting(**known) == []
    with pytest.raises(batches.TooLate):
        signing.sign(proposal=proposal, by=national_signatory, at=now, batch=late)
    assert Filing.objects.get().standing == "pending"


def test_the_setting_of_the_authority_holds_unless_the_signatory_says_at_once(
    propose, batch, nation, national_signatory, now
):
    nation.holds_publications = True
    nation.save()
    signing.sign(proposal=propose("甲算法"), by=national_signatory, at=now)
    signing.sign(proposal=propose("乙算法"), by=national_signatory, at=now, at_once=True)
    assert HeldPublication.objects.get().filing.name == "甲算法"
    assert RegisterEntry.objects.get().name == "乙算法"


def test_the_page_of_the_signature_says_when_the_entry_is_published(client, propose, nation, national_signatory, now):
    proposal = propose()
    client.force_login(national_signatory)
    client.cookies["django_language"] = "en"
    page = reverse("admin:reviews_proposal_sign", args=[proposal.pk])

    def told():
        return {line.topic: line.text for line in client.get(page).context["consequences"]}

    alone = told()
    assert (alone["Register"], alone["Clock"]) == (
        "The entry is published at once.", "The clock ends with the day of the signature.",
    )  # fmt: skip
    day = workingdays.add(TODAY(), 10)
    batches.open_batch(authority=nation, publish_on=day, by=national_signatory, at=now)
    assert told()["Register"] == "The entry is published at once, unless the signatory chooses a batch."
    type(nation).objects.filter(pk=nation.pk).update(holds_publications=True)
    held = told()
    assert held["Register"].startswith(f"The entry is published with the batch of {wording.day(day)}")
    assert held["Clock"] == "The clock ends with the day of publication."
    assert "at once" not in held["Register"]


def test_until_published_everything_can_be_moved_and_one_row_published_alone(
    propose, held, nation, national_signatory, now
):
    earlier = batches.open_batch(authority=nation, publish_on=TODAY(), by=national_signatory, at=now)
    batches.move_row(held=held, to=earlier, by=national_signatory, at=now)
    batches.move_row(held=held, to=held.batch, by=national_signatory, at=now)
    day = held.batch.publish_on - dt.timedelta(days=1)
    batches.move_batch(batch=held.batch, publish_on=day, by=national_signatory, at=now)
    assert verify(held.number, on=TODAY()).publish_on == day
    batches.take_out(held=held, by=national_signatory, at=now)
    assert RegisterEntry.objects.get().number == held.number
    with pytest.raises(HeldPublication.DoesNotExist):
        batches.take_out(held=held, by=national_signatory, at=now)
    with pytest.raises(IntegrityError, match="is over"), transaction.atomic():
        HeldPublication.objects.filter(pk=held.pk).update(published_at=None)


def test_a_row_that_fails_says_why_and_the_others_are_published(propose, held, batch, national_signatory, now):
    signing.sign(proposal=propose("乙算法"), by=national_signatory, at=now, batch=batch)
    second = HeldPublication.objects.latest("pk")
    RegisterEntry.objects.create(
        number="占用", number_key=second.number_key, name="占", name_key="占", entity_name="占", entity_key="占",
        number_state="ok", kind="deep_synthesis", published_on=TODAY(), haystack="",
    )  # fmt: skip
    found = batches.publish(batch=batch, by=national_signatory, at=now)
    assert [(each.published_at is not None, bool(each.error)) for each in found] == [(True, False), (False, True)]
    batch.refresh_from_db()
    assert batch.published_at is None
    RegisterEntry.objects.filter(number="占用").delete()
    batches.publish(batch=batch, by=national_signatory, at=now)
    batch.refresh_from_db()
    assert batch.published_at == now


def test_the_list_of_a_published_batch_reads_back_as_an_official_list(propose, held, batch, national_signatory, now):
    signing.sign(proposal=propose("乙算法"), by=national_signatory, at=now, batch=batch)
    batches.publish(batch=batch, by=national_signatory, at=now)
    events.deliver_due(at=now + dt.timedelta(hours=1), only=["filings.batch_lists"])
    batch.refresh_from_db()
    assert [(each["kind"], each["rows"]) for each in batch.lists] == [("deep_synthesis", 2)]
    with contents.open_content(batch.lists[0]["sha256"]) as kept:
        read = published_lists.read_list(docx.read(kept.read()))
    assert (read.kind, read.rejected, read.unknown_columns) == ("deep_synthesis", (), ())
    entries = {entry.number: entry for entry in RegisterEntry.objects.all()}
    assert {row.values["number"]: row.values["main_use"] for row in read.rows} == {
        number: entry.main_use for number, entry in entries.items()
    }
    assert {row.values["role"] for row in read.rows} == {"服务提供者"}
    assert papers.make_lists(batch) == batch.lists


def test_a_filing_that_ended_before_its_day_is_left_out(held, national_signatory, now):
    with unguarded("filings_filing"):
        Filing.objects.filter(pk=held.filing_id).update(standing="cancelled")
    batches.publish(batch=held.batch, by=national_signatory, at=now)
    held.refresh_from_db()
    assert (held.left_out_at, RegisterEntry.objects.count()) == (now, 0)


def test_another_decision_on_the_filing_publishes_it_first(held, national_signatory, now):
    for _each in range(2):
        batches.release(filing=held.filing, by=national_signatory, at=now)
    assert RegisterEntry.objects.get().number == held.number


def test_no_confirmation_is_asked_of_what_is_not_published_yet(held, now):
    older = RuleSet.objects.first()
    with unguarded("filings_filing"):
        Filing.objects.filter(pk=held.filing_id).update(kind="generative", algorithm_class="", role="")
    Procedure.objects.filter(filing=held.filing_id).update(rule_set=older)
    RuleSet.objects.create(
        code=older.code, edition="2099", title_zh="新", title_en="New", source_zh="", source_en="", confidence="sure",
        in_force_from=TODAY(), created_at=now,
    )  # fmt: skip
    assert confirmations.ask_due(at=now) == 0


def test_only_signatories_and_supervisors_of_the_authority_keep_its_batches(held, reviewer, signatory, now):
    for person in (reviewer, signatory):
        with pytest.raises(PermissionDenied):
            batches.publish(batch=held.batch, by=person, at=now)
        with pytest.raises(PermissionDenied):
            batches.move_batch(batch=held.batch, publish_on=TODAY(), by=person, at=now)


def test_officers_look_through_the_batch_and_publish_it_in_one_act(client, held, national_signatory, reviewer, now):
    client.force_login(national_signatory)
    client.cookies["django_language"] = "en"
    page = reverse("admin:desk-batch", args=[held.batch_id])
    said = client.get(page).content.decode()
    assert all(text in said for text in (held.number, held.filing.name, "What will be public"))
    act = reverse("admin:desk-batch-act", args=[held.batch_id, "publish"])
    assert "1 entry was published" in client.post(act, follow=True).content.decode()
    events.deliver_due(at=now + dt.timedelta(hours=1), only=["filings.batch_lists"])
    file = client.get(reverse("admin:desk-batch-file", args=[held.batch_id, "deep_synthesis"]))
    assert io.BytesIO(b"".join(file.streaming_content)).read(2) == b"PK"
    client.force_login(reviewer)
    assert client.get(page).status_code == 404


def test_the_desk_asks_the_same_number_of_queries_for_one_row_and_for_three(
    client, propose, held, batch, national_signatory, now
):
    client.force_login(national_signatory)
    pages = [reverse("admin:desk-batches"), reverse("admin:desk-batch", args=[batch.pk])]
    one = costs(client, pages)
    for name in ("乙算法", "丙算法"):
        signing.sign(proposal=propose(name), by=national_signatory, at=now, batch=batch)
    day = workingdays.add(TODAY(), 3)
    batches.open_batch(authority=batch.authority, publish_on=day, by=national_signatory, at=now)
    assert costs(client, pages[1:]) == one[1:]
    assert costs(client, pages[:1]) == one[:1]
