import pytest
from django.urls import reverse

from filings.models import Attachment
from tests import factories
from tests.attaching import samples
from tests.attaching.cast import NOW

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def owner(installation):
    return factories.user("owner@example.cn", "林晓")


@pytest.fixture
def firm(owner):
    return factories.bare_entity(owner=owner, name="杭州青岚智能科技有限公司", at=NOW)


@pytest.fixture
def page(page_at, owner, firm):
    opened = page_at(user=owner)
    opened.goto(reverse("filings:profile-section", args=[firm.pk, "organisation"]))
    return opened


def chosen(page, name, content):
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})


def test_a_chosen_file_is_stored_at_once_and_survives_the_saving(page, firm):
    chosen(page, "组织架构图.png", samples.picture())

    page.locator("[data-attachments] a", has_text="组织架构图.png").wait_for()
    box = page.locator("[data-attachments] input[type=checkbox]")
    row = Attachment.objects.get()
    assert (box.get_attribute("value"), box.is_checked()) == (str(row.pk), True)
    page.locator("button[name=go][value=list]").click()
    page.wait_for_load_state()
    firm.refresh_from_db()
    assert [each["attachment"] for each in firm.profile["organisation"]["chart"]] == [str(row.pk)]


def test_a_refused_file_says_why_beside_its_field(page):
    chosen(page, "图.png", b"MZ" + bytes(200))

    told = page.locator("[data-attachments] [role=alert]")
    told.wait_for()
    assert "图.png" in told.inner_text()
    assert not Attachment.objects.exists()


def test_a_broken_connection_is_tried_again_by_itself(page):
    broken = []

    def break_once(route):
        if broken:
            route.continue_()
        else:
            broken.append(route)
            route.abort()

    page.route("**/files/", break_once)
    chosen(page, "图.png", samples.picture())

    page.locator("[data-attachments] a", has_text="图.png").wait_for()
    assert Attachment.objects.count() == 1


def test_where_one_file_is_taken_a_second_takes_its_place(page_at, owner, firm):
    page = page_at(user=owner)
    page.goto(reverse("filings:profile-section", args=[firm.pk, "licences"]))
    page.locator("button[name=item-action][value^='add']").first.click()
    page.wait_for_load_state()
    proof = page.locator("[data-attachments$='-proof']")
    for name in ("旧截图.png", "新截图.png"):
        picture = {"name": name, "mimeType": "", "buffer": samples.picture()}
        proof.locator("input[type=file]").set_input_files(picture)
        proof.locator("a", has_text=name).wait_for()
    assert proof.locator("input[type=checkbox]").count() == 1
