"""A reviewer's day with the keyboard alone: claim, move between panes, find fault, propose, confirm."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from filings import events
from filings.models import Finding
from reviews.models import Proposal, ReviewTask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def tab_to(page: Page, selector: str, *, most: int = 80) -> None:
    """Press Tab until the focus stands on what the selector names, and is seen there."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert width != "0px", f"the focus on {selector} is not seen"
            return
    raise AssertionError(f"{most} tabs do not reach {selector}: {page.url}")


def pane(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('.pane, .bar')?.id ?? ''"))


def test_a_reviewer_works_a_task_without_a_mouse(submitted, reviewer, signatory, now, page_at):
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    page = page_at(user=reviewer)
    page.set_default_timeout(60_000)
    page.goto("/admin/")
    tab_to(page, ".claim-next button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    task = ReviewTask.objects.get()
    assert task.claimed_by == reviewer

    walked = []
    for _jump in range(5):
        page.keyboard.press("F6")
        walked.append(pane(page))
    assert walked == ["pane-sections", "pane-dossier", "pane-tools", "what-to-do", "pane-sections"]
    page.keyboard.press("F6")
    tab_to(page, "[id='at-algorithm.name'] a.raise")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("请核对算法名称与拟公示内容是否一致。")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    finding = Finding.objects.get()
    assert (finding.path, finding.raised_by) == ("algorithm.name", reviewer)

    page.keyboard.press("Shift+F6")
    assert pane(page) == "what-to-do"
    tab_to(page, "a[href$='/propose/']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "input[name='kind']")
    page.keyboard.press("Space")
    for _option in range(3):
        if page.locator("input[name='kind'][value='return']").is_checked():
            break
        page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator(".consequences")).to_be_visible()
    assert not Proposal.objects.exists()
    tab_to(page, "button[name='confirm']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Proposal.objects.get().kind == "return"
