import pytest
from django.urls import reverse

from portal import guide


def decide(**answers):
    return guide.verdict(guide.walk({name: value.split() for name, value in answers.items()}))


def filed(verdict):
    return [(each.algorithm.code, each.role) for each in verdict.filings]


PUBLIC = {"public": "yes", "opinion": "yes", "model": "none"}


def test_research_that_is_not_offered_to_the_public_needs_no_filing():
    verdict = decide(public="no")

    assert filed(verdict) == []
    assert verdict.reasons[0].cites == ("GAI 2", "ARP 2")


@pytest.mark.parametrize("code", ["02", "03", "04", "05", "06"])
def test_a_recommendation_algorithm_with_opinion_attributes_needs_one_filing(code):
    verdict = decide(**PUBLIC, does=code)

    assert filed(verdict) == [(code, "")]
    assert verdict.filings[0].query == {"kind": "recommendation", "algorithm_class": code}


def test_a_provider_of_deep_synthesis_files_as_provider_and_owes_labels():
    verdict = decide(**PUBLIC, does="01", role="provider")

    assert filed(verdict) == [("01", "provider")]
    assert verdict.filings[0].query == {"kind": "deep_synthesis", "algorithm_class": "01", "role": "provider"}
    assert verdict.duties[0].cites == ("LBL 4", "LBL 5", "LBL 12")


def test_whoever_is_provider_and_supporter_files_twice():
    assert filed(decide(**PUBLIC, does="01", role="both")) == [("01", "provider"), ("01", "supporter")]


def test_several_algorithms_each_have_a_filing():
    assert filed(decide(**PUBLIC, does="01 02", role="provider")) == [("01", "provider"), ("02", "")]


def test_a_supplier_of_synthesis_to_firms_files_as_supporter():
    assert filed(decide(public="firms", does="01", opinion="yes")) == [("01", "supporter")]


def test_a_supplier_of_recommendation_to_firms_has_no_filing_of_its_own():
    assert filed(decide(public="firms", does="02")) == []


def test_a_service_without_opinion_attributes_owes_labels_but_no_filing():
    verdict = decide(public="yes", does="01", role="provider", opinion="no", model="own")

    assert filed(verdict) == []
    assert [duty.cites for duty in verdict.duties] == [("LBL 4", "LBL 5", "LBL 12")]


def test_who_is_not_sure_of_opinion_attributes_is_told_to_prepare_and_ask():
    verdict = decide(public="yes", does="02", opinion="unsure")

    assert filed(verdict) == [("02", "")]
    assert verdict.reasons[0].cites == ("SAE 2",)


def test_a_product_that_uses_none_of_the_techniques_needs_no_filing():
    assert filed(decide(public="yes", does="none")) == []


def test_an_answer_that_is_no_option_is_asked_again():
    assert guide.walk({"public": ["perhaps"]}).question.code == "public"


def test_the_guide_asks_one_question_at_a_time_and_keeps_the_answers(client, db):
    page = client.get(reverse("portal:guide-check"), {"public": "yes", "does": ["01", "02"]})

    assert page.context["path"].question.code == "role"
    assert page.context["path"].query == [("public", "yes"), ("does", "01"), ("does", "02")]
    assert [change["url"] for change in page.context["changes"]] == ["?", "?public=yes"]


def test_going_on_without_an_answer_says_so(client, db):
    page = client.get(reverse("portal:guide-check"), {"asked": "yes"})

    assert page.context["unanswered"] is True
    assert 'class="error-summary"' in page.text


def test_a_stranger_starts_the_draft_through_sign_up_and_back(client, db):
    answers = {"public": "yes", "does": "01", "role": "provider", "opinion": "yes", "model": "none"}
    page = client.get(reverse("portal:guide-check"), answers)

    start = page.context["filings"][0]["start"]
    assert start.startswith(f"{reverse('account_signup')}?next=%2F")
    assert "kind%3Ddeep_synthesis%26algorithm_class%3D01%26role%3Dprovider" in start


def test_somebody_signed_in_starts_the_draft_at_once(client, provider):
    client.force_login(provider)
    answers = {"public": "yes", "does": "02", "opinion": "yes"}
    page = client.get(reverse("portal:guide-check"), answers)

    assert page.context["filings"][0]["start"].endswith("?kind=recommendation&algorithm_class=02")


def test_the_checklist_lists_the_profile_and_the_sections_of_the_class(client, db):
    provider = client.get(reverse("portal:guide-checklist"), {"kind": "deep_synthesis", "algorithm_class": "01"})
    pushed = client.get(reverse("portal:guide-checklist"), {"kind": "recommendation", "algorithm_class": "02"})

    assert provider.status_code == pushed.status_code == 200
    assert provider.context["parts"] != pushed.context["parts"]
    assert provider.context["parts"][0] == pushed.context["parts"][0]


def test_a_checklist_for_a_class_that_does_not_exist_is_not_found(client, db):
    assert (
        client.get(reverse("portal:guide-checklist"), {"kind": "deep_synthesis", "algorithm_class": "02"}).status_code
        == 404
    )


@pytest.mark.parametrize(
    "name", ["home", "guide", "guide-check", "guide-checklist", "law-list", "about", "accessibility"]
)
def test_public_pages_need_no_account_and_carry_the_notice(client, db, name):
    page = client.get(reverse(f"portal:{name}"), headers={"accept-language": "en"})

    assert page.status_code == 200
    assert "does not endorse" in page.text
