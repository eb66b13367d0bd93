"""An anonymous complaint to its answer, and an objection that others decide, in the browser."""

import pytest
from playwright.sync_api import expect

from filings.models import Matter, OfficerRole
from tests import factories
from tests.browser import PHONE, assert_accessible, assert_fits
from tests.registering import registered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def entry(entity, provider, reviewer, national_reviewer, national_signatory, now):
    return registered(
        entity, by=provider, at=now, reviewer=reviewer, national_reviewer=national_reviewer,
        national_signatory=national_signatory,
    )  # fmt: skip


def test_an_anonymous_complaint_is_answered_and_its_outcome_read_by_code(entry, provider, intake, page_at):
    visitor = page_at(width=PHONE, language="en")
    visitor.goto(f"/register/{entry.number}/")
    visitor.locator("a[href$='/complaint/']").click()
    expect(visitor.locator("[data-worked]")).to_be_visible()
    expect(visitor.locator("[data-question]")).to_be_hidden()
    assert_accessible(visitor)
    assert_fits(visitor)
    visitor.select_option("[name=topic]", "content")
    visitor.fill("[name=text]", "昨天生成了违法内容。")
    visitor.wait_for_timeout(3_100)  # nobody reads and writes faster
    visitor.locator("main form button[type=submit]").click()
    code = visitor.locator("strong.number").inner_text()
    assert_accessible(visitor)
    visitor.goto("/complaints/follow/")
    visitor.fill("[name=code]", code)
    visitor.locator("main form button[type=submit]").click()
    expect(visitor.locator("main")).to_contain_text("昨天生成了违法内容。")
    assert code not in visitor.url
    assert_accessible(visitor)

    desk, matter = page_at(user=intake), Matter.objects.get(kind="complaint")
    desk.goto(f"/admin/filings/matter/{matter.pk}/change/")
    desk.locator("#do-forward summary").click()
    desk.fill("#forward-text", "有人反映该服务生成违法内容，请核查并答复。")
    assert_accessible(desk)
    desk.locator("#do-forward button").click()
    own = page_at(user=provider)
    own.goto(f"/matters/{matter.pk}/")
    expect(own.locator("main")).not_to_contain_text("昨天生成了违法内容。")
    own.fill("[name=text]", "已停止生成并完成优化训练。")
    assert_accessible(own)
    own.locator("main form[action$='/answer-complaint/'] button[type=submit]").click()
    own.wait_for_load_state()
    desk.reload()
    desk.locator("#do-close summary").click()
    desk.fill("#close-text", "经核查属实，提供者已处置。")
    desk.locator("#do-close button").click()
    desk.wait_for_load_state()
    visitor.goto("/complaints/follow/")
    visitor.fill("[name=code]", code)
    visitor.locator("main form button[type=submit]").click()
    expect(visitor.locator("main")).to_contain_text("经核查属实，提供者已处置。")
    expect(visitor.locator("main")).to_contain_text("已停止生成并完成优化训练。")
    visitor.goto("/complaints/")
    assert_accessible(visitor)
    assert_fits(visitor)


def test_an_objection_is_decided_by_others(entry, provider, reviewer, province, page_at):
    own = page_at(user=provider, width=PHONE)
    own.goto(f"/entities/{entry.filing.entity_id}/matters/")
    own.locator("a[href$='/objections/new/']").click()
    own.select_option("[name=about]", index=1)
    own.fill("[name=text]", "公示的用途有误。")
    assert_accessible(own)
    assert_fits(own)
    own.locator("main form button[type=submit]").click()
    own.wait_for_url("**/matters/*/")
    matter = Matter.objects.get(kind="objection")
    cast = {}
    for role in (OfficerRole.REVIEWER, OfficerRole.SIGNATORY):
        cast[role] = factories.officer(f"fresh-{role}@zj.example.cn", province, role)
    address = f"/admin/filings/matter/{matter.pk}/change/"
    part = page_at(user=reviewer)
    part.goto(address)
    expect(part.locator("form[action$='/take-up/']")).to_have_count(0)
    expect(part.locator(".said.is-attention")).to_be_visible()
    fresh = page_at(user=cast[OfficerRole.REVIEWER])
    fresh.goto(address)
    fresh.locator("form[action$='/take-up/'] button").click()
    fresh.locator("#do-propose summary").click()
    fresh.fill("#propose-reasons", "经查属实。")
    fresh.fill("#propose-follow_up", "由备案人办理变更，更正公示用途。")
    assert_accessible(fresh)
    fresh.locator("#do-propose button").click()
    fresh.wait_for_load_state()
    signer = page_at(user=cast[OfficerRole.SIGNATORY])
    signer.goto(f"/admin/reviews/proposal/{matter.proposals.get().pk}/sign/")
    signer.locator("button[name=sign]").click()
    signer.wait_for_load_state()
    own.goto(f"/matters/{matter.pk}/")
    expect(own.locator("main")).to_contain_text("由备案人办理变更，更正公示用途。")
    assert_accessible(own)
    assert_fits(own)
