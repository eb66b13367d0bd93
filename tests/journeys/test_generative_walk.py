"""A generative service from the guide to its published number, each person in a browser of their own, in Chinese."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from filings import drafts
from filings.annexchecks.columns import ANNEXES
from filings.annexchecks.specimen import Package
from filings.dossier import specimen
from filings.models import Dossier, Filing
from reviews.models import ReviewTask
from tests import factories
from tests.annexes.package import small
from tests.generative.test_base_model import NUMBER, entry
from tests.journeys.filling import IDENTITY_NUMBER, Filler
from tests.journeys.test_whole_walk import button, claim_next, link_in_mail, propose, sign, work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

TYPED = ("service", "base_model", "minors", "conclusion")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = {"generative": tuple(ANNEXES), "generative_registration": (
    "keywords", "content_bank", "refuse_bank", "answer_bank", "generated_test", "refusal_test",
)}  # fmt: skip
ORIGIN = {"generative": "tuned", "generative_registration": "api"}


@pytest.fixture
def package(monkeypatch):
    """Annexes measured against small numbers, so that a browser can carry them."""
    rules = small()
    monkeypatch.setattr("filings.annexworking.rules_of", lambda _rule_set: rules)
    return Package(rules)


def from_the_guide(page: Page, kind: str) -> str:
    """Answer the guide's questions and start both drafts together; the procedure of the service."""
    page.goto("/guide/check/")
    for question, codes in (
        ("public", ["yes"]), ("does", ["01"]), ("role", ["provider"]), ("opinion", ["yes"]),
        ("model", [ORIGIN[kind]]), ("makes", ["text", "image"]), ("whom", ["adults"]), ("persons", ["no"]),
    ):  # fmt: skip
        for code in codes:
            page.check(f"input[name={question}][value='{code}']")
        page.locator("main form button[type=submit]").click()
        page.wait_for_load_state()
    page.locator("a[href*='start-together']").click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/procedures/*/dossier/")
    page.locator(".notice a[href$='/dossier/']").first.click()
    filing = Filing.objects.get(kind=kind)
    procedure = filing.procedures.get()
    page.wait_for_url(f"**/procedures/{procedure.pk}/dossier/")
    return str(procedure.pk)


def fill(page: Page, procedure: str, kind: str, package: Package, owner) -> None:
    """Some sections by hand, the others as a colleague would have saved them; annexes as real workbooks."""
    at, content = timezone.now(), specimen.service(kind)
    dossier = Dossier.objects.select_related("procedure__filing__entity").get(procedure=procedure)
    entity = dossier.procedure.filing.entity
    others = {code: value for code, value in content.items() if code not in (*TYPED, "annexes")}
    for section, value in factories.real(others, entity, by=owner, at=at).items():
        version = dossier.section_versions.get(section, 0)
        drafts.save_section(
            dossier=dossier, section=section, value=value, base_version=version, by=owner, at=timezone.now()
        )
    filler = Filler(page)
    for section in TYPED:
        page.goto(f"/procedures/{procedure}/dossier/{section}/")
        filler.section(section, content[section])
        page.wait_for_url(lambda url, code=section: not url.endswith(f"/dossier/{code}/"))
    hand_in_annexes(page, procedure, kind, package, content["annexes"])
    work()


def hand_in_annexes(page: Page, procedure: str, kind: str, package: Package, answers: dict) -> None:
    page.goto(f"/procedures/{procedure}/dossier/annexes/")
    days = {name: value for name, value in answers.items() if isinstance(value, str)}
    for name in days:
        page.fill(f"[name='annexes-{name}']", {"test_from": "2026-10-01", "test_to": "2026-10-31"}[name])
    for annex in TABLES[kind]:
        file = {"name": f"{annex}.xlsx", "mimeType": WORKBOOK, "buffer": package.xlsx(annex)}
        page.locator(f"input[type=file][name='annexes-{annex}-new']").set_input_files(file)
        page.locator(f"input[name='annexes-{annex}'][type=checkbox]").first.wait_for(state="attached")
    page.locator(".section-foot button[value=continue]").click()
    page.wait_for_url(lambda url: not url.split("#")[0].endswith("/dossier/annexes/"))


def lock_and_submit(page: Page, procedure: str, page_at) -> None:
    page.goto(f"/procedures/{procedure}/check/")
    button(page, "锁定待签").click()
    page.wait_for_url("**/sign/")
    work()
    page.reload()
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
    work()


def return_for_rectification(desk: Page) -> None:
    claim_next(desk)
    desk.goto(f"{desk.url.partition('?')[0]}?at=service.occasions#finding-form")
    desk.locator("#finding-form [name=path]").fill("service.occasions")
    desk.locator("#finding-form [name=text]").fill("请说明不得使用的场合。")
    desk.locator("#finding-form [name=legal_basis]").fill("GAI 10")
    desk.locator("#finding-form button.default").click()
    desk.wait_for_load_state()
    propose(desk, "return")


