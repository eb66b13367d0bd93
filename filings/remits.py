"""Within what remit each ministry inspects, and where the dossiers answer what it asks.

Generative AI Measures, art. 16: each supervises by its own duties; art. 19: whoever inspects is
given the source, scale, type and labelling rules of the training data, the algorithm mechanism,
and support with techniques and data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from filings.models.officer import Ministry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filings.dossier.document import Printed, Row
    from filings.dossier.words import Words

# What is asked, in the order of art. 19; the last is help, to which no place of a dossier answers.
QUESTIONS: dict[str, Words] = {
    "source": _("Explain where the training data come from."),
    "scale": _("Explain the scale of the training data."),
    "type": _("Explain the types of the training data."),
    "labelling_rules": _("Explain the rules by which the data were labelled."),
    "mechanism": _("Explain the mechanism of the algorithm."),
    "assistance": _("Name who gives the inspectors support with techniques and data, and give them access."),
}
MEASURES: dict[str, Words] = {
    "minors": _("Protection of minors"),
    "labels": _("Labels of generated content"),
    "personal_information": _("Personal information"),
    "content": _("Illegal content"),
    "complaints": _("Complaints of users"),
}
EVERYTHING = tuple(MEASURES)
# Whose duty the measures are: interior, industry and broadcasting by their own laws; filings by the first.
REMIT: dict[str, tuple[str, ...]] = {
    Ministry.CAC: EVERYTHING,
    Ministry.NDRC: (),
    Ministry.MOE: ("minors",),
    Ministry.MOST: ("content",),
    Ministry.MIIT: ("labels", "personal_information", "complaints"),
    Ministry.MPS: ("personal_information", "content", "minors"),
    Ministry.NRTA: ("content", "labels", "minors"),
}
# Where dossiers say it: by section the fields, all of them where none is named.
PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "source": {
        "training": ("name", "source_kind", "url", "licence", "supplier", "collection"),
        "corpora": ("name", "source_kind", "origin", "url", "licence", "supplier", "collection", "opened_by"),
        "base_model": ("number", "name", "supplier"),
    },
    "scale": {"training": ("name", "scale", "scale_unit"), "corpora": ("name", "storage", "size", "size_unit")},
    "type": {"training": ("name", "modality"), "corpora": ("name", "data_type", "language")},
    "labelling_rules": {"training": ("is_labelled", "labelling_rules"), "labelling": ()},
    "mechanism": {"mechanism": (), "flow": (), "publication": ("principle", "mechanism")},
    "assistance": {},
    "minors": {"minors": ()},
    "labels": {"labels": (), "output_labels": ()},
    "personal_information": {"user_rights": ("personal_information", "notice", "training_opt_out"), "user_input": ()},
    "content": {"illegal_content": (), "content_safety": (), "review": (), "misuse": ()},
    "complaints": {"complaints": ()},
}


def declared(subject: str, outline: Iterable[Printed]) -> Iterator[Row]:
    """The answers of a submission that speak of the subject, as printed; unanswered ones are left out."""
    places = PLACES[subject]
    for printed in outline:
        fields = places.get(printed.code)
        if fields is None or not printed.applies:
            continue
        cells = [*printed.rows, *(cell for table in printed.tables for line in table.lines for cell in line.cells)]
        for row in cells:
            if (row.value or row.files) and (not fields or row.path.rpartition(".")[2] in fields):
                yield row
