import io
import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from filings import annexes, mandates, sealed, sealing, tracing
from filings.dossier.specimen import SERVICES, VARIANTS
from filings.lifecycle import FILING_TRANSITIONS, PROCEDURE_TRANSITIONS, FilingStanding, ProcedureStatus
from filings.matter_lifecycle import MatterKind, final
from filings.models import (
    Authority,
    DataRequest,
    Delivery,
    Dossier,
    EntityVersion,
    Event,
    Filing,
    Finding,
    Hearing,
    HeldPublication,
    Invitation,
    Matter,
    MemberRole,
    Membership,
    NumberDisplay,
    OfficerRole,
    Posting,
    Procedure,
    Purpose,
    RegisterEntry,
    ResourceMark,
    SealedValue,
    Submission,
    VaultOpening,
)
from filings.submissions import document_of
from portal import demonstration
from portal.models import User
from reviews.models import Note, Proposal, ReviewTask, Signature, TechnicalTest, Waiver


def test_every_class_and_role_and_both_tracks_of_services_are_filed(played):
    filed = set(Filing.objects.values_list("kind", "algorithm_class", "role"))
    assert filed == {*VARIANTS, *((track, "", "") for track in SERVICES)}


def test_a_service_of_each_track_is_published_under_its_number(played):
    published = Filing.objects.filter(kind__in=SERVICES, standing="registered").order_by("kind")
    assert [re.sub(r"\d{8}", "", filing.number) for filing in published] == [
        "YanShi-Guangdong-RongYingChengPian-0001",
        "YanShi-Zhejiang-QingLanXieZuo-S0001",
    ]
    assert RegisterEntry.objects.filter(filing__in=published).count() == 2


def test_a_technical_test_is_under_way_with_sample_failure_and_opened_access(played):
    test = TechnicalTest.objects.get(finished_at=None)
    assert test.procedure.status == "in_review"
    assert set(test.questions.values_list("verdict", flat=True)) == {"", "passed", "failed"}
    assert test.questions.filter(finding__isnull=False).count() == 1
    assert VaultOpening.objects.filter(deposit__procedure=test.procedure).exists()


def test_a_draft_is_short_of_one_number_and_its_assessment_is_open(played):
    draft = Procedure.objects.get(status="draft", filing__kind="generative")
    checks = annexes.newest(draft)
    assert {code for code, check in checks.items() if check.missed} == {"content_bank"}
    assert checks["content_bank"].result["faults"].keys() == {"near_duplicate", "empty", "unknown_risk"}
    assert all(check.status == "done" for check in checks.values())
    assert "assessment" in {problem.section for problem in sealing.check(draft.dossier)}


def test_an_assessor_has_one_assessment_and_an_agent_one_filing(played):
    draft = Procedure.objects.get(status="draft", filing__kind="generative")
    people = {mailbox: User.objects.get(email=f"{mailbox}@demo.example") for mailbox in ("assessor", "agent")}
    assert [mandate.procedure for mandate in mandates.taken_on(people["assessor"])] == [draft]
    assert list(Membership.objects.get(user=people["agent"]).agency.filings.all()) == [draft.filing]


def test_procedures_stand_at_every_status(played):
    assert set(Procedure.objects.values_list("status", flat=True)) == set(ProcedureStatus.values)


def test_filings_have_every_standing_that_this_portal_can_give(played):
    assert set(Filing.objects.values_list("standing", flat=True)) == set(FilingStanding.values)


def test_drafts_are_at_every_stage(played):
    drafts = Dossier.objects.filter(procedure__status="draft")
    assert drafts.exclude(to_reread=[]).exists()
    assert drafts.filter(procedure__sealings__used_at=None, procedure__sealings__voided_at=None).exists()
    assert {len(d.content) < 3 for d in drafts} == {True, False}


def test_the_desk_has_something_overdue_due_soon_and_free_and_in_work(played):
    today = timezone.localdate()
    unfinished = ReviewTask.objects.unfinished()
    assert unfinished.filter(due_on__lt=today, kind="review").exists()
    assert unfinished.filter(due_on__gte=today, status="open").exists()
    assert unfinished.filter(kind="overdue").exists()
    assert set(unfinished.values_list("status", flat=True)) == {"open", "claimed", "proposed"}
    levels = set(unfinished.values_list("authority__level", flat=True))
    assert levels == {"provincial", "national"}


def test_every_kind_of_proposal_waits_for_a_signature(played):
    pending = Proposal.objects.filter(status="pending")
    assert set(pending.values_list("kind", flat=True)) == set(Proposal.Kind.values)
    assert Proposal.objects.filter(status="sent_back").exists()


