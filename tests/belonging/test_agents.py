"""An agent acts under a power of attorney: for its filings, until its last day, and never signs."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from filings import agencies, drafts, events, members, sealing
from filings.models import Agency, Attachment, Event, MemberRole, Membership, Notice
from tests import factories, pictures


@pytest.fixture
def power(entity, provider, now):
    """The stored paper of a power of attorney."""
    like = {"name": "power.png"}
    return Attachment.objects.get(pk=factories._attachment(entity, like, provider, now)["attachment"])


@pytest.fixture
def grant(entity, provider, power, now):
    """Invites an agent and lets the agent accept."""

    def granted(*filings, until=None, email="agent@example.cn"):
        facts = agencies.Grant(
            email=email,
            organisation="杭州代理事务所",
            ends_on=until or timezone.localdate() + dt.timedelta(days=30),
            covers_all=not filings,
            filings=filings,
        )
        invitation = agencies.grant(entity=entity, facts=facts, power_of_attorney=power, by=provider, at=now)
        person = factories.user(email, "代理人")
        members.accept(token=members.token_of(invitation), by=person, at=now)
        return person

    return granted


@pytest.fixture
def other_draft(entity, provider, now):
    return drafts.start_filing(entity=entity, kind="recommendation", by=provider, at=now)


def expire(person):
    """Let the power have ended yesterday, as if time had passed."""
    old = Membership.objects.get(user=person).agency
    row = Agency.objects.get(pk=old.pk)
    row.pk, row.ends_on = None, timezone.localdate() - dt.timedelta(days=1)
    row.save()
    row.filings.set(old.filings.all())
    Membership.objects.filter(user=person).update(agency=row)


def test_an_owner_invites_an_agent_with_the_paper_the_scope_and_the_last_day(client, entity, provider, draft):
    client.force_login(provider)
    until = timezone.localdate() + dt.timedelta(days=10)

    answer = client.post(
        reverse("filings:agent-invite", args=[entity.pk]),
        {
            "email": "agent@example.cn",
            "organisation": "杭州代理事务所",
            "covers": "some",
            "filings": [draft.filing_id],
            "ends_on": until.isoformat(),
            "power_of_attorney": SimpleUploadedFile("power.png", pictures.evidence("power"), "image/png"),
        },
    )

    agency = Agency.objects.get()
    assert answer.status_code == 302
    assert (agency.ends_on, agency.covers_all, list(agency.filings.all())) == (until, False, [draft.filing])
    assert agency.power_of_attorney.name == "power.png"
    told = Event.objects.filter(entity=entity, kind__in=("agency.granted", "member.invited")).order_by("pk")
    assert [event.kind for event in told] == ["agency.granted", "member.invited"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"filings": []}, "filings"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"power_of_attorney": SimpleUploadedFile("power.exe", b"MZ")}, "power_of_attorney"),
        ({"email": "provider@example.cn"}, "email"),
    ],
)
def test_a_power_without_scope_day_or_paper_is_refused_at_its_field(client, entity, provider, draft, changed, field):
    client.force_login(provider)
    given = {
        "email": "agent@example.cn",
        "organisation": "杭州代理事务所",
        "covers": "some",
        "filings": [draft.filing_id],
        "ends_on": (timezone.localdate() + dt.timedelta(days=10)).isoformat(),
        "power_of_attorney": SimpleUploadedFile("power.png", pictures.evidence("power"), "image/png"),
    }

    answer = client.post(reverse("filings:agent-invite", args=[entity.pk]), given | changed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Agency.objects.exists()


def test_an_agent_fills_in_the_filings_of_the_power_and_sees_no_other(client, draft, other_draft, grant, entity):
    client.force_login(grant(draft.filing))

    assert client.get(reverse("filings:dossier-section", args=[draft.pk, "algorithm"])).status_code == 200
    assert client.get(reverse("filings:dossier-section", args=[other_draft.pk, "algorithm"])).status_code == 404
    assert client.get(reverse("filings:procedure-detail", args=[other_draft.pk])).status_code == 404
    page = client.get(reverse("filings:entity-detail", args=[entity.pk])).context["page"]
    assert [row.filing for row in page.rest + [r for card in page.cards for r in card.rows]] == [draft.filing]


def test_an_agent_for_all_filings_sees_all(client, draft, other_draft, grant):
    client.force_login(grant())

    for procedure in (draft, other_draft):
        assert client.get(reverse("filings:procedure-detail", args=[procedure.pk])).status_code == 200


def test_an_agent_neither_submits_nor_manages_nor_edits_the_profile(client, draft, grant, entity):
    client.force_login(grant(draft.filing))

    for name, *args in (
        ("filings:dossier-submit", draft.pk),
        ("filings:dossier-invite", draft.pk),
        ("filings:procedure-withdraw", draft.pk),
        ("filings:member-invite", entity.pk),
        ("filings:profile-freeze", entity.pk),
        ("filings:profile-section", entity.pk, "basic"),
    ):
        assert client.post(reverse(name, args=args)).status_code == 403, name


def test_access_ends_after_the_last_day_of_the_power(client, draft, grant, entity):
    agent = grant(draft.filing)
    expire(agent)
    client.force_login(agent)

    assert client.get(reverse("filings:procedure-detail", args=[draft.pk])).status_code == 404
    assert client.get(reverse("filings:entity-detail", args=[entity.pk])).status_code == 404
    assert client.get(reverse("filings:home")).context["entities"] == []


def test_an_agent_whose_power_has_ended_is_taken_out_once_and_told(draft, grant, entity, now):
    agent = grant(draft.filing)
    expire(agent)

    assert [agencies.end_expired(at=now), agencies.end_expired(at=now)] == [1, 0]

    assert not Membership.objects.filter(user=agent).exists()
    assert Event.objects.get(kind="agency.expired").data["member"] == agent.pk
    events.deliver_due(at=now)
    assert Notice.objects.filter(user=agent, event__kind="agency.expired").exists()


def test_an_agent_comes_back_with_a_new_power(draft, grant, entity, provider, power, now):
    agent = grant(draft.filing)
    expire(agent)
    facts = agencies.Grant(
        email=agent.email, organisation="杭州代理事务所", ends_on=timezone.localdate(), covers_all=True
    )

    later = now + dt.timedelta(minutes=1)
    invitation = agencies.grant(entity=entity, facts=facts, power_of_attorney=power, by=provider, at=later)
    membership = members.accept(token=members.token_of(invitation), by=agent, at=later)

    assert membership.agency.covers_all


@pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
def test_an_agent_gets_no_other_role(client, draft, grant, entity, provider, role):
    membership = Membership.objects.get(user=grant(draft.filing))
    client.force_login(provider)

    client.post(reverse("filings:member-role", args=[entity.pk, membership.pk]), {"role": role})

    membership.refresh_from_db()
    assert membership.role == MemberRole.AGENT


def test_nobody_is_invited_or_made_agent_without_a_power(entity, colleague, provider, now):
    with pytest.raises(members.NotForAgents):
        members.invite(entity=entity, email="x@example.cn", role="agent", by=provider, at=now)
    with pytest.raises(members.NotForAgents):
        members.change_role(membership=colleague.memberships.get(), role="agent", by=provider, at=now)


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_the_database_makes_no_agent_an_owner(draft, grant, role):
    membership = Membership.objects.filter(user=grant(draft.filing))

    with pytest.raises(IntegrityError, match="an_agent_has_a_power_of_attorney"), transaction.atomic():
        membership.update(role=role)


def test_the_database_keeps_a_power_as_it_was_given(draft, grant):
    agency = Agency.objects.filter(membership__user=grant(draft.filing))

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        agency.update(ends_on=dt.date(2099, 1, 1))


def save(procedure, by, at):
    version = procedure.dossier.section_versions.get("algorithm", 0)
    value = {**procedure.dossier.content.get("algorithm", {}), "name": "另一名称"}
    drafts.save_section(dossier=procedure.dossier, section="algorithm", value=value, base_version=version, by=by, at=at)


def test_the_database_takes_a_save_of_an_agent_within_the_power(draft, grant, now):
    save(draft, grant(draft.filing), now)

    draft.refresh_from_db()
    assert draft.filing.name == "另一名称"


def test_the_database_refuses_a_save_outside_the_power(draft, other_draft, grant, now):
    agent = grant(draft.filing)

    with pytest.raises(IntegrityError, match="power of attorney"), transaction.atomic():
        save(other_draft, agent, now)
    expire(agent)
    with pytest.raises(IntegrityError, match="power of attorney"), transaction.atomic():
        save(draft, agent, now)


def test_an_agent_is_sent_no_link_for_confirmation(client, draft, grant, provider, now):
    agent = grant(draft.filing)
    lock = sealing.lock(procedure=draft, by=provider, at=now)

    with pytest.raises(sealing.AgentsCannotConfirm):
        sealing.invite(sealing=lock, emails={"legal_representative": agent.email}, by=provider, at=now)
    client.force_login(provider)
    answer = client.post(reverse("filings:dossier-invite", args=[draft.pk]), {"legal_representative": agent.email})

    assert answer.status_code == 422
    assert not lock.confirmations.exists()


def test_an_agent_who_got_hold_of_a_link_confirms_nothing(client, draft, grant, provider, now):
    lock = sealing.lock(procedure=draft, by=provider, at=now)
    sent = sealing.invite(sealing=lock, emails={"legal_representative": "legal@example.cn"}, by=provider, at=now)
    client.force_login(grant(draft.filing))

    answer = client.get(reverse("filings:confirm", args=[sealing.token_of(sent[0])]))

    assert answer.status_code == 403


def test_an_agent_hears_of_the_filings_of_the_power_only(draft, other_draft, grant, provider, now):
    agent = grant(draft.filing)

    for procedure in (draft, other_draft):
        events.record("procedure.pass_intake", side="system", at=now, procedure=procedure)
    events.deliver_due(at=now)

    heard = Notice.objects.filter(user=agent, event__kind="procedure.pass_intake")
    assert [notice.event.procedure for notice in heard] == [draft]


def test_an_agent_is_not_told_that_products_have_no_filing_which_only_others_see(
    client, draft, grant, entity, provider
):
    address = reverse("filings:entity-detail", args=[entity.pk])
    client.cookies["django_language"] = "en"
    client.force_login(provider)
    assert "Products without a filing" in client.get(address).text
    client.force_login(grant(draft.filing))
    assert "Products without a filing" not in client.get(address).text
