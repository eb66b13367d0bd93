import datetime as dt

import pytest

from filings import events
from filings.models import Filing, NumberState, RegisterEntry, Reliance, Resource
from tests import factories

NUMBER = "Zhejiang-YanShi{n:02}-2026010100{n:02}"


@pytest.fixture
def service(provider, entity, now):
    """A submitted generative service; ``number`` is what it is built on."""

    def service(name, number="", kind="generative", **rows):
        draft = factories.complete_draft(entity=entity, by=provider, at=now, kind=kind, name=name)
        dossier = draft.dossier
        dossier.content["service"]["number_name"] = f"CeShi{'ABCDEFGH'[Filing.objects.count()]}"
        if number:
            dossier.content["base_model"]["models"][0]["number"] = number
        for section, (items, changes) in rows.items():
            for row in dossier.content[section][items]:
                row.update(changes)
        dossier.save()
        return factories.submit(draft, by=provider, at=now)

    return service


@pytest.fixture
def numbered():
    """Give a filing a number in the register, without the whole review."""

    def numbered(filing, n=1):
        number = NUMBER.format(n=n)
        RegisterEntry.objects.create(
            number=number, number_key=number.casefold(), number_state=NumberState.OK, kind=filing.kind,
            name=filing.name, name_key=filing.name, entity_name="x", entity_key="x", filing=filing,
            published_on=filing.created_at.date(), haystack=filing.name,
        )  # fmt: skip
        return number

    return numbered


@pytest.fixture
def deliver(now):
    return lambda: events.deliver_due(at=now + dt.timedelta(minutes=5), only=["filings.reliances"])


@pytest.fixture
def built(submitted):
    """Bare filings with reliances, made in the tables: `built("ab", "bc")` puts b on a and c on b; `*` is a chip."""
    chip = Resource.objects.create(kind="chip", key="昇腾910b", name="昇腾 910B", first_cited_at=submitted.created_at)
    known = {}
    submission = submitted.submissions.get()

    def filing(letter):
        if letter not in known:
            like = Filing.objects.get(pk=submitted.filing_id)
            like.pk, like.held_name, like.name, like.standing = None, f"名称{letter}", f"算法{letter}", "draft"
            like.save(force_insert=True)
            known[letter] = like
        return known[letter]

    def rely(lower, upper):
        target = {"resource": chip} if lower == "*" else {"on_filing": filing(lower)}
        Reliance.objects.create(filing=filing(upper), submission=submission, path="base_model", **target)

    def build(*pairs):
        for lower, upper in pairs:
            rely(lower, upper)
        return known

    build.chip = chip
    build.filing = filing
    return build