# Every kind of matter, and every procedure that follows a number by who opens it: half-way, and finished as meant.
MATTERS = {
    MatterKind.INCIDENT: ({"correcting"}, {"closed"}),
    MatterKind.MISUSE: ({"questioned"}, {"closed"}),
    MatterKind.INSPECTION: ({"asked"}, {"closed"}),
    MatterKind.COMPLAINT: ({"with_provider"}, {"closed", "rejected"}),
    MatterKind.OBJECTION: ({"awaiting_signature"}, {"rejected"}),
    MatterKind.ORDER: ({"draft", "awaiting_signature", "awaiting_lift", "in_force"}, {"fulfilled", "lifted"}),
    MatterKind.DATASET: ({"offered"}, {"published"}),
    MatterKind.DATA_REQUEST: ({"applied"}, {"consented"}),
    MatterKind.CONFIRMATION: ({"listed"}, {"declared"}),
}
PROCEDURES = {
    (Purpose.CHANGE, "provider"): {"granted", "declined"},
    (Purpose.TRANSFER, "provider"): {"granted"},
    (Purpose.CANCELLATION, "provider"): {"granted"},
    (Purpose.CANCELLATION, "officer"): {"granted"},
    (Purpose.REVOCATION, "officer"): {"granted"},
}


def test_every_walk_after_the_number_is_there_half_way_and_finished(played):
    assert set(MATTERS) == set(MatterKind)
    assert {purpose for purpose, _side in PROCEDURES} == set(Purpose) - {Purpose.FIRST}
    for kind, (half_way, finished) in MATTERS.items():
        stand = set(Matter.objects.filter(kind=kind).values_list("status", flat=True))
        assert stand >= half_way | finished, kind
        assert not half_way & final(kind)
    again = Procedure.objects.filter(purpose="first", filing__predecessor__standing="declined")
    walks = {
        (purpose, side): Procedure.objects.filter(purpose=purpose, opened_by_side=side) for purpose, side in PROCEDURES
    }
    for walk, rows in {**walks, "filed again": again}.items():
        stand = set(rows.values_list("status", flat=True))
        assert stand >= PROCEDURES.get(walk, {"granted"}), walk
        assert stand & set(ProcedureStatus.open), walk


def test_what_walks_leave_behind_is_there_too(played):
    closed = Matter.objects.get(kind="misuse", status="closed")
    assert (closed.authority.ministry, closed.joined.get().authority.ministry) == ("mps", "cac")
    inspection = Matter.objects.get(kind="inspection", status="closed")
    assert inspection.joined.get().authority.ministry == "mps"
    suspended = RegisterEntry.objects.exclude(suspended="")
    assert {
        Matter.objects.get(kind="order", filing=entry.filing, status__in=("in_force", "awaiting_lift")).status
        for entry in suspended
    } == {"in_force", "awaiting_lift"}
    assert Hearing.objects.filter(procedure__status="in_review", oral_at__gt=timezone.now()).exists()
    assert NumberDisplay.objects.standing().exists()
    assert HeldPublication.objects.waiting().exists()
    assert HeldPublication.objects.filter(published_at__isnull=False, batch__published_at__isnull=False).exists()


def test_a_chain_stands_on_a_model_that_was_withdrawn_and_what_stands_on_it_is_inspected(played):
    mark = ResourceMark.objects.get(lifted_at=None)
    trace = tracing.trace(tracing.Root(resource=mark.resource_id), regions=None)
    assert {level for level, _filing in trace.rows} >= {1, 2}
    assert Matter.objects.filter(inspection__cause="trace", filing__in=[pk for _level, pk in trace.rows]).exists()


def test_a_dossier_cites_a_data_set_with_its_consent(played):
    consent = DataRequest.objects.get(matter__status="consented")
    cited = consent.dataset.matter.reference
    submissions = Submission.objects.filter(procedure__filing__entity=consent.applicant)
    (document,) = [doc for each in submissions if cited in str(doc := document_of(each))]
    rows = [row for row in document["content"]["corpora"]["corpora"] if row.get("catalogue_entry") == cited]
    assert [row["catalogue_consent"] for row in rows] == [consent.matter.reference]


def test_entities_are_verified_waiting_and_returned(played):
    assert set(EntityVersion.objects.values_list("status", flat=True)) == {"verified", "pending", "returned"}


