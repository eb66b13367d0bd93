"""What the filings of a bench database stand on: six layers, each filing on two of the layer below, some on a third.

The lodged filings in order make six layers of one size; the first stands on one chip, which
everything therefore stands on, and ten of it each on a base model of their own.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.db import models

from bench.mass import Mass, Rows
from filings.models import Reliance, Resource

LAYERS = 6
CHIP, FIRST_MODEL = 1, 2
MODELS, ON_A_MODEL = 20, 10
FAR = 7_919  # a prime, so that the second of the two is another chain's
SKIPPING = 10  # every tenth stands on one of two layers below too, and is reached at two levels


def resources(mass: Mass) -> Rows:
    yield {"id": CHIP, "kind": "chip", "key": "bench-chip", "name": "通用芯片", "first_cited_at": mass.now}
    for pk in range(FIRST_MODEL, FIRST_MODEL + MODELS):
        yield {"id": pk, "kind": "model", "key": f"bench-{pk}", "name": f"基础模型{pk}", "first_cited_at": mass.now}


def reliances(mass: Mass) -> Rows:
    """Rows by key; a filing cites in its newest submission."""
    newest = {row["id"]: key for key, row, _round, _document in mass.submitted()}
    lodged = sorted(newest)
    size = len(lodged) // LAYERS
    keys = count(1)
    for at, filing in enumerate(lodged[: size * LAYERS]):
        for target in _targets(at, size, lodged):
            yield {"id": next(keys), "filing_id": filing, "submission_id": newest[filing], "path": "b", **target}


def _targets(at: int, size: int, lodged: list[int]) -> Iterator[dict[str, Any]]:
    layer, place = divmod(at, size)
    if layer == 0:
        yield {"resource_id": CHIP}
        if place < MODELS * ON_A_MODEL:
            yield {"resource_id": FIRST_MODEL + place // ON_A_MODEL}
        return
    below = {lodged[at - size], lodged[(layer - 1) * size + (place + FAR) % size]}
    if layer > 1 and place % SKIPPING == 0:
        below.add(lodged[at - 2 * size])
    for target in sorted(below):
        yield {"on_filing_id": target}


def tables(mass: Mass) -> list[tuple[type[models.Model], Rows]]:
    return [(Resource, resources(mass)), (Reliance, reliances(mass))]