def rectify(page: Page, procedure: str) -> None:
    page.goto(f"/procedures/{procedure}/findings/")
    page.get_by_role("link", name="修改此项").click()
    page.locator("[name='service-occasions']").fill("用于文案、故事和配图创作；不得用于新闻采编、医疗诊断和投资决策。")
    page.locator(".section-foot button[value=continue]").click()
    page.wait_for_url(lambda url: not url.split("#")[0].endswith("/dossier/service/"))
    page.goto(f"/procedures/{procedure}/findings/")
    page.locator("textarea[name$='-answer']").fill("已补充不得使用的场合。")
    button(page, "保存答复").click()
    page.wait_for_load_state()


def pass_up(desk: Page) -> None:
    desk.goto("/admin/")
    desk.locator("a[href$='/review/']").first.click()
    desk.locator("a[href$='/pass-up/']").click()
    desk.locator("form button.default").click()
    desk.wait_for_load_state()
    work()


def do_technical_test(desk: Page) -> None:
    """Draw a small sample, put the questions to the service, say of each that it passed, and finish."""
    claim_next(desk)
    task = ReviewTask.objects.get(status="claimed")
    home = reverse("admin:reviews_reviewtask_test", args=[task.pk])
    desk.goto(home)
    for bank, size in (("content_bank", "2"), ("refuse_bank", "1"), ("answer_bank", "1")):
        desk.fill(f"[name={bank}]", size)
    desk.locator("form button.default").first.click()
    desk.wait_for_load_state()
    desk.locator("a.button.default").first.click()
    for _question in range(4):
        desk.fill("[name=answer]", "服务的回答。")
        desk.locator("button[name=verdict][value=passed]").click()
        desk.wait_for_load_state()
    desk.goto(home)
    desk.fill("[name=conclusion]", "抽测通过。")
    desk.locator("form[action$='/finish/'] button").click()
    desk.wait_for_load_state()
    desk.goto(reverse("admin:reviews_reviewtask_review", args=[task.pk]))


def published(page_at, filing: Filing) -> None:
    stranger = page_at()
    stranger.goto("/register/?q=青岚")
    stranger.get_by_role("link", name=filing.name).first.click()
    expect(stranger.locator("main")).to_contain_text(filing.number)
    stranger.goto("/verify/")
    stranger.fill("[name=number]", filing.number)
    stranger.locator("main form button[type=submit]").first.click()
    expect(stranger.locator(".verdict.is-done")).to_be_visible()


def test_a_base_model_is_found_while_its_name_is_typed(page_at, provider, entity):
    entry()
    at = timezone.now()
    procedure = drafts.start_filing(entity=entity, kind="generative", by=provider, at=at)
    page = page_at(user=provider)
    page.goto(f"/procedures/{procedure.pk}/dossier/base_model/")
    page.check("input[name='base_model-origin'][value=borrowed]")
    page.locator("button[name='item-action'][value='add:models']").click()
    page.locator("input[name$='-number-find']").fill("通用大")
    page.locator("input[name$='-number-match']").check()

    expect(page.locator("input[name$='-number']")).to_have_value(NUMBER)
    expect(page.locator("input[name^='base_model-models-'][name$='-name']")).to_have_value("示例通用大模型")
    expect(page.locator("input[name$='-supplier']")).to_have_value("示例云计算有限公司")


def test_a_filing_from_the_guide_to_its_number(
    page_at, provider, entity, package, province, nation, intake, reviewer, signatory, national_reviewer,
    national_signatory,
):  # fmt: skip
    page, desk = page_at(user=provider), page_at(user=reviewer)
    procedure = from_the_guide(page, "generative")
    fill(page, procedure, "generative", package, provider)
    lock_and_submit(page, procedure, page_at)

    return_for_rectification(desk)
    sign(page_at(user=signatory))
    rectify(page, procedure)
    lock_and_submit(page, procedure, page_at)

    pass_up(desk)
    do_technical_test(desk)
    pass_up(desk)
    national = page_at(user=national_reviewer)
    claim_next(national)
    propose(national, "register")
    sign(page_at(user=national_signatory))

    filing = Filing.objects.get(kind="generative")
    assert filing.standing == "registered"
    assert re.fullmatch(r"YanShi-Zhejiang-QingLanWenSi-\d{8}0001", filing.number)
    page.goto(f"/procedures/{procedure}/")
    expect(page.locator("main")).to_contain_text(filing.number)
    published(page_at, filing)


def test_a_registration_from_the_guide_to_its_number(
    page_at, provider, entity, package, province, nation, intake, reviewer, signatory
):
    page, desk = page_at(user=provider), page_at(user=reviewer)
    procedure = from_the_guide(page, "generative_registration")
    fill(page, procedure, "generative_registration", package, provider)
    lock_and_submit(page, procedure, page_at)

    claim_next(desk)
    pass_up(desk)
    do_technical_test(desk)
    propose(desk, "register")
    sign(page_at(user=signatory))

    filing = Filing.objects.get(kind="generative_registration")
    assert filing.standing == "registered"
    assert re.fullmatch(r"YanShi-Zhejiang-QingLanXieZuo-\d{8}S0001", filing.number)
    published(page_at, filing)