def test_findings_notes_waivers_and_invitations_are_there(played):
    assert Finding.objects.filter(sent_at=None).exists()
    assert Finding.objects.exclude(answer="").exists()
    assert Finding.objects.filter(source="intake").exists()
    assert Procedure.objects.filter(later_date_asked__isnull=False).exists()
    assert Submission.objects.filter(round=2).exists()
    assert Note.objects.exists()
    assert Waiver.objects.exists()
    assert Invitation.objects.filter(accepted_at=None).exists()


def test_a_dozen_filings_were_registered_over_two_years(played):
    ours = RegisterEntry.objects.filter(filing__isnull=False)
    assert ours.count() >= 12
    assert len(set(ours.values_list("year", flat=True))) >= 2
    assert RegisterEntry.objects.filter(filing=None).count() >= 180


def test_every_move_has_its_event_and_every_event_its_move(played):
    moves = Event.objects.exclude(to_status="")
    for prefix, table, rows in (
        ("procedure", PROCEDURE_TRANSITIONS, Procedure.objects.values_list("pk", "status")),
        ("filing", FILING_TRANSITIONS, Filing.objects.values_list("pk", "standing")),
    ):
        known = {f"{prefix}.{each.name}" for each in table}
        for pk, status in rows:
            chain = moves.filter(kind__in=known, **{prefix: pk}).order_by("pk").values_list("from_status", "to_status")
            assert [start for start, _end in chain] == ["draft", *(end for _start, end in chain)][:-1] or not chain
            assert status == (list(chain)[-1][1] if chain else "draft")


def test_every_decision_was_made_by_two_people(played):
    signatures = Signature.objects.select_related("proposal")
    assert signatures.count() == Event.objects.filter(kind__contains=".sign_").count()
    assert all(s.signed_by_id != s.proposal.proposed_by_id for s in signatures)


def test_events_come_in_the_order_of_time_and_none_from_the_future(played):
    for procedure in Procedure.objects.all():
        moments = list(Event.objects.filter(procedure=procedure).order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments)
    assert not Event.objects.filter(at__gt=timezone.now()).exists()


def test_nothing_failed_and_only_papers_mail_and_todays_work_are_left(played):
    assert not Delivery.objects.filter(attempts__gt=0).exists()
    left = Counter(Delivery.objects.filter(done_at=None).values_list("handler", flat=True))
    assert left["reviews.intake"] == 1
    assert left["filings.mail"] < 40


def test_personal_values_are_sealed_and_hold(played):
    values = SealedValue.objects.all()
    assert values.count() > 20
    assert all(sealed.verify(value) for value in values[:10])


def test_every_role_is_filled_and_every_region_has_its_officers(played):
    assert set(Posting.objects.values_list("role", flat=True)) == set(OfficerRole.values)
    assert set(Membership.objects.values_list("role", flat=True)) == set(MemberRole.values)
    for authority in Authority.objects.filter(level="provincial", ministry="cac"):
        held = set(Posting.objects.filter(authority=authority).values_list("role", flat=True))
        assert held >= {"intake", "reviewer", "signatory", "supervisor"}


def test_one_person_works_for_two_entities(played):
    owner = User.objects.get(email=demonstration.sign_ins()[0][0])
    assert Membership.objects.filter(user=owner).count() == 2


@pytest.mark.parametrize("place", range(len(demonstration.sign_ins())))
def test_the_printed_sign_ins_open_the_right_home(played, place):
    address, _role = demonstration.sign_ins()[place]
    person = User.objects.get(email=address)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": address, "password": demonstration.PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[:500]
    assert answer["Location"] == (reverse("admin:index") if person.is_staff else reverse("filings:home"))
    assert client.get(answer["Location"], follow=True).status_code == 200


def test_a_second_start_changes_nothing(played):
    before = everything()
    call_command("demo", if_empty=True, stdout=io.StringIO())
    assert everything() == before
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo", stdout=io.StringIO())


def test_the_sign_ins_are_told_with_the_password(played):
    out = io.StringIO()
    call_command("demo", sign_ins=True, stdout=out)
    assert demonstration.PASSWORD in out.getvalue()
    assert all(address in out.getvalue() for address, _role in demonstration.sign_ins())


@override_settings(DEMONSTRATION=False)
@pytest.mark.parametrize("option", [{}, {"if_empty": True}, {"sign_ins": True}])
def test_an_installation_gets_no_invented_people(db, option):
    with pytest.raises(CommandError, match="no demonstration"):
        call_command("demo", **option)
    assert not User.objects.exists()


def everything():
    tables = ("filings_event", "filings_filing", "filings_procedure", "portal_user", "filings_attachment")
    counts = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts.append(cursor.fetchone()[0])
    return counts
