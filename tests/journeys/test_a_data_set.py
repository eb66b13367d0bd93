"""A data set from its offer to its citation: offered, graded, applied for, consented to, cited."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from filings import cited_datasets
from filings.models import DataRequest, DataSet, Matter
from tests import factories
from tests.datasets.conftest import body, giver, terms

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
__all__ = ["body", "giver", "terms"]


def test_a_data_set_from_offer_to_citation(body, giver, terms, provider, entity, reviewer, page_at, now):
    service = factories.complete_draft(entity=entity, by=provider, at=now, kind="generative")
    told, page = terms(), page_at(user=giver)
    page.goto(f"/entities/{body.pk}/matters/")
    page.locator(f"a[href='/entities/{body.pk}/data-sets/new/']").click()
    for name in ("title", "description", "source", "licence", "size", "contact"):
        page.fill(f"[name={name}]", getattr(told, name))
    for name in ("data_class", "wished_grade"):
        page.select_option(f"[name={name}]", getattr(told, name))
    page.locator("main form button[type=submit]").click()
    page.locator("button[name=offer]").click()
    expect(page.locator("button[name=offer]")).to_have_count(0)

    made, desk = DataSet.objects.get(), page_at(user=reviewer)
    desk.goto(reverse("admin:filings_matter_change", args=[made.matter_id]))
    desk.locator("button[value=confirm]").click()
    expect(desk.locator("button[value=confirm]")).to_have_count(0)

    reference = Matter.objects.get(pk=made.matter_id).reference
    applicant = page_at(user=provider)
    applicant.goto("/data-sets/?q=公共文化")
    applicant.locator(f"a[href='/data-sets/{reference}/']").click()
    applicant.locator(f"a[href='/applications/new/{reference}/']").click()
    applicant.fill("[name=purpose]", "写作模型微调")
    applicant.fill("[name=handling]", "加密存储，不外传")
    applicant.locator("main form button[type=submit]").click()
    applicant.wait_for_url("**/matters/*/")

    request = DataRequest.objects.get()
    page.goto(f"/applications/{request.pk}/")
    page.fill("[name=text]", "仅限训练")
    page.locator("button[value=consent]").click()
    expect(page.locator("button[value=revoke]")).to_be_visible()

    row = next(each for each in service.dossier.content["corpora"]["corpora"] if each["source_kind"] == "public_data")
    applicant.goto(f"/procedures/{service.pk}/dossier/corpora/")
    prefix = f"corpora-corpora-{row['key']}"
    applicant.locator(f"details:has([name={prefix}-catalogue_entry]) > summary").click()
    applicant.fill(f"[name={prefix}-catalogue_entry]", reference)
    applicant.fill(f"[name={prefix}-catalogue_consent]", request.matter.reference)
    applicant.locator(".section-foot button[value=continue]").click()
    applicant.wait_for_url(lambda url: not url.endswith("/dossier/corpora/"))
    service.dossier.refresh_from_db()
    quoted = cited_datasets.quoted(service.dossier.content, entity_id=entity.pk)
    assert [(each.dataset, each.consent) for each in quoted] == [(made, request)]
    assert cited_datasets.check(service, service.dossier.content, {}) == []
