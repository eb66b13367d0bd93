"""Keys of the assessment's topics, the same in every dossier."""

import hashlib

from filings.dossier.paths import KEY_LENGTH, KEY_LETTERS


def key_of(code: str) -> str:
    """The key of a topic's item, made from the topic's code in its rule set."""
    number = int.from_bytes(hashlib.sha256(code.encode()).digest()[:4], "big")
    return "".join(KEY_LETTERS[number >> (5 * place) & 31] for place in range(KEY_LENGTH))
