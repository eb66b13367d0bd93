"""What a provider reads and presses."""

import datetime as dt

import pytest
from django.utils import timezone

from filings import changes, submissions
from filings.models import Filing
from reviews import queue
from reviews.models import ReviewTask
from tests import factories
from tests.changing.conftest import check
from tests.counting import costs

pytestmark = pytest.mark.django_db


def test_a_change_is_begun_dated_and_told_on_the_provider_s_pages(registered, desk, edit, provider, client, now):
    client.force_login(provider)
    first = registered.procedures.get()
    assert f"/filings/{registered.pk}/change/" in client.get(f"/procedures/{first.pk}/").text
    refused = client.post(f"/filings/{registered.pk}/change/", {"changed_on": "2999-01-01"})
    assert refused.status_code == 422
    began = client.post(f"/filings/{registered.pk}/change/", {"changed_on": "2026-01-05"})
    change = registered.procedures.get(purpose="change")
    assert began.url == f"/procedures/{change.pk}/dossier/"
    edit(change, "algorithm", name="改名后的算法")
    page = client.get(f"/procedures/{change.pk}/change/").text
    assert "改名后的算法" in page
    assert registered.name in page
    moved = client.post(f"/procedures/{change.pk}/change/", {"changed_on": "2026-01-06"})
    assert moved.status_code == 302
    dashboard = client.get(f"/entities/{registered.entity_id}/").text
    assert f"/procedures/{change.pk}/dossier/" in dashboard
    assert "/change/" not in client.get(f"/procedures/{first.pk}/").text
    factories.submit(change, by=provider, at=now)
    desk.decline(change, now)
    assert f"/procedures/{first.pk}/" in client.get(f"/entities/{registered.entity_id}/").text


def test_pages_of_a_change_cost_the_same_however_much_changed(registered, change, edit, provider, client):
    client.force_login(provider)
    pages = [f"/procedures/{change.pk}/change/", f"/procedures/{change.pk}/", f"/entities/{registered.entity_id}/"]
    edit(change, "algorithm", name="改名后的算法")
    few = costs(client, pages)
    edit(change, "model", robustness="每季度用对抗样本和历史投诉复测一次，失效时人工接管并回滚到上一版。")
    edit(change, "introduction", main_scene="面向个人创作者的另一种场景。")
    assert costs(client, pages) == few
    assert max(few) <= 20


def test_who_may_not_change_is_told_so(registered, viewer, outsider, client):
    client.force_login(viewer)
    assert client.get(f"/filings/{registered.pk}/change/").status_code == 403
    client.force_login(outsider)
    assert client.get(f"/filings/{registered.pk}/change/").status_code == 404


def test_a_filing_that_was_withdrawn_is_filed_again_by_one_press(submitted, provider, client, now):
    submissions.withdraw(procedure=submitted, by=provider, at=now)
    client.force_login(provider)
    assert f"/filings/{submitted.filing_id}/again/" in client.get(f"/procedures/{submitted.pk}/").text
    went = client.post(f"/filings/{submitted.filing_id}/again/")
    again = Filing.objects.get(predecessor=submitted.filing_id)
    assert went.url == f"/procedures/{again.procedures.get().pk}/dossier/"
    assert client.post(f"/filings/{submitted.filing_id}/again/").url == went.url


@pytest.mark.parametrize("is_late", [False, True])
def test_the_queue_finds_what_was_filed_late(is_late, change, edit, provider, reviewer, client, now):
    today = timezone.localdate(now)
    day = next(day for ago in range(60) if changes.is_late(day := today - dt.timedelta(days=ago), on=today))
    day += dt.timedelta(days=not is_late)  # the last day in time is the one after
    changes.date(procedure=change, changed_on=day, by=provider, at=now)
    edit(change, "algorithm", name="改名后的算法")
    check(factories.submit(change, by=provider, at=now), now)
    client.force_login(reviewer)
    page = client.get("/admin/reviews/reviewtask/?show=late")
    assert [task.procedure for task in page.context["tasks"]] == [change] * is_late
    assert ("逾期办理</span>" in page.text) == is_late
    assert (len(client.get("/admin/reviews/reviewtask/?show=open").context["tasks"])) == 1


def test_the_officer_reads_the_differences_first_in_a_fixed_number_of_queries(
    change, edit, provider, reviewer, client, now
):
    edit(change, "algorithm", name="改名后的算法")
    factories.submit(change, by=provider, at=now)
    check(change, now)
    task = ReviewTask.objects.unfinished().get(procedure=change)
    queue.claim(task=task, by=reviewer, at=now)
    client.force_login(reviewer)
    address = f"/admin/reviews/reviewtask/{task.pk}/review/"
    told, _dot, folded = client.get(address).text.partition('class="unchanged"')
    assert "改名后的算法" in told
    assert 'id="part-model"' in folded
    assert costs(client, [address])[0] <= 40
    sheet = client.get(f"/admin/reviews/reviewtask/{task.pk}/propose/")
    assert 'value="register"' in sheet.text
