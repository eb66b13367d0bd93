"""A label that stands where none is looked for: found by its keys in the file's bytes."""

import re
from collections.abc import Iterator

from filings.labelreading.places import ELSEWHERE
from filings.labelreading.source import MEGABYTE, Candidate, Source

HEAD, TAIL = 8 * MEGABYTE, 2 * MEGABYTE
NEEDLE = re.compile(rb"ContentProducer|&quot;AIGC&quot;|\"AIGC\"")
REACH = 4096
MOST_FOUND = 8


def elsewhere(source: Source) -> Iterator[Candidate]:
    """The object around each mention of a key, if a brace opens near before it."""
    for data in _windows(source):
        found, beyond = 0, 0
        for match in NEEDLE.finditer(data):
            if match.start() < beyond:
                continue
            source.step()
            start = data.rfind(b"{", max(beyond, match.start() - REACH), match.start())
            if start < 0:
                continue
            end = data.find(b"}", match.end(), match.end() + REACH)
            if end < 0:
                continue
            beyond = end + 1
            yield Candidate(ELSEWHERE, data[start:beyond].replace(b"&quot;", b'"').replace(b'\\"', b'"'))
            found += 1
            if found == MOST_FOUND:
                return


def _windows(source: Source) -> Iterator[bytes]:
    if source.size <= HEAD + TAIL:
        yield source.at(0, source.size)
    else:
        yield source.at(0, HEAD)
        yield source.at(source.size - TAIL, TAIL)
