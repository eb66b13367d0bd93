"""One row of a published list: what it states of an entry, and what a person should know of it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from filings import numbers, register
from filings.imports.published_lists import ListRow
from filings.models.filing import FilingKind
from filings.models.register import NumberState, RegisterEntry

_DAY = re.compile(r"(20\d\d)\s*[/.\-年]\s*(\d{1,2})\s*[/.\-月]\s*(\d{1,2})\s*日?", re.ASCII)


def content(row: ListRow) -> dict[str, Any]:
    """A row as the content of a version; columns the importer does not know are kept apart."""
    values = row.values
    stated: dict[str, Any] = {"number": values["number"], "name": values["name"], "entity_name": values["entity"]}
    if row.kind:
        filed_on, _note = read_day(values.get("day", ""))
        stated |= {
            "kind": row.kind, "place_label": values.get("place", ""), "day_label": values.get("day", ""),
            "filed_on": filed_on.isoformat() if filed_on else "",
        }  # fmt: skip
    else:
        stated |= {
            "class_label": values.get("class", ""), "role_label": values.get("role", ""),
            "products": values.get("products", ""), "main_use": values.get("main_use", ""),
        }  # fmt: skip
    stated["remark"] = values.get("remark", "")
    others = {c.removeprefix("other:"): v for c, v in values.items() if c.startswith("other:") and v}
    return stated | ({"other_columns": others} if others else {})


def notes(row: ListRow, entry: RegisterEntry) -> list[str]:
    """What was taken in as published though something about it is odd, in words."""
    return list(_of_service(row, entry) if row.kind else _of_algorithm(row, entry))


def read_day(text: str) -> tuple[date | None, str]:
    """The day that a cell names and what else stands there: “2026/5/1(补登)” has a note."""
    found = _DAY.search(numbers.clean(text))
    if found is None:
        return None, text.strip()
    rest = (found.string[: found.start()] + found.string[found.end() :]).strip("()（）,，;；")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), rest
    except ValueError:
        return None, text.strip()


def _of_algorithm(row: ListRow, entry: RegisterEntry) -> Iterator[str]:
    if entry.number_state == NumberState.WRONG_CHECK_DIGIT:
        yield _("The check digit does not fit; kept as published.")
    elif entry.number_state == NumberState.MALFORMED:
        yield _("The number has not the published form; kept as published.")
    if entry.region_code and not entry.province:
        yield _("No province has the code in this number; kept as published.")
    role = row.values.get("role", "")
    if role and not entry.role and role not in register.ROLE_LABELS:
        yield _("The role is not one of the two; kept as published.")


def _of_service(row: ListRow, entry: RegisterEntry) -> Iterator[str]:
    parsed = numbers.parse(row.values["number"])
    for block in parsed.wrong_blocks if parsed.is_service else ():
        yield _("%(block)s “%(text)s”: %(problem)s Kept as published.") % {
            "block": block.label, "text": block.text, "problem": block.problem,
        }  # fmt: skip
    if not parsed.is_service:
        yield _("The number has not the published form; kept as published.")
    place = row.values.get("place", "")
    if place and not numbers.place_of(place):
        yield _("“%(place)s” is no region known; kept as published.") % {"place": place}
    elif place and parsed.province and parsed.province != numbers.place_of(place):
        yield _("The region in the number is not %(place)s, which stands beside it; kept as published.") % {
            "place": place
        }
    if parsed.is_registration != (row.kind == FilingKind.GENERATIVE_REGISTRATION) and parsed.sequence:
        yield _("The number has the form of the other table, filings or registrations; kept as published.")
    day, rest = read_day(row.values.get("day", ""))
    if day is None:
        yield _("No date can be read from “%(text)s”; kept as published.") % {"text": rest}
    elif rest:
        yield _("The date carries a note: %(note)s.") % {"note": rest}
