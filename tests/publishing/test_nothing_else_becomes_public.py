"""Each answer that is not on the allow-list is replaced by a mark; no mark may come out."""

import copy
import json

import pytest

from filings.dossier import kinds, specimen
from filings.models import RegisterEntry, RegisterVersion
from filings.publication import PUBLIC_FIELDS, public_content


def public_paths():
    """The paths of the fields that are declared public, as PUBLIC_FIELDS writes them."""
    found = set()
    for kind in kinds.KINDS.values():
        prefix = "entity:" if kind.code == "entity" else ""
        for section in kind.sections:
            for name, field in section.base_fields.items():
                if field.spec.public:
                    found.add(f"{prefix}{section.code}.{name}")
            for items, form in section.items.items():
                for name, field in form.base_fields.items():
                    if name != "key" and field.spec.public:
                        found.add(f"{prefix}{section.code}.{items}.{name}")
    return found


def test_the_allow_list_names_exactly_the_answers_that_are_declared_public():
    assert set(PUBLIC_FIELDS) == public_paths()


def marked(content, prefix, serial):
    """A copy in which every text that is not public is a mark; keys of items stay."""
    marks = []

    def mark(value, path):
        if path in PUBLIC_FIELDS or path.endswith(".key"):
            return value
        if isinstance(value, dict):
            return {key: mark(part, f"{path}.{key}" if path else key) for key, part in value.items()}
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return [mark(part, path) for part in value]
        if isinstance(value, str):
            marks.append(f"秘{next(serial)}密")
            return marks[-1]
        return value

    prefixed = {f"{prefix}{section}": value for section, value in copy.deepcopy(content).items()}
    return {key.removeprefix(prefix): value for key, value in mark(prefixed, "").items()}, marks


def everything_public(client, entry):
    """All that anybody may read of an entry, in every form it is given out."""
    addresses = [
        "/register/", f"/register/?q={entry.name}", f"/register/{entry.number}/", f"/verify/{entry.number}/",
        "/register/feed.atom", "/api/register", f"/api/register/{entry.number}", f"/api/verify/{entry.number}",
    ]  # fmt: skip
    pages = [client.get(address) for address in addresses]
    assert [page.status_code for page in pages] == [200] * len(pages)
    return "\n".join(page.content.decode() for page in pages)


def test_no_answer_outside_the_allow_list_reaches_the_published_content(document):
    serial = iter(range(1_000, 9_999))
    content, own = marked(document["content"], "", serial)
    entity, theirs = marked(document["entity"]["content"], "entity:", serial)
    published = json.dumps(public_content(document["kind"], content, entity, number="号"), ensure_ascii=False)
    assert len(own) > 50
    assert len(theirs) > 30
    assert [mark for mark in own + theirs if mark in published] == []


@pytest.mark.parametrize("kind", specimen.SERVICES)
def test_no_answer_of_a_service_outside_the_allow_list_reaches_the_published_content(kind):
    serial = iter(range(1_000, 9_999))
    content, own = marked(specimen.service(kind), "", serial)
    entity, theirs = marked(specimen.entity(), "entity:", serial)
    published = json.dumps(public_content(kind, content, entity, number="号"), ensure_ascii=False)
    assert len(own) > 50
    assert [mark for mark in own + theirs if mark in published] == []
    assert "青岚创作(APP、网站)" in published


def test_no_private_answer_stands_in_a_page_an_api_answer_or_a_feed(submitted, document, publish, client):
    entry = publish(submitted)
    shown = everything_public(client, entry)
    stored = json.dumps(
        [list(RegisterEntry.objects.values()), list(RegisterVersion.objects.values())], ensure_ascii=False, default=str
    )
    public = json.dumps(
        public_content(document["kind"], document["content"], document["entity"]["content"], number=""),
        ensure_ascii=False,
    )
    private = [text for text in long_texts([document["content"], document["entity"]["content"]]) if text not in public]
    assert len(private) > 30
    assert [text for text in private if text in shown or text in stored] == []


def long_texts(value):
    """Texts long enough not to stand somewhere by chance."""
    if isinstance(value, dict):
        return [text for key, part in value.items() if key != "digest" for text in long_texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in long_texts(part)]
    return [value] if isinstance(value, str) and len(value) >= 11 else []


@pytest.mark.parametrize("path", ["basic.credit_code", "entity:legal_representative.name", "conclusion.reasons"])
def test_an_answer_off_the_list_cannot_be_read_by_mistake(path):
    assert path not in PUBLIC_FIELDS
