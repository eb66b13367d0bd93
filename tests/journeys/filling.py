"""Fills a section's page as a person would: finds each field by its name, adds items by their buttons."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

from tests.pictures import evidence

IDENTITY_NUMBER = "330106199003077814"
PHONES = {"mobile": "13800138000", "phone": "057188888888"}


class Filler:
    """Fills sections of one document; remembers which key the page gave to which item."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys: dict[str, str] = {}

    def section(self, code: str, value: dict[str, Any]) -> None:
        """Fill the section that the page shows and save it."""
        for name, answer in value.items():
            if not _is_items(answer):
                self._answer(f"{code}-{name}", name, answer)
        for name, answer in value.items():
            if _is_items(answer):
                for item in answer:
                    self._item(code, name, item)
        self.page.locator(".section-foot button[value='continue']").click()

    def _item(self, code: str, name: str, item: dict[str, Any]) -> None:
        prefix = f"{code}-{name}"
        keys = self.page.locator(f"input[name='{prefix}-keys']")
        before = keys.count()
        self.page.locator(f"button[name='item-action'][value='add:{name}']").click()
        keys.nth(before).wait_for(state="attached")
        key = keys.nth(before).input_value()
        self.keys[item["key"]] = key
        for field, answer in item.items():
            if field != "key":
                self._answer(f"{prefix}-{key}-{field}", field, answer)

    def _answer(self, name: str, field: str, answer: Any) -> None:
        if isinstance(answer, dict) and "sealed" in answer:
            self.page.locator(f"[name='{name}']").fill(PHONES.get(field, IDENTITY_NUMBER))
        elif isinstance(answer, list) and answer and isinstance(answer[0], dict):
            self._upload(name, answer)
        elif isinstance(answer, list):
            for code in answer:
                self.page.locator(f"input[name='{name}'][value='{self.keys.get(code, code)}']").check()
        else:
            self._one(name, field, self.keys.get(str(answer), str(answer)))

    def _one(self, name: str, field: str, answer: str) -> None:
        found = self.page.locator(f"[name='{name}']")
        if field == "region":
            self._region(name, answer)
        elif _kind(found) == "radio":
            self.page.locator(f"input[name='{name}'][value='{answer}']").check()
        elif _kind(found) == "select":
            found.select_option(answer)
        else:
            found.fill(answer)

    def _region(self, name: str, code: str) -> None:
        self.page.locator(f"[name='{name}-find']").fill("余杭")
        option = self.page.locator(f"input[name='{name}'][value='{code}']")
        option.wait_for()
        option.check()

    def _upload(self, name: str, references: list[dict[str, Any]]) -> None:
        """Real pictures; the page shows each as kept once it has reached the portal."""
        files = [
            {"name": f"{number}-{name}.png", "mimeType": "image/png", "buffer": evidence(f"{name} {number}")}
            for number, _reference in enumerate(references)
        ]
        field = self.page.locator(f"input[type='file'][name='{name}-new']")
        is_many = field.evaluate("input => input.multiple")
        field.set_input_files(files if is_many else files[:1])
        kept = self.page.locator(f"input[name='{name}'][type='checkbox']")
        kept.nth(len(files) - 1 if is_many else 0).wait_for(state="attached")


def _is_items(answer: Any) -> bool:
    return isinstance(answer, list) and bool(answer) and isinstance(answer[0], dict) and "key" in answer[0]


def _kind(found: Locator) -> str:
    first = found.first
    if first.evaluate("element => element.tagName") == "SELECT":
        return "select"
    return str(first.get_attribute("type") or "text")
