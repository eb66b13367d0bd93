import datetime as dt

import pytest
from django.urls import reverse

from filings import drafts, members, sealing
from filings.models import Confirmation, Invitation
from tests import factories


@pytest.fixture
def link(draft, provider, now):
    lock = sealing.lock(procedure=draft, by=provider, at=now)
    (made,) = sealing.invite(sealing=lock, emails={"legal_representative": "l@example.cn"}, by=provider, at=now)
    return made


def address(confirmation):
    return reverse("filings:confirm", args=[sealing.token_of(confirmation)])


def entered(name, last_four):
    return {"name": name, "last_four": last_four, "agrees": "on"}


@pytest.mark.parametrize("token", ["x", "0" * 43, "%00", "A" * 500])
def test_a_guessed_link_tells_nothing(token, client, link):
    answer = client.get(f"/confirm/{token}/")
    assert answer.status_code == 410
    assert link.person_name not in answer.content.decode()


def test_a_link_is_blocked_after_five_wrong_entries_even_for_the_right_one(client, link):
    wrong = [client.post(address(link), entered(link.person_name, "000X")).status_code for _ in range(5)]
    right = client.post(address(link), entered(link.person_name, factories.IDENTITY_NUMBER[-4:]))
    assert (wrong, right.status_code) == ([422] * 5, 410)
    assert Confirmation.objects.get().confirmed_at is None


def test_new_links_and_new_locks_give_no_endless_tries(client, link, draft, provider, now):
    sent = {"legal_representative": "l@example.cn"}
    for _try in range(5):
        client.post(address(link), entered(link.person_name, "000X"))
    lock = sealing.lock(procedure=draft, by=provider, at=now)
    (second,) = sealing.invite(sealing=lock, emails=sent, by=provider, at=now)
    wrong = [client.post(address(second), entered(link.person_name, "000X")).status_code for _try in range(5)]
    assert wrong == [422] * 5
    client.force_login(provider)
    refused = client.post(reverse("filings:dossier-invite", args=[draft.pk]), sent)
    assert (refused.status_code, Confirmation.objects.count()) == (429, 2)
    assert "10" in refused.context["form"].non_field_errors()[0]


def test_a_person_is_sent_so_many_links_a_day(link, provider, now):
    sent = {"emails": {"legal_representative": "l@example.cn"}, "by": provider}
    for _time in range(sealing.MOST_LINKS_A_DAY - 1):
        sealing.invite(sealing=link.sealing, at=now, **sent)
    with pytest.raises(sealing.TooManyLinks):
        sealing.invite(sealing=link.sealing, at=now, **sent)
    assert sealing.invite(sealing=link.sealing, at=now + dt.timedelta(days=1), **sent)


def test_a_link_stops_when_the_dossier_is_edited(client, link, draft, provider, now):
    dossier = draft.dossier
    value = {**dossier.content["algorithm"], "name": "另一个名称"}
    version = dossier.section_versions["algorithm"]
    drafts.save_section(dossier=dossier, section="algorithm", value=value, base_version=version, by=provider, at=now)
    answer = client.post(address(link), entered(link.person_name, factories.IDENTITY_NUMBER[-4:]))
    assert answer.status_code == 410
    assert Confirmation.objects.get().confirmed_at is None


def test_a_confirmed_link_opens_papers_no_longer_than_it_was_good_for(client, link):
    client.post(address(link), entered(link.person_name, factories.IDENTITY_NUMBER[-4:]))
    Confirmation.objects.update(expires_at=link.sent_at - dt.timedelta(days=1))
    path = reverse("filings:confirm-paper", args=[sealing.token_of(link), 1])
    assert client.get(path).status_code == 410


def test_a_paper_of_another_dossier_does_not_open_behind_a_link(client, link, entity, provider, now):
    from filings import events
    from filings.models import Paper

    another = factories.complete_draft(entity=entity, by=provider, at=now, name="另一算法")
    factories.submit(another, by=provider, at=now)
    events.deliver_due()
    other = Paper.objects.exclude(sealing=link.sealing).first()
    path = reverse("filings:confirm-paper", args=[sealing.token_of(link), other.pk])
    assert client.get(path).status_code == 404


def test_neither_token_stands_in_the_database(link, entity, provider, now):
    from tests.hostile.searching import tables_that_hold

    invitation = members.invite(entity=entity, email="n@example.cn", role="viewer", by=provider, at=now)
    assert tables_that_hold(sealing.token_of(link)) == []
    assert tables_that_hold(members.token_of(invitation)) == []


def test_an_invitation_gives_its_own_role_whatever_is_posted(client, entity, provider, now):
    invitation = members.invite(entity=entity, email="n@example.cn", role="viewer", by=provider, at=now)
    person = factories.user("n@example.cn")
    client.force_login(person)
    client.post(reverse("filings:invitation-accept", args=[members.token_of(invitation)]), {"role": "owner"})
    assert entity.memberships.get(user=person).role == "viewer"


def test_a_member_removed_does_not_come_back_by_an_old_invitation(client, entity, provider, now):
    invitation = members.invite(entity=entity, email="n@example.cn", role="viewer", by=provider, at=now)
    person, token = factories.user("n@example.cn"), members.token_of(invitation)
    membership = members.accept(token=token, by=person, at=now)
    members.remove(membership=membership, by=provider, at=now)
    client.force_login(person)
    assert client.post(reverse("filings:invitation-accept", args=[token])).status_code == 410
    assert Invitation.objects.get().accepted_by == person
