import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from filings.dossier import fields
from filings.dossier.kinds import KINDS

OPTIONS = [("a", "A"), ("b", "B")]

WRONG = [
    (fields.text("", max_length=5), "123456", "This is too long: at most 5 characters fit here, and there are 6."),
    (
        fields.long_text("", min_length=5),
        "123",
        "This is too short: at least 5 characters are asked for, and there are 3",
    ),
    (fields.text(""), "a\0b", "The text holds a character that cannot be stored."),
    (fields.integer("", least=2), "1", "The number is too small: at least 2 is expected here."),
    (fields.integer("", most=2), "3", "The number is too large: at most 2 is expected here."),
    (fields.integer(""), "1.5", "This is not a whole number: write digits without a unit"),
    (fields.decimal(""), "many", "This is not a number: write digits without a unit"),
    (fields.decimal("", places=2), "1.234", "The number has too many digits behind the point: at most 2 are taken."),
    (fields.day(""), "2026-02-30", "This is not a day of the calendar: write year-month-day"),
    (fields.choice("", OPTIONS), "c", "What was chosen is not, or no longer, among the answers offered."),
    (fields.choices("", OPTIONS), ["a", "c"], "What was chosen is not, or no longer, among the answers offered."),
    (fields.email(""), "a b@example.cn", "This is not an e-mail address"),
]


@pytest.mark.parametrize(("field", "value", "said"), WRONG)
def test_a_wrong_answer_is_told_in_the_portals_own_words(field, value, said):
    with override("en"), pytest.raises(ValidationError) as refused:
        field.clean(value)

    with override("en"):
        assert [message[: len(said)] for message in refused.value.messages] == [said]


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_question_of_a_dossier_speaks_djangos_words(kind):
    stock = {forms.CharField: "max_length", forms.IntegerField: "min_value", forms.ChoiceField: "invalid_choice"}
    asked = [
        field
        for section in KINDS[kind].sections
        for form in (section, *section.items.values())
        for field in form.base_fields.values()
    ]

    silent = [
        field.label
        for field in asked
        for of_class, code in stock.items()
        if isinstance(field, of_class) and field.error_messages.get(code) not in _own_messages()
    ]

    assert silent == []


def _own_messages():
    return [
        message
        for messages in (fields.TEXT_MESSAGES, fields.NUMBER_MESSAGES, fields.CHOICE_MESSAGES)
        for message in messages.values()
    ]
