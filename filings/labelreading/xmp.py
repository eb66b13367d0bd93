"""XMP packets: the property AIGC of TC260's namespace, as element or as attribute."""

import re
from collections.abc import Iterator

from lxml import etree

NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
NAME = f"{{{NAMESPACE}}}AIGC"
# Entities are how a small packet becomes a large one; no tool writes any into XMP.
DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
OPENING = re.compile(rb"<(\w{1,40}):AIGC[^>]{0,2000}>")
LONGEST = 64 * 1024
MOST_VALUES = 8


def labels(packet: bytes) -> Iterator[bytes]:
    """The values of the property; of a packet that is no XML, what still can be recognised."""
    packet = packet.strip(b"\0 \r\n\t")
    if NAMESPACE.encode() not in packet and b":AIGC" not in packet:
        return
    root = None if DECLARES.search(packet) else _parsed(packet)
    if root is None:
        for _number, match in zip(range(MOST_VALUES), OPENING.finditer(packet), strict=False):
            end = packet.find(b"</" + match[1] + b":AIGC>", match.end(), match.end() + LONGEST)
            if end >= 0:
                yield _unescaped(packet[match.end() : end])
        return
    yield from _values(root)


def _parsed(packet: bytes) -> "etree._Element | None":
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        return etree.fromstring(packet, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _values(root: "etree._Element") -> Iterator[bytes]:
    left = MOST_VALUES
    for element in root.iter():
        values = []
        if element.tag == NAME:
            values.append("".join(element.itertext()))
        if (attribute := element.get(NAME)) is not None:
            values.append(attribute)
        for value in values:
            yield value.encode("utf-8", "replace")
            left -= 1
            if not left:
                return


def _unescaped(value: bytes) -> bytes:
    for name, letter in ((b"&quot;", b'"'), (b"&#34;", b'"'), (b"&lt;", b"<"), (b"&gt;", b">"), (b"&amp;", b"&")):
        value = value.replace(name, letter)
    return value
