"""Arbitrary dossiers: well-formed ones, and anything a damaged draft may hold."""

from typing import Any

from hypothesis import strategies as st

from filings.dossier.kinds import KINDS

KEYS = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=6, max_size=6)
WORDS = st.text("ab3中文，。-", min_size=1, max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.text("ab3中 -", max_size=6)
RUBBISH = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abk", max_size=3), inner, max_size=3)
)


def item_lists(fields: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    answers = st.dictionaries(st.sampled_from(fields), WORDS, max_size=3) if fields else st.just({})
    item = st.tuples(KEYS, answers).map(lambda pair: {"key": pair[0], **pair[1]})
    return st.lists(item, min_size=1, max_size=4, unique_by=lambda row: row["key"])


@st.composite
def contents(draw: st.DrawFn, kind: str = "deep_synthesis") -> dict[str, Any]:
    """Documents of the right form with arbitrary text for answers."""
    content: dict[str, Any] = {}
    for section in draw(st.lists(st.sampled_from(KINDS[kind].sections), max_size=4, unique=True)):
        answers: dict[str, Any] = {}
        if section.base_fields:
            answers = draw(st.dictionaries(st.sampled_from(list(section.base_fields)), WORDS, max_size=4))
        for name, item_class in section.items.items():
            if draw(st.booleans()):
                answers[name] = draw(item_lists(list(item_class.base_fields)))
        if answers:
            content[section.code] = answers
    return content


@st.composite
def damaged(draw: st.DrawFn, kind: str = "deep_synthesis") -> Any:
    """A document in which some sections, answers or items are anything at all."""
    content: Any = draw(contents(kind))
    for section in draw(st.lists(st.sampled_from(KINDS[kind].sections), max_size=5, unique=True)):
        names = [*section.base_fields, *section.items]
        value = draw(RUBBISH | st.dictionaries(st.sampled_from(names or ["x"]), RUBBISH, max_size=5))
        content[section.code] = value
    return content
