import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from filings import drafts
from filings.models import Dossier
from tests.browser import PHONE, assert_accessible, assert_fits

SAVED = re.compile(r"^Saved \d")
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def write(page_at, provider, begun, address):
    def open_section(section, **options):
        page = page_at(user=provider, language="en", **options)
        page.goto(address(begun, section))
        return page

    return open_section


def test_without_script_items_are_added_filled_and_moved(write, begun, stored):
    page = write("facilities", java_script_enabled=False)
    for name in ("First room", "Second room"):
        page.get_by_role("button", name="Add: Place of deployment").click()
        page.get_by_label("Designation").last.fill(name)
    page.get_by_role("button", name="Move up").click()
    page.get_by_role("button", name="Save and continue").last.click()

    assert [row["name"] for row in stored(begun, "facilities")["deployments"]] == ["Second room", "First room"]
    assert page.url.endswith("/flow/")


def test_without_script_every_conditional_question_is_there_with_its_condition(write):
    page = write("data", java_script_enabled=False)

    assert page.get_by_label("People whose face data are stored").is_visible()
    assert page.get_by_text("Only if “Does it process or generate faces").first.is_visible()


def test_questions_follow_the_answer_beside_them(write):
    page = write("data")
    faces = page.get_by_label("People whose face data are stored")
    hidden = faces.is_hidden()
    page.get_by_role("group", name="Does it process or generate faces").get_by_label("Yes").check()

    assert (hidden, faces.is_visible()) == (True, True)


def test_what_is_typed_saves_itself(write, begun, stored):
    page = write("introduction")
    page.get_by_label("Main use: scene").fill("图文创作")
    page.get_by_text(SAVED).wait_for()

    assert stored(begun, "introduction") == {"main_scene": "图文创作"}


def test_text_survives_a_broken_connection_and_a_closed_page(write, begun, stored, address):
    page = write("introduction")
    page.context.set_offline(True)
    page.get_by_label("Main use: scene").fill("断网时写的")
    page.get_by_text("Not saved: the connection failed").wait_for()
    page.context.set_offline(False)
    again = page.context.new_page()
    page.close()
    again.goto(address(begun, "introduction"))
    again.get_by_role("button", name="Put it back").click()
    again.get_by_text(SAVED).wait_for()

    assert stored(begun, "introduction") == {"main_scene": "断网时写的"}


def test_a_lapsed_session_keeps_the_text_and_offers_to_sign_in(write, begun, stored):
    page = write("introduction")
    Session.objects.all().delete()
    page.get_by_label("Main use: scene").fill("会话过期")
    page.get_by_role("link", name="Sign in again in a new tab").wait_for()

    assert page.get_by_label("Main use: scene").input_value() == "会话过期"
    assert stored(begun, "introduction") is None


def test_a_merge_in_the_background_waits_until_both_are_shown(write, begun, colleague, now, stored):
    page = write("introduction")
    drafts.save_section(
        dossier=Dossier.objects.get(procedure=begun),
        section="introduction",
        value={"summary": "同事写的"},
        base_version=0,
        by=colleague,
        at=now,
    )
    page.get_by_label("Main use: scene").fill("我写的")
    page.get_by_role("button", name="Show both together").click()
    page.wait_for_load_state()

    assert page.get_by_label("The algorithm in brief").input_value() == "同事写的"
    assert stored(begun, "introduction") == {"summary": "同事写的", "main_scene": "我写的"}


def test_a_place_is_found_while_its_name_is_typed(page_at, provider, entity):
    page = page_at(user=provider, language="en")
    page.goto(reverse("filings:profile-section", args=[entity.pk, "basic"]))
    page.get_by_role("searchbox").fill("杭州 上城")
    page.get_by_label("浙江省杭州市上城区").check()
    page.get_by_text(SAVED).wait_for()

    entity.refresh_from_db()
    assert entity.profile["basic"]["region"] == "330102"


def test_the_summary_of_errors_leads_to_the_field_even_in_a_folded_card(write):
    page = write("introduction")
    page.get_by_label("Number of users").fill("many")
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_role("alert").get_by_role("link").first.click()

    assert page.evaluate("document.activeElement.id") == "id_introduction-user_count"


@pytest.mark.parametrize("width", [1280, PHONE])
@pytest.mark.parametrize("section", ["algorithm", "data", "training", "usage"])
def test_full_pages_are_accessible_and_fit(page_at, provider, draft, address, width, section):
    page = page_at(user=provider, width=width)
    page.goto(address(draft, section))

    assert_accessible(page)
    assert_fits(page)
