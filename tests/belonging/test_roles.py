import threading

import pytest
from django.db import connection
from django.urls import reverse

from filings import members
from filings.models import Event, Membership
from tests import factories


def of(person, entity):
    return Membership.objects.get(user=person, entity=entity)


def test_an_owner_gives_a_colleague_another_role(client, entity, provider, colleague):
    client.force_login(provider)
    client.post(reverse("filings:member-role", args=[entity.pk, of(colleague, entity).pk]), {"role": "owner"})
    assert of(colleague, entity).role == "owner"
    event = Event.objects.get(kind="member.role_changed")
    assert event.data == {"member": colleague.pk, "before": "editor", "role": "owner"}


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_the_last_owner_cannot_step_down(client, entity, provider, role):
    client.force_login(provider)
    answer = client.post(
        reverse("filings:member-role", args=[entity.pk, of(provider, entity).pk]), {"role": role}, follow=True
    )
    assert of(provider, entity).role == "owner"
    assert [m.level_tag for m in answer.context["messages"]] == ["error"]


def test_the_last_owner_cannot_leave(client, entity, provider, colleague):
    client.force_login(provider)
    client.post(reverse("filings:member-remove", args=[entity.pk, of(provider, entity).pk]))
    assert of(provider, entity).role == "owner"


def test_an_owner_leaves_when_another_remains(client, entity, provider, colleague, now):
    members.change_role(membership=of(colleague, entity), role="owner", by=provider, at=now)
    client.force_login(provider)
    answer = client.post(reverse("filings:member-remove", args=[entity.pk, of(provider, entity).pk]))
    assert answer["Location"] == reverse("filings:home")
    assert not Membership.objects.filter(user=provider).exists()
    assert Event.objects.filter(kind="member.left").count() == 1


def test_an_editor_leaves_but_removes_nobody(client, entity, provider, colleague, viewer):
    client.force_login(colleague)
    refused = client.post(reverse("filings:member-remove", args=[entity.pk, of(viewer, entity).pk]))
    client.post(reverse("filings:member-remove", args=[entity.pk, of(colleague, entity).pk]))
    assert refused.status_code == 403
    assert set(entity.memberships.values_list("user", flat=True)) == {provider.pk, viewer.pk}


def test_a_removed_member_sees_the_entity_no_more(client, entity, provider, viewer, now):
    members.remove(membership=of(viewer, entity), by=provider, at=now)
    client.force_login(viewer)
    assert client.get(reverse("filings:entity-detail", args=[entity.pk])).status_code == 404


def test_removing_asks_once_and_names_the_person(client, entity, provider, viewer):
    client.force_login(provider)
    page = client.get(reverse("filings:member-remove", args=[entity.pk, of(viewer, entity).pk])).content.decode()
    assert str(viewer) in page
    assert Membership.objects.filter(user=viewer).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_members_costs_the_same_for_any_number(
    client, entity, provider, now, count, django_assert_num_queries
):
    for number in range(count):
        factories.member(entity, f"m{number}@example.cn", "viewer")
        members.invite(entity=entity, email=f"i{number}@example.cn", role="viewer", by=provider, at=now)
    client.force_login(provider)
    client.get(reverse("filings:member-list", args=[entity.pk]))
    with django_assert_num_queries(7):
        client.get(reverse("filings:member-list", args=[entity.pk]))


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind(entity, provider, colleague, now):
    members.change_role(membership=of(colleague, entity), role="owner", by=provider, at=now)
    rows = [of(provider, entity), of(colleague, entity)]
    start, refused = threading.Barrier(2), []

    def leave(row):
        start.wait()
        try:
            members.remove(membership=row, by=row.user, at=now)
        except members.LastOwner as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[row]) for row in rows]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert (len(refused), Membership.objects.filter(entity=entity).count()) == (1, 1)
