from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from filings import base_models, numbers

if TYPE_CHECKING:
    from django.http import QueryDict

    from filings.dossier.bound import BoundSection
    from filings.layouts import Layout
    from filings.views.requests import PersonRequest

MATCH = "-match"
FIND = "-find"
# What an entry of the register says of a model, by the field beside the number.
BESIDE = {"name": "name", "supplier": "entity_name"}


@require_GET
def model_search(request: PersonRequest) -> JsonResponse:
    found = base_models.search(request.GET.get("q", "").replace("\x00", "")[:100])
    return JsonResponse(
        {
            "models": [
                {
                    "number": each.number,
                    "name": each.name,
                    "supplier": each.entity_name,
                    "standing": str(each.get_standing_display()),
                }
                for each in found
            ]
        }
    )


def take(data: QueryDict) -> None:
    """Put the chosen number into its field, and name and provider beside it where they are empty."""
    chosen = {name.removesuffix(MATCH): str(data[name]) for name in list(data) if name.endswith(MATCH) and data[name]}
    known = base_models.entries(chosen.values())
    for name, number in chosen.items():
        data[name] = number
        entry = known.get(numbers.key(number))
        for field, column in BESIDE.items():
            other = f"{name.removesuffix('number')}{field}"
            if entry is not None and other != name and not data.get(other, "").strip():
                data[other] = getattr(entry, column)


def wanted(bound: BoundSection, data: QueryDict) -> str:
    """The field whose look-up button was pressed."""
    asked = str(data.get("find", ""))
    for items in bound.formsets.values():
        for form in items:
            for name, field in form.fields.items():
                if field.spec.lookup and form.add_prefix(name) == asked:  # type: ignore[attr-defined]
                    return asked
    return ""


def fill(layout: Layout, find: str, data: QueryDict) -> None:
    """Say what the register knows of each quoted number and, after a search, what matches."""
    asking: list[Any] = [question for question in layout.all_questions if question.spec.lookup]
    quoted = [(question, str(question.bound.value() or "")) for question in asking]
    known = base_models.entries(number for _question, number in quoted if number)
    for question, number in quoted:
        question.entry = known.get(numbers.key(number)) if number else None
        if find == question.bound.html_name:
            question.asked_for = data.get(f"{find}{FIND}", "").strip() or number
            question.matches = base_models.search(question.asked_for)
