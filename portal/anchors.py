"""Short names for the places in a page that citations and errors link to."""

import re


def slug(key: str) -> str:
    """An instrument's key as it stands in an address: `GB/T 45654-2025` → `gb-t-45654-2025`."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def anchor(number: str) -> str:
    """An article's number, or a field path, as an anchor: `24(1)` → `a-24-1`."""
    return "a-" + re.sub(r"[^A-Za-z0-9]+", "-", number).strip("-")
