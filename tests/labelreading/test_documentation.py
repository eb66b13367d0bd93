from pathlib import Path

from django.utils import translation

from filings.labelreading import PLACES, words

PAGE = Path(__file__).resolve().parents[2] / "docs" / "labels.md"


def table():
    head = ["| place | where | confidence | source | own |", "| --- | --- | --- | --- | --- |"]
    rows = [
        f"| {each.code} | {each.where} | {each.confidence} | {each.source} | {'yes' if each.is_own else ''} |"
        for each in PLACES
    ]
    return "\n".join([*head, *rows])


def test_the_documentation_lists_every_place_with_its_confidence():
    listed = PAGE.read_text().partition("<!-- places -->\n")[2].partition("\n<!-- /places -->")[0]
    assert listed == table()


def test_no_place_claims_to_be_sure():
    assert {each.confidence for each in PLACES} == {"likely", "unsure"}


def test_every_code_has_words_that_name_its_part():
    with translation.override("en"):
        assert words.said("missing:Label") == "The key Label is missing."
        assert words.said("empty:ProduceID") == "The value of ProduceID is empty."
        assert words.said("empty") == "The field AIGC is there and empty."
        assert all(words.said(code) for code in words.SAID if "part" not in str(words.SAID[code]))
