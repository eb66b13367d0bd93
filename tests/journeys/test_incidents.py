"""An incident to its proven correction, and a misuse to the competent authority, in the browser."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from filings.models import Matter
from tests.reporting.conftest import detective, evidence, filing, police, told  # noqa: F401  # fixtures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

PICTURE = {"name": "retest.png", "mimeType": "image/png"}


def fill(page, kind):
    """The draft's form, by what each value is."""
    now = timezone.localtime()
    for name, value in told(kind, now).items():
        if name in ("categories", "told"):
            continue
        if name in ("how_found", "correction", "measure"):
            page.check(f"[name={name}][value={value}]")
        elif isinstance(value, dt.datetime):
            page.fill(f"[name={name}]", value.strftime("%Y-%m-%dT%H:%M"))
        else:
            page.fill(f"[name={name}]", str(value))


def begin(page, filing, kind):  # noqa: F811  # the fixture's value
    page.goto(f"/entities/{filing.entity_id}/{kind}s/new/")
    page.check("[name=filing]")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/draft/")
    fill(page, kind)
    page.click("button[name=report]")
    page.wait_for_url(lambda url: not url.endswith("/draft/"))
    return Matter.objects.get(kind=kind)


def deal(desk, matter, do, text, to=None):
    desk.goto(f"/admin/filings/matter/{matter.pk}/change/")
    desk.fill("[name=text]", text)
    if to is not None:
        desk.select_option("[name=to]", str(to.pk))
    desk.click(f"button[name=do][value={do}]")
    desk.wait_for_load_state()


def test_an_incident_is_reported_corrected_and_closed(filing, provider, reviewer, page_at, picture):  # noqa: F811
    page, desk = page_at(user=provider), page_at(user=reviewer)
    matter = begin(page, filing, "incident")
    deal(desk, matter, "acknowledge", "收到，请按期整改。")
    page.goto(f"/matters/{matter.pk}/")
    page.fill("[name=text]", "已微调并复测。")
    page.set_input_files("[name=files]", [{**PICTURE, "buffer": picture}])
    page.click("button[name=do][value=correction]")
    page.wait_for_load_state()
    deal(desk, matter, "close", "整改有效。")
    page.goto(f"/matters/{matter.pk}/")
    expect(page.locator("main")).to_contain_text("整改有效。")


def test_a_misuse_reaches_the_competent_authority(filing, provider, reviewer, police, detective, page_at):  # noqa: F811
    page = page_at(user=provider)
    matter = begin(page, filing, "misuse")
    deal(page_at(user=reviewer), matter, "forward", "涉嫌违法，移送处理。", to=police)
    desk = page_at(user=detective)
    deal(desk, matter, "ask", "请说明持续时间。")
    page.goto(f"/matters/{matter.pk}/")
    expect(page.locator("main")).to_contain_text(police.name_zh)
    page.fill("[name=text]", "两日。")
    page.click("button[name=do][value=answer]")
    page.wait_for_load_state()
    deal(desk, matter, "close", "已受理。")
    page.goto(f"/matters/{matter.pk}/")
    expect(page.locator("main")).to_contain_text("已受理。")


@pytest.fixture
def picture():
    """A small picture that an upload takes."""
    from tests import pictures  # reason: drawn only here

    return pictures.evidence("复测记录")
