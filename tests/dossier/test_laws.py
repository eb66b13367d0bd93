import random
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filings.dossier import paths
from filings.dossier.bound import bind
from filings.dossier.canonical import canonical_bytes, digest
from filings.dossier.completeness import problems, progress
from filings.dossier.difference import apply, changes
from filings.dossier.document import outline, pruned
from filings.dossier.kinds import KINDS
from filings.dossier.merging import three_way
from tests.dossier.samples import VARIANTS, complete_dossier, complete_entity
from tests.dossier.strategies import KEYS, contents, damaged

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


def in_order(content: Any) -> Any:
    """The content with items sorted by key: order of items is no difference."""
    if isinstance(content, dict):
        return {name: in_order(value) for name, value in content.items()}
    if isinstance(content, list) and content and isinstance(content[0], dict):
        return sorted((in_order(row) for row in content), key=lambda row: str(row.get("key")))
    return content


@given(NAMES, NAMES, KEYS, NAMES)
def test_a_path_reads_back_as_it_was_written(section, name, key, field):
    for path in (
        paths.Path(section),
        paths.Path(section, name),
        paths.Path(section, name, key),
        paths.Path(section, name, key, field),
    ):
        assert paths.parse(str(path)) == path


@pytest.mark.parametrize("text", ["", ".", "a.", "a.b[", "a.b[zz]", "a.b[abcdef]x", "A.b", "a.b.c", "a b"])
def test_what_is_not_a_path_is_refused(text):
    with pytest.raises(ValueError, match="not a dossier path"):
        paths.parse(text)


@given(contents())
def test_equal_documents_have_no_changes(content):
    assert changes("deep_synthesis", content, deepcopy(content)) == []


@given(contents(), contents())
def test_changes_applied_to_the_old_document_give_the_new_one(old, new):
    made = changes("deep_synthesis", old, new)
    result = apply(old, made)
    assert changes("deep_synthesis", result, new) == []


@given(contents())
def test_moving_items_is_no_change(content):
    moved = deepcopy(content)
    for section in moved.values():
        for value in section.values():
            if isinstance(value, list):
                random.Random(1).shuffle(value)
    assert changes("deep_synthesis", content, moved) == []


@given(contents(), contents())
def test_merging_with_an_unchanged_side_takes_the_other(base, other):
    assert three_way(base, other, base) == (other, [])
    assert three_way(base, base, other) == (other, [])


@given(contents(), contents())
def test_merging_equal_changes_makes_no_conflict(base, other):
    assert three_way(base, other, deepcopy(other)) == (other, [])


@given(contents(), contents(), contents())
def test_merging_conflicts_in_the_same_places_whoever_saves_first(base, mine, theirs):
    one = {conflict.path for conflict in three_way(base, mine, theirs).conflicts}
    other = {conflict.path for conflict in three_way(base, theirs, mine).conflicts}
    assert one == other


@given(contents(), st.randoms(use_true_random=False))
def test_the_canonical_form_ignores_the_order_of_keys(content, chance):
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            names = list(value)
            chance.shuffle(names)
            return {name: shuffled(value[name]) for name in names}
        return [shuffled(each) for each in value] if isinstance(value, list) else value

    assert digest(canonical_bytes(shuffled(content))) == digest(canonical_bytes(content))


@settings(max_examples=25, deadline=None)
@pytest.mark.parametrize("kind", list(KINDS))
@given(data=st.data())
def test_no_stored_content_breaks_checking_printing_or_progress(kind, data):
    content = data.draw(damaged(kind))
    entity = data.draw(damaged("entity"))

    problems(kind, content, entity)
    progress(kind, content, entity)
    outline(kind, content, entity)
    pruned(kind, content, entity)
    for section in KINDS[kind].sections:
        bind(kind, section.code, content, entity=entity).as_data()


@pytest.mark.parametrize(("kind", "algorithm_class", "role"), VARIANTS)
def test_every_answer_survives_the_browser(kind, algorithm_class, role):
    entity, content = complete_entity(), complete_dossier(kind, algorithm_class, role)
    for code in content:
        posted = bind(kind, code, content, entity=entity).as_data()
        bound = bind(kind, code, content, posted, entity=entity)
        assert bound.errors == []
        assert bound.value() == content[code]


def test_every_answer_about_the_entity_survives_the_browser():
    entity = complete_entity()
    for code in entity:
        bound = bind("entity", code, entity, bind("entity", code, entity).as_data())
        assert bound.errors == []
        assert bound.value() == entity[code]


@settings(max_examples=25, deadline=None)
@given(contents())
def test_what_was_typed_is_kept_even_when_it_cannot_be_right(content):
    text_kinds = {"text", "long_text", "url", "email", "region", "date", "decimal", "integer"}
    for code in content:
        section = KINDS["deep_synthesis"].section(code)
        bound = bind("deep_synthesis", code, content, bind("deep_synthesis", code, content).as_data())
        value = bound.value()
        for name, spec in section.specs().items():
            if spec.kind in text_kinds and name in bound.form.fields and name in content[code]:
                kept = value.get(name)
                assert str(kept) == content[code][name] or spec.kind in ("integer", "decimal")
