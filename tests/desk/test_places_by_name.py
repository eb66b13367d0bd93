import pytest
from django.urls import reverse

from filings import wording
from filings.dossier import document, specimen
from filings.models import Region


def values(outline):
    return {row.path: row.value for printed in outline for row in printed.rows}


def test_an_outline_names_a_place_only_if_it_is_told_the_name():
    profile = specimen.entity()
    code = profile["basic"]["region"]
    assert values(document.outline("entity", profile))["basic.region"] == code
    told = document.outline("entity", profile, regions={code: "浙江省杭州市余杭区"})
    assert values(told)["basic.region"] == "浙江省杭州市余杭区"


@pytest.mark.django_db
def test_a_code_that_was_given_up_keeps_its_name():
    old = Region.objects.filter(valid_to__isnull=False).first()
    assert wording.regions({"basic": {"region": old.code}}) == {old.code: old.full_name}
    assert wording.regions({}, {"basic": {}}) == {}


def test_the_review_screen_names_the_place(at_desk, reviewer, task):
    code = task.submission.entity_version.content["basic"]["region"]
    page = at_desk(reviewer).get(reverse("admin:reviews_reviewtask_review", args=[task.pk])).content.decode()
    assert Region.objects.get(code=code).full_name in page
