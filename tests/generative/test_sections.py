import pytest

from filings.dossier import specimen
from filings.dossier.bound import bind
from filings.dossier.completeness import problems, progress
from filings.dossier.document import pruned
from filings.dossier.kinds import KINDS


@pytest.mark.parametrize("kind", specimen.SERVICES)
def test_the_specimen_of_each_track_is_complete(kind):
    content, entity = specimen.service(kind), specimen.entity()

    assert problems(kind, content, entity) == []
    assert {each.state for each in progress(kind, content, entity).values()} == {"done"}
    assert pruned(kind, content, entity) == content


@pytest.mark.parametrize("kind", specimen.SERVICES)
def test_every_answer_survives_the_browser(kind):
    entity, content = specimen.entity(), specimen.service(kind)
    for code in content:
        posted = bind(kind, code, content, entity=entity).as_data()
        bound = bind(kind, code, content, posted, entity=entity)
        assert bound.errors == []
        assert bound.value() == content[code]


def test_a_registration_is_shorter_than_a_filing():
    filing, registration = (KINDS[kind] for kind in specimen.SERVICES)

    assert {s.code for s in registration.sections} < {s.code for s in filing.sections}
