"""An inspection from opening to closing: another ministry joins, an order by two people, a proven correction."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from filings.models import Authority, Matter, OfficerRole
from tests import factories
from tests.journeys import test_whole_walk as walk
from tests.registering import registered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def filing(entity, provider, reviewer, signatory, national_reviewer, national_signatory, now):
    known = {"reviewer": reviewer, "national_reviewer": national_reviewer, "national_signatory": national_signatory}
    return registered(entity, by=provider, at=now, **known).filing


@pytest.fixture
def industry(installation):
    return Authority.objects.create(
        name_zh="工业和信息化部", name_en="Ministry of Industry", ministry="miit", level="national"
    )


def do(desk, matter, action, **given):
    """One act of the officer, on its own page."""
    desk.goto(reverse("admin:filings_matter_change", args=[matter.pk]))
    desk.locator(f".acts a[href$='/inspection/{action}/']").click()
    for name, value in given.items():
        field = desk.locator(f"[name={name}]").first
        if value is True:
            field.check()
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    desk.locator("form.desk-form button.default").click()
    desk.wait_for_url(f"**/matter/{matter.pk}/change/**")


def test_an_inspection_goes_from_opening_to_a_result_with_a_second_authority(
    filing, industry, provider, reviewer, signatory, page_at, now, monkeypatch
):
    monkeypatch.setattr(walk, "work", lambda: None)  # papers take long to set, and nobody reads them here
    day = (now + dt.timedelta(days=20)).date().isoformat()
    inspector = factories.officer("inspector@miit.example.cn", industry, OfficerRole.REVIEWER)
    desk = page_at(user=reviewer)
    desk.goto(reverse("admin:filings_matter_inspection-open"))
    desk.fill("[name=reason]", "年度计划。")
    desk.fill("[name=numbers]", filing.number)
    desk.fill("[name=due_on]", day)
    desk.locator("form.desk-form button.default").click()
    expect(desk.locator("tbody tr")).to_contain_text("JC")
    matter = Matter.objects.get(kind="inspection")
    do(desk, matter, "join", authority=str(industry.pk))

    other = page_at(user=inspector)
    other.goto(reverse("admin:filings_matter_changelist"))
    other.locator("tbody th a").click()
    line = other.locator("#measures ~ .table-wrap tbody tr").first
    line.locator("select").select_option("not_kept")
    line.locator("button").click()
    expect(other.locator("#measures ~ .table-wrap tbody tr").first).to_contain_text(str(inspector))

    mine = page_at(user=provider)
    mine.goto(reverse("filings:matter-detail", args=[matter.pk]))
    for number in range(6):
        question = mine.locator("li[id^=question-]").nth(number)
        question.locator("summary").last.click()
        question.locator("textarea").fill("已在备案材料中说明，并附证明。")
        question.locator("button[type=submit]").click()
        expect(mine.locator("li[id^=question-]").nth(number)).to_contain_text("并附证明")
    mine.locator("form[action$='/answers/'] button").click()
    expect(mine.locator("form[action$='/answers/']")).to_have_count(0)

    do(
        desk,
        matter,
        "order",
        articles=True,
        facts="标识与申报不符。",
        demand="按申报添加标识。",
        due_on=day,
        reasons="属实。",
    )
    walk.sign(page_at(user=signatory))
    do(desk, matter, "correction")
    mine.reload()
    mine.locator("form[action$='/correction/'] textarea").fill("已按申报添加标识。")
    mine.locator("form[action$='/correction/'] button[type=submit]").click()
    expect(mine.locator("form[action$='/correction/']")).to_have_count(0)
    do(
        desk,
        matter,
        "close",
        result="corrected",
        findings="已核实整改。",
        is_public=True,
        public_text="经检查已整改到位。",
    )
    public = page_at()
    public.goto(f"/register/{filing.number}/")
    expect(public.locator("main")).to_contain_text("经检查已整改到位。")
