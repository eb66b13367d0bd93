"""Runs one part of the bench inside Django: `python -m bench.within PART [NUMBER]` tells its result as JSON."""

import json
import sys

import django

django.setup()

from bench import claiming, filling, inside, searching, tracing, walk  # noqa: E402 - they need the registry of models

PARTS = {
    "filling": filling.fill,
    "look": inside.look,
    "search": searching.compare,
    "trace": tracing.compare,
    "claim": claiming.claim_all,
    "walk": walk.whole_dossier,
}

if __name__ == "__main__":
    part, *numbers = sys.argv[1:]
    told = PARTS[part](*map(int, numbers))
    print(json.dumps(told, ensure_ascii=False))
