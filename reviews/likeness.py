"""Near-same text: how much of a submission's own words stands in another entity's.

Every run of twelve characters of the long answers is numbered; one run in eight is kept. The share
is counted in the database over at most some thousand numbers, each looked up in an index and
followed to at most ``MOST_OF_ONE`` others, so the work is bounded however many dossiers there are.
Runs of the public specimen are nobody's own words and are left out.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from filings.dossier import specimen
from filings.dossier.facts import mapping
from reviews.models import TextPrint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from filings.models import Submission

RUN = 12
ONE_IN = 8
MOST_PRINTS = 4_000
MOST_OF_ONE = 100
LONGEST_TEXT = 20_000
SHORTEST = 20
# Below these a likeness is chance, or the law's own words.
LEAST_PRINTS = 20
LEAST_PERCENT = 30
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another entity's submission, and how many of this one's prints it holds, in all and by section."""

    submission_id: int
    shared: int
    total: int
    sections: tuple[str, ...]

    @property
    def percent(self) -> int:
        return self.shared * 100 // self.total


def texts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Section and text of every answer long enough to be somebody's own words."""
    for section, answers in content.items():
        waiting: list[Any] = [mapping(answers)]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if "attachment" not in value and "sealed" not in value:
                    waiting += value.values()
            elif isinstance(value, list):
                waiting += value
            elif isinstance(value, str) and len(value) >= SHORTEST and not value.startswith(("http://", "https://")):
                yield str(section)[:40], value[:LONGEST_TEXT]


def numbers(text: str) -> Iterator[int]:
    """The numbers of the kept runs of a text; spaces, punctuation, width and case make no difference."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
    for place in range(len(plain) - RUN + 1):
        digest = hashlib.blake2b(plain[place : place + RUN].encode(), digest_size=8).digest()
        number = int.from_bytes(digest, signed=True)
        if number % ONE_IN == 0:
            yield number


def prints(content: Mapping[str, Any]) -> dict[int, str]:
    """The prints of a document by number, each with its section; without those of the public specimen."""
    common = _of_the_specimen()
    found: dict[int, str] = {}
    for section, text in texts(content):
        for number in numbers(text):
            if number not in common:
                found.setdefault(number, section)
    # The smallest numbers are the same ones in every dossier, so a large one is cut comparably.
    return dict(sorted(found.items())[:MOST_PRINTS])


@cache
def _of_the_specimen() -> frozenset[int]:
    return frozenset(
        number for content in _specimens() for _section, text in texts(content) for number in numbers(text)
    )


def _specimens() -> Iterable[dict[str, Any]]:
    for _kind, algorithm_class, role in specimen.VARIANTS:
        yield specimen.dossier(algorithm_class, role)
    for kind in specimen.SERVICES:
        yield specimen.service(kind)


@transaction.atomic
def keep(submission: Submission, content: Mapping[str, Any]) -> int:
    """Keep the prints of a submission in place of those of its earlier rounds; returns how many. Twice is once."""
    procedure = submission.procedure
    TextPrint.objects.filter(submission__procedure=procedure).exclude(submission=submission).delete()
    if TextPrint.objects.filter(submission=submission).exists():
        return 0
    entity = procedure.filing.entity_id
    rows = [
        TextPrint(submission=submission, entity_id=entity, section=section, number=number)
        for number, section in prints(content).items()
    ]
    TextPrint.objects.bulk_create(rows, batch_size=2_000)
    return len(rows)


SHARED = """
SELECT other.submission_id, count(*), array_agg(DISTINCT mine.section)
  FROM reviews_textprint mine
 CROSS JOIN LATERAL (
       SELECT theirs.submission_id
         FROM reviews_textprint theirs
        WHERE theirs.number = mine.number AND theirs.entity_id <> mine.entity_id
        LIMIT %(most_of_one)s
       ) other
 WHERE mine.submission_id = %(submission)s
 GROUP BY other.submission_id
HAVING count(*) >= %(least)s
 ORDER BY count(*) DESC, other.submission_id
 LIMIT %(most)s
"""


def likenesses(submission: Submission) -> list[Likeness]:
    """Submissions of other entities that hold a good part of this one's words, the largest part first.

    Two queries, whatever is found. The prints of the submission must have been kept.
    """
    total = TextPrint.objects.filter(submission=submission).count()
    if total < LEAST_PRINTS:
        return []
    least = max(LEAST_PRINTS, -(-total * LEAST_PERCENT // 100))
    values = {"submission": submission.pk, "most_of_one": MOST_OF_ONE, "least": least, "most": MOST_SHOWN}
    with connection.cursor() as cursor:
        cursor.execute(SHARED, values)
        return [Likeness(pk, shared, total, tuple(sections)) for pk, shared, sections in cursor.fetchall()]
