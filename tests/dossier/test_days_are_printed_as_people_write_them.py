import pytest
from django.utils import translation

from filings.dossier import document, specimen


def printed():
    for section in document.outline("entity", specimen.entity()):
        yield from section.rows
        for table in section.tables:
            for line in table.lines:
                yield from line.cells


@pytest.mark.parametrize(("language", "part"), [("zh-hans", "年"), ("en", " 20")])
def test_no_printed_answer_shows_a_day_as_it_is_stored(language, part):
    with translation.override(language):
        days = [row.value for row in printed() if row.kind == "date" and row.value]
    assert days
    assert all(part in day and "-" not in day for day in days)


@pytest.mark.parametrize(
    ("language", "stored", "words"),
    [
        ("zh-hans", "2026-11-03", "2026年11月3日"),
        ("en", "2026-11-03", "3 November 2026"),
        ("en", "next spring", "next spring"),
    ],
)
def test_a_day_is_written_in_the_language_of_the_reader(language, stored, words):
    with translation.override(language):
        assert document.day_in_words(stored) == words
