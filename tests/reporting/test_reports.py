"""Incidents to their shown correction; misuse to the competent authority and back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from filings import incidents as told_by
from filings import matters, notices, sealed, sentences, workingdays
from filings.models import AccessRecord, Event, Incident, Matter, Misuse
from filings.transitions import TransitionNotAllowed
from reviews import incidents
from tests.reporting.conftest import told

pytestmark = pytest.mark.django_db


def test_an_incident_goes_from_the_draft_to_a_shown_correction(sent, provider, reviewer, evidence, now):
    matter = sent("incident")
    assert (matter.status, matter.turn, matter.due_basis) == ("reported", "authority", matters.STANDARD)
    assert matter.due_on == workingdays.add(now.date(), told_by.DEAL_DAYS)
    incidents.ask(matter=matter, text="涉及多少用户？", by=reviewer, at=now)
    told_by.answer(matter=matter, text="十二名。", by=provider, at=now)
    matter = incidents.acknowledge(matter=matter, text="收到。", by=reviewer, at=now)
    assert (matter.status, matter.turn, matter.due_on) == ("correcting", "provider", matter.incident.correct_by)
    with pytest.raises(ValidationError) as refused:
        told_by.show_correction(matter=matter, text="已训练。", by=provider, at=now)
    assert list(refused.value.message_dict) == ["files"]
    told_by.follow_up(matter=matter, text="训练进行中。", by=provider, at=now)
    told_by.show_correction(matter=matter, text="已训练并复测。", files=[evidence], by=provider, at=now)
    incidents.ask_more(matter=matter, text="请补充复测样本。", by=reviewer, at=now)
    told_by.show_correction(matter=matter, text="附复测样本。", files=[evidence], by=provider, at=now)
    incidents.close(matter=matter, text="整改有效。", by=reviewer, at=now)
    matter.refresh_from_db()
    assert (matter.status, matter.turn, matter.outcome, matter.closed_at) == ("closed", "nobody", "整改有效。", now)
    events = Event.objects.filter(matter=matter).select_related("filing", "procedure")
    assert all(sentences.sentence(each) for each in events)
    assert {provider} <= set(notices.recipients(events.get(kind="matter.incident.close")))
    with pytest.raises(TransitionNotAllowed):
        told_by.follow_up(matter=matter, text="再补充。", by=provider, at=now)


def test_a_misuse_goes_to_the_competent_authority_which_asks_and_is_answered(
    sent, provider, reviewer, police, detective, other_reviewer, now
):
    matter = sent("misuse", account="u-88217-zj")
    assert not Matter.objects.visible_to(detective).exists()
    incidents.forward(matter=matter, to=police, text="涉嫌违法，移送处理。", by=reviewer, at=now)
    matter.refresh_from_db()
    assert (matter.status, matter.authority, matter.turn) == ("forwarded", police, "authority")
    assert matter.joined.get().authority == reviewer.postings.get().authority
    for officer in (detective, reviewer):
        assert Matter.objects.visible_to(officer).get() == matter
    with pytest.raises(PermissionDenied):
        incidents.close(matter=matter, text="不再由我办理。", by=reviewer, at=now)
    incidents.ask(matter=matter, text="请说明时间段。", by=detective, at=now)
    told_by.answer(matter=matter, text="十一月上旬。", by=provider, at=now)
    matter.refresh_from_db()
    assert (matter.status, matter.authority) == ("forwarded", police)
    assert "浙江省公安厅" in sentences.sentence(Event.objects.get(matter=matter, kind="matter.misuse.forward"))
    incidents.close(matter=matter, text="已受理。", by=detective, at=now)
    matter.refresh_from_db()
    assert matter.status == "closed"
    assert not Matter.objects.visible_to(other_reviewer).exists()


def test_the_competent_authority_forwards_a_misuse_on_or_hands_it_back(
    sent, provider, reviewer, police, detective, telecom, inspector, now
):
    matter = sent("misuse", account="u-88217-zj")
    with pytest.raises(TransitionNotAllowed):
        incidents.hand_back(matter=matter, text="不属本机关职责。", by=reviewer, at=now)
    incidents.forward(matter=matter, to=police, text="移送。", by=reviewer, at=now)
    for refused, error in (({"by": reviewer, "to": telecom}, PermissionDenied), ({"by": detective}, ValidationError)):
        with pytest.raises(error):
            incidents.forward(**{"matter": matter, "to": police, "text": "转办。", "at": now, **refused})
    # There and back again: who leads looks on no more, who gave it away does.
    for by, to in ((detective, telecom), (inspector, police), (detective, telecom)):
        matter = incidents.forward(matter=matter, to=to, text="涉及电信管理，转办。", by=by, at=now)
        assert (matter.status, matter.authority, matter.turn) == ("forwarded", to, "authority")
    joined = {row.authority for row in matter.joined.filter(left_at__isnull=True)}
    assert joined == {police, reviewer.postings.get().authority}
    with pytest.raises(PermissionDenied):
        incidents.reveal_account(matter=matter, by=detective, at=now)

    incidents.hand_back(matter=matter, text="不属本机关职责。", by=inspector, at=now)
    matter.refresh_from_db()
    assert (matter.status, matter.authority) == ("reported", reviewer.postings.get().authority)
    assert not Matter.objects.visible_to(inspector).exists()
    incidents.forward(matter=matter, to=police, text="再次移送。", by=reviewer, at=now)
    events = Event.objects.filter(matter=matter).select_related("filing", "procedure")
    for kind, name in (("forward_on", telecom.name_zh), ("hand_back", "网信")):
        event = events.filter(kind=f"matter.misuse.{kind}").latest("pk")
        assert name in sentences.sentence(event)
        assert provider in notices.recipients(event)


def test_the_users_account_is_sealed_shown_on_record_and_erased_at_the_end(sent, provider, reviewer, signatory, now):
    matter = sent("misuse", account="u-88217-zj")
    assert not Event.objects.filter(data__icontains="88217").exists()
    with pytest.raises(PermissionDenied):
        incidents.reveal_account(matter=matter, by=signatory, at=now)
    assert incidents.reveal_account(matter=matter, by=reviewer, at=now) == "u-88217-zj"
    assert AccessRecord.objects.get(action="reveal").actor == reviewer
    incidents.close(matter=matter, text="处置适当。", by=reviewer, at=now)
    account = Misuse.objects.get(matter=matter).account
    with pytest.raises(sealed.Erased):
        sealed.reveal(account)


@pytest.mark.parametrize("kind", ["incident", "misuse"])
def test_what_the_provider_leaves_unanswered_is_closed_once_its_day_has_passed(kind, sent, reviewer, now, client):
    matter = incidents.ask(matter=sent(kind), text="请补充说明。", by=reviewer, at=now)
    with pytest.raises(ValidationError):
        incidents.close(matter=matter, text="逾期未答复。", by=reviewer, at=now)
    Matter.objects.filter(pk=matter.pk).update(due_on=now.date() - dt.timedelta(days=2))
    client.force_login(reviewer)
    address = reverse("admin:filings_matter_change", args=[matter.pk])
    assert 'value="close"' in client.get(address).text
    incidents.close(matter=matter, text="逾期未答复。", by=reviewer, at=now)
    matter.refresh_from_db()
    assert (matter.status, matter.turn, matter.outcome) == ("closed", "nobody", "逾期未答复。")
    assert Event.objects.filter(matter=matter, kind=f"matter.{kind}.close_unanswered").exists()


@pytest.mark.parametrize("kind", ["incident", "misuse"])
def test_a_draft_is_the_providers_own_and_stays_so_when_given_up(kind, filing, provider, reviewer, now):
    matter = told_by.start(filing=filing, kind=kind, by=provider, at=now)
    told_by.save(matter=matter, values={"records": "日志"}, by=provider, at=now)
    for _given_up in (False, True):
        assert not Matter.objects.visible_to(reviewer).exists()
        assert not Event.objects.visible_to(reviewer).filter(matter=matter).exists()
        if not _given_up:
            told_by.drop(matter=matter, by=provider, at=now)


def test_what_is_missing_is_named_and_times_stand_in_order(filing, provider, viewer, now):
    matter = told_by.start(filing=filing, kind="incident", by=provider, at=now)
    with pytest.raises(ValidationError) as missing:
        told_by.report(matter=matter, by=provider, at=now)
    assert {"found_at", "removed", "correct_by", "correction"} <= set(missing.value.message_dict)
    wrong = told("incident", now, generation_stopped_at=now - dt.timedelta(days=2))
    wrong["transmission_stopped_at"] = now + dt.timedelta(hours=1)
    with pytest.raises(ValidationError) as refused:
        told_by.save(matter=matter, values=wrong, by=provider, at=now)
    assert set(refused.value.message_dict) == {"generation_stopped_at", "transmission_stopped_at"}
    told_by.save(matter=matter, values=told("incident", now), by=provider, at=now)
    with pytest.raises(PermissionDenied):
        told_by.report(matter=matter, by=viewer, at=now)
    for changes in (
        {"generation_stopped_at": now - dt.timedelta(days=2)},
        {"reported_at": now, "removed": ""},
        {"reported_at": now, "found_at": None},
        {"corrected_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Incident.objects.filter(matter=matter).update(**changes)


def test_a_time_of_the_first_year_is_refused_before_it_is_written(filing, provider, now):
    matter = told_by.start(filing=filing, kind="incident", by=provider, at=now)
    first = dt.datetime(1, 1, 1, tzinfo=now.tzinfo)
    with pytest.raises(ValidationError) as refused:
        told_by.save(matter=matter, values={"found_at": first}, by=provider, at=now)
    assert set(refused.value.message_dict) == {"found_at"}


def test_a_report_after_the_standard_is_marked_late_and_taken(filing, provider, now):
    matter = told_by.start(filing=filing, kind="misuse", by=provider, at=now)
    late = told("misuse", now, found_at=now - dt.timedelta(days=20))
    told_by.save(matter=matter, values=late, by=provider, at=now)
    told_by.report(matter=matter, by=provider, at=now)
    assert told_by.is_late(Misuse.objects.get(matter=matter))


@pytest.mark.parametrize("text", ["身份证号110101199003074233", "电话13800138000。"])
def test_no_number_of_a_user_stands_in_a_text(text, filing, sent, provider, now):
    matter = told_by.start(filing=filing, kind="misuse", by=provider, at=now)
    with pytest.raises(ValidationError):
        told_by.save(matter=matter, values=told("misuse", now, act=text), by=provider, at=now)
    with pytest.raises(ValidationError):
        told_by.follow_up(matter=sent("misuse"), text=text, by=provider, at=now)


def test_only_the_leading_authority_deals_and_forwards_within_the_region(
    sent, reviewer, signatory, other_reviewer, other_province, now
):
    matter = sent("misuse")
    for officer in (signatory, other_reviewer):
        with pytest.raises(PermissionDenied):
            incidents.ask(matter=matter, text="？", by=officer, at=now)
    for elsewhere in (other_province, reviewer.postings.get().authority, None):
        with pytest.raises(ValidationError):
            incidents.forward(matter=matter, to=elsewhere, text="移送。", by=reviewer, at=now)
    with pytest.raises(ValidationError):
        incidents.ask(matter=matter, text="？", due_on=now.date(), by=reviewer, at=now)
    with pytest.raises(TransitionNotAllowed):
        incidents.acknowledge(matter=matter, text="收到。", by=reviewer, at=now)
