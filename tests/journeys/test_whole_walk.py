"""From sign-up to the public's verification, each person in a browser context of their own, in Chinese."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from filings import events
from filings.dossier import specimen
from filings.dossier.facts import Facts
from filings.dossier.kinds import KINDS
from filings.models import EntityVersion, Filing
from reviews.models import Proposal
from tests.journeys.filling import IDENTITY_NUMBER, Filler

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

EMAIL, PASSWORD = "lin.zhiyuan@example.cn", "qingshan lushui 2026"


def work():
    """What the worker does after each commit."""
    events.deliver_due()


def link_in_mail(to: str, pattern: str) -> str:
    """The newest link of that form in a mail to this address, as a path."""
    for message in reversed(mail.outbox):
        if to in message.to and (found := re.search(rf"https?://[^/\s]+(/{pattern}\S*)", message.body)):
            return found[1]
    raise AssertionError(f"no mail to {to} with a link to {pattern}: {[m.subject for m in mail.outbox]}")


def button(page: Page, name: str):
    return page.get_by_role("button", name=name, exact=True)


def sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.fill("[name=display_name]", "林知远")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/confirm-email/**")
    page.goto(link_in_mail(EMAIL, "accounts/confirm-email/"))
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "confirm-email" not in url)
    if "login" in page.url:
        page.fill("[name=login]", EMAIL)
        page.fill("[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(lambda url: "login" not in url)


def fill_profile(page: Page) -> None:
    content = specimen.entity()
    page.goto("/entities/new/")
    page.fill("[name=name]", content["basic"]["name"])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/entities/*/**")
    entity = re.search(r"/entities/(\d+)/", page.url)[1]
    filler = Filler(page)
    for section in KINDS["entity"].sections:
        if value := content.get(section.code):
            page.goto(f"/entities/{entity}/profile/{section.code}/")
            filler.section(section.code, value)
            page.wait_for_url(lambda url, code=section.code: not url.endswith(f"/profile/{code}/"))
    page.goto(f"/entities/{entity}/profile/")
    page.locator("form[action$='/profile/freeze/'] button").click()
    assert EntityVersion.objects.filter(entity=entity).exists(), page.locator("main").inner_text()
    fill_profile.filler = filler


def fill_dossier(page: Page) -> str:
    page.goto("/filings/start/?kind=deep_synthesis&algorithm_class=01&role=provider")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/procedures/*/dossier/")
    procedure = re.search(r"/procedures/(\d+)/", page.url)[1]
    content = specimen.dossier("01", "provider")
    filler = Filler(page)
    filler.keys = fill_profile.filler.keys
    facts = Facts.read("deep_synthesis", content, specimen.entity())
    for section in KINDS["deep_synthesis"].sections:
        if section.applies(facts) and content.get(section.code):
            page.goto(f"/procedures/{procedure}/dossier/{section.code}/")
            filler.section(section.code, content[section.code])
            page.wait_for_url(lambda url, code=section.code: not url.endswith(f"/dossier/{code}/"))
    return procedure


def lock_and_confirm(page: Page, procedure: str, page_at) -> None:
    page.goto(f"/procedures/{procedure}/check/")
    button(page, "锁定待签").click()
    page.wait_for_url("**/sign/")
    work()
    page.reload()
    expect(page.get_by_text("算法安全自评估报告")).to_be_visible()
    page.fill("[name=legal_representative]", "lin@example.cn")
    page.fill("[name=safety_officer]", "zhou@example.cn")
    page.locator("form[action$='/invite/'] button").click()
    work()
    for person, address in (("林知远", "lin@example.cn"), ("周明澈", "zhou@example.cn")):
        visitor = page_at()
        visitor.goto(link_in_mail(address, "confirm/"))
        visitor.fill("[name=name]", person)
        visitor.fill("[name=last_four]", IDENTITY_NUMBER[-4:])
        visitor.check("[name=agrees]")
        button(visitor, "确认申报材料").click()
        expect(visitor.get_by_role("heading", name="您已确认本申报材料")).to_be_visible()
    page.reload()
    button(page, "提交备案材料").click()
    page.wait_for_url("**/receipt/**")
    expect(page.get_by_role("heading", name="已收到您的申报材料")).to_be_visible()
    work()


def claim_next(page: Page) -> None:
    page.goto("/admin/")
    page.locator("form.claim-next button").click()
    page.wait_for_url("**/review/")


def propose(page: Page, kind: str) -> None:
    page.locator("a[href$='/propose/']").click()
    page.check(f"[name=kind][value={kind}]")
    page.locator("form .submit-row button").click()
    page.locator("button[name=confirm]").click()
    page.wait_for_url("**/review/**")
    work()


def sign(page: Page) -> None:
    page.goto("/admin/")
    proposal = Proposal.objects.get(status="pending")
    page.locator(f"a[href$='/{proposal.pk}/sign/']").first.click()
    page.locator("button[name=sign]").click()
    page.wait_for_load_state()
    proposal.refresh_from_db()
    assert proposal.status == "signed", page.locator("main, #content").inner_text()
    work()


def test_from_sign_up_to_a_verified_number(
    page_at, installation, province, nation, intake, reviewer, signatory, national_reviewer, national_signatory
):
    provider = page_at()
    sign_up(provider)
    fill_profile(provider)
    work()

    verifier = page_at(user=intake)
    version = EntityVersion.objects.get()
    verifier.goto(f"/admin/filings/entityversion/{version.pk}/change/")
    verifier.locator("button[name=verify]").click()
    verifier.wait_for_load_state()
    version.refresh_from_db()
    assert version.status == "verified"
    work()

    procedure = fill_dossier(provider)
    lock_and_confirm(provider, procedure, page_at)

    desk = page_at(user=reviewer)
    claim_next(desk)
    desk.goto(f"{desk.url.partition('?')[0]}?at=introduction.summary#finding-form")
    desk.locator("#finding-form [name=path]").fill(FINDING_PATH)
    desk.locator("#finding-form [name=text]").fill("请补充算法的适用范围和限制条件。")
    desk.locator("#finding-form [name=legal_basis]").fill("ARP 24")
    desk.locator("#finding-form button.default").click()
    desk.wait_for_load_state()
    review = desk.url.partition("#")[0].partition("?")[0]
    propose(desk, "return")

    signer = page_at(user=signatory)
    sign(signer)

    provider.goto(f"/procedures/{procedure}/findings/")
    expect(provider.get_by_text("请补充算法的适用范围和限制条件。")).to_be_visible()
    provider.get_by_role("link", name="修改此项").click()
    section, field = FINDING_PATH.split(".")
    provider.locator(f"[name='{section}-{field}']").fill(
        "根据用户输入的主题和篇幅要求生成图文草稿，仅供用户在个人日常内容创作中参考修改，不用于新闻采编和专业领域建议。"
    )
    provider.locator(".section-foot button[value=continue]").click()
    provider.wait_for_url(lambda url: not url.split("#")[0].endswith(f"/dossier/{section}/"))
    provider.goto(f"/procedures/{procedure}/findings/")
    provider.locator("textarea[name$='-answer']").fill("已补充适用范围和限制条件。")
    button(provider, "保存答复").click()
    lock_and_confirm(provider, procedure, page_at)

    desk.goto("/admin/")
    desk.locator("a[href$='/review/']").first.click()
    expect(desk.locator("#findings").get_by_text("已补充适用范围和限制条件。")).to_be_visible()
    desk.locator("a[href$='/pass-up/']").click()
    desk.locator("form button.default").click()
    desk.wait_for_load_state()
    work()
    assert review

    national = page_at(user=national_reviewer)
    claim_next(national)
    propose(national, "register")
    sign(page_at(user=national_signatory))

    filing = Filing.objects.get()
    assert filing.standing == "registered"
    provider.goto(f"/procedures/{procedure}/")
    expect(provider.locator("main")).to_contain_text(filing.number)

    stranger = page_at()
    stranger.goto("/register/?q=青岚")
    stranger.get_by_role("link", name=filing.name).first.click()
    expect(stranger.locator("main")).to_contain_text(filing.number)
    stranger.goto("/verify/")
    stranger.fill("[name=number]", filing.number)
    stranger.locator("main form button[type=submit]").first.click()
    expect(stranger.locator(".verdict.is-done")).to_contain_text("备案有效")


FINDING_PATH = "introduction.summary"
