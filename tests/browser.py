"""Fixtures of the journeys: one Chromium, a context of its own for each person, axe and pictures."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

DESKTOP, PHONE = 1280, 390
PATIENCE = 45_000  # milliseconds: a busy machine is slow, not wrong
LOCALES = {"zh-hans": "zh-CN", "en": "en-US"}
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
LOOKS = Path(__file__).with_name("looks.js")
JUDGED_EACH = 3  # elements of one look whose contrast is judged
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


expect.set_options(timeout=PATIENCE)


def executable() -> str:
    found = os.environ.get("CHROMIUM") or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert found, "No Chromium: run `make test`, which installs it, or set CHROMIUM."
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--disable-dev-shm-usage", "--lang=zh-CN"]
        )
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A journey that fails leaves a picture of every open page under var/screenshots/failures."""
    report = yield
    if report.when == "call" and report.failed:
        for number, page in enumerate(getattr(item, "open_pages", [])):
            folder = Path(settings.SCREENSHOT_DIR) / "failures"
            folder.mkdir(parents=True, exist_ok=True)
            with suppress(Error):  # a browser too busy for a picture must not hide the failure
                page.screenshot(path=folder / f"{item.name}-{number}.png", full_page=True)
            report.sections.append((f"page {number}", f"{page.url}\n{page.locator('body').inner_text()[:1500]}"))
    return report


@pytest.fixture
def page_at(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`page_at(width=PHONE, language="en", user=provider)`: a page in a context of its own.

    When the test ends, errors of scripts and violations of the content security policy fail it.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    looks: Counter[str] = Counter()

    def open_page(*, width: int = DESKTOP, language: str = "zh-hans", user: Any = None, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 844 if width < 600 else 900},
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            sign_in(context, user, live_server.url)
        page = context.new_page()
        page.judged_looks = looks  # type: ignore[attr-defined]  # one count for all pages of the test
        request.node.open_pages = [*getattr(request.node, "open_pages", []), page]
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: "Content Security Policy" in said.text and complaints.append(said.text))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(context: BrowserContext, user: Any, url: str) -> None:
    """Give the context a session of the user, without the sign-in form."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def assert_accessible(page: Page) -> None:
    """No violation of any axe rule on the page as it stands now.

    Contrast, nine tenths of axe's time on a long page, follows from an element's look alone: within a test
    each look is judged on three elements, wherever they stand first. A look that fails is judged again.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    looks: Counter[str] = getattr(page, "judged_looks", Counter())
    violations, judged = page.evaluate(LOOKS.read_text(), [looks, JUDGED_EACH])
    found = [
        f"{each['id']} ({each['impact']}): {each['help']}\n" + "\n".join(f"    {html}" for html in each["nodes"])
        for each in violations
    ]
    assert found == [], f"{page.url}\n" + "\n".join(found)
    looks.update(judged)


def assert_fits(page: Page) -> None:
    """Nothing is wider than the window."""
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} px wider than the window"


def picture(page: Page, name: str, *, full_page: bool = True) -> Path:
    """Keep a picture of the page under var/screenshots."""
    path = Path(settings.SCREENSHOT_DIR) / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=full_page)
    return path
