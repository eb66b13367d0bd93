import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from filings import events, members
from filings.models import Invitation, Membership
from tests import factories


@pytest.fixture
def invitation(entity, provider, now):
    return members.invite(entity=entity, email="New@Example.cn", role="editor", by=provider, at=now)


@pytest.fixture
def stranger(db):
    return factories.user("new@example.cn", "赵新")


def test_an_owner_invites_and_the_link_arrives_by_mail(client, entity, provider, now):
    client.force_login(provider)
    client.post(reverse("filings:member-invite", args=[entity.pk]), {"email": "new@example.cn", "role": "viewer"})
    events.deliver_due(at=now + dt.timedelta(minutes=1))
    invitation = Invitation.objects.get()
    assert [m.to for m in mail.outbox] == [["new@example.cn"]]
    assert reverse("filings:invitation-accept", args=[members.token_of(invitation)]) in mail.outbox[0].body


def test_the_token_is_stored_as_a_digest_only(invitation):
    stored = [str(value) for value in Invitation.objects.values_list()[0]]
    assert members.token_of(invitation) not in stored


def test_an_editor_may_not_invite(client, entity, colleague):
    client.force_login(colleague)
    answer = client.post(reverse("filings:member-invite", args=[entity.pk]), {"email": "a@b.cn", "role": "owner"})
    assert (answer.status_code, Invitation.objects.count()) == (403, 0)


def test_who_is_a_member_already_is_not_invited(client, entity, provider, colleague):
    client.force_login(provider)
    answer = client.post(
        reverse("filings:member-invite", args=[entity.pk]), {"email": "COLLEAGUE@example.cn", "role": "owner"}
    )
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)


def test_an_address_is_invited_so_many_times_a_day_by_all_entities_together(client, entity, provider, outsider, now):
    other = outsider.memberships.get().entity
    for number in range(members.MOST_TO_AN_ADDRESS):
        at = now + dt.timedelta(minutes=number - 30)
        members.invite(entity=other, email="new@example.cn", role="viewer", by=outsider, at=at)
    client.force_login(provider)
    address = reverse("filings:member-invite", args=[entity.pk])
    refused = client.post(address, {"email": "NEW@example.cn", "role": "viewer"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (429, ["email"])
    assert Invitation.objects.filter(entity=entity).count() == 0
    members.invite(entity=entity, email="new@example.cn", role="viewer", by=provider, at=now + dt.timedelta(days=1))


def test_an_entity_sends_so_many_invitations_a_day(entity, provider, now, monkeypatch):
    monkeypatch.setattr(members, "MOST_A_DAY", 2)
    for name in ("a", "b"):
        members.invite(entity=entity, email=f"{name}@example.cn", role="viewer", by=provider, at=now)
    with pytest.raises(members.TooManyInvitations):
        members.invite(entity=entity, email="c@example.cn", role="viewer", by=provider, at=now)
    assert Invitation.objects.count() == 2


def test_a_second_invitation_to_an_address_voids_the_first(invitation, entity, provider, stranger, now):
    members.invite(entity=entity, email="new@example.cn", role="viewer", by=provider, at=now + dt.timedelta(seconds=1))
    with pytest.raises(members.InvitationRefused):
        members.accept(token=members.token_of(invitation), by=stranger, at=now)


def test_a_stranger_is_led_through_sign_up_and_back(client, invitation):
    address = reverse("filings:invitation-accept", args=[members.token_of(invitation)])
    answer = client.get(address)
    assert answer.status_code == 200
    assert f"{reverse('account_signup')}?next={address}" in answer.content.decode()


def test_a_visitor_who_posts_joins_nothing(client, invitation, entity):
    answer = client.post(reverse("filings:invitation-accept", args=[members.token_of(invitation)]))
    assert (answer.status_code, Membership.objects.filter(entity=entity).count()) == (200, 1)


def test_a_signed_in_person_accepts_once_and_finds_the_entity(client, invitation, entity, stranger):
    client.force_login(stranger)
    address = reverse("filings:invitation-accept", args=[members.token_of(invitation)])
    answers = [client.post(address), client.post(address)]
    assert [a["Location"] for a in answers] == [reverse("filings:entity-detail", args=[entity.pk])] * 2
    assert Membership.objects.get(user=stranger).role == "editor"


def test_a_used_link_works_for_nobody_else(client, invitation, stranger, outsider, now):
    members.accept(token=members.token_of(invitation), by=stranger, at=now)
    client.force_login(outsider)
    answer = client.post(reverse("filings:invitation-accept", args=[members.token_of(invitation)]))
    assert (answer.status_code, Membership.objects.filter(user=outsider).count()) == (410, 1)


def test_a_link_ends_after_fourteen_days(invitation, stranger, now):
    with pytest.raises(members.InvitationRefused):
        members.accept(token=members.token_of(invitation), by=stranger, at=now + dt.timedelta(days=14))


def test_an_invitation_that_was_taken_back_opens_nothing(client, invitation, entity, provider, stranger):
    client.force_login(provider)
    client.post(reverse("filings:invitation-revoke", args=[entity.pk, invitation.pk]))
    client.force_login(stranger)
    answer = client.post(reverse("filings:invitation-accept", args=[members.token_of(invitation)]))
    assert (answer.status_code, Membership.objects.filter(user=stranger).count()) == (410, 0)


def test_an_invitation_of_another_entity_cannot_be_taken_back(client, invitation, outsider):
    client.force_login(outsider)
    other = outsider.memberships.get().entity_id
    answer = client.post(reverse("filings:invitation-revoke", args=[other, invitation.pk]))
    assert (answer.status_code, Invitation.objects.get().revoked_at) == (404, None)


def test_an_invited_person_sees_the_invitation_at_home(client, invitation, stranger):
    client.force_login(stranger)
    page = client.get(reverse("filings:home")).content.decode()
    assert reverse("filings:invitation-accept", args=[members.token_of(invitation)]) in page
